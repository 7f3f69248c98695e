import type { HealthFacts, PersonFact, WayFact } from '../facts.ts';
import { type Finding, type FindingKind, finding } from '../model.ts';

/** What is wrong with who holds privileged roles: one finding a person and role, whatever ways there are. */
export function findingsOfPeople(facts: HealthFacts): readonly Finding[] {
  const byHolding = Map.groupBy(facts.ways, ({ userId, roleId }) => `${userId} ${roleId}`);
  return [...byHolding.values()].flatMap((ways) => {
    const person = facts.people.get(ways[0]?.userId ?? '');
    return person === undefined ? [] : kindsOf(ways, person, facts).map((of) => about(of, person, facts));
  });
}

interface Kind {
  readonly kind: FindingKind;
  /** The ways that make it so. */
  readonly ways: readonly WayFact[];
}

function kindsOf(ways: readonly WayFact[], person: PersonFact, { breakGlassAccounts }: HealthFacts): readonly Kind[] {
  // What an account holds while it is shut comes back with it; how it holds it matters only then.
  if (!person.isEnabled) return [{ kind: 'disabledAccountWithPrivilege', ways }];
  const isSettled = breakGlassAccounts.has(person.id);
  const forEver = (mode: WayFact['mode']) => ways.filter((way) => way.until === null && way.mode === mode);
  const kinds: Kind[] = [
    { kind: 'standingPrivilege', ways: isSettled ? [] : forEver('active') },
    { kind: 'permanentEligibility', ways: forEver('eligible') },
    { kind: 'guestWithPrivilege', ways: person.isGuest ? ways : [] },
  ];
  return kinds.filter((one) => one.ways.length > 0);
}

function about({ kind, ways }: Kind, person: PersonFact, { roles, groups }: HealthFacts): Finding {
  const roleId = ways[0]?.roleId ?? '';
  const throughIds = new Set(ways.flatMap(({ throughGroups }) => throughGroups));
  const through = groups.filter(({ id }) => throughIds.has(id));
  const since = ways.map((way) => way.since).toSorted(Temporal.Instant.compare)[0];
  return finding({
    kind,
    subject: { type: 'user', id: person.id, displayName: person.displayName },
    apart: [roleId],
    facts: {
      roleId,
      roleDisplayName: roles.get(roleId)?.displayName ?? '',
      isDirect: ways.some(({ throughGroups }) => throughGroups.length === 0),
      throughGroups: through.map(({ id, displayName }) => ({ id, displayName })),
    },
    since: since ?? null,
    about: [['roleDefinition', roleId]],
  });
}
