import { refuseSelfGrant } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadSettings } from '../../../settings/index.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { stagesOf } from '../../policy/stages.ts';
import { reject } from '../../refusals.ts';
import type { RequestBody } from '../contract.ts';
import { decideAdminAdd } from '../decisions.ts';
import { loadFacts, packageIdOf, packageOf, submissionOf, targetOf } from './asking.ts';
import { openRequest } from './open.ts';

/**
 * An administrator gives a package to somebody else. Whether the policy's approval is asked for, a setting says
 * (`directAssignment`): Entra's API bypasses it, its portal may. Refuses as `decideAdminAdd` says, and
 * `SelfGrantNotAllowed` (403).
 */
export async function adminAdd(tx: Tx, body: RequestBody): Promise<Id> {
  await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', packageIdOf(body));
  const targetId = await targetOf(tx, body);
  if (targetId === null) return reject('PropertyRequired', 'Say whom the package is for.', 'assignment/targetId');
  await refuseSelfGrant(tx, targetId, { kind: 'package', id: packageIdOf(body) ?? '' });
  const accessPackage = await packageOf(tx, body);
  const facts = await loadFacts(tx, accessPackage, targetId);
  const submitted = orRefuse(decideAdminAdd(submissionOf(body), facts, tx.now));
  await refuseIncompatible(tx, { packageId: accessPackage.id, targetId });
  const { directAssignment } = await loadSettings(tx);
  const stages = directAssignment === 'asksForApproval' ? stagesOf(submitted.policy.document, newId) : [];
  return openRequest(tx, {
    requestType: 'adminAdd',
    happening: 'adminAdded',
    accessPackage,
    targetId,
    submitted,
    stages,
  });
}
