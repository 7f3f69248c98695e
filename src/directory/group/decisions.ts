import type { EventTarget } from '../../kernel/event.ts';
import { accept, type Outcome, type Refused, refuse } from '../../kernel/outcome.ts';
import type { Group, GroupAttributes, Visibility } from './model.ts';

/** Role-assignable groups in a tenant, as in Entra; deleted ones count until they are gone for good. */
export const roleAssignableAtMost = 500;

/** Dynamic groups in a tenant. Source: "Microsoft Entra service limits and restrictions". */
export const dynamicAtMost = 15_000;

/** Members and owners that can be bound when a group is made or changed (`members@odata.bind`). */
export const boundAtMost = 20;

/** A group to be made; what is left out is empty. */
export type NewGroup = Partial<GroupAttributes> &
  Pick<GroupAttributes, 'displayName' | 'mailEnabled' | 'mailNickname' | 'securityEnabled'>;

/** A change of a group: what is named is set, null empties it. */
export type GroupChange = Partial<GroupAttributes>;

/** What stands in the way of one more group. */
export interface GroupCounts {
  readonly roleAssignable: number;
  readonly dynamic: number;
}

const badNickname = /[\s@()\\[\]";:<>,]|[^\x20-\x7e]/;

const emptyGroup = {
  description: null,
  groupTypes: [],
  membershipRule: null,
  membershipRuleProcessingState: null,
  isAssignableToRole: false,
  visibility: null,
  uniqueName: null,
  classification: null,
  theme: null,
  preferredDataLocation: null,
  preferredLanguage: null,
} as const;

function usualVisibility(group: Pick<GroupAttributes, 'isAssignableToRole' | 'groupTypes'>): Visibility | null {
  if (group.isAssignableToRole) return 'Private';
  return group.groupTypes.includes('Unified') ? 'Public' : null;
}

/** Decides what a new group is. Its rule's text is read elsewhere. */
export function newGroup(asked: NewGroup, counts: GroupCounts): Outcome<GroupAttributes> {
  const given = { ...emptyGroup, ...asked };
  const group: GroupAttributes = {
    ...given,
    membershipRuleProcessingState: given.membershipRuleProcessingState ?? (isDynamic(given.groupTypes) ? 'On' : null),
    visibility: given.visibility ?? usualVisibility(given),
  };
  if (group.isAssignableToRole && counts.roleAssignable >= roleAssignableAtMost) {
    return bad(
      `There are ${roleAssignableAtMost} role-assignable groups, which is the most. Deleted ones count: delete one for good.`,
      'isAssignableToRole',
    );
  }
  if (isDynamic(group.groupTypes) && counts.dynamic >= dynamicAtMost)
    return bad(`There are ${dynamicAtMost} dynamic groups.`, 'groupTypes');
  const fault = faultOf(group);
  return fault ?? accept(group);
}

/** Decides what a change makes of a group: only what really differs. */
export function changedGroup(group: Group, change: GroupChange): Outcome<Partial<GroupAttributes>> {
  const frozen = frozenFault(group, change);
  if (frozen !== null) return frozen;
  const wanted = { ...change };
  if (change.groupTypes !== undefined && !isDynamic(change.groupTypes)) {
    // An assigned group has no rule; clients that switch back only say `Paused`, as the documentation shows.
    wanted.membershipRule = null;
    wanted.membershipRuleProcessingState = null;
  } else if (change.groupTypes !== undefined && !group.isDynamic) {
    wanted.membershipRuleProcessingState = change.membershipRuleProcessingState ?? 'On';
  }
  const differing = Object.entries(wanted).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(group[key as keyof GroupAttributes]),
  );
  const changes: Partial<GroupAttributes> = Object.fromEntries(differing);
  const fault = faultOf({ ...group, ...changes });
  return fault ?? accept(changes);
}

/** What never changes once a group is there. */
function frozenFault(group: Group, change: GroupChange): Refused | null {
  if (change.isAssignableToRole !== undefined && change.isAssignableToRole !== group.isAssignableToRole) {
    return bad(
      'isAssignableToRole is set when a group is made and never changes. Make another group.',
      'isAssignableToRole',
    );
  }
  if (change.mailEnabled !== undefined && change.mailEnabled !== group.mailEnabled) {
    return bad('mailEnabled is set when a group is made and never changes.', 'mailEnabled');
  }
  if (
    change.groupTypes !== undefined &&
    change.groupTypes.includes('Unified') !== group.groupTypes.includes('Unified')
  ) {
    return bad("A group's type Unified is set when it is made and never changes.", 'groupTypes');
  }
  if (change.uniqueName !== undefined && group.uniqueName !== null && change.uniqueName !== group.uniqueName) {
    return bad('uniqueName is set once and never changes.', 'uniqueName');
  }
  return null;
}

