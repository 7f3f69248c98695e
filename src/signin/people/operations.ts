import { findPeople } from '../../directory/index.ts';
import type { Activities } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { type Outcome, orRefuse, refuseNow } from '../../kernel/outcome.ts';
import { after, type Instant } from '../../kernel/time.ts';
import { operate, type Tx } from '../../platform/transaction.ts';
import type { TokenUser } from '../model.ts';
import { newSecret } from '../session/secrets.ts';
import { hashOfLink } from './link.ts';
import { isComplete, type Methods } from './model.ts';
import { decidePassword, hashPassword } from './password.ts';
import type { PeoplePorts } from './ports.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery.ts';
import { peopleStore, type StoredPasskey } from './store.ts';

const methods = { category: 'UserManagement', service: 'Authentication Methods' } as const;

/** How signing in and what it is proven with show in the audit log; names from Microsoft's reference where it has one. */
export const peopleActivities: Activities = {
  'user.signedIn': { name: 'Sign in', category: 'SignIn', service: 'Sign-ins', operation: 'Other' },
  'user.securityInfoReset': { name: 'Admin deleted security info', ...methods, operation: 'Delete' },
  'user.authenticationRead': { name: 'Read authentication methods', ...methods, operation: 'Read' },
  'user.signInLinkMade': { name: 'Admin registered security info', ...methods, operation: 'Add' },
  'user.signInLinkUsed': { name: 'User used a one-time sign-in link', ...methods, operation: 'Other' },
  'user.passwordChanged': {
    name: 'Change password (self-service)',
    category: 'UserManagement',
    service: 'Core Directory',
    operation: 'Update',
  },
  'user.securityInfoRegistered': { name: 'User registered security info', ...methods, operation: 'Add' },
  'user.passkeyRenamed': { name: 'User renamed a passkey', ...methods, operation: 'Update' },
  'user.sessionEnded': {
    name: 'User ended sessions',
    category: 'UserManagement',
    service: 'Sign-ins',
    operation: 'Delete',
  },
  'user.securityInfoDeleted': { name: 'User deleted security info', ...methods, operation: 'Delete' },
};

/**
 * Gives a person another password. Refused as `decidePassword` says. Whether they may is for the caller: they have just
 * proven who they are.
 */
export async function changePassword(tx: Tx, user: TokenUser, password: string): Promise<void> {
  orRefuse(decidePassword(password, user));
  await peopleStore(tx.db<unknown>()).savePassword(user.id, await hashPassword(password), tx.realNow);
  await record(tx, 'user.passwordChanged', user, { method: 'password' });
}

/** Registers an authenticator app whose code of a time step was just shown; gives fresh recovery codes, this once. */
export async function registerTotp(tx: Tx, user: TokenUser, secret: string, step: number): Promise<readonly string[]> {
  await peopleStore(tx.db<unknown>()).saveTotp(user.id, secret, step, tx.realNow);
  await record(tx, 'user.securityInfoRegistered', user, { method: 'softwareOath' });
  return renewRecoveryCodes(tx, user);
}

/** Ten recovery codes in place of those before, told this once. */
export async function renewRecoveryCodes(tx: Tx, user: TokenUser): Promise<readonly string[]> {
  const codes = newRecoveryCodes();
  const store = peopleStore(tx.db<unknown>());
  await store.removeRecoveryCodes(user.id);
  await store.addRecoveryCodes(user.id, codes.map(hashOfRecoveryCode));
  await record(tx, 'user.securityInfoRegistered', user, { method: 'recoveryCodes' });
  return codes;
}

/** Registers a passkey. Refused with `PasskeyRegisteredAlready` (409). */
export async function registerPasskey(
  tx: Tx,
  user: TokenUser,
  passkey: Omit<StoredPasskey, 'userId' | 'addedAt' | 'usedAt'>,
): Promise<void> {
  const added = { ...passkey, userId: user.id, addedAt: tx.realNow, usedAt: null };
  if (!(await peopleStore(tx.db<unknown>()).addPasskey(added))) {
    refuseNow('conflict', 'PasskeyRegisteredAlready', 'This passkey is registered already.');
  }
  await record(tx, 'user.securityInfoRegistered', user, { method: 'fido2', displayName: passkey.displayName });
}

