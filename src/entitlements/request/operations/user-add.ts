import { authorise } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { proposeOrganizationOf } from '../../connected/operations.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { stagesOf } from '../../policy/stages.ts';
import type { RequestBody } from '../contract.ts';
import { decideUserAdd, mayAskAs } from '../decisions.ts';
import { loadFacts, packageOf, submissionOf, targetIdOf } from './asking.ts';
import { openRequest } from './open.ts';
import { decideReachable } from './reachable.ts';

/** A person asks for a package for themselves. Refuses as `mayAskAs` and `decideUserAdd` say. */
export async function userAdd(tx: Tx, body: RequestBody): Promise<Id> {
  const targetId = orRefuse(mayAskAs(tx.caller, targetIdOf(body)));
  await authorise(tx, 'assignmentRequest.submitForSelf', ['self']);
  const accessPackage = await packageOf(tx, body);
  const facts = await loadFacts(tx, accessPackage, targetId);
  const submitted = orRefuse(decideUserAdd(submissionOf(body), facts, tx.now));
  await refuseIncompatible(tx, { packageId: accessPackage.id, targetId });
  if (submitted.policy.document.allowedTargetScope === 'allExternalUsers') await proposeOrganizationOf(tx, targetId);
  const stages = stagesOf(submitted.policy.document, newId);
  const { allowsSameApproverInSeveralStages } = submitted.policy;
  const reaching = { requestorId: targetId, subjectId: targetId, stages, allowsSameApproverInSeveralStages };
  orRefuse(await decideReachable(tx, reaching));
  return openRequest(tx, {
    requestType: 'userAdd',
    happening: 'submitted',
    accessPackage,
    targetId,
    submitted,
    stages,
  });
}
