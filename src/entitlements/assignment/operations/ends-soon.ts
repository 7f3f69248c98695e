import { marksBefore } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadPackage } from '../../package/store.ts';
import { loadPolicy } from '../../policy/store.ts';
import { type Assignment, assignmentState } from '../model.ts';
import { loadAssignment } from '../store.ts';
import { record } from './record.ts';

/** Entra: the holder is told 14 days and one day before the end. */
const days = [14, 1];

/** Plans to tell of the end of an assignment before it comes. */
export async function planEndsSoon(tx: Tx, { id, endsAt }: Pick<Assignment, 'id' | 'endsAt'>): Promise<void> {
  if (endsAt === null) return;
  for (const at of marksBefore(endsAt, days, tx.now)) {
    await tx.schedule({ kind: 'assignment.endsSoon', subject: `${id} ${endsAt}`, at });
  }
}

/** Tells that an assignment ends soon, unless its end has been moved or has come. */
export async function announceEndsSoon(tx: Tx, subject: string): Promise<void> {
  const [id = '', endsAt] = subject.split(' ');
  const assignment = await loadAssignment(tx.db(), id);
  if (assignment === null || assignment.endedAt !== null || assignment.endsAt?.toString() !== endsAt) return;
  if (assignmentState(assignment, tx.now).is === 'expired') return;
  const policy = await loadPolicy(tx.db(), assignment.policyId);
  await record(tx, 'assignment.endsSoon', assignment, {
    packageName: (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '',
    canExtend: policy?.document.requestorSettings.enableTargetsToSelfUpdateAccess ?? false,
  });
}
