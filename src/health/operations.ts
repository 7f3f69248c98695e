import { loadAccounts, loadPrivilegedRoles, loadRoleGroups } from '../directory/index.ts';
import { type PackageDesign, packageDesigns } from '../entitlements/index.ts';
import { authorise, loadOwners, loadRolesOfGroups, loadRoleWays, type Privilege } from '../grants/index.ts';
import type { Id } from '../kernel/ids.ts';
import type { Tx } from '../platform/transaction.ts';
import { type ActivationDesign, activationDesigns, onboardedAmong } from '../privileged/index.ts';
import { loadSettings } from '../settings/index.ts';
import type { ActivationFact, GiftFact, GroupFact, HealthFacts, WayFact } from './facts.ts';
import { findingsOf } from './findings.ts';
import { type Asked, type Shown, shownOf } from './shown.ts';

/** What is wrong now, for those who may read it. Refuses by `findings.read`. */
export async function readFindings(tx: Tx, asked: Asked): Promise<Shown> {
  await authorise(tx, 'findings.read');
  return shownOf(findingsOf(await loadHealthFacts(tx)), asked);
}

/** Loads everything that findings are concluded from, at one instant. */
async function loadHealthFacts(tx: Tx): Promise<HealthFacts> {
  const db = tx.db<unknown>();
  const roles = await loadPrivilegedRoles(db);
  const roleIds = roles.map(({ id }) => id);
  const ways = await loadRoleWays(db, roleIds, tx.now);
  const groups = await loadGroupFacts(tx, roleIds);
  const packages = await packageDesigns(tx);
  const designs = await activationDesigns(tx, activated(groups, ways, packages));
  const named = new Map([...roles, ...groups].map(({ id, displayName }) => [id, displayName]));
  const isPrivileged = new Set([...roleIds, ...groups.filter((one) => one.roles.length > 0).map(({ id }) => id)]);
  const activations = designs.map(
    (design): ActivationFact => ({
      ...design,
      kind: design.kind as ActivationFact['kind'],
      displayName: named.get(design.privilegeId) ?? nameIn(packages, design.privilegeId),
      isPrivileged: isPrivileged.has(design.privilegeId) && design.kind !== 'group-owner',
    }),
  );
  const facts = {
    roles: new Map(roles.map((role) => [role.id, role])),
    groups,
    ways,
    activations,
    packages: packages.map((one) => ({ ...one, gifts: one.gifts.map((gift) => giftOf(gift, designs)) })),
    breakGlassAccounts: new Set((await loadSettings(tx)).breakGlassAccounts),
  };
  const accounts = await loadAccounts(db, peopleIn(facts), tx.now);
  return { ...facts, people: new Map(accounts.map((account) => [account.id, account])) };
}

async function loadGroupFacts(tx: Tx, roleIds: readonly Id[]): Promise<GroupFact[]> {
  const db = tx.db<unknown>();
  const held = Map.groupBy(await loadRolesOfGroups(db, roleIds, tx.now), ({ groupId }) => groupId);
  const groups = await loadRoleGroups(db, [...held.keys()]);
  const ids = groups.map(({ id }) => id);
  const owners = Map.groupBy(await loadOwners(db, ids, tx.now), ({ groupId }) => groupId);
  const onboarded = new Set(await onboardedAmong(tx, ids));
  return groups.map((group) => ({
    ...group,
    isOnboarded: onboarded.has(group.id),
    ownerIds: (owners.get(group.id) ?? []).map(({ userId }) => userId),
    roles: held.get(group.id) ?? [],
  }));
}

type Activated = Pick<Privilege, 'kind' | 'id'>;

/** What can be activated: privileged roles for which somebody is eligible, places in groups that PIM manages, gifts. */
function activated(
  groups: readonly GroupFact[],
  ways: readonly WayFact[],
  packages: readonly PackageDesign[],
): readonly Activated[] {
  const eligible = [...ways, ...groups.flatMap(({ roles }) => roles)].filter(({ mode }) => mode === 'eligible');
  const gifts = packages.flatMap((one) => one.gifts).flatMap((gift) => privilegeOf(gift) ?? []);
  const all: readonly Activated[] = [
    ...eligible.map(({ roleId }) => ({ kind: 'role' as const, id: roleId })),
    ...groups.filter(({ isOnboarded }) => isOnboarded).map(({ id }) => ({ kind: 'group-member' as const, id })),
    ...gifts,
  ];
  return [...new Map(all.map((one) => [`${one.kind} ${one.id}`, one])).values()];
}

/** What somebody activates who is given this; null where it is active at once. */
function privilegeOf({ kind, originId }: { readonly kind: string; readonly originId: Id }): Activated | null {
  switch (kind) {
    case 'eligibleMember':
      return { kind: 'group-member', id: originId };
    case 'eligibleOwner':
      return { kind: 'group-owner', id: originId };
    case 'eligible':
      return { kind: 'role', id: originId };
    default:
      return null;
  }
}

function giftOf(gift: PackageDesign['gifts'][number], designs: readonly ActivationDesign[]): GiftFact {
  const privilege = privilegeOf(gift);
  const design = designs.find((one) => one.kind === privilege?.kind && one.privilegeId === privilege.id);
  return { ...gift, longestEligibility: design?.longestEligibility ?? null };
}

function nameIn(packages: readonly PackageDesign[], originId: Id): string {
  return packages.flatMap(({ gifts }) => gifts).find((gift) => gift.originId === originId)?.displayName ?? '';
}

function peopleIn({ ways, groups, activations, packages }: Omit<HealthFacts, 'people'>): readonly Id[] {
  const stages = packages.flatMap(({ policies }) => policies.flatMap((policy) => policy.stages));
  return [
    ...new Set([
      ...ways.map(({ userId }) => userId),
      ...groups.flatMap(({ ownerIds }) => ownerIds),
      ...activations.flatMap(({ approverIds }) => approverIds),
      ...stages.flatMap(({ approverIds }) => approverIds),
    ]),
  ];
}
