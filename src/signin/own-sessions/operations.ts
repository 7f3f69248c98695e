import { authorise } from '../../grants/index.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { endsOf, isAlive, type Lifetimes } from '../session/model.ts';
import { sessionStore } from '../session/store.ts';
import { signinStore } from '../store.ts';
import type { OwnSessions } from './contract.ts';

/** The browsers in which the caller is signed in. Refused with `Authorization_RequestDenied` for apps. */
export async function listOwnSessions(tx: Tx, lifetimes: Lifetimes): Promise<OwnSessions['value']> {
  const caller = person(tx);
  await authorise(tx, 'authenticationMethod.read', ['self']);
  const all = await sessionStore(tx.db<unknown>()).ofUser(caller.id);
  return all
    .filter((session) => isAlive(session, lifetimes, tx.realNow))
    .map((session) => ({
      id: session.id,
      isCurrent: session.id === caller.sessionId,
      provider: session.provider,
      ipAddress: session.address,
      userAgent: session.userAgent,
      createdDateTime: session.createdAt.toString(),
      lastUsedDateTime: session.usedAt.toString(),
      expirationDateTime: endsOf(session, lifetimes).expiresAt.toString(),
    }))
    .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent));
}

/** Ends one session of the caller's. Refused with `ResourceNotFound` (404). */
export async function endOwnSession(tx: Tx, id: Id): Promise<void> {
  const caller = await owner(tx);
  const ended = await sessionStore(tx.db<unknown>()).removeSome(caller.id, { only: id });
  if (ended.length === 0) refuseNow('absent', 'ResourceNotFound', `You have no session of the id '${id}'.`);
  await endForGood(tx, caller, ended);
}

/** Ends every session of the caller's but the one that asks; with a token, all of them. */
export async function endOtherSessions(tx: Tx): Promise<void> {
  const caller = await owner(tx);
  const ended = await sessionStore(tx.db<unknown>()).removeSome(caller.id, { but: caller.sessionId ?? null });
  if (ended.length > 0) await endForGood(tx, caller, ended);
}

/**
 * INVARIANT: a session that was ended does not come back by a press of *Sign in*. Which of the built-in provider's own
 * sessions is in the same browser is not known, so all of them end: every browser is asked anew at its next sign-in.
 */
async function endForGood(tx: Tx, { id }: UserCaller, sessionIds: readonly Id[]): Promise<void> {
  await signinStore(tx.db<unknown>()).removeProviderSessionsOf(id);
  await tx.record({
    type: 'user.sessionEnded',
    subject: id,
    correlation: newId(),
    targets: [{ id, type: 'User' }],
    data: { sessionIds },
  });
}

async function owner(tx: Tx): Promise<UserCaller> {
  const caller = person(tx);
  await authorise(tx, 'authenticationMethod.changeOwn', ['self']);
  return caller;
}

function person(tx: Tx): UserCaller {
  if (tx.caller.kind === 'user') return tx.caller;
  return refuseNow('forbidden', 'Authorization_RequestDenied', 'An application is signed in in no browser.');
}
