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
export type AssignmentHappening =
  | 'requested'
  | 'completed'
  | 'updated'
  | 'extended'
  | 'renewed'
  | 'endsSoon'
  | 'removed'
  | 'canceled';

/** What people ask administrators for. */
export type Asking = 'extension' | 'renewal';

/** What happens to such a request. */
export type AskingHappening = 'Requested' | 'Approved' | 'Denied' | 'Canceled' | 'TimedOut';

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

/** The event type of what a person asks an administrator for: `role.eligible.assignment.extensionRequested`. */
export function askingEvent(kind: PrivilegeKind, mode: Mode, what: Asking, happening: AskingHappening): string {
  return `${kind}.${mode}.assignment.${what}${happening}`;
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
    updated: [`Update ${what} in PIM completed`, 'Update'],
    extended: [`Update ${what} in PIM completed (extend)`, 'Update'],
    renewed: [`Add ${what} to role in PIM completed (renew)`, 'Assign'],
    endsSoon: [`${what[0]?.toUpperCase()}${what.slice(1)} of role in PIM ends soon`, 'Other'],
    removed: [`Remove ${what} from role in PIM completed`, 'Unassign'],
    canceled: [`Cancel request to add ${what} to role in PIM`, 'Other'],
  };
}

const askings: readonly AskingHappening[] = ['Requested', 'Approved', 'Denied', 'Canceled', 'TimedOut'];

function askingName(mode: Mode, asking: Asking, happening: AskingHappening): string {
  const what = mode === 'eligible' ? 'eligible member' : 'member';
  const happened = happening === 'TimedOut' ? 'expired' : happening.toLowerCase();
  return asking === 'extension'
    ? `Update ${what} in PIM ${happened} (extend)`
    : `Add ${what} to role in PIM ${happened} (renew)`;
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
  ['pim.weekPassed', activity('role', 'Weekly digest of PIM', 'Other')],
  ['group.onboarded', activity('group-member', 'Onboard resource to PIM', 'Other')],
  ...kinds.flatMap((kind) => [
    [policyEvent(kind), activity(kind, 'Update role setting in PIM', 'Update')],
    [deactivationEvent(kind), activity(kind, 'Remove member from role completed (PIM deactivate)', 'Unassign')],
    ...Object.entries(activations).map(([happening, [name, operation]]) => [
      activationEvent(kind, happening as ActivationHappening),
      activity(kind, name, operation),
    ]),
    ...modes.flatMap((mode) =>
      (['extension', 'renewal'] as const).flatMap((asking) =>
        askings.map((happening) => [
          askingEvent(kind, mode, asking, happening),
          activity(kind, askingName(mode, asking, happening), 'Other'),
        ]),
      ),
    ),
    ...modes.flatMap((mode) =>
      Object.entries(assignments(mode)).map(([happening, [name, operation]]) => [
        assignmentEvent(kind, mode, happening as AssignmentHappening),
        activity(kind, name, operation),
      ]),
    ),
  ]),
]);
