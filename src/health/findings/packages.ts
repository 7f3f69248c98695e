import type { ActivationFact, GiftFact, HealthFacts, PackageFact, PolicyFact } from '../facts.ts';
import { type Finding, type Found, finding } from '../model.ts';

/** What is wrong with packages: who can ask, who decides, what they give and until when. */
export function findingsOfPackages(facts: HealthFacts): readonly Finding[] {
  return facts.packages.flatMap((one) => [
    ...ofPackage(one, facts).map((found) =>
      finding({ ...found, subject: { type: 'accessPackage', id: one.id, displayName: one.displayName } }),
    ),
    ...one.policies.flatMap((policy) =>
      ofPolicy(one, policy, facts).map((found) =>
        finding({
          ...found,
          subject: { type: 'assignmentPolicy', id: policy.id, displayName: policy.displayName },
          facts: { packageDisplayName: one.displayName, ...found.facts },
          about: [['accessPackage', one.id], ...(found.about ?? [])],
        }),
      ),
    ),
  ]);
}

type Rest = Omit<Found, 'subject'>;

function ofPackage(one: PackageFact, facts: HealthFacts): readonly Rest[] {
  const found: Rest[] = [];
  const because = !one.isPublished ? 'catalogNotPublished' : one.policies.length === 0 ? 'noPolicy' : 'nobodyInScope';
  if (!one.isPublished || !one.policies.some(({ isOpen }) => isOpen)) {
    found.push({ kind: 'packageNobodyCanAskFor', facts: { because }, about: [['catalog', one.catalogId]] });
  }
  for (const gift of one.gifts.filter(({ kind }) => kind === 'eligibleMember')) {
    const eligible = facts.groups
      .find(({ id }) => id === gift.originId)
      ?.roles.filter(({ mode }) => mode === 'eligible');
    for (const { roleId } of eligible ?? []) {
      found.push({
        kind: 'twoActivations',
        apart: [gift.originId, roleId],
        facts: {
          groupId: gift.originId,
          groupDisplayName: gift.displayName,
          roleId,
          roleDisplayName: facts.roles.get(roleId)?.displayName ?? '',
        },
        about: [
          ['group', gift.originId],
          ['roleDefinition', roleId],
        ],
      });
    }
  }
  return found;
}

function ofPolicy(one: PackageFact, policy: PolicyFact, facts: HealthFacts): readonly Rest[] {
  // What nobody can come by does nobody harm.
  const approval: Rest[] =
    one.isPrivileged && policy.isOpen && !policy.asksApproval ? [{ kind: 'privilegedPackageWithoutApproval' }] : [];
  return [
    ...approval,
    ...policy.stages.flatMap((stage) => ofStage(stage, facts)),
    ...one.gifts.flatMap((gift) => [...tooLong(policy, gift), ...cutShort(policy, gift, facts)]),
  ];
}

function ofStage(
  { stage, approverIds, isReachable, hasRelatives }: PolicyFact['stages'][number],
  facts: HealthFacts,
): readonly Rest[] {
  const [only] = approverIds;
  if (!isReachable)
    return [{ kind: hasRelatives ? 'stageWithoutFallback' : 'unreachableStage', apart: [stage], facts: { stage } }];
  // Managers and sponsors are others for each requestor: the one who is named only stands in for them.
  if (hasRelatives || approverIds.length !== 1 || only === undefined) return [];
  const approver = { id: only, displayName: facts.people.get(only)?.displayName ?? '' };
  return [{ kind: 'singleApprover', apart: [stage], facts: { stage, approver }, about: [['user', only]] }];
}

const isLonger = (a: Temporal.Duration, b: Temporal.Duration) => Temporal.Duration.compare(a, b) > 0;

/** What a policy promises for longer than PIM lets an eligibility last. */
function tooLong({ lasts, isForEver }: PolicyFact, gift: GiftFact): readonly Rest[] {
  const limit = gift.longestEligibility;
  if (limit === null || !(isForEver || (lasts !== null && isLonger(lasts, limit)))) return [];
  return [
    {
      kind: 'expiryMismatch',
      apart: [gift.originId, gift.kind],
      facts: {
        lasts: lasts?.toString() ?? null,
        longestEligibility: limit.toString(),
        originId: gift.originId,
        originDisplayName: gift.displayName,
        gives: gift.kind,
      },
      about: gift.kind === 'eligible' ? [['roleDefinition', gift.originId]] : [['group', gift.originId]],
    },
  ];
}

/** Activations that may be asked for longer than the assignment lasts on which they hang. */
function cutShort({ lasts }: PolicyFact, gift: GiftFact, facts: HealthFacts): readonly Rest[] {
  if (lasts === null) return [];
  return activationsOf(gift, facts)
    .filter(({ longestActivation }) => isLonger(longestActivation, lasts))
    .map(({ kind, privilegeId, displayName, longestActivation }) => ({
      kind: 'activationOutlastsPackage' as const,
      apart: [kind, privilegeId],
      facts: {
        lasts: lasts.toString(),
        longestActivation: longestActivation.toString(),
        privilegeKind: kind,
        privilegeId,
        privilegeDisplayName: displayName,
      },
    }));
}

/** What somebody activates who has been given this: the place or role itself, or roles that the group is eligible for. */
function activationsOf({ kind, originId }: GiftFact, { groups, activations }: HealthFacts): readonly ActivationFact[] {
  const roles = groups.find(({ id }) => id === originId)?.roles.filter(({ mode }) => mode === 'eligible') ?? [];
  const wanted: Readonly<Record<string, readonly (readonly [ActivationFact['kind'], string])[]>> = {
    eligibleMember: [['group-member', originId]],
    eligibleOwner: [['group-owner', originId]],
    eligible: [['role', originId]],
    member: roles.map(({ roleId }) => ['role', roleId] as const),
  };
  return activations.filter((one) =>
    (wanted[kind] ?? []).some(([of, id]) => one.kind === of && one.privilegeId === id),
  );
}
