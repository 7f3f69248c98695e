import type { Id } from '../../kernel/ids.ts';
import { newId } from '../../kernel/ids.ts';
import { accept, type Outcome, orRefuse, type Refused, refuse } from '../../kernel/outcome.ts';
import { operate, recordRefusal } from '../../platform/transaction.ts';
import type { Account } from '../model.ts';
import { hashOfLink } from './link.ts';
import { counterOf, type PasskeyPlace } from './passkey.ts';
import { matchesPassword } from './password.ts';
import type { PeoplePorts } from './ports.ts';
import { hashOfRecoveryCode } from './recovery.ts';
import { peopleStore } from './store.ts';
import { addressBound, type Bound, codeBound, decideAttempt, passwordBound, windowSeconds } from './throttle.ts';
import { stepOfCode } from './totp.ts';

/** Who tries, as far as the network tells. */
export interface From {
  readonly address: string;
  readonly requestId: string;
}

const refusals = {
  password: refuse('unauthenticated', 'SignInPasswordWrong', 'The name or the password is wrong.'),
  code: refuse('unauthenticated', 'SignInCodeWrong', 'The code is wrong, was used already, or is over.'),
  passkey: refuse('unauthenticated', 'SignInPasskeyRefused', 'This passkey is not registered here, or not for you.'),
  link: refuse('unauthenticated', 'SignInLinkNotValid', 'This link was used already, is over, or never was one.'),
  disabled: refuse('unauthenticated', 'SignInAccountDisabled', 'The account is disabled. Ask an administrator.'),
} as const satisfies Record<string, Refused>;

export type Checks = ReturnType<typeof createChecks>;

/**
 * Looks at what somebody shows. Every failure is counted, for what was tried and for the address that it came from, and
 * is an event; refused as the table above says, and with `TooManySignInAttempts`. Call it outside of transactions.
 */
export function createChecks({ runtime, accountOf, accountNamed }: PeoplePorts) {
  const { db, realClock } = runtime;
  const store = peopleStore(db);

  /** Does work that is counted as a failure unless it gives a value. */
  async function counted<T>(
    bounds: readonly Bound[],
    work: () => Promise<T | null>,
    refused: Refused,
  ): Promise<Outcome<T>> {
    const now = realClock.now();
    const ends = now.add({ seconds: windowSeconds });
    // INVARIANT: counted before it is looked at, so that attempts side by side cannot all be the last that is allowed.
    for (const { key, most } of bounds) {
      const allowed = decideAttempt([{ count: await store.countFailure(key, now, ends), most }]);
      if (allowed.is === 'refused') return allowed;
    }
    const value = await work();
    if (value === null) return refused;
    for (const { key } of bounds) await store.uncountFailure(key, now);
    return accept(value);
  }

  /** Whoever was found, if the account may be used; a refusal becomes an event of theirs, where it is known whose. */
  async function judged(from: From, found: Outcome<Account>, about: Id | null): Promise<Outcome<Account>> {
    const isUsable = found.is === 'refused' || found.value.accountEnabled;
    const outcome = isUsable ? found : refusals.disabled;
    if (outcome.is === 'accepted') return outcome;
    const id = about ?? (found.is === 'accepted' ? found.value.id : null);
    const whose = id === null ? {} : { subject: id, targets: [{ id, type: 'User' }] };
    const { requestId } = from;
    const attempt = { caller: { kind: 'system' } as const, requestId, attempts: 'user.signedIn', ...whose };
    await recordRefusal(runtime, attempt, outcome.refusal);
    return outcome;
  }

  return {
    /** INVARIANT: a name that nobody has, a person without a password and a wrong password take the same work and answer. */
    async password(from: From, name: string, password: string): Promise<Outcome<Account>> {
      const account = await accountNamed(name.trim());
      const bounds = [addressBound(from.address), passwordBound(name)];
      const stored = account === null ? null : await store.passwordHashOf(account.id);
      const check = async () => ((await matchesPassword(password, stored)) ? account : null);
      const found = await counted(bounds, check, refusals.password);
      if (found.is === 'accepted') await store.forgetFailures(passwordBound(name).key);
      return judged(from, found, account?.id ?? null);
    },

    /** A code of the person's authenticator app. INVARIANT: each is taken once, also by two requests at once. */
    async totp(from: From, account: Account, code: string): Promise<Outcome<Account>> {
      const check = async () => {
        const kept = await store.totpOf(account.id);
        const step = kept === null ? null : stepOfCode(code, kept.secret, kept.step, realClock.now());
        return step !== null && (await store.takeTotpStep(account.id, step)) ? account : null;
      };
      return judged(from, await counted(boundsOf(from, account), check, refusals.code), account.id);
    },

    /** A recovery code, which is used up by that. */
    async recoveryCode(from: From, account: Account, code: string): Promise<Outcome<Account>> {
      const check = async () => ((await store.takeRecoveryCode(account.id, hashOfRecoveryCode(code))) ? account : null);
      return judged(from, await counted(boundsOf(from, account), check, refusals.code), account.id);
    },

    /**
     * A passkey that signed a challenge.
     * @param expected whose it must be; null for whoever it belongs to
     */
    async passkey(
      from: From,
      response: unknown,
      challenge: string,
      place: PasskeyPlace,
      expected: Id | null,
    ): Promise<Outcome<Account>> {
      const id = idIn(response);
      const passkey = id === null ? null : await store.findPasskey(id);
      const check = async () => {
        if (passkey === null || (expected !== null && passkey.userId !== expected)) return null;
        const counter = await counterOf(response, challenge, passkey, place);
        if (counter === null || !(await store.noteUse(passkey, counter, realClock.now()))) return null;
        return accountOf(passkey.userId);
      };
      const found = await counted([addressBound(from.address)], check, refusals.passkey);
      return judged(from, found, passkey?.userId ?? null);
    },

    /** A one-time link, which is used up by that. INVARIANT: of two who use it at once, one gets through. */
    async link(from: From, secret: string): Promise<Outcome<Account>> {
      const take = () =>
        operate(
          runtime,
          { caller: { kind: 'system' }, requestId: from.requestId, attempts: 'user.signInLinkUsed' },
          async (tx) => {
            const userId = await peopleStore(tx.db<unknown>()).takeLink(hashOfLink(secret), tx.realNow);
            if (userId === null) return orRefuse<Id>(refusals.link);
            const targets = [{ id: userId, type: 'User' }];
            await tx.record({ type: 'user.signInLinkUsed', subject: userId, correlation: newId(), targets });
            return userId;
          },
        );
      const check = async () => {
        const taken = await take();
        return taken.is === 'accepted' ? accountOf(taken.value) : null;
      };
      return judged(from, await counted([addressBound(from.address)], check, refusals.link), null);
    },
  };
}

function boundsOf(from: From, account: Account): Bound[] {
  return [addressBound(from.address), codeBound(account.id)];
}

function idIn(response: unknown): string | null {
  const isNamed = typeof response === 'object' && response !== null && 'id' in response;
  return isNamed && typeof response.id === 'string' ? response.id : null;
}
