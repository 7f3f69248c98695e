import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import { type Assignment, assignmentState } from '../assignment/model.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { wrong } from '../refusals.ts';

/** Who wants an assignment to end: its target, one who may ask on their behalf, or an administrator. */
export type Remover = 'target' | 'onBehalf' | 'administrator';

/**
 * Whether an assignment can be ended. Refuses with `SelfRemovalNotAllowed` (403) where the policy does not let its
 * target, or those who ask on the target's behalf, give it up, and `AssignmentEnded` (400).
 */
export function decideRemoval(
  by: Remover,
  assignment: Pick<Assignment, 'endsAt' | 'endedAt'>,
  settings: PolicyDocument['requestorSettings'] | null,
  now: Instant,
): Outcome<void> {
  if (!mayRemove(by, settings)) {
    return refuse(
      'forbidden',
      'SelfRemovalNotAllowed',
      'The policy does not let people give up the package themselves. Ask an administrator.',
    );
  }
  if (assignmentState(assignment, now).is !== 'expired') return accept(undefined);
  return wrong('AssignmentEnded', 'The assignment has ended already.', 'assignment/id');
}

/** A policy that is gone forbids nobody to give up what they have. */
function mayRemove(by: Remover, settings: PolicyDocument['requestorSettings'] | null): boolean {
  switch (by) {
    case 'administrator':
      return true;
    case 'target':
      return settings === null || settings.enableTargetsToSelfRemoveAccess;
    case 'onBehalf':
      return settings?.enableOnBehalfRequestorsToRemoveAccess === true;
    default:
      return by satisfies never;
  }
}

/**
 * Whether an approval that was given can be taken back: with a reason, and while what came of it is in force; gives
 * the reason. Without an assignment the request may still wait for other approvers.
 * Refuses with `JustificationRequired` and `AssignmentEnded` (400).
 */
export function decideTakingBack(
  justification: string | null,
  assignment: Pick<Assignment, 'endsAt' | 'endedAt'> | null,
  now: Instant,
): Outcome<string> {
  const reason = justification?.trim() ?? '';
  if (reason === '') return wrong('JustificationRequired', 'Say why the approval is taken back.', 'justification');
  if (assignment === null || assignmentState(assignment, now).is !== 'expired') return accept(reason);
  return wrong('AssignmentEnded', 'The assignment has ended already.', 'assignment/id');
}

/** Which assignment a request is about. Refuses with `PropertyRequired` (400) if none is named. */
export function assignmentNamed(id: string | null | undefined): Outcome<Id> {
  if (id) return accept(id.toLowerCase());
  return wrong('PropertyRequired', 'Say which assignment is meant.', 'assignment/id');
}
