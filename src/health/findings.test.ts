import { describe, expect, test } from 'vitest';
import type { ActivationFact, GroupFact, HealthFacts, PackageFact, PersonFact, PolicyFact, WayFact } from './facts.ts';
import { findingsOf } from './findings.ts';
import { type FindingKind, kindsOfFindings } from './model.ts';
import { shownOf } from './shown.ts';

const at = Temporal.Instant.from('2030-01-01T08:00:00Z');
const later = Temporal.Instant.from('2030-02-01T08:00:00Z');
const hours = (count: number) => Temporal.Duration.from({ hours: count });

const ada: PersonFact = { id: 'ada', displayName: 'Ada', isEnabled: true, isGuest: false };
const ben: PersonFact = { ...ada, id: 'ben', displayName: 'Ben' };
const shut: PersonFact = { ...ada, id: 'shut', displayName: 'Shut', isEnabled: false };
const guest: PersonFact = { ...ada, id: 'guest', displayName: 'Guest', isGuest: true };

const way: WayFact = {
  userId: 'ada',
  roleId: 'role',
  mode: 'active',
  until: later,
  since: at,
  throughGroups: [],
  isAskedFor: false,
};

const group: GroupFact = {
  id: 'group',
  displayName: 'Group',
  isAssignableToRole: true,
  isOnboarded: true,
  ownerIds: ['ada'],
  roles: [],
};

const activation: ActivationFact = {
  kind: 'role',
  privilegeId: 'role',
  displayName: 'Role',
  asksMfa: true,
  asksJustification: true,
  asksApproval: true,
  approverIds: ['ada', 'ben'],
  hasRelatives: false,
  isPrivileged: true,
  longestActivation: hours(4),
  silentRules: [],
};

const policy: PolicyFact = {
  id: 'policy',
  displayName: 'Policy',
  isOpen: true,
  asksApproval: true,
  lasts: hours(8),
  isForEver: false,
  stages: [{ stage: 1, approverIds: ['ada', 'ben'], isReachable: true, hasRelatives: false }],
};

const one: PackageFact = {
  id: 'package',
  displayName: 'Package',
  catalogId: 'catalog',
  isPublished: true,
  isPrivileged: true,
  gifts: [],
  policies: [policy],
};

const nothing: HealthFacts = {
  people: new Map([ada, ben, shut, guest].map((person) => [person.id, person])),
  roles: new Map(['role', 'other'].map((id) => [id, { id, displayName: id.toUpperCase() }])),
  groups: [],
  ways: [],
  activations: [],
  packages: [],
  breakGlassAccounts: new Set(),
};

const holds = (...changes: Partial<WayFact>[]) => ({ ways: changes.map((change) => ({ ...way, ...change })) });
const has = (change: Partial<GroupFact>) => ({ groups: [{ ...group, ...change }] });
const asks = (change: Partial<ActivationFact>) => ({ activations: [{ ...activation, ...change }] });
const offers = (change: Partial<PackageFact>) => ({ packages: [{ ...one, ...change }] });
const follows = (change: Partial<PolicyFact>) => offers({ policies: [{ ...policy, ...change }] });
const stage = (change: Partial<PolicyFact['stages'][number]>) =>
  follows({ stages: [{ stage: 2, approverIds: ['ada', 'ben'], isReachable: true, hasRelatives: false, ...change }] });
const role = (roleId: string, mode: 'active' | 'eligible') => ({ roleId, mode, since: at });
const gift = (kind: string, longestEligibility: Temporal.Duration | null = null) => ({
  kind,
  originId: 'group',
  displayName: 'Group',
  longestEligibility,
});
const gives = (...gifts: ReturnType<typeof gift>[]) => offers({ gifts });

