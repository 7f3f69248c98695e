import { authorise } from '../../../grants/index.ts';
import { isCaller } from '../../../kernel/caller.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment } from '../../assignment/model.ts';
import { endAssignment } from '../../assignment/operations/end.ts';
import { loadAssignment } from '../../assignment/store.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { loadPackage } from '../../package/store.ts';
import type { AssignmentPolicy } from '../../policy/model.ts';
import { loadPolicy } from '../../policy/store.ts';
import { found } from '../../refusals.ts';
import { keepCaller } from '../../subject/operations.ts';
import type { RequestBody } from '../contract.ts';
import type { AssignmentRequest } from '../model.ts';
import { assignmentNamed, decideRemoval, type Remover } from '../removal.ts';
import { insertRequest } from '../store.ts';
import { actsFor } from './on-behalf.ts';
import { recordMade } from './record.ts';

/** Ends an assignment at the wish of its target or of an administrator. Gives the id of the request. */
export async function removeAssignment(tx: Tx, type: 'userRemove' | 'adminRemove', body: RequestBody): Promise<Id> {
  const id = orRefuse(assignmentNamed(body.assignment.id));
  const named = await loadAssignment(tx.db(), id);
  if (type === 'adminRemove') await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', named?.packageId);
  const assignment = found(named, 'assignment', id);
  const policy = await loadPolicy(tx.db(), assignment.policyId);
  const by = type === 'adminRemove' ? 'administrator' : await removerOf(tx, assignment, policy);
  orRefuse(decideRemoval(by, assignment, policy?.document.requestorSettings ?? null, tx.now));
  const request = await saveRemoval(tx, type, assignment, body.justification?.trim() || null);
  const happening = type === 'userRemove' ? 'userRemoved' : 'adminRemoved';
  await recordMade(tx, happening, request, { reason: request.justification });
  const reason = type === 'userRemove' ? 'removedByTarget' : 'removedByAdministrator';
  await endAssignment(tx, assignment, reason, request.snapshot.packageName);
  return request.id;
}

/** Absent and forbidden look alike to those who have nothing to do with the assignment. */
async function removerOf(tx: Tx, assignment: Assignment, policy: AssignmentPolicy | null): Promise<Remover> {
  const isOwn = isCaller(tx.caller, assignment.targetId);
  const isTheirs = isOwn || (policy !== null && (await actsFor(tx, policy.document, assignment.targetId)));
  found(isTheirs ? assignment : null, 'assignment', assignment.id);
  await authorise(tx, 'assignmentRequest.submitForSelf', ['self']);
  return isOwn ? 'target' : 'onBehalf';
}

/** Keeps the request by which an assignment is ended. */
export async function saveRemoval(
  tx: Tx,
  requestType: 'userRemove' | 'adminRemove' | 'approverRemove',
  assignment: Assignment,
  justification: string | null,
): Promise<AssignmentRequest> {
  await keepCaller(tx);
  const { packageId, policyId, targetId, correlation } = assignment;
  const request: AssignmentRequest = {
    id: newId(),
    requestType,
    packageId,
    policyId,
    requestorId: tx.caller.kind === 'system' ? targetId : tx.caller.id,
    targetId,
    assignmentId: assignment.id,
    askedAssignmentId: assignment.id,
    justification,
    answers: [],
    snapshot: {
      packageName: (await loadPackage(tx.db(), packageId))?.displayName ?? '',
      policyName: (await loadPolicy(tx.db(), policyId))?.document.displayName ?? '',
      stages: [],
      questions: [],
      contents: [],
      expiration: { type: 'notSpecified', endDateTime: null, duration: null },
    },
    createdAt: tx.now,
    correlation,
    state: { is: 'delivered', at: tx.now },
  };
  await insertRequest(tx.db(), request);
  return request;
}
