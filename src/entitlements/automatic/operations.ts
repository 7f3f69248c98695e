import { followsMemberships, isTakenInBy, isUsable, nextTurnOf, takenInBy } from '../../directory/index.ts';
import { authorise, refuseSelfGrant } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { endAssignment } from '../assignment/operations/end.ts';
import { loadLiveAssignments, wasRemovedSince } from '../assignment/store.ts';
import { loadExcluding } from '../duties/operations.ts';
import { fullOf } from '../limits/operations.ts';
import { loadPackage } from '../package/store.ts';
import type { AssignmentPolicy } from '../policy/model.ts';
import { loadAutomaticPolicies, loadPolicies, loadPolicy } from '../policy/store.ts';
import { addBySystem, saveSystemRemoval } from '../request/operations/system.ts';
import { loadLastSystemAdd } from '../request/store.ts';
import { automaticRuleOf, isAutomatic, scopeFault } from './decisions.ts';
import { enterScope, leaveScope, loadEntered, loadInScope } from './store.ts';

/** Brings what automatic policies have given a person in line with their rules, after something about them changed. */
export async function followPerson(tx: Tx, userId: Id): Promise<void> {
  for (const policy of await loadAutomaticPolicies(tx.db())) await followFor(tx, policy, userId);
}

/** The same for rules that take over members of groups, after somebody's place in a group began or ended. */
export async function followMembership(tx: Tx, { data }: StoredEvent): Promise<void> {
  const { principalKind, principalId } = data;
  if (principalKind !== 'user' || typeof principalId !== 'string') return;
  for (const policy of await loadAutomaticPolicies(tx.db())) {
    if (followsMemberships(automaticRuleOf(policy.document) ?? '')) await followFor(tx, policy, principalId);
  }
}

/** The same after an assignment has ended: another policy may have given what this one would have given. */
export async function followEndOf(tx: Tx, { data }: StoredEvent): Promise<void> {
  const { packageId, targetId } = data;
  if (typeof packageId !== 'string' || typeof targetId !== 'string') return;
  for (const policy of await loadPolicies(tx.db(), packageId)) {
    if (isAutomatic(policy.document)) await followFor(tx, policy, targetId);
  }
}

/**
 * Follows a policy that was made or changed. An automatic one is the only one of its package, needs an administrator
 * and no mere owner of a catalog, and takes in at most `usersPerRule` people, its author not among them. Refuses with
 * `AutomaticPolicyExists`, `AutomaticScopeTooLarge` (400) and `SelfGrantNotAllowed` (403).
 */
export async function followRuleOf(tx: Tx, policyId: Id): Promise<void> {
  const policy = await loadPolicy(tx.db(), policyId);
  if (policy === null) return;
  const known = await loadInScope(tx.db(), policy.id);
  const rule = automaticRuleOf(policy.document);
  if (rule !== null || known.length > 0) await authorise(tx, 'assignmentPolicy.manageAutomatic');
  const wanted = rule === null ? [] : await takenInBy(tx, rule);
  if (rule !== null) await check(tx, policy, wanted.length);
  const isWanted = new Set(wanted);
  for (const id of known) if (!isWanted.has(id)) await leaveScope(tx.db(), policy.id, id, tx.now);
  const isKnown = new Set(known);
  for (const id of wanted) {
    // INVARIANT: who writes a rule does not take themselves in by it, not for later either.
    if (!isKnown.has(id)) await refuseSelfGrant(tx, id);
    await settle(tx, policy, id, true);
  }
  if (rule !== null) await scheduleTurn(tx, policy.id, rule);
}

/** Due work: time alone may have changed whom the rule of a policy takes in. */
export async function onRuleTurned(tx: Tx, policyId: string): Promise<void> {
  const policy = await loadPolicy(tx.db(), policyId);
  const rule = policy === null ? null : automaticRuleOf(policy.document);
  if (policy === null || rule === null) return;
  const known = await loadInScope(tx.db(), policy.id);
  for (const id of new Set([...known, ...(await takenInBy(tx, rule))])) await followFor(tx, policy, id);
  await scheduleTurn(tx, policy.id, rule);
}

/** Takes back all that an automatic policy has given, because it is being deleted. Does nothing for other policies. */
export async function withdrawAutomatic(tx: Tx, policy: AssignmentPolicy): Promise<void> {
  if (!isAutomatic(policy.document)) return;
  await authorise(tx, 'assignmentPolicy.manageAutomatic');
  for (const id of await loadInScope(tx.db(), policy.id)) await leaveScope(tx.db(), policy.id, id, tx.now);
  const packageName = (await loadPackage(tx.db(), policy.packageId))?.displayName ?? '';
  for (const assignment of await loadLiveAssignments(tx.db(), { policyId: policy.id }, tx.now)) {
    await saveSystemRemoval(tx, assignment, tx.now);
    await endAssignment(tx, assignment, 'policyDeleted', packageName);
  }
}

async function check(tx: Tx, policy: AssignmentPolicy, count: number): Promise<void> {
  const others = await loadPolicies(tx.db(), policy.packageId);
  if (others.some(({ id, document }) => id !== policy.id && isAutomatic(document))) {
    refuseNow('invalid', 'AutomaticPolicyExists', 'The package has an automatic policy.', 'automaticRequestSettings');
  }
  const fault = scopeFault(count);
  if (fault !== null) orRefuse(fault);
}

async function followFor(tx: Tx, policy: AssignmentPolicy, userId: Id): Promise<void> {
  const rule = automaticRuleOf(policy.document);
  if (rule === null) return;
  await settle(tx, policy, userId, await isTakenInBy(tx, rule, userId));
}

/** Writes down whether a rule takes in a user. What becomes of the access of who has left is `leaving`'s business. */
async function settle(tx: Tx, policy: AssignmentPolicy, userId: Id, isIn: boolean): Promise<void> {
  const entered = await loadEntered(tx.db(), policy.id, userId);
  if (!isIn) {
    if (entered !== null) await leaveScope(tx.db(), policy.id, userId, tx.now);
    return;
  }
  if (entered === null) await enterScope(tx.db(), policy.id, userId, tx.now);
  const { packageId, id: policyId } = policy;
  if ((await loadLiveAssignments(tx.db(), { packageId, targetId: userId }, tx.now)).length > 0) return;
  // What somebody took away, or gave up, stays away until they leave the scope and come back.
  if (await wasRemovedSince(tx.db(), { policyId, targetId: userId }, entered ?? tx.now)) return;
  if (await stillFails(tx, policy, userId)) return;
  await refuseSelfGrant(tx, userId);
  await addBySystem(tx, { policy, targetId: userId });
}

/** Whether it was tried before and what stood in the way still does: then nothing is said anew. */
async function stillFails(tx: Tx, { id: policyId, packageId }: AssignmentPolicy, targetId: Id): Promise<boolean> {
  const last = await loadLastSystemAdd(tx.db(), { policyId, targetId });
  switch (last?.state.is === 'deliveryFailed' ? last.state.cause : null) {
    case 'TargetNotUsable':
      return !(await isUsable(tx, targetId));
    case 'IncompatibleAccessPackage':
    case 'IncompatibleGroup':
      return (await loadExcluding(tx, packageId, targetId)).length > 0;
    case 'AssignmentLimitReached':
      return (await fullOf(tx, packageId, targetId)) !== null;
    default:
      return false;
  }
}

async function scheduleTurn(tx: Tx, policyId: Id, rule: string): Promise<void> {
  const at = await nextTurnOf(tx, rule);
  if (at !== null) await tx.schedule({ kind: 'assignment-policy.ruleTurned', subject: policyId, at });
}
