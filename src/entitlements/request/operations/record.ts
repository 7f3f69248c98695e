import type { Tx } from '../../../platform/transaction.ts';
import type { AssignmentRequest } from '../model.ts';

/** Records that a request was made, with all that it met and that it holds by: the log alone tells how it stands. */
export async function recordMade(
  tx: Tx,
  happening: string,
  request: AssignmentRequest,
  more: { readonly reason?: string | null; readonly data?: Readonly<Record<string, unknown>> } = {},
): Promise<void> {
  const { askedAssignmentId, answers, snapshot, createdAt } = request;
  const data = { askedAssignmentId, answers, snapshot, createdAt: createdAt.toString(), ...more.data };
  await record(tx, happening, request, { ...more, data });
}

/** Records what happened to a request, with what mails about it need. */
export async function record(
  tx: Tx,
  happening: string,
  request: AssignmentRequest,
  more: { readonly reason?: string | null; readonly data?: Readonly<Record<string, unknown>> } = {},
): Promise<void> {
  const { id, requestType, packageId, policyId, requestorId, targetId, assignmentId, correlation, snapshot } = request;
  await tx.record({
    type: `assignment-request.${happening}`,
    subject: id,
    correlation,
    targets: [
      { id, type: 'AccessPackageAssignmentRequest' },
      { id: targetId, type: 'User' },
      { id: packageId, type: 'AccessPackage', displayName: snapshot.packageName },
    ],
    reason: more.reason ?? null,
    data: {
      requestType,
      packageId,
      packageName: snapshot.packageName,
      policyId,
      policyName: snapshot.policyName,
      requestorId,
      targetId,
      assignmentId,
      ...more.data,
    },
  });
}
