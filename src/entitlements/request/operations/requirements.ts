import type { Id } from '../../../kernel/ids.ts';
import { refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadPackage } from '../../package/store.ts';
import { type AssignmentPolicy, applicable } from '../../policy/model.ts';
import { loadPolicies } from '../../policy/store.ts';
import { found } from '../../refusals.ts';
import { loadStanding } from './asking.ts';

/** What the caller has to bring to ask for a package, policy by policy (`getApplicablePolicyRequirements`). */
export async function requirementsFor(tx: Tx, packageId: Id): Promise<ReturnType<typeof requirementsOf>[]> {
  found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  if (tx.caller.kind !== 'user') {
    return refuseNow('forbidden', 'Authorization_RequestDenied', 'Only a person can ask.');
  }
  const policies = await loadPolicies(tx.db(), packageId);
  const scopes = policies.map(({ document }) => document);
  return applicable(policies, await loadStanding(tx, tx.caller.id, scopes)).map(requirementsOf);
}

/** What somebody has to bring to ask by a policy. */
export function requirementsOf({ id, document }: Pick<AssignmentPolicy, 'id' | 'document'>) {
  const { requestApprovalSettings: approval, requestorSettings } = document;
  return {
    policyId: id,
    policyDisplayName: document.displayName,
    policyDescription: document.description,
    allowCustomAssignmentSchedule: requestorSettings.allowCustomAssignmentSchedule,
    isApprovalRequiredForAdd: approval.isApprovalRequiredForAdd,
    isApprovalRequiredForUpdate: approval.isApprovalRequiredForUpdate,
    isRequestorJustificationRequired: approval.isRequestorJustificationRequired,
    schedule: { startDateTime: null, expiration: document.expiration, recurrence: null },
    questions: document.questions,
  };
}
