import { describe, expect, test } from 'vitest';
import { activitiesOf } from '../capabilities.ts';
import { type Audience, type Facts, isIn, type Listener, nobody } from './audience.ts';
import { audiencesOf, isKnown } from './families.ts';

const readers = { role: ['roleSchedule.read'], group: ['groupSchedule.read'] } as const;

const listener: Listener = {
  id: 'me',
  isUsable: true,
  roles: new Set(),
  groups: new Set(['group']),
  owned: new Set(['owned']),
  scopes: new Set(['/AccessPackageCatalog/catalog']),
  permissions: new Set(['AuditLog.Read.All']),
};

const facts: Facts = {
  parts: new Map([
    ['approval', new Set(['me'])],
    ['request', new Set(['me'])],
  ]),
  requests: new Map([
    ['asked', [{ id: 'other', requestorId: 'me' }]],
    ['decided', [{ id: 'request', requestorId: 'other' }]],
  ]),
  catalogs: new Map([['package', 'catalog']]),
};

describe('who is in an audience', () => {
  test.each<[Partial<Audience>, boolean]>([
    [{}, false],
    [{ people: ['me'] }, true],
    [{ people: ['other'] }, false],
    [{ membersOf: ['group'] }, true],
    [{ membersOf: ['owned'] }, false],
    [{ ownersOf: ['owned'] }, true],
    [{ ownersOf: ['group'] }, false],
    [{ approvals: ['approval'] }, true],
    [{ approvals: ['other'] }, false],
    [{ assignments: ['asked'] }, true],
    [{ assignments: ['decided'] }, true],
    [{ assignments: ['other'] }, false],
    [{ catalogs: ['catalog'] }, true],
    [{ catalogs: ['other'] }, false],
    [{ packages: ['package'] }, true],
    [{ packages: ['other'] }, false],
    [{ readers: ['audit.read'] }, true],
    [{ readers: ['roleSchedule.read'] }, false],
    [{ people: ['me'], except: 'me' }, false],
    [{ people: ['me'], except: 'other' }, true],
  ])('%j: %j', (audience, isTold) => {
    expect(isIn({ ...nobody, ...audience }, listener, facts)).toBe(isTold);
    expect(isIn({ ...nobody, ...audience }, { ...listener, isUsable: false }, facts)).toBe(false);
  });
});

describe('every event', () => {
  const activities = Object.values(activitiesOf).flatMap((of) => Object.entries(of));

  test('belongs to a family, unless it tells of an attempt to read', () => {
    const lost = activities.filter(([type, { operation }]) => operation !== 'Read' && !isKnown(type));
    expect(lost.map(([type]) => type)).toEqual([]);
    expect(activities.length).toBeGreaterThan(250);
  });

  test('of a refused attempt is for readers of the audit log alone, and not for whom it met', () => {
    const refused = { type: 'user.created', result: 'failure', actorId: 'me', subject: 's', data: {} } as const;
    expect(audiencesOf(refused, readers)).toEqual([
      { ...nobody, kinds: ['directoryAudit'], readers: ['audit.read'], except: 'me' },
    ]);
  });
});

/** Of the audiences of an event: kinds, and what is not empty of each, but for the audit's. */
function told(type: string, data: Readonly<Record<string, unknown>>) {
  const happening = { type, result: 'success', actorId: 'actor', subject: 'subject', data } as const;
  return audiencesOf(happening, readers)
    .slice(1)
    .map(({ kinds, ...audience }) => [
      kinds.join(),
      Object.fromEntries(Object.entries(audience).filter(([, of]) => of !== null && of.length > 0)),
    ]);
}

const role = { privilegeKind: 'role', privilegeId: 'r', principalKind: 'user', principalId: 'p' };
const place = { privilegeKind: 'group-member', privilegeId: 'g', principalKind: 'user', principalId: 'p' };
const firstDoor = ['entitlements.readAll'];

