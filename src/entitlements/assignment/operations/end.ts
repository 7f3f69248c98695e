import { endHangingOn } from '../../../grants/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { isBefore } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { followDeparture } from '../../lifecycle/operations.ts';
import { loadPackage, loadPackageNames } from '../../package/store.ts';
import type { Assignment, EndReason } from '../model.ts';
import { closeAssignment, loadAssignment, loadAssignmentsByIds, loadLiveAssignments } from '../store.ts';
import { record, recordTaken } from './record.ts';

/** Ends an assignment now, and everything that it gave. */
export async function endAssignment(
  tx: Tx,
  assignment: Assignment,
  reason: EndReason,
  packageName: string,
): Promise<void> {
  await closeAssignment(tx.db(), assignment.id, tx.now, reason);
  const taken = await endHangingOn(tx, 'package-assignment', assignment.id, 'link-ended');
  if (taken.length > 0) await recordTaken(tx, assignment, packageName, taken);
  const endedAt = tx.now.toString();
  await record(tx, 'assignment.removed', assignment, { packageName, endReason: reason, endedAt });
  await followDeparture(tx, assignment.targetId);
}

/**
 * Ends all that a person has been assigned, when their account is deleted: what it gave has ended already. Without
 * this, an account that is restored would be assigned a package that gives it nothing, and could not ask anew.
 */
export async function endAssignmentsOf(tx: Tx, targetId: Id): Promise<void> {
  for (const assignment of await loadLiveAssignments(tx.db(), { targetId }, tx.now)) {
    const packageName = (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '';
    await endAssignment(tx, assignment, 'removedByAdministrator', packageName);
  }
}

/** The packages of assignments and what binds their ends, by the assignment's id; also of packages that are gone. */
export async function packagesOf(tx: Tx, ids: readonly Id[]) {
  const assignments = await loadAssignmentsByIds(tx.db(), ids);
  const names = await loadPackageNames(
    tx.db(),
    assignments.map(({ packageId }) => packageId),
  );
  return new Map(
    assignments.map(({ id, packageId, binding }) => [
      id,
      { id: packageId, displayName: names.get(packageId) ?? '', binding },
    ]),
  );
}

/** Announces that an assignment's planned end has passed, unless it ended earlier. Access ended without this. */
export async function announceEnd(tx: Tx, assignmentId: string): Promise<void> {
  const assignment = await loadAssignment(tx.db(), assignmentId);
  if (assignment === null || assignment.endsAt === null || isBefore(tx.now, assignment.endsAt)) return;
  if (assignment.endedAt !== null && !isBefore(assignment.endsAt, assignment.endedAt)) return;
  const packageName = (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '';
  await record(tx, 'assignment.expired', assignment, { packageName });
  await followDeparture(tx, assignment.targetId);
}
