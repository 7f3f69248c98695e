import type { PackageDesign } from '../entitlements/index.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { ActivationDesign } from '../privileged/index.ts';

/** A user, as far as findings look at them. */
export interface PersonFact {
  readonly id: Id;
  readonly displayName: string;
  readonly isEnabled: boolean;
  readonly isGuest: boolean;
}

/** A way from a user to a privileged role: memberships, then a grant of the role. */
export interface WayFact {
  readonly userId: Id;
  readonly roleId: Id;
  /** Active only where every link is; with something eligible on it, it has to be activated. */
  readonly mode: 'eligible' | 'active';
  /** The earliest end on the way; null for ever. */
  readonly until: Instant | null;
  /** The latest start on the way. */
  readonly since: Instant;
  /** Groups on the way, nearest to the user first. */
  readonly throughGroups: readonly Id[];
  /** Whether a package or an activation gave one of its links: somebody asked for it. */
  readonly isAskedFor: boolean;
}

/** A group that can hold roles, or holds one. */
export interface GroupFact {
  readonly id: Id;
  readonly displayName: string;
  readonly isAssignableToRole: boolean;
  readonly isOnboarded: boolean;
  readonly ownerIds: readonly Id[];
  /** Privileged roles that it holds or may activate. */
  readonly roles: readonly { readonly roleId: Id; readonly mode: 'eligible' | 'active'; readonly since: Instant }[];
}

/** A directory role. */
export interface RoleFact {
  readonly id: Id;
  readonly displayName: string;
}

/** What the rules of PIM ask of whoever activates a role, or a place in a group. */
export interface ActivationFact extends Omit<ActivationDesign, 'kind' | 'longestEligibility'> {
  readonly kind: 'role' | 'group-member' | 'group-owner';
  readonly displayName: string;
  /** Whether it is a privileged role, or a place in a group that leads to one. */
  readonly isPrivileged: boolean;
}

/** A policy of a package. */
export type PolicyFact = PackageDesign['policies'][number];

/** What a package gives. */
export interface GiftFact {
  readonly kind: string;
  /** The group or role. */
  readonly originId: Id;
  readonly displayName: string;
  /** How long an eligibility of it may last at most; null where it may be permanent, or is none. */
  readonly longestEligibility: Temporal.Duration | null;
}

/** An access package with all that it gives and the policies that give it. */
export interface PackageFact extends Omit<PackageDesign, 'gifts'> {
  readonly gifts: readonly GiftFact[];
}

/** Everything that findings are concluded from, at one instant. */
export interface HealthFacts {
  readonly people: ReadonlyMap<Id, PersonFact>;
  readonly roles: ReadonlyMap<Id, RoleFact>;
  readonly groups: readonly GroupFact[];
  readonly ways: readonly WayFact[];
  readonly activations: readonly ActivationFact[];
  readonly packages: readonly PackageFact[];
  readonly breakGlassAccounts: ReadonlySet<Id>;
}