test.each([
  [
    'role.eligible.given',
    { ...role, mode: 'eligible' },
    [['roleEligibilitySchedule', { people: ['actor', 'p'], readers: readers.role }]],
  ],
  [
    'role.active.expired',
    { ...role, mode: 'active', principalKind: 'group' },
    [['roleAssignmentSchedule', { people: ['actor', 'p'], membersOf: ['p'], readers: readers.role }]],
  ],
  [
    'group-member.active.ended',
    { ...place, mode: 'active' },
    [
      ['groupAssignmentSchedule', { people: ['actor', 'p'], ownersOf: ['g'], readers: readers.group }],
      [
        'group',
        {
          people: ['actor', 'p'],
          ownersOf: ['g'],
          readers: ['group.read', 'group.update', 'group.manageMembers'],
        },
      ],
    ],
  ],
  [
    'group-owner.eligible.extended',
    { ...place, mode: 'eligible' },
    [['groupEligibilitySchedule', { people: ['actor', 'p'], ownersOf: ['g'], readers: readers.group }]],
  ],
  [
    'role.activation.completed',
    { ...role, mode: 'active' },
    [['roleAssignmentScheduleRequest', { people: ['actor', 'p'], approvals: ['subject'], readers: readers.role }]],
  ],
  [
    'group-member.eligible.assignment.extensionRequested',
    { ...place, mode: 'eligible' },
    [
      [
        'groupEligibilityScheduleRequest',
        { people: ['actor', 'p'], ownersOf: ['g'], approvals: ['subject'], readers: readers.group },
      ],
    ],
  ],
  [
    'role.eligible.assignment.endsSoon',
    { ...role, mode: 'eligible' },
    [['roleEligibilitySchedule', { people: ['actor', 'p'], readers: readers.role }]],
  ],
  [
    'group-member.policy.updated',
    { privilegeKind: 'group-member', privilegeId: 'g' },
    [['roleManagementPolicy', { people: ['actor'], ownersOf: ['g'], readers: ['roleManagementPolicy.readForGroup'] }]],
  ],
  [
    'entitlement-role.active.given',
    { ...role, privilegeKind: 'entitlement-role', scope: '/AccessPackageCatalog/c' },
    [
      [
        'entitlementRoleAssignment',
        { people: ['actor', 'p'], catalogs: ['c'], readers: [...firstDoor, 'entitlementRole.read'] },
      ],
    ],
  ],
  [
    'package-approval.approversChanged',
    { requestorId: 'r', subjectId: 's', removedIds: ['x'], addedIds: ['y'], about: { type: 'AccessPackage', id: 'a' } },
    [
      [
        'approval,assignmentRequest',
        { people: ['actor', 'r', 's', 'x'], approvals: ['subject'], packages: ['a'], readers: firstDoor },
      ],
    ],
  ],
  [
    'activation-approval.stageDenied',
    { requestorId: 'r', subjectId: 'r', about: { type: 'Role', id: 'a' } },
    [
      [
        'approval,roleAssignmentScheduleRequest',
        { people: ['actor', 'r', 'r'], approvals: ['subject'], readers: readers.role },
      ],
    ],
  ],
  [
    'assignment-request.deleted',
    { requestorId: 'r', targetId: 't', packageId: 'a' },
    [
      [
        'assignmentRequest',
        { people: ['actor', 'r', 't'], approvals: ['subject'], packages: ['a'], readers: firstDoor },
      ],
    ],
  ],
  [
    'assignment.expired',
    { targetId: 't', packageId: 'a' },
    [['assignment', { people: ['actor', 't'], assignments: ['subject'], packages: ['a'], readers: firstDoor }]],
  ],
  [
    'user.managerChanged',
    { before: 'old', managerId: null },
    [['user', { people: ['actor', 'subject', 'old'], readers: ['user.read', 'user.update'] }]],
  ],
  [
    'linked-accounts.updated',
    { before: ['a'], accountIds: ['a', 'b'] },
    [['linkedAccounts', { people: ['actor', 'a', 'a', 'b'], readers: ['linkedAccounts.read'] }]],
  ],
  ['breakGlass.used', {}, []],
])('%s is told to whom it concerns', (type, data, expected) => {
  expect(told(type, data)).toEqual(expected);
});
