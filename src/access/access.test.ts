import { describe, expect, test } from 'vitest';
import { may, satisfies } from './may.ts';
import { type NamedRole, roleIds } from './roles.ts';
import { type AccessOperation, accessTable, type Relation, type Rule } from './table.ts';

const rows = Object.entries(accessTable) as [AccessOperation, Rule][];
const roles = Object.keys(roleIds) as NamedRole[];
const permissions = [...new Set(rows.flatMap(([, rule]) => rule.permissions))];
const relations: Relation[] = [
  'self',
  'groupOwner',
  'requestor',
  'onBehalfRequestor',
  'anyone',
  'catalogOwner',
  'catalogReader',
  'packageManager',
  'assignmentManager',
  'catalogCreator',
  'connectedOrganizationAdministrator',
];

const nothing = { roles: new Set<string>(), permissions: new Set<string>(), relations: new Set<Relation>() };

/** The operations that a role opens by itself. */
const openTo = (role: NamedRole) => rows.filter(([, rule]) => rule.roles.includes(role)).map(([name]) => name);

describe.each(rows)('%s', (operation, rule) => {
  test('is open to its roles, permissions and relations alone, one of them being enough', () => {
    const allowed = (brings: Partial<typeof nothing>) => may(operation, { ...nothing, ...brings }).is === 'accepted';
    expect(allowed({})).toBe(false);
    for (const role of roles) {
      expect([role, allowed({ roles: new Set([roleIds[role]]) })]).toEqual([role, rule.roles.includes(role)]);
    }
    for (const one of permissions) {
      expect([one, allowed({ permissions: new Set([one]) })]).toEqual([one, rule.permissions.includes(one)]);
    }
    for (const one of relations) {
      expect([one, allowed({ relations: new Set([one]) })]).toEqual([one, rule.relations.includes(one)]);
    }
    const all = {
      roles: new Set(Object.values(roleIds)),
      permissions: new Set(permissions),
      relations: new Set(relations),
    };
    expect(satisfies(rule, all)).toBe(true);
  });

  test('names nothing twice', () => {
    for (const names of [rule.roles, rule.permissions, rule.relations]) expect(new Set(names).size).toBe(names.length);
  });
});

describe('the table', () => {
  test('names roles, permissions and relations that lead somewhere', () => {
    for (const role of roles) expect([role, openTo(role).length > 0]).toEqual([role, true]);
    for (const one of relations) expect(rows.some(([, rule]) => rule.relations.includes(one))).toBe(true);
    const said = new Set(rows.flatMap(([, rule]) => rule.relations));
    expect([...said].sort()).toEqual([...relations].sort());
  });

  test('lets a Global Administrator do everything but act for others', () => {
    const closed = rows.filter(([, rule]) => !rule.roles.includes('globalAdministrator')).map(([name]) => name);
    expect(closed).toEqual([
      'authenticationMethod.changeOwn',
      'activation.request',
      'assignmentRequest.submitForSelf',
      'desk.read',
    ]);
    for (const name of closed) expect(accessTable[name]).toEqual({ roles: [], permissions: [], relations: ['self'] });
  });

  test('gives roles, and groups that can hold one, into the hands of two roles and one set of permissions', () => {
    const ways = rows.filter(([name]) => /RoleAssignable|^roleAssignment|^roleEligibility|updateForRole$/.test(name));
    expect(ways.map(([name]) => name).sort()).toEqual([
      'group.createRoleAssignable',
      'group.deleteRoleAssignable',
      'group.manageMembersRoleAssignable',
      'group.updateRoleAssignable',
      'groupAssignment.manageRoleAssignable',
      'groupEligibility.manageRoleAssignable',
      'roleAssignment.manage',
      'roleAssignmentSchedule.manage',
      'roleEligibility.manage',
      'roleManagementPolicy.updateForRole',
      'roleManagementPolicy.updateForRoleAssignableGroup',
    ]);
    for (const [, rule] of ways) {
      expect(rule.roles).toEqual(['globalAdministrator', 'privilegedRoleAdministrator']);
      expect(rule.permissions.filter((one) => /^(Group|Directory|User|Entitlement)/.test(one))).toEqual([]);
      expect(rule.relations.filter((one) => one !== 'groupOwner')).toEqual([]);
    }
  });

  test('lets readers read', () => {
    const readers: NamedRole[] = ['globalReader', 'directoryReaders', 'securityReader', 'reportsReader'];
    for (const role of readers) {
      expect(openTo(role).filter((name) => !/\.read(All|For\w+)?$/.test(name))).toEqual([]);
    }
    for (const [name, rule] of rows) {
      const onlyRead = rule.permissions.filter((one) => /\.Read(Basic)?\./.test(one));
      if (!/\.read/.test(name)) expect([name, onlyRead]).toEqual([name, []]);
    }
  });

  test('lets nobody decide but by asking who approves', () => {
    expect(rows.map(([name]) => name).filter((name) => /decide|approve/i.test(name))).toEqual([]);
  });
});
