import { loadUser } from '../../../directory/index.ts';
import { openGrants } from '../../../grants/index.ts';
import type { StoredEvent } from '../../../platform/events.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadPackage } from '../../package/store.ts';
import { saveSystemRemoval } from '../../request/operations/system.ts';
import { assignmentState } from '../model.ts';
import { loadAssignment } from '../store.ts';
import { endAssignment } from './end.ts';

/**
 * Follows the ledger where it takes away what a package gave: the group was deleted or became dynamic, or somebody took
 * the person out of it. An assignment of which nothing is left ends, so that nobody reads as assigned who has nothing.
 * (Entra lets it go on as delivered.) What the package itself stops giving leaves its assignments alone.
 */
export async function followEmptied(tx: Tx, { data }: StoredEvent): Promise<void> {
  const { principalId, origin, endReason } = data as {
    principalId?: string;
    origin?: { kind?: string; id?: string };
    endReason?: string;
  };
  if (origin?.kind !== 'package' || origin.id === undefined || endReason === 'package-changed') return;
  const assignment = await loadAssignment(tx.db(), origin.id);
  if (assignment === null || assignmentState(assignment, tx.now).is === 'expired') return;
  const left = { principal: assignment.targetId, origin: { kind: 'package', id: assignment.id } } as const;
  if (principalId !== assignment.targetId || (await openGrants(tx, left)).length > 0) return;
  // Whose account is deleted has all assignments ended, as one: `endAssignmentsOf`.
  if ((await loadUser(tx, assignment.targetId))?.deletedAt !== null) return;
  await saveSystemRemoval(tx, assignment, tx.now);
  const packageName = (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '';
  await endAssignment(tx, assignment, 'contentsGone', packageName);
}
