import type { Id } from '../../../kernel/ids.ts';
import { refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadPackage } from '../../package/store.ts';
import { type AssignmentPolicy, applicable } from '../../policy/model.ts';
import { loadPolicies } from '../../policy/store.ts';
import { found } from '../../refusals.ts';
import { loadStanding } from './asking.ts';

/** `accessPackageAssignmentRequestRequirements`. */
export type Requirements = Readonly<Record<string, unknown>>;

/** What the caller has to bring to ask for a package, policy by policy (`getApplicablePolicyRequirements`). */
export async function requirementsFor(tx: Tx, packageId: Id): Promise<Requirements[]> {
  found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  if (tx.caller.kind !== 'user') {
    return refuseNow('forbidden', 'Authorization_RequestDenied', 'Only a person can ask.');
  }
  const policies = await loadPolicies(tx.db(), packageId);
  const scopes = policies.map(({ document }) => document);
  return applicable(policies, await loadStanding(tx, tx.caller.id, scopes)).map(requirementsOf);
}

function requirementsOf({ id, document }: AssignmentPolicy): Requirements {
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