function faultOf(group: GroupAttributes): Refused | null {
  return namesFault(group) ?? kindFault(group) ?? ruleFault(group) ?? roleFault(group);
}

function namesFault(group: GroupAttributes): Refused | null {
  if (group.displayName.trim() === '' || group.displayName.length > 256) {
    return bad('displayName must have 1 to 256 characters.', 'displayName');
  }
  if (group.mailNickname === '' || group.mailNickname.length > 64 || badNickname.test(group.mailNickname)) {
    return bad(
      'mailNickname must have 1 to 64 ASCII characters, without spaces and @ ( ) \\ [ ] " ; : < > ,',
      'mailNickname',
    );
  }
  if ((group.description?.length ?? 0) > 1024) return bad('description has at most 1024 characters.', 'description');
  return null;
}

function kindFault(group: GroupAttributes): Refused | null {
  const unknown = group.groupTypes.find((type) => type !== 'Unified' && type !== 'DynamicMembership');
  if (unknown !== undefined)
    return bad(`'${unknown}' is no group type. Use DynamicMembership or Unified.`, 'groupTypes');
  const isUnified = group.groupTypes.includes('Unified');
  if (isUnified !== group.mailEnabled) {
    return bad(
      'Microsoft 365 groups (Unified) are mail-enabled, and no other groups are that can be made here.',
      'mailEnabled',
    );
  }
  if (!isUnified && !group.securityEnabled)
    return bad('A group without mail must be securityEnabled.', 'securityEnabled');
  if (group.visibility === 'HiddenMembership' && !isUnified) {
    return bad('Only Microsoft 365 groups can hide their members.', 'visibility');
  }
  return null;
}

function ruleFault(group: GroupAttributes): Refused | null {
  if (isDynamic(group.groupTypes) && (group.membershipRule ?? '') === '') {
    return bad('A dynamic group (groupTypes has DynamicMembership) needs a membershipRule.', 'membershipRule');
  }
  if (!isDynamic(group.groupTypes) && group.membershipRule !== null) {
    return bad('A membershipRule needs DynamicMembership among the groupTypes.', 'groupTypes');
  }
  if (!isDynamic(group.groupTypes) && group.membershipRuleProcessingState !== null) {
    return bad('membershipRuleProcessingState is for dynamic groups.', 'membershipRuleProcessingState');
  }
  if (isDynamic(group.groupTypes) && group.membershipRuleProcessingState === null) {
    return bad('membershipRuleProcessingState of a dynamic group is On or Paused.', 'membershipRuleProcessingState');
  }
  return null;
}

/**
 * INVARIANT: a role-assignable group is securityEnabled, its members are assigned and not public. It may be a Microsoft
 * 365 group.
 * Source: "Use Microsoft Entra groups to manage role assignments"; https://learn.microsoft.com/graph/api/group-post-groups,
 * the example of a role-assignable group.
 */
function roleFault(group: GroupAttributes): Refused | null {
  if (!group.isAssignableToRole) return null;
  if (isDynamic(group.groupTypes)) return bad('A role-assignable group cannot be dynamic.', 'groupTypes');
  if (!group.securityEnabled) return bad('A role-assignable group must be securityEnabled.', 'securityEnabled');
  if (group.visibility !== 'Private') return bad('The visibility of a role-assignable group is Private.', 'visibility');
  return null;
}

/** Whether so many members and owners can be bound in one request. */
export function mayBind(count: number): Outcome<void> {
  if (count <= boundAtMost) return accept(undefined);
  return bad(
    `At most ${boundAtMost} members and owners can be bound in one request. Add the others afterwards.`,
    'members@odata.bind',
  );
}

/** What changed, as the audit log writes it. */
export function modifiedProperties(
  before: GroupAttributes | null,
  changes: Partial<GroupAttributes>,
): { displayName: string; oldValue: string | null; newValue: string | null }[] {
  return Object.entries(changes)
    .filter(([, value]) => before !== null || value !== null)
    .map(([key, value]) => ({
      displayName: key,
      oldValue: before === null ? null : JSON.stringify(before[key as keyof GroupAttributes]),
      newValue: value === null ? null : JSON.stringify(value),
    }));
}

/** How a group is named in the audit log. */
export function groupTarget(group: Pick<Group, 'id' | 'displayName'>): EventTarget {
  return { id: group.id, type: 'Group', displayName: group.displayName };
}

function isDynamic(groupTypes: readonly string[]): boolean {
  return groupTypes.includes('DynamicMembership');
}

function bad(message: string, target: string): Refused {
  return refuse('invalid', 'Request_BadRequest', message, target);
}