describe('what is wrong', () => {
  test.each<[string, Partial<HealthFacts>, string[]]>([
    ['nothing at all', {}, []],
    ['an active role with an end', holds({}), []],
    ['an active role for ever', holds({ until: null }), ['standingPrivilege:ada:role']],
    ['the same through a group', holds({ until: null, throughGroups: ['group'] }), ['standingPrivilege:ada:role']],
    [
      'the same by two ways',
      holds({ until: null }, { until: null, throughGroups: ['g'] }),
      ['standingPrivilege:ada:role'],
    ],
    [
      'two roles',
      holds({ until: null }, { until: null, roleId: 'other' }),
      ['standingPrivilege:ada:other', 'standingPrivilege:ada:role'],
    ],
    ['the same of break-glass', { ...holds({ until: null }), breakGlassAccounts: new Set(['ada']) }, []],
    ['an eligible role with an end', holds({ mode: 'eligible' }), []],
    ['an eligible role for ever', holds({ mode: 'eligible', until: null }), ['permanentEligibility:ada:role']],
    ['a guest', holds({ userId: 'guest' }), ['guestWithPrivilege:guest:role']],
    ['an account that is shut', holds({ userId: 'shut', until: null }), ['disabledAccountWithPrivilege:shut:role']],
    ['somebody who is gone', holds({ userId: 'gone', until: null }), []],

    ['a group in order', has({}), []],
    [
      'several roles',
      has({ roles: [role('role', 'eligible'), role('other', 'eligible')] }),
      ['groupWithSeveralRoles:group'],
    ],
    ['one role twice', has({ roles: [role('role', 'eligible'), role('role', 'active')] }), []],
    [
      'an active role outside PIM',
      has({ isOnboarded: false, roles: [role('role', 'active')] }),
      ['roleGroupOutsidePim:group'],
    ],
    ['an eligible role outside PIM', has({ isOnboarded: false, roles: [role('role', 'eligible')] }), []],
    ['no owner', has({ ownerIds: [] }), ['roleGroupWithoutOwner:group']],
    ['no owner, and no roles possible', has({ ownerIds: [], isAssignableToRole: false }), []],
    ['one of two owners shut', has({ ownerIds: ['ada', 'shut'] }), ['roleGroupOwnerDisabled:group:shut']],
    [
      'all owners shut',
      has({ ownerIds: ['shut'] }),
      ['roleGroupOwnerDisabled:group:shut', 'roleGroupWithoutOwner:group'],
    ],

    ['an activation in order', asks({}), []],
    ['no MFA', asks({ asksMfa: false }), ['activationWithoutMfa:role:role']],
    ['no justification', asks({ asksJustification: false }), ['activationWithoutJustification:role:role']],
    ['neither, of what is not privileged', asks({ asksMfa: false, asksJustification: false, isPrivileged: false }), []],
    ['no approval, and nobody eligible', asks({ asksApproval: false }), []],
    [
      'no approval of what nobody was asked for',
      { ...asks({ asksApproval: false }), ...holds({ mode: 'eligible' }) },
      ['activationWithoutApproval:role:role'],
    ],
    [
      'no approval of what came by a package',
      { ...asks({ asksApproval: false }), ...holds({ mode: 'eligible', isAskedFor: true }) },
      [],
    ],
    ['no approver', asks({ approverIds: [] }), ['unreachableStage:role:role']],
    ['one approver', asks({ approverIds: ['ada'] }), ['singleApprover:role:role']],
    ['managers alone', asks({ approverIds: [], hasRelatives: true }), ['stageWithoutFallback:role:role']],
    ['managers and one other', asks({ approverIds: ['ada'], hasRelatives: true }), []],
    ['no approver where none is asked', asks({ asksApproval: false, approverIds: [] }), []],
    ['a silent rule', asks({ silentRules: ['N1'] }), ['notificationReachesNobody:role:role:N1']],

    ['a package in order', offers({}), []],
    ['an unpublished catalog', offers({ isPublished: false }), ['packageNobodyCanAskFor:package']],
    ['no policy', offers({ policies: [] }), ['packageNobodyCanAskFor:package']],
    ['a policy for nobody', follows({ isOpen: false }), ['packageNobodyCanAskFor:package']],
    ['no approval', follows({ asksApproval: false, stages: [] }), ['privilegedPackageWithoutApproval:policy']],
    [
      'no approval of what is not privileged',
      offers({ isPrivileged: false, policies: [{ ...policy, asksApproval: false }] }),
      [],
    ],
    ['an unreachable stage', stage({ isReachable: false, approverIds: [] }), ['unreachableStage:policy:2']],
    [
      'a stage of managers alone',
      stage({ isReachable: false, approverIds: [], hasRelatives: true }),
      ['stageWithoutFallback:policy:2'],
    ],
    ['a stage of one', stage({ approverIds: ['ada'] }), ['singleApprover:policy:2']],
    ['a stage of managers, and one who stands in', stage({ approverIds: ['ada'], hasRelatives: true }), []],

    [
      'two activations',
      { ...gives(gift('eligibleMember')), ...has({ roles: [role('role', 'eligible')] }) },
      ['twoActivations:package:group:role'],
    ],
    ['one activation', { ...gives(gift('eligibleMember')), ...has({ roles: [role('role', 'active')] }) }, []],
    ['the other activation', { ...gives(gift('member')), ...has({ roles: [role('role', 'eligible')] }) }, []],
    ['an eligibility that is long enough', gives(gift('eligibleMember', hours(8))), []],
    [
      'an eligibility that is too short',
      gives(gift('eligibleMember', hours(7))),
      ['expiryMismatch:policy:group:eligibleMember'],
    ],
    [
      'an eligibility with an end in a policy without',
      offers({ gifts: [gift('eligibleMember', hours(9000))], policies: [{ ...policy, lasts: null, isForEver: true }] }),
      ['expiryMismatch:policy:group:eligibleMember'],
    ],
    [
      'a day that is settled',
      offers({ gifts: [gift('eligibleMember', hours(1))], policies: [{ ...policy, lasts: null }] }),
      [],
    ],
    [
      'an activation that outlasts the package',
      {
        ...gives(gift('member')),
        ...has({ roles: [role('role', 'eligible')] }),
        ...asks({ longestActivation: hours(9) }),
      },
      ['activationOutlastsPackage:policy:role:role'],
    ],
    [
      'an activation of the place itself',
      {
        ...gives(gift('eligibleMember')),
        ...asks({ kind: 'group-member', privilegeId: 'group', longestActivation: hours(9) }),
      },
      ['activationOutlastsPackage:policy:group-member:group'],
    ],
    ['an activation that fits', { ...gives(gift('eligible')), ...asks({ privilegeId: 'group' }) }, []],
  ])('%s', (_what, facts, ids) => {
    const found = findingsOf({ ...nothing, ...facts });
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    for (const { kind, severity, whatToDo, links } of found) {
      expect({ severity, whatToDo }).toEqual({
        severity: kindsOfFindings[kind].severity,
        whatToDo: kindsOfFindings[kind].whatToDo,
      });
      expect(Object.values(links).every((link) => link.startsWith('/v1.0/'))).toBe(true);
    }
  });

  test('says of whom, through what, and since when', () => {
    const [found] = findingsOf({
      ...nothing,
      ...has({}),
      ...holds({ until: null, throughGroups: ['group'], since: later }, { until: null }),
    });
    expect(found).toEqual({
      id: 'standingPrivilege:ada:role',
      kind: 'standingPrivilege',
      severity: 'high',
      subject: { type: 'user', id: 'ada', displayName: 'Ada' },
      facts: {
        roleId: 'role',
        roleDisplayName: 'ROLE',
        isDirect: true,
        throughGroups: [{ id: 'group', displayName: 'Group' }],
      },
      since: at,
      whatToDo: 'makeEligible',
      links: { user: '/v1.0/users/ada', roleDefinition: '/v1.0/roleManagement/directory/roleDefinitions/role' },
    });
  });

  test('comes the worst first', () => {
    const facts = {
      ...nothing,
      ...asks({ asksMfa: false, asksJustification: false }),
      ...offers({ policies: [] }),
      ...holds({ until: null }),
    };
    expect(findingsOf(facts).map(({ severity }) => severity)).toEqual(['high', 'high', 'medium', 'low']);
  });
});

describe('which findings are shown', () => {
  const all = findingsOf({
    ...nothing,
    ...asks({ asksMfa: false, asksJustification: false }),
    ...offers({ policies: [] }),
    ...holds({ until: null }),
  });
  const bySeverity = { high: 2, medium: 1, low: 1 };
  const none = { high: 0, medium: 0, low: 0 };

  test.each<[object, object, FindingKind[]]>([
    [
      {},
      bySeverity,
      ['activationWithoutMfa', 'standingPrivilege', 'activationWithoutJustification', 'packageNobodyCanAskFor'],
    ],
    [{ severity: 'high' }, bySeverity, ['activationWithoutMfa', 'standingPrivilege']],
    [{ kind: 'standingPrivilege' }, { ...none, high: 1 }, ['standingPrivilege']],
    [{ subjectId: 'PACKAGE' }, { ...none, low: 1 }, ['packageNobodyCanAskFor']],
    [{ severity: 'low', kind: 'standingPrivilege' }, { ...none, high: 1 }, []],
  ])('%j', (asked, counts, kinds) => {
    const shown = shownOf(all, asked);
    expect(shown.bySeverity).toEqual(counts);
    expect(shown.value.map(({ kind }) => kind)).toEqual(kinds);
  });
});
