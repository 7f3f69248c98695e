import { isProtectedUser, loadUserByKey, type User } from '../../directory/index.ts';
import { accountsOfCaller, authorise } from '../../grants/index.ts';
import { orRefuse, refuse, refuseNow } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isFresh } from '../../requirement/index.ts';
import { codeWrong, passkeyNotMade } from '../interaction/enrolment.ts';
import { nothingPending, progressStore } from '../interaction/store.ts';
import type { TokenUser } from '../model.ts';
import { addressOfLink } from '../people/link.ts';
import {
  changePassword,
  makeLink,
  registerPasskey,
  registerTotp,
  removePasskey,
  removeTotp,
  renamePasskey,
  renewRecoveryCodes,
  resetMethods,
} from '../people/operations.ts';
import { defaultName, placeOf, registered, registrationOptions } from '../people/passkey.ts';
import { peopleStore } from '../people/store.ts';
import { newTotpSecret, stepOfCode, totpAddress } from '../people/totp.ts';
import { signOutEverywhere } from '../session/operations.ts';
import type { AuthenticationMethods, PasskeyBody } from './contract.ts';

/** How long ago a second factor may have been proven by whoever changes what they sign in with. */
const freshness = Temporal.Duration.from({ minutes: 15 });
const patience = { minutes: 30 };
const defaultLink = Temporal.Duration.from({ hours: 1 });
const shortestLink = Temporal.Duration.from({ minutes: 10 });
const longestLink = Temporal.Duration.from({ hours: 48 });

/** Where what is looked at and changed here belongs. */
export interface Place {
  /** Whether people sign in here, and not at a provider outside. */
  readonly isBuiltIn: boolean;
  /** Our own addresses. */
  readonly baseUrls: () => readonly string[];
  /** The one that people are told. */
  readonly linkBase: () => string;
}

/** What somebody signs in with: their own, or another's for whoever looks after that. */
export async function readMethods(tx: Tx, key: string, { isBuiltIn }: Place): Promise<AuthenticationMethods> {
  const user = await present(tx, key);
  const isSelf = tx.caller.kind === 'user' && tx.caller.id === user.id;
  await authorise(tx, 'authenticationMethod.read', isSelf ? ['self'] : []);
  const methods = await peopleStore(tx.db<unknown>()).methodsOf(user.id);
  return {
    isBuiltIn,
    hasPassword: methods.hasPassword,
    hasAuthenticatorApp: methods.hasTotp,
    recoveryCodesLeft: methods.recoveryCodes,
    passkeys: methods.passkeys.map(({ id, displayName, isSynced, addedAt, usedAt }) => ({
      id,
      displayName,
      isSynced,
      createdDateTime: addedAt.toString(),
      lastUsedDateTime: usedAt?.toString() ?? null,
    })),
  };
}

/** Changes the caller's password. Refused as `changePassword` and `own` say. */
export async function changeOwnPassword(tx: Tx, password: string): Promise<void> {
  await changePassword(tx, await own(tx), password);
}

/** What a browser makes a passkey of the caller's from. Refused with `AddressNotOurs` (400). */
export async function offerPasskey(tx: Tx, origin: string, { baseUrls }: Place): Promise<object> {
  const user = await own(tx);
  const baseUrl = baseUrls().find((url) => new URL(url).origin === origin);
  if (baseUrl === undefined) {
    return refuseNow('invalid', 'AddressNotOurs', 'A passkey is made at an address of this server.', 'origin');
  }
  const known = await peopleStore(tx.db<unknown>()).passkeysOf(user.id);
  const options = await registrationOptions(user, known, placeOf(baseUrl));
  await remember(tx, user, { challenge: options.challenge });
  return options;
}

/** Registers a passkey that the caller's browser made. Refused with `PasskeyNotMade` and as `registerPasskey` is. */
export async function addOwnPasskey(tx: Tx, body: PasskeyBody, { baseUrls }: Place): Promise<void> {
  const user = await own(tx);
  const { challenge } = await pendingOf(tx, user);
  if (challenge === null) return orRefuse(passkeyNotMade());
  await remember(tx, user, { challenge: null });
  for (const baseUrl of baseUrls()) {
    const made = await registered(body.response, challenge, placeOf(baseUrl));
    if (made === null) continue;
    const displayName = body.displayName?.trim() || defaultName(made, tx.realNow);
    return registerPasskey(tx, user, { ...made, displayName });
  }
  return orRefuse(passkeyNotMade());
}

/** Gives a passkey of the caller's another name. Refused with `PropertyRequired` (400) for blanks, and as `renamePasskey` is. */
export async function renameOwnPasskey(tx: Tx, id: string, displayName: string): Promise<void> {
  const user = await own(tx);
  const name = displayName.trim();
  if (name === '') refuseNow('invalid', 'PropertyRequired', 'A passkey has a name that can be read.', 'displayName');
  await renamePasskey(tx, user, id, name);
}

/** Takes a passkey from the caller. Refused as `removePasskey` is. */
export async function removeOwnPasskey(tx: Tx, id: string): Promise<void> {
  await removePasskey(tx, await own(tx), id);
}

/** A secret for an authenticator app of the caller's, which counts once a code of it was shown. */
export async function offerAuthenticatorApp(tx: Tx): Promise<{ secret: string; address: string }> {
  const user = await own(tx);
  const secret = (await pendingOf(tx, user)).totpSecret ?? newTotpSecret();
  await remember(tx, user, { totpSecret: secret });
  return { secret, address: totpAddress(secret, user.userPrincipalName) };
}

