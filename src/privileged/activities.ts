import type { Mode, PrivilegeKind } from '../grants/index.ts';
import type { Activities, Activity } from '../kernel/event.ts';

/** What happens to an activation, from the request to its end. */
export type ActivationHappening =
  | 'requested'
  | 'approved'
  | 'denied'
  | 'timedOut'
  | 'canceled'
  | 'failed'
  | 'completed'
  | 'expired';

/** What administrators do with schedules. */
export type AssignmentHappening = 'requested' | 'completed' | 'extended' | 'removed' | 'canceled';

/** The event type of an activation: `role.activation.completed`. */
export function activationEvent(kind: PrivilegeKind, happening: ActivationHappening): string {
  return `${kind}.activation.${happening}`;
}

/** The event type of a deactivation. */
export function deactivationEvent(kind: PrivilegeKind): string {
  return `${kind}.deactivation.completed`;
}

/** The event type of what an administrator does: `group-member.eligible.assignment.completed`. */
export function assignmentEvent(kind: PrivilegeKind, mode: Mode, happening: AssignmentHappening): string {
  return `${kind}.${mode}.assignment.${happening}`;
}

/** The event type of a changed rule. */
export function policyEvent(kind: PrivilegeKind): string {
  return `${kind}.policy.updated`;
}

const kinds: readonly PrivilegeKind[] = ['role', 'group-member', 'group-owner'];
const modes: readonly Mode[] = ['eligible', 'active'];

function activity(kind: PrivilegeKind, name: string, operation: Activity['operation']): Activity {
  return { name, category: kind === 'role' ? 'RoleManagement' : 'GroupManagement', service: 'PIM', operation };
}

// PIM speaks of members of a role, whether the "role" is a directory role or a place in a group.
const activations: Readonly<Record<ActivationHappening, [name: string, operation: Activity['operation']]>> = {
  requested: ['Add member to role requested (PIM activation)', 'Other'],
  approved: ['Add member to role request approved (PIM activation)', 'Other'],
  denied: ['Add member to role request denied (PIM activation)', 'Other'],
  timedOut: ['Add member to role request expired (PIM activation)', 'Other'],
  canceled: ['Add member to role request canceled (PIM activation)', 'Other'],
  failed: ['Add member to role failed (PIM activation)', 'Other'],
  completed: ['Add member to role completed (PIM activation)', 'Assign'],
  expired: ['Remove member from role (PIM activation expired)', 'Unassign'],
};

function assignments(
  mode: Mode,
): Readonly<Record<AssignmentHappening, [name: string, operation: Activity['operation']]>> {
  const what = mode === 'eligible' ? 'eligible member' : 'member';
  return {
    requested: [`Add ${what} to role in PIM requested`, 'Other'],
    completed: [`Add ${what} to role in PIM completed`, 'Assign'],
    extended: [`Update ${what} in PIM completed`, 'Update'],
    removed: [`Remove ${what} from role in PIM completed`, 'Unassign'],
    canceled: [`Cancel request to add ${what} to role in PIM`, 'Other'],
  };
}

/** Event types of the second door, as the audit log shows them. */
export const privilegedActivities: Activities = Object.fromEntries([
  ...(['created', 'updated', 'deleted'] as const).map((happened) => {
    const verb = { created: 'Add', updated: 'Update', deleted: 'Delete' } as const;
    const name = `${verb[happened]} AuthenticationContextClassReference`;
    return [
      `authentication-context.${happened}`,
      { name, category: 'Policy', service: 'Conditional Access', operation: verb[happened] },
    ];
  }),
  ['group.onboarded', activity('group-member', 'Onboard resource to PIM', 'Other')],
  ...kinds.flatMap((kind) => [
    [policyEvent(kind), activity(kind, 'Update role setting in PIM', 'Update')],
    [deactivationEvent(kind), activity(kind, 'Remove member from role completed (PIM deactivate)', 'Unassign')],
    ...Object.entries(activations).map(([happening, [name, operation]]) => [
      activationEvent(kind, happening as ActivationHappening),
      activity(kind, name, operation),
    ]),
    ...modes.flatMap((mode) =>
      Object.entries(assignments(mode)).map(([happening, [name, operation]]) => [
        assignmentEvent(kind, mode, happening as AssignmentHappening),
        activity(kind, name, operation),
      ]),
    ),
  ]),
]);