/** Gives a passkey another name. Refused with `ResourceNotFound` (404). */
export async function renamePasskey(tx: Tx, user: TokenUser, id: string, displayName: string): Promise<void> {
  if (!(await peopleStore(tx.db<unknown>()).renamePasskey(user.id, id, displayName))) {
    refuseNow('absent', 'ResourceNotFound', 'You have no passkey of this id.');
  }
  await record(tx, 'user.passkeyRenamed', user, { method: 'fido2', displayName });
}

/** Takes a passkey away. Refused with `ResourceNotFound` (404) and as `demandComplete` says. */
export async function removePasskey(tx: Tx, user: TokenUser, id: string): Promise<void> {
  const store = peopleStore(tx.db<unknown>());
  if (!(await store.removePasskey(user.id, id))) {
    refuseNow('absent', 'ResourceNotFound', 'You have no passkey of this id.');
  }
  demandComplete(await store.methodsOf(user.id));
  await record(tx, 'user.securityInfoDeleted', user, { method: 'fido2' });
}

/** Takes the authenticator app and its recovery codes away. Refused as `removePasskey` is. */
export async function removeTotp(tx: Tx, user: TokenUser): Promise<void> {
  const store = peopleStore(tx.db<unknown>());
  if ((await store.totpOf(user.id)) === null) {
    refuseNow('absent', 'ResourceNotFound', 'You have no authenticator app.');
  }
  await store.removeTotp(user.id);
  await store.removeRecoveryCodes(user.id);
  demandComplete(await store.methodsOf(user.id));
  await record(tx, 'user.securityInfoDeleted', user, { method: 'softwareOath' });
}

/** Takes everything away that somebody signs in with. Who may is for the caller. */
export async function resetMethods(tx: Tx, user: TokenUser): Promise<void> {
  const store = peopleStore(tx.db<unknown>());
  await store.savePassword(user.id, null, null);
  await store.removeTotp(user.id);
  await store.removeRecoveryCodes(user.id);
  await store.removePasskeys(user.id);
  await store.removeLink(user.id);
  await record(tx, 'user.securityInfoReset', user, {});
}

/** INVARIANT: nobody locks themselves out. Refused with `LastAuthenticationMethod` (409). */
function demandComplete(left: Methods): void {
  if (isComplete(left)) return;
  const message = 'You could not sign in any more. Register another passkey or authenticator app first.';
  refuseNow('conflict', 'LastAuthenticationMethod', message);
}

/**
 * Makes a one-time link for a person, in place of one before; its secret is told this once. Who may is for the caller.
 * @param lasts until when it can be used, from the real instant of the transaction
 */
export async function makeLink(tx: Tx, user: TokenUser, lasts: Temporal.Duration): Promise<NewLink> {
  const secret = newSecret();
  const expiresAt = after(tx.realNow, lasts);
  await peopleStore(tx.db<unknown>()).saveLink(user.id, hashOfLink(secret), expiresAt);
  await record(tx, 'user.signInLinkMade', user, { method: 'oneTimeLink', expiresAt: expiresAt.toString() });
  return { secret, expiresAt };
}

/** A one-time link that was just made. */
export interface NewLink {
  readonly secret: string;
  /** Real time. */
  readonly expiresAt: Instant;
}

/** The same for whoever runs the server: by name, and without a role. */
export function invite(
  { runtime }: PeoplePorts,
  userPrincipalName: string,
  lasts: Temporal.Duration,
): Promise<Outcome<NewLink>> {
  const attempt = { caller: { kind: 'system' } as const, requestId: newId(), attempts: 'user.signInLinkMade' };
  return operate(runtime, attempt, async (tx) => {
    const [user] = await findPeople(tx.db(), tx.now, 'userPrincipalName', userPrincipalName);
    if (user !== undefined) return makeLink(tx, user, lasts);
    return refuseNow('absent', 'ResourceNotFound', `There is no user named ${userPrincipalName}.`);
  });
}

/** Notes that somebody has signed in to an application, and how. */
export async function recordSignIn(
  tx: Tx,
  user: TokenUser,
  how: { readonly appId: string; readonly methods: readonly string[]; readonly address: string; readonly at: Instant },
): Promise<void> {
  const { appId, methods: used, address, at } = how;
  await record(tx, 'user.signedIn', user, { appId, methods: used, ipAddress: address, realTime: at.toString() });
}

async function record(tx: Tx, type: string, user: TokenUser, data: Readonly<Record<string, unknown>>): Promise<void> {
  await tx.record({ type, subject: user.id, correlation: newId(), targets: [{ id: user.id, type: 'User' }], data });
}
