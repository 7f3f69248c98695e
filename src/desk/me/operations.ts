import { operationsFor, type Relation } from '../../access/index.ts';
import { isApprover, waitingFor } from '../../approval/index.ts';
import { loadPeople, nameTargets } from '../../directory/index.ts';
import { delegatedTo, liveAssignments, waitingRequests } from '../../entitlements/index.ts';
import { authorise, loadPowers, pathsTo } from '../../grants/index.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import { earliest, type Instant, isBefore, latest } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { decidableByOffice, undecidedRequests } from '../../privileged/index.ts';
import { holdingsEndingSoon, isSoon } from '../holding/model.ts';
import { loadHoldings } from '../holding/operations.ts';
import type { Me } from './contract.ts';

/** The person who calls. An application has no desk: refused with `BadRequest` (400), as Graph refuses its `/me`. */
export async function owner(tx: Tx): Promise<UserCaller> {
  if (tx.caller.kind !== 'user') return refuseNow('invalid', 'BadRequest', 'This is only for a signed-in user.', 'me');
  await authorise(tx, 'desk.read', ['self']);
  return tx.caller;
}

/** Who has signed in, what they may do and what waits for them: by the functions that decide about it. */
export async function readMe(tx: Tx, isRehearsal: boolean): Promise<Me> {
  const caller = await owner(tx);
  const [person] = await loadPeople(tx.db(), tx.now, [caller.id]);
  if (person === undefined) throw new Error('Whose account can be used is not in the directory');
  const managers = person.managerId === null ? [] : await loadPeople(tx.db(), tx.now, [person.managerId]);
  const delegated = await delegatedTo(tx);
  return {
    id: person.id,
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    mail: person.mail,
    jobTitle: person.jobTitle,
    manager: managers.map(({ id, displayName }) => ({ id, displayName }))[0] ?? null,
    mfaAt: caller.mfaAt?.toString() ?? null,
    authenticationContexts: [...(caller.authenticationContexts ?? [])],
    roles: await activeRoles(tx, caller.id),
    operations: operationsFor({
      ...(await loadPowers(tx.db(), caller, tx.now)),
      relations: new Set<Relation>(['anyone', ...delegated.tenantWide]),
    }),
    delegated: delegated.catalogs.map(({ id, displayName, relations }) => ({
      catalog: { id, displayName },
      roles: [...relations],
      operations: operationsFor({ roles: new Set(), permissions: new Set(), relations: new Set(relations) }),
    })),
    isApprover: await isApprover(tx, caller.id),
    counts: await countsFor(tx, caller.id),
    now: tx.now.toString(),
    isRehearsal,
  };
}

async function activeRoles(tx: Tx, userId: Id): Promise<Me['roles']> {
  const paths = await pathsTo(tx, userId, { mode: 'active', kind: 'role' });
  const ends = new Map<Id, Instant | null>();
  for (const { grant, until } of paths) {
    const known = ends.get(grant.privilege.id);
    ends.set(grant.privilege.id, known === undefined ? until : latest(known, until));
  }
  const targets = await nameTargets(
    tx.db(),
    [...ends.keys()].map((id) => ({ id, type: 'Role' })),
  );
  const roles = targets.map(({ id, displayName }) => ({
    id,
    displayName: displayName ?? '',
    endDateTime: ends.get(id)?.toString() ?? null,
  }));
  return roles.sort((one, other) => one.displayName.localeCompare(other.displayName));
}

async function countsFor(tx: Tx, userId: Id): Promise<Me['counts']> {
  const holdings = await loadHoldings(tx, userId);
  const assignments = await ownAssignments(tx, userId);
  const ending = assignments.filter(({ endsAt, endedAt }) => isSoon(earliest(endsAt, endedAt), tx.now));
  const { requests, scheduleRequests } = await ownRequests(tx, userId);
  return {
    pendingApprovals: (await decidableBy(tx, userId)).length,
    pendingRequests: requests.length + scheduleRequests.length,
    eligible: holdings.eligible.length,
    active: holdings.active.length,
    endingSoon: ending.length + holdingsEndingSoon(holdings, tx.now).length,
  };
}

/** What somebody has been assigned and has now. */
export async function ownAssignments(tx: Tx, userId: Id) {
  const open = await liveAssignments(tx.db(), { targetId: userId }, tx.now);
  return open.filter(({ startsAt }) => !isBefore(tx.now, startsAt));
}

/** The requests of both doors that somebody made, or is to gain by, and that wait. */
export async function ownRequests(tx: Tx, userId: Id) {
  return {
    requests: await waitingRequests(tx.db(), userId, tx.now),
    scheduleRequests: await undecidedRequests(tx.db(), userId, tx.now),
  };
}

/** The stages of both doors that wait for a person's decision. */
export async function decidableBy(tx: Tx, userId: Id) {
  const waiting = await waitingFor(tx, userId);
  const activations = waiting.filter(({ door }) => door === 'activation').map(({ id }) => id);
  const byOffice = await decidableByOffice(tx, activations);
  return waiting.filter(({ id, door }) => door === 'package' || byOffice.has(id));
}
