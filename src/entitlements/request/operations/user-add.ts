import { authorise } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment } from '../../assignment/model.ts';
import { loadLiveAssignments } from '../../assignment/store.ts';
import { proposeOrganizationOf } from '../../connected/operations.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { refuseOwnPolicy } from '../../guard/operations.ts';
import type { AssignmentPolicy } from '../../policy/model.ts';
import { stagesOf } from '../../policy/stages.ts';
import type { RequestBody } from '../contract.ts';
import { decideUserAdd, mayAskAs } from '../decisions.ts';
import { loadFacts, packageOf, submissionOf, targetIdOf } from './asking.ts';
import { userAddForAnother } from './on-behalf.ts';
import { openRequest } from './open.ts';
import { decideReachable } from './reachable.ts';
import { renew } from './update.ts';

/**
 * A person asks for a package for themselves, or for somebody else whom a policy lets them ask for; for what they have already, they ask for a later end of it,
 * where its policy lets them (Graph: a `userAdd` of an existing assignment renews it). Refuses as `mayAskAs`,
 * `decideUserAdd` and `decideUpdate` say.
 */
export async function userAdd(tx: Tx, body: RequestBody): Promise<Id> {
  const named = targetIdOf(body);
  if (tx.caller.kind === 'user' && named !== null && named !== tx.caller.id) return userAddForAnother(tx, body, named);
  const targetId = orRefuse(mayAskAs(tx.caller, targetIdOf(body)));
  await authorise(tx, 'assignmentRequest.submitForSelf', ['self']);
  const accessPackage = await packageOf(tx, body);
  const facts = await loadFacts(tx, accessPackage, targetId);
  const held = facts.hasAssignment
    ? await extendable(tx, facts.policies, { packageId: accessPackage.id, targetId })
    : null;
  if (held !== null) return renew(tx, held.assignment, held.policy, body);
  const submitted = orRefuse(decideUserAdd(submissionOf(body), facts, tx.now));
  await refuseIncompatible(tx, { packageId: accessPackage.id, targetId });
  if (submitted.policy.document.allowedTargetScope === 'allExternalUsers') await proposeOrganizationOf(tx, targetId);
  const stages = stagesOf(submitted.policy.document, newId);
  await refuseOwnPolicy(tx, { policy: submitted.policy, stages, targetId });
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

async function extendable(
  tx: Tx,
  policies: readonly AssignmentPolicy[],
  pair: { readonly packageId: Id; readonly targetId: Id },
): Promise<{ readonly assignment: Assignment; readonly policy: AssignmentPolicy } | null> {
  const held = (await loadLiveAssignments(tx.db(), pair, tx.now)).filter(({ endedAt }) => endedAt === null);
  for (const assignment of held) {
    const policy = policies.find(({ id }) => id === assignment.policyId);
    if (policy?.document.requestorSettings.enableTargetsToSelfUpdateAccess) return { assignment, policy };
  }
  return null;
}
