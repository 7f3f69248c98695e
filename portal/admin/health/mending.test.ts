import { describe, expect, test } from 'vitest';
import { type Finding, kindsOfFindings, placesOf, subjectPage } from './mending.ts';

const base = {
  id: 'x',
  severity: 'high',
  since: null,
  whatToDo: 'x',
  links: { accessPackage: '/v1.0/x/accessPackages/pack', catalog: '/v1.0/x/catalogs/cat' },
} as const;
const of = (kind: Finding['kind'], type: Finding['subject']['type'], facts: object = {}): Finding =>
  ({ ...base, kind, subject: { type, id: 'it', displayName: 'It' }, facts }) as Finding;
const through = { roleId: 'role', throughGroups: [{ id: 'grp', displayName: 'Grp' }] };

describe('where a finding is mended', () => {
  test.each<[string, Finding, string[]]>([
    [
      'a role held directly',
      of('standingPrivilege', 'user', { roleId: 'role', isDirect: true, throughGroups: [] }),
      ['/admin/roles/role'],
    ],
    [
      'through a group',
      of('permanentEligibility', 'user', { ...through, isDirect: false }),
      ['/admin/groups/grp?members'],
    ],
    [
      'both ways',
      of('guestWithPrivilege', 'user', { ...through, isDirect: true }),
      ['/admin/roles/role', '/admin/groups/grp?members'],
    ],
    ['a stage of a policy', of('unreachableStage', 'assignmentPolicy'), ['/admin/packages/pack/policies/it']],
    ['approval of a role', of('singleApprover', 'roleDefinition'), ['/admin/roles/it?settings']],
    ['approval of a place in a group', of('unreachableStage', 'group'), ['/admin/groups/it?settings']],
    [
      'an end that is too late for a group',
      of('expiryMismatch', 'assignmentPolicy', { originId: 'grp', gives: 'eligibleMember' }),
      ['/admin/packages/pack/policies/it', '/admin/groups/grp?settings'],
    ],
    [
      'an end that is too late for a role',
      of('expiryMismatch', 'assignmentPolicy', { originId: 'role', gives: 'eligible' }),
      ['/admin/packages/pack/policies/it', '/admin/roles/role?settings'],
    ],
    [
      'an activation that is too long',
      of('activationOutlastsPackage', 'assignmentPolicy', { privilegeKind: 'role', privilegeId: 'role' }),
      ['/admin/roles/role?settings', '/admin/packages/pack/policies/it'],
    ],
    [
      'two activations',
      of('twoActivations', 'accessPackage', { groupId: 'grp' }),
      ['/admin/packages/it?roles', '/admin/groups/grp?roles'],
    ],
    ['several roles', of('groupWithSeveralRoles', 'group'), ['/admin/groups/it?roles']],
    ['no owner', of('roleGroupWithoutOwner', 'group'), ['/admin/groups/it?owners']],
    [
      'a catalog that is not published',
      of('packageNobodyCanAskFor', 'accessPackage', { because: 'catalogNotPublished' }),
      ['/admin/catalogs/cat'],
    ],
    [
      'no policy',
      of('packageNobodyCanAskFor', 'accessPackage', { because: 'noPolicy' }),
      ['/admin/packages/it?policies'],
    ],
  ])('%s', (_what, finding, expected) => {
    expect(placesOf(finding).map(({ to, tab }) => (tab === undefined ? to : `${to}?${tab}`))).toEqual(expected);
  });

  test.each(kindsOfFindings)('%s has a page', (kind) => {
    const [first] = placesOf(of(kind, 'group'));
    expect(first?.to).toMatch(/^\/admin\//);
  });
});

test.each<[Finding['subject']['type'], string]>([
  ['user', '/admin/users/it'],
  ['group', '/admin/groups/it'],
  ['roleDefinition', '/admin/roles/it'],
  ['accessPackage', '/admin/packages/it'],
  ['assignmentPolicy', '/admin/packages/pack/policies/it'],
])('a finding about a %s leads to its page', (type, expected) => {
  expect(subjectPage(of('singleApprover', type))).toBe(expected);
});
