import type { Grant } from '../../../grants/index.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment } from '../model.ts';

/** Records what happened to an assignment, with what mails about it need. */
export async function record(
  tx: Tx,
  type: string,
  assignment: Assignment,
  data: { readonly packageName: string; readonly [name: string]: unknown },
): Promise<void> {
  const { id, packageId, policyId, targetId, startsAt, endsAt, binding, correlation } = assignment;
  await tx.record({
    type,
    subject: id,
    correlation,
    targets: [
      { id, type: 'AccessPackageAssignment' },
      { id: targetId, type: 'User' },
      { id: packageId, type: 'AccessPackage', displayName: data.packageName },
    ],
    data: {
      packageId,
      policyId,
      targetId,
      startsAt: startsAt.toString(),
      endsAt: endsAt?.toString() ?? null,
      binding,
      ...data,
    },
  });
}

/** Records that what an assignment gave has been taken away, or a part of it. */
export function recordTaken(
  tx: Tx,
  assignment: Assignment,
  packageName: string,
  taken: readonly Grant[],
): Promise<void> {
  return record(tx, 'assignment.contentsRemoved', assignment, {
    packageName,
    contents: taken
      .filter(({ origin }) => origin.kind === 'package')
      .map(({ id, privilege, mode }) => ({ grantId: id, ...privilege, mode })),
  });
}