/** Registers the authenticator app that shows this code, in place of one before. Refused with `AuthenticatorCodeWrong`. */
export async function addOwnAuthenticatorApp(tx: Tx, code: string): Promise<{ recoveryCodes: readonly string[] }> {
  const user = await own(tx);
  const { totpSecret } = await pendingOf(tx, user);
  const step = totpSecret === null ? null : stepOfCode(code.replaceAll(/\s/g, ''), totpSecret, null, tx.realNow);
  if (totpSecret === null || step === null) return orRefuse(codeWrong());
  await remember(tx, user, { totpSecret: null });
  return { recoveryCodes: await registerTotp(tx, user, totpSecret, step) };
}

/** Takes the authenticator app from the caller. Refused as `removeTotp` is. */
export async function removeOwnAuthenticatorApp(tx: Tx): Promise<void> {
  await removeTotp(tx, await own(tx));
}

/** Ten recovery codes for the caller in place of those before; refused with `ResourceNotFound` without an app. */
export async function renewOwnRecoveryCodes(tx: Tx): Promise<{ recoveryCodes: readonly string[] }> {
  const user = await own(tx);
  if (!(await peopleStore(tx.db<unknown>()).methodsOf(user.id)).hasTotp) {
    refuseNow('absent', 'ResourceNotFound', 'Recovery codes stand in for an authenticator app. Register one first.');
  }
  return { recoveryCodes: await renewRecoveryCodes(tx, user) };
}

/**
 * A one-time link for somebody else, as Entra's Temporary Access Pass. Refused with `DurationNotValid` (400), and as
 * `authoriseFor` says. Source: Microsoft Entra, "Configure Temporary Access Pass".
 */
export async function makeSignInLink(tx: Tx, key: string, lasts: string | undefined, { linkBase }: Place) {
  const user = await authoriseFor(tx, key);
  const duration = lasts === undefined ? defaultLink : parseDuration(lasts);
  const { compare } = Temporal.Duration;
  if (duration === null || compare(duration, shortestLink) < 0 || compare(duration, longestLink) > 0) {
    return refuseNow('invalid', 'DurationNotValid', 'A link lasts from PT10M to PT48H.', 'lasts');
  }
  const { secret, expiresAt } = await makeLink(tx, user, duration);
  return { url: addressOfLink(linkBase(), secret), expiresDateTime: expiresAt.toString() };
}

/** Takes from somebody else all that they sign in with, and signs them out everywhere. Refused as `authoriseFor` says. */
export async function resetAuthentication(tx: Tx, key: string): Promise<void> {
  const user = await authoriseFor(tx, key);
  await resetMethods(tx, user);
  await signOutEverywhere(tx, user);
}

/** Signs somebody out everywhere: oneself, or another (`POST /users/{id}/revokeSignInSessions`). */
export async function revokeSignInSessions(tx: Tx, key: string): Promise<void> {
  const user = await present(tx, key);
  if (tx.caller.kind !== 'user' || tx.caller.id !== user.id) await authoriseOver(tx, user);
  await signOutEverywhere(tx, user);
}

/**
 * Who looks after somebody's sign-in: `authenticationMethod.manage`, and for people who hold or may come to hold what
 * is privileged `authenticationMethod.managePrivileged`.
 *
 * INVARIANT: never for an account of one's own, be it linked: that would be a way around one's own second factor.
 * Refused with `OwnSignInNotManaged` (403).
 */
async function authoriseFor(tx: Tx, key: string): Promise<User> {
  const user = await present(tx, key);
  await authoriseOver(tx, user);
  if (!(await accountsOfCaller(tx)).has(user.id)) return user;
  const message = 'Nobody does this for an account of their own. Ask another administrator, or use "Security info".';
  return refuseNow('forbidden', 'OwnSignInNotManaged', message);
}

async function authoriseOver(tx: Tx, user: User): Promise<void> {
  await authorise(tx, 'authenticationMethod.manage');
  if (await isProtectedUser(tx, user.id)) await authorise(tx, 'authenticationMethod.managePrivileged');
}

async function present(tx: Tx, key: string): Promise<User> {
  const user = await loadUserByKey(tx, key);
  if (user !== null) return user;
  return refuseNow('absent', 'Request_ResourceNotFound', `There is no user with the id '${key}'.`);
}

/**
 * The caller, who has just proven a second factor. Refused with `Authorization_RequestDenied` for apps, and with
 * `SignInNotFresh` (403), a claims challenge: whoever finds a browser open must not make its owner's account theirs.
 */
async function own(tx: Tx): Promise<User> {
  const { caller } = tx;
  if (caller.kind !== 'user') {
    return refuseNow('forbidden', 'Authorization_RequestDenied', 'An application has no security info.');
  }
  const user = await present(tx, caller.id);
  await authorise(tx, 'authenticationMethod.changeOwn', ['self']);
  if (isFresh(caller.mfaAt, freshness, tx.realNow)) return user;
  const { refusal } = refuse('forbidden', 'SignInNotFresh', 'Prove it is you: sign in with a second factor again.');
  const claims = JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] } } });
  return orRefuse({ is: 'refused', refusal: { ...refusal, claims } });
}

/** What the caller is in the middle of registering; kept as a sign-in's progress is. */
async function pendingOf(tx: Tx, { id }: TokenUser) {
  const pending = await progressStore(tx.db<unknown>()).load(keyOf(id), tx.realNow);
  return pending ?? { ...nothingPending, userId: id };
}

async function remember(tx: Tx, user: TokenUser, change: { challenge?: string | null; totpSecret?: string | null }) {
  const pending = { ...(await pendingOf(tx, user)), ...change };
  await progressStore(tx.db<unknown>()).save(keyOf(user.id), pending, tx.realNow, tx.realNow.add(patience));
}

function keyOf(userId: string): string {
  return `security-info:${userId}`;
}
