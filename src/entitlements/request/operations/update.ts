import { withdrawApproval } from '../../../approval/index.ts';
import { isUsable } from '../../../directory/index.ts';
import { authorise, refuseSelfGrant } from '../../../grants/index.ts';
import { isCaller } from '../../../kernel/caller.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadSettings } from '../../../settings/index.ts';
import type { Assignment } from '../../assignment/model.ts';
import { limitsOf } from '../../assignment/operations/deliver.ts';
import { loadAnswers, loadAssignment, loadLiveAssignments } from '../../assignment/store.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { refuseOwnPolicy } from '../../guard/operations.ts';
import { loadContents, loadPackage } from '../../package/store.ts';
import type { AssignmentPolicy } from '../../policy/model.ts';
import { stagesForUpdate } from '../../policy/stages.ts';
import { loadPolicy } from '../../policy/store.ts';
import { found } from '../../refusals.ts';
import type { RequestBody } from '../contract.ts';
import { decideUpdate, type UpdateFacts, type Updater } from '../extension.ts';
import { cancel } from '../machine.ts';
import { assignmentNamed } from '../removal.ts';
import { hasPending, loadPendingUpdates, saveState } from '../store.ts';
import { loadStanding, packageIdOf, submissionOf, targetIdOf } from './asking.ts';
import { actsFor } from './on-behalf.ts';
import { openRequest } from './open.ts';
import { decideReachable } from './reachable.ts';
import { record } from './record.ts';

/**
 * Somebody who has a package asks for a later end of it, or one who may ask on their behalf (`userUpdate`): with the
 * stages of the policy where it wants approval of updates. Refuses as `decideUpdate` says.
 */
export async function userUpdate(tx: Tx, body: RequestBody): Promise<Id> {
  const assignment = found(await assignmentIn(tx, body), 'assignment', body.assignment.id ?? packageIdOf(body) ?? '');
  const policy = await loadPolicy(tx.db(), assignment.policyId);
  const by = await updaterOf(tx, assignment, policy);
  await authorise(tx, 'assignmentRequest.submitForSelf', ['self']);
  return update(tx, by, assignment, policy, body);
}

/** An administrator moves the end of somebody's assignment (`adminUpdate`), by setting with approval. */
export async function adminUpdate(tx: Tx, body: RequestBody): Promise<Id> {
  const named = await assignmentIn(tx, body);
  await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', named?.packageId);
  const assignment = found(named, 'assignment', body.assignment.id ?? packageIdOf(body) ?? '');
  await refuseSelfGrant(tx, assignment.targetId, { kind: 'package', id: assignment.packageId });
  return update(tx, 'administrator', assignment, await loadPolicy(tx.db(), assignment.policyId), body);
}

/** Moves the end of what somebody has already, as a `userUpdate` (Graph: a `userAdd` for it renews it). */
export function renew(tx: Tx, assignment: Assignment, policy: AssignmentPolicy, body: RequestBody): Promise<Id> {
  return update(tx, 'target', assignment, policy, body);
}

async function update(
  tx: Tx,
  by: Updater,
  assignment: Assignment,
  policy: AssignmentPolicy | null,
  body: RequestBody,
): Promise<Id> {
  const { packageId, targetId } = assignment;
  const accessPackage = found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  const facts: UpdateFacts = {
    assignment,
    policy,
    target: await loadStanding(tx, targetId, policy === null ? [] : [policy.document]),
    isTargetUsable: await isUsable(tx, targetId),
    hasPending: await hasPending(tx.db(), { packageId, targetId }, tx.now),
    limits: await limitsOf(tx, await loadContents(tx.db(), packageId)),
    answers: await loadAnswers(tx.db(), assignment.id),
  };
  const submitted = orRefuse(decideUpdate(by, submissionOf(body), facts, tx.now));
  await refuseIncompatible(tx, { packageId, targetId });
  const isAdministrator = by === 'administrator';
  const isAsked = !isAdministrator || (await loadSettings(tx)).directAssignment === 'asksForApproval';
  const stages = isAsked ? stagesForUpdate(submitted.policy.document, newId) : [];
  if (!isAdministrator) await refuseOwnPolicy(tx, { policy: submitted.policy, stages, targetId });
  if (stages.length > 0) {
    const requestorId = tx.caller.kind === 'system' ? targetId : tx.caller.id;
    const { allowsSameApproverInSeveralStages } = submitted.policy;
    const reaching = { requestorId, subjectId: targetId, stages, allowsSameApproverInSeveralStages };
    orRefuse(await decideReachable(tx, reaching));
  }
  return openRequest(tx, {
    requestType: isAdministrator ? 'adminUpdate' : 'userUpdate',
    happening: isAdministrator ? 'adminUpdated' : 'userUpdated',
    accessPackage,
    targetId,
    submitted,
    stages,
    assignmentId: assignment.id,
  });
}

/** Withdraws what was asked about an assignment that has ended: there is nothing to decide any more. */
export async function withdrawUpdates(tx: Tx, assignmentId: Id): Promise<void> {
  for (const request of await loadPendingUpdates(tx.db(), assignmentId, tx.now)) {
    const state = cancel(request.state, 'administrator', tx.now);
    if (state.is === 'refused') continue;
    await withdrawApproval(tx, request.id);
    await saveState(tx.db(), request.id, state.value, request.assignmentId);
    await record(tx, 'canceled', request, { data: { because: 'AssignmentEnded' } });
  }
}

/** The assignment that a body means: by its id or, as Graph has it of a `userUpdate`, by package, policy and target. */
async function assignmentIn(tx: Tx, body: RequestBody): Promise<Assignment | null> {
  const packageId = packageIdOf(body);
  const targetId = targetIdOf(body) ?? (tx.caller.kind === 'user' ? tx.caller.id : null);
  if (body.assignment.id || packageId === null || targetId === null) {
    return loadAssignment(tx.db(), orRefuse(assignmentNamed(body.assignment.id)));
  }
  const { policyId } = submissionOf(body);
  const of = { packageId, targetId, ...(policyId === null ? {} : { policyId }) };
  return (await loadLiveAssignments(tx.db(), of, tx.now)).at(-1) ?? null;
}

/** Absent and none of the caller's business look alike. */
async function updaterOf(tx: Tx, assignment: Assignment, policy: AssignmentPolicy | null): Promise<Updater> {
  if (isCaller(tx.caller, assignment.targetId)) return 'target';
  const isTheirs = policy !== null && (await actsFor(tx, policy.document, assignment.targetId));
  found(isTheirs ? assignment : null, 'assignment', assignment.id);
  return 'onBehalf';
}
