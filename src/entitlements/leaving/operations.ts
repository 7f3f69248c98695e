import { usersIn } from '../../directory/index.ts';
import { endHangingOn, planEndOfHanging, stayIn } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadSettings } from '../../settings/index.ts';
import type { Assignment } from '../assignment/model.ts';
import { endAssignment } from '../assignment/operations/end.ts';
import { record } from '../assignment/operations/record.ts';
import { loadAssignment, loadLiveAssignments, markAssignmentLeft, planAssignmentEnd } from '../assignment/store.ts';
import { isPrivileged } from '../guard/operations.ts';
import { loadPackage } from '../package/store.ts';
import { type AssignmentPolicy, admits } from '../policy/model.ts';
import { loadPolicy } from '../policy/store.ts';
import { loadStanding } from '../request/operations/asking.ts';
import { saveSystemRemoval } from '../request/operations/system.ts';
import { decideLeaving, type LeavingRule, leavingRule, type ScopeStay } from './decisions.ts';

/** Looks at all that a person has been assigned, after something about them changed. */
export async function followScopes(tx: Tx, targetId: Id): Promise<void> {
  for (const assignment of await loadLiveAssignments(tx.db(), { targetId }, tx.now)) await follow(tx, assignment);
}

/** Looks at everyone who came by access through a policy, after its scope changed. */
export async function followPolicy(tx: Tx, policyId: Id): Promise<void> {
  for (const assignment of await loadLiveAssignments(tx.db(), { policyId }, tx.now)) await follow(tx, assignment);
}

/**
 * Looks at a fresh assignment: the scope by which it came may have an end that is known. It takes the place of one that
 * its target had for a grace period only; what both give goes on without a gap.
 */
export async function followAssignment(tx: Tx, assignmentId: Id): Promise<void> {
  const assignment = await loadAssignment(tx.db(), assignmentId);
  if (assignment === null) return;
  const { packageId, targetId } = assignment;
  for (const other of await loadLiveAssignments(tx.db(), { packageId, targetId }, tx.now)) {
    if (other.id === assignmentId || other.endedAt === null) continue;
    const packageName = (await loadPackage(tx.db(), packageId))?.displayName ?? '';
    await endAssignment(tx, other, 'replaced', packageName);
  }
  await follow(tx, assignment);
}

/** Follows the ledger: whose place in a group begins, ends or changes, may come into a scope or leave one. */
export async function followPlace(tx: Tx, event: StoredEvent): Promise<void> {
  const { principalKind, principalId } = event.data;
  if (typeof principalId !== 'string') return;
  if (principalKind === 'user') return followScopes(tx, principalId);
  if (principalKind === 'group') for (const id of await usersIn(tx, principalId)) await followScopes(tx, id);
}

async function follow(tx: Tx, assignment: Assignment): Promise<void> {
  if (assignment.endedAt !== null && !isBefore(tx.now, assignment.endedAt)) return;
  const policy = await loadPolicy(tx.db(), assignment.policyId);
  if (policy === null || policy.document.allowedTargetScope === 'notSpecified') return;
  const rule = await ruleOf(tx, policy);
  const step = decideLeaving(await loadStay(tx, policy, assignment.targetId), rule, assignment.endedAt, tx.now);
  const packageName = (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '';
  switch (step.is) {
    case 'nothing':
      return;
    case 'stay':
      await plan(tx, assignment, null);
      return record(tx, 'assignment.staying', assignment, { packageName });
    case 'leave':
      await plan(tx, assignment, step.at);
      return record(tx, 'assignment.leaving', assignment, toldOf(packageName, rule, step.at));
    case 'endNow':
      await record(tx, 'assignment.leaving', assignment, toldOf(packageName, rule, tx.now));
      await saveSystemRemoval(tx, assignment, tx.now);
      return endAssignment(tx, assignment, 'leftScope', packageName);
    default:
      return step satisfies never;
  }
}

/** What those who are told need to know: until when access lasts, and whether asking anew can prolong it. */
function toldOf(packageName: string, { what, grace }: LeavingRule, leavesAt: Instant) {
  return { packageName, whenTargetLeavesScope: what, gracePeriod: grace, leavesAt: leavesAt.toString() };
}

async function plan(tx: Tx, assignment: Assignment, at: Instant | null): Promise<void> {
  await planAssignmentEnd(tx.db(), assignment.id, at);
  await planEndOfHanging(tx, 'package-assignment', assignment.id, at);
  if (at !== null) await tx.schedule({ kind: 'assignment.left', subject: assignment.id, at });
}

/** Announces that a grace period is over, unless its holder came back. Access ended without this. */
export async function announceLeft(tx: Tx, assignmentId: string): Promise<void> {
  const assignment = await loadAssignment(tx.db(), assignmentId);
  if (assignment?.endedAt == null || isBefore(tx.now, assignment.endedAt)) return;
  if (assignment.endsAt !== null && isBefore(assignment.endsAt, assignment.endedAt)) return;
  if (!(await markAssignmentLeft(tx.db(), assignmentId))) return;
  const packageName = (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '';
  await saveSystemRemoval(tx, assignment, assignment.endedAt);
  await endHangingOn(tx, 'package-assignment', assignment.id, 'link-ended');
  const endedAt = assignment.endedAt.toString();
  await record(tx, 'assignment.removed', assignment, { packageName, endReason: 'leftScope', endedAt });
}

async function ruleOf(tx: Tx, { packageId, document }: AssignmentPolicy): Promise<LeavingRule> {
  return leavingRule(document, await loadSettings(tx), await isPrivileged(tx, packageId));
}

async function loadStay(tx: Tx, { document }: AssignmentPolicy, targetId: Id): Promise<ScopeStay> {
  const standing = await loadStanding(tx, targetId, [document]);
  if (!admits(document, standing)) return { is: 'out' };
  const groups = document.specificAllowedTargets.flatMap((set) => set.groupId ?? []);
  const byGroupsAlone = {
    ...document,
    specificAllowedTargets: document.specificAllowedTargets.filter((set) => set.groupId === undefined),
  };
  if (groups.length === 0 || admits(byGroupsAlone, standing)) return { is: 'in', until: null };
  const stays: Instant[] = [];
  for (const group of groups) {
    const until = await stayIn(tx, targetId, group);
    if (until === null) return { is: 'in', until: null };
    if (until !== undefined) stays.push(until);
  }
  return { is: 'in', until: stays.sort(Temporal.Instant.compare).at(-1) ?? null };
}
