import type { GroupFact, HealthFacts } from '../facts.ts';
import { type Finding, type Found, finding } from '../model.ts';

/** What is wrong with groups that hold roles or can. */
export function findingsOfGroups(facts: HealthFacts): readonly Finding[] {
  return facts.groups.flatMap((group) =>
    [severalRoles(group, facts), outsidePim(group, facts), withoutOwner(group, facts), disabledOwners(group, facts)]
      .flat()
      .map((found) => finding({ ...found, subject: { type: 'group', id: group.id, displayName: group.displayName } })),
  );
}

type OfGroup = Omit<Found, 'subject'>;

function severalRoles({ roles }: GroupFact, facts: HealthFacts): readonly OfGroup[] {
  const ids = [...new Set(roles.map(({ roleId }) => roleId))];
  if (ids.length < 2) return [];
  return [{ kind: 'groupWithSeveralRoles', facts: { roles: named(ids, facts) } }];
}

function outsidePim({ roles, isOnboarded }: GroupFact, facts: HealthFacts): readonly OfGroup[] {
  const held = roles.filter(({ mode }) => mode === 'active');
  const [first] = held.map(({ since }) => since).toSorted(Temporal.Instant.compare);
  if (isOnboarded || first === undefined) return [];
  const ids = [...new Set(held.map(({ roleId }) => roleId))];
  return [{ kind: 'roleGroupOutsidePim', facts: { roles: named(ids, facts) }, since: first }];
}

function withoutOwner({ isAssignableToRole, ownerIds }: GroupFact, { people }: HealthFacts): readonly OfGroup[] {
  const usable = ownerIds.filter((id) => people.get(id)?.isEnabled === true);
  return isAssignableToRole && usable.length === 0
    ? [{ kind: 'roleGroupWithoutOwner', facts: { owners: ownerIds.length } }]
    : [];
}

function disabledOwners({ isAssignableToRole, ownerIds }: GroupFact, { people }: HealthFacts): readonly OfGroup[] {
  if (!isAssignableToRole) return [];
  return ownerIds.flatMap((id): readonly OfGroup[] => {
    const owner = people.get(id);
    if (owner === undefined || owner.isEnabled) return [];
    const about = [['user', id]] as const;
    return [{ kind: 'roleGroupOwnerDisabled', apart: [id], facts: { id, displayName: owner.displayName }, about }];
  });
}

function named(ids: readonly string[], { roles }: HealthFacts) {
  return ids.map((id) => ({ id, displayName: roles.get(id)?.displayName ?? '' }));
}
