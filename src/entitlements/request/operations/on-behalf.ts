import { approverPorts, isMemberOf } from '../../../directory/index.ts';
import { authorise } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { refuseOwnPolicy } from '../../guard/operations.ts';
import type { PolicyDocument, SubjectSet } from '../../policy/document.ts';
import type { AssignmentPolicy } from '../../policy/model.ts';
import { stagesOf } from '../../policy/stages.ts';
import type { RequestBody } from '../contract.ts';
import { decideOnBehalfAdd, mayAskAs, mayAskFor } from '../decisions.ts';
import { loadFacts, packageOf, submissionOf, targetIdOf } from './asking.ts';
import { openRequest } from './open.ts';
import { decideReachable } from './reachable.ts';

/**
 * Somebody asks for a package for another person (`onBehalfAdd`), as a manager does for a report, where a policy lets
 * them. Neither of the two decides about it. Refuses as `mayAskFor` and `decideOnBehalfAdd` say.
 */
export function onBehalfAdd(tx: Tx, body: RequestBody): Promise<Id> {
  return askFor(tx, 'onBehalfAdd', body);
}

/**
 * The same as Microsoft's page *Create accessPackageAssignmentRequest* writes it: a `userAdd` with another target, and
 * a `userAdd` it stays. Refuses with `RequestForOthersNotAllowed` (403) where no policy lets the caller ask for them.
 */
export async function userAddForAnother(tx: Tx, body: RequestBody, targetId: Id): Promise<Id> {
  const accessPackage = await packageOf(tx, body);
  const { policies } = await loadFacts(tx, accessPackage, targetId);
  if ((await policiesToAskBy(tx, policies, targetId)).size === 0) orRefuse(mayAskAs(tx.caller, targetId));
  return askFor(tx, 'userAdd', body);
}

async function askFor(tx: Tx, requestType: 'onBehalfAdd' | 'userAdd', body: RequestBody): Promise<Id> {
  const { requestorId, targetId } = orRefuse(mayAskFor(tx.caller, targetIdOf(body)));
  await authorise(tx, 'assignmentRequest.submitForSelf', ['self']);
  const accessPackage = await packageOf(tx, body);
  const facts = await loadFacts(tx, accessPackage, targetId);
  const open = await policiesToAskBy(tx, facts.policies, targetId);
  const submitted = orRefuse(decideOnBehalfAdd(submissionOf(body), { ...facts, open }, tx.now));
  await refuseIncompatible(tx, { packageId: accessPackage.id, targetId });
  const stages = stagesOf(submitted.policy.document, newId);
  await refuseOwnPolicy(tx, { policy: submitted.policy, stages, targetId });
  const { allowsSameApproverInSeveralStages } = submitted.policy;
  orRefuse(await decideReachable(tx, { requestorId, subjectId: targetId, stages, allowsSameApproverInSeveralStages }));
  return openRequest(tx, {
    requestType,
    happening: 'onBehalfAdded',
    accessPackage,
    targetId,
    submitted,
    stages,
  });
}

/** The policies by which the caller may ask for somebody else. */
export async function policiesToAskBy(
  tx: Tx,
  policies: readonly AssignmentPolicy[],
  targetId: Id,
): Promise<ReadonlySet<Id>> {
  const open = new Set<Id>();
  for (const { id, document } of policies) {
    const isOpen = document.requestorSettings.enableOnBehalfRequestorsToAddAccess;
    if (isOpen && (await actsFor(tx, document, targetId))) open.add(id);
  }
  return open;
}

/** Whether the caller is one of those whom a policy lets act for a person now (`onBehalfRequestors`). */
export async function actsFor(
  tx: Tx,
  { requestorSettings }: Pick<PolicyDocument, 'requestorSettings'>,
  targetId: Id,
): Promise<boolean> {
  if (tx.caller.kind !== 'user' || tx.caller.id === targetId) return false;
  for (const set of requestorSettings.onBehalfRequestors) {
    if (await isIn(tx, set, tx.caller.id, targetId)) return true;
  }
  return false;
}

async function isIn(tx: Tx, set: SubjectSet, callerId: Id, targetId: Id): Promise<boolean> {
  if (set.userId !== undefined) return set.userId === callerId;
  if (set.groupId !== undefined) return isMemberOf(tx, callerId, set.groupId);
  let person: Id | null = targetId;
  for (let level = set.managerLevel ?? 1; level > 0 && person !== null; level -= 1) {
    person = await approverPorts.managerOf(tx, person);
  }
  return person === callerId;
}
