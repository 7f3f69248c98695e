import { bindingEnd, extendGrant, openGrants, shortenGrant } from '../../../grants/index.ts';
import type { Instant } from '../../../kernel/time.ts';
import { after, isBefore } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { eligibilityLimit } from '../../../privileged/index.ts';
import type { Assignment, Term } from '../model.ts';
import { moveAssignmentEnd } from '../store.ts';
import { planEndsSoon } from './ends-soon.ts';
import { record } from './record.ts';

/**
 * Moves the end of an assignment, and in the same transaction that of everything it gave: package, membership and
 * eligibility keep one end. What PIM's rules allow for less long stays within them.
 */
export async function moveEndOf(
  tx: Tx,
  assignment: Assignment,
  { window: { until }, binding }: Term,
  packageName: string,
): Promise<Assignment> {
  const moved: Assignment = { ...assignment, endsAt: until, binding };
  const due = (at: Instant) => ({ kind: 'assignment.expired', subject: assignment.id, at });
  if (assignment.endsAt !== null) await tx.unschedule(due(assignment.endsAt));
  await moveAssignmentEnd(tx.db(), moved);
  if (until !== null) await tx.schedule(due(until));
  await planEndsSoon(tx, moved);
  await moveGrants(tx, moved);
  const isLater = until === null || (assignment.endsAt !== null && isBefore(assignment.endsAt, until));
  await record(tx, isLater ? 'assignment.extended' : 'assignment.shortened', moved, {
    packageName,
    before: assignment.endsAt?.toString() ?? null,
  });
  return moved;
}

async function moveGrants(tx: Tx, { id, targetId, endsAt }: Assignment): Promise<void> {
  for (const grant of await openGrants(tx, { principal: targetId, origin: { kind: 'package', id } })) {
    const { kind, id: privilegeId } = grant.privilege;
    const limit = grant.mode === 'eligible' ? await eligibilityLimit(tx, kind, privilegeId) : null;
    const longest = limit === null ? null : after(tx.now, limit);
    const { until, binding } = bindingEnd([
      { at: endsAt, by: 'link', id },
      { at: longest, by: 'eligibilityMaximum', id: privilegeId },
    ]);
    const why = binding ?? { by: 'link', id };
    if (grant.endsAt !== null && (until === null || isBefore(grant.endsAt, until))) {
      await extendGrant(tx, grant, until, why);
    } else if (until !== null && (grant.endsAt === null || isBefore(until, grant.endsAt))) {
      await shortenGrant(tx, grant, until, why);
    }
  }
}
