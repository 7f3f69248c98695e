import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** A container of packages and of the resources that these may give. */
export interface Catalog {
  readonly id: Id;
  readonly displayName: string;
  readonly description: string | null;
  readonly catalogType: 'userManaged' | 'serviceDefault';
  readonly state: 'unpublished' | 'published';
  readonly isExternallyVisible: boolean;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
}

/** Where a resource comes from. */
export type OriginSystem = 'AadGroup' | 'DirectoryRole';

/** What can be held of a resource: of a group the first four, of a directory role the last two. */
export type ResourceRoleKind = 'member' | 'owner' | 'eligibleMember' | 'eligibleOwner' | 'eligible' | 'active';

/** A group or a directory role that packages of a catalog may give. */
export interface Resource {
  readonly id: Id;
  readonly catalogId: Id;
  readonly originSystem: OriginSystem;
  readonly originId: Id;
  readonly displayName: string;
  readonly description: string | null;
  readonly scopeId: Id;
  readonly createdAt: Instant;
}

/** One thing that can be held of a resource. */
export interface ResourceRole {
  readonly id: Id;
  readonly kind: ResourceRoleKind;
  readonly resource: Resource;
}

const prefixes = {
  member: 'Member',
  owner: 'Owner',
  eligibleMember: 'EligibleMember',
  eligibleOwner: 'EligibleOwner',
} as const;

/** Display names of resource roles, as Entra writes them. */
export const roleNames: Readonly<Record<ResourceRoleKind, string>> = {
  member: 'Member',
  owner: 'Owner',
  eligibleMember: 'Eligible Member',
  eligibleOwner: 'Eligible Owner',
  eligible: 'Eligible Member',
  active: 'Active Member',
};

/** The origin id of a role: `Member_<groupId>` and so on for a group, `Eligible` or `Active` for a directory role. */
export function roleOriginId(kind: ResourceRoleKind, originId: Id): string {
  if (kind === 'eligible') return 'Eligible';
  return kind === 'active' ? 'Active' : `${prefixes[kind]}_${originId}`;
}

/** What an origin id of a role means for a resource; null if it is none of that resource. */
export function roleKindOf(
  roleId: string,
  resource: Pick<Resource, 'originSystem' | 'originId'>,
): ResourceRoleKind | null {
  const kinds = kindsOf(resource.originSystem);
  return kinds.find((kind) => roleOriginId(kind, resource.originId).toLowerCase() === roleId.toLowerCase()) ?? null;
}

/** Every role that a resource of an origin can have. */
export function kindsOf(originSystem: OriginSystem): readonly ResourceRoleKind[] {
  return originSystem === 'AadGroup' ? ['member', 'owner', 'eligibleMember', 'eligibleOwner'] : ['eligible', 'active'];
}

/** Whether a role of a group can only be given while the group is under PIM. */
export function needsPim(kind: ResourceRoleKind): boolean {
  return kind === 'eligibleMember' || kind === 'eligibleOwner';
}
