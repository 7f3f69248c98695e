import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor, root, stage } from '../../test/first-door.ts';
import { databaseKinds } from '../../test/postgres.ts';
import { roleIds } from '../access/index.ts';
import type { UserCaller } from '../kernel/caller.ts';
import type { StoredEvent } from '../platform/events.ts';
import { endOfLog, hear, type TailPlace } from '../platform/tail.ts';
import { hintsFor } from './operations/hints.ts';

const roles = '/roleManagement/directory';

/** Where what an event is about is read, by the kind that is told; null where it cannot be told by its subject. */
function placeOf(kind: string, { type, subject, data }: StoredEvent): string | null {
  if (kind === 'approval') {
    return type.startsWith('package-')
      ? `${root}/accessPackageAssignmentApprovals/${subject}`
      : `/beta${roles}/roleAssignmentApprovals/${subject}`;
  }
  const places: Readonly<Record<string, string>> = {
    assignmentRequest: `${root}/assignmentRequests/${subject}`,
    assignment: `${root}/assignments/${subject}`,
    assignmentPolicy: `${root}/assignmentPolicies/${subject}`,
    accessPackage: `${root}/accessPackages/${subject}`,
    catalog: `${root}/catalogs/${subject}`,
    group: `/groups/${data['privilegeId'] ?? subject}`,
    user: `/users/${subject}`,
    roleEligibilitySchedule: `${roles}/roleEligibilitySchedules/${subject}`,
    roleAssignmentSchedule: `${roles}/roleAssignmentSchedules/${subject}`,
    roleAssignmentScheduleRequest: `${roles}/roleAssignmentScheduleRequests/${subject}`,
    roleEligibilityScheduleRequest: `${roles}/roleEligibilityScheduleRequests/${subject}`,
  };
  return places[kind] ?? null;
}

describe.each(databaseKinds)('who is told on %s', (kind) => {
  let door: FirstDoor;
  let place: TailPlace;
  const people = new Map<string, UserCaller>();
  const who = (name: string) => people.get(name) ?? door.admin;
  let tried = 0;

  beforeAll(async () => {
    door = await openFirstDoor(kind);
    for (const name of ['asker', 'boss', 'second', 'owner', 'member', 'auditor', 'roles', 'stranger']) {
      people.set(name, await door.hire(name));
    }
    people.set('admin', door.admin);
    await door.setManager(who('asker'), who('boss'));
    for (const [name, roleDefinitionId] of [
      ['auditor', roleIds.reportsReader],
      ['roles', roleIds.privilegedRoleAdministrator],
    ] as const) {
      const body = { roleDefinitionId, principalId: who(name).id, directoryScopeId: '/' };
      expect((await door.send(door.admin, 'POST', `${roles}/roleAssignments`, body)).status).toBe(201);
    }
    place = await endOfLog(door.runtime.db);
  });
  afterAll(() => door?.close());

  /**
   * Who is told what since the last time, one event at a time. Whoever is told can read what it is about, unless it is
   * gone or was theirs.
   */
  async function told(): Promise<Readonly<Record<string, readonly string[]>>> {
    const read = await hear(door.runtime.db, place);
    place = read.place;
    const all = new Map<string, Set<string>>();
    for (const one of read.events) {
      const { hintOf } = await hintsFor(door.runtime.db, [one], [...people.values()], door.runtime.clock.now());
      for (const [name, person] of people) {
        const { kinds } = hintOf(person);
        for (const each of kinds) all.set(name, (all.get(name) ?? new Set<string>()).add(each));
        await mayRead(person, kinds, one.event);
      }
    }
    return Object.fromEntries([...all].map(([name, kinds]) => [name, [...kinds].sort()] as const));
  }

  async function mayRead(person: UserCaller, kinds: ReadonlySet<string>, event: StoredEvent): Promise<void> {
    const isGone = /\.(ended|expired|deleted|removed)$/.test(event.type);
    const isTheirs = JSON.stringify(event.data['removedIds'] ?? []).includes(person.id);
    if (isGone || isTheirs) return;
    for (const each of kinds) {
      const path = placeOf(each, event);
      if (path === null) continue;
      const { status } = await door.send(person, 'GET', path);
      expect([person.displayName, event.type, path, status]).toEqual([person.displayName, event.type, path, 200]);
      tried += 1;
    }
  }

  test('a request goes from hand to hand, and only those hands hear of it', async () => {
    const groupId = await door.group('privileged');
    const packageId = await door.package(groupId);
    const stages = [
      stage([], { primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }] }),
      stage([who('second')]),
    ];
    await door.policy(packageId, { requestApprovalSettings: { isApprovalRequiredForAdd: true, stages } });
    const audit = ['directoryAudit'];
    expect(await told()).toMatchObject({ auditor: audit, admin: expect.arrayContaining(['accessPackage', 'group']) });

    const { body } = await door.ask(who('asker'), packageId);
    const asked = ['approval', 'assignmentRequest'];
    expect(await told()).toEqual({
      asker: asked,
      boss: asked,
      auditor: audit,
      admin: [...asked, ...audit],
    });

    await door.decide(who('boss'), body.id);
    expect(await told()).toEqual({
      asker: asked,
      boss: asked,
      second: asked,
      auditor: audit,
      admin: [...asked, ...audit],
    });

    await door.decide(who('second'), body.id);
    const delivered = ['approval', 'assignment', 'assignmentRequest'];
    const place = ['group', 'groupAssignmentSchedule'];
    expect(await told()).toEqual({
      asker: [...delivered, ...place],
      boss: delivered,
      // Whose decision it was acted on all that came of it.
      second: [...delivered, ...place],
      // Privileged Role Administrators administer groups that can hold roles.
      roles: ['groupAssignmentSchedule'],
      auditor: audit,
      admin: [...delivered, ...audit, ...place].sort(),
    });
  });

  test('a deciding approver who goes, and who comes in their place, hear of it; others do not', async () => {
    const groupId = await door.group('other');
    const packageId = await door.package(groupId);
    const approvers = await door.group('approvers', { isAssignableToRole: false });
    const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });
    for (const name of ['boss', 'second']) {
      await door.send(door.admin, 'POST', `/groups/${approvers}/members/$ref`, reference(who(name).id));
    }
    const primaryApprovers = [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: approvers }];
    const stages = [stage([], { primaryApprovers })];
    await door.policy(packageId, { requestApprovalSettings: { isApprovalRequiredForAdd: true, stages } });
    await door.ask(who('asker'), packageId);
    await told();
    await door.send(door.admin, 'DELETE', `/groups/${approvers}/members/${who('boss').id}/$ref`);
    const heard = await told();
    const asked = ['approval', 'assignmentRequest'];
    expect(heard).toMatchObject({ asker: asked, boss: [...asked, 'group', 'groupAssignmentSchedule'], second: asked });
    expect(heard).not.toHaveProperty('stranger');
    expect(heard).not.toHaveProperty('owner');
    // What happens next is none of boss's business any more.
    await door.send(door.admin, 'POST', `/groups/${approvers}/members/$ref`, reference(who('owner').id));
    expect(await told()).not.toHaveProperty('boss');
  });

  test('a privilege of a group concerns its members, a place in it its owners', async () => {
    const groupId = await door.group('held');
    for (const [list, name] of [
      ['members', 'member'],
      ['owners', 'owner'],
    ] as const) {
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${who(name).id}` };
      await door.send(door.admin, 'POST', `/groups/${groupId}/${list}/$ref`, reference);
    }
    await told();
    const body = { roleDefinitionId: roleIds.reportsReader, principalId: groupId, directoryScopeId: '/' };
    expect((await door.send(door.admin, 'POST', `${roles}/roleAssignments`, body)).status).toBe(201);
    const kinds = ['roleAssignmentSchedule'];
    // The member can read the audit log from now on.
    expect(await told()).toEqual({
      admin: ['directoryAudit', ...kinds],
      auditor: ['directoryAudit'],
      member: ['directoryAudit', ...kinds],
      roles: kinds,
    });
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${who('asker').id}` };
    await door.send(door.admin, 'POST', `/groups/${groupId}/members/$ref`, reference);
    expect(await told()).toMatchObject({
      asker: expect.arrayContaining(['group']),
      owner: ['group', 'groupAssignmentSchedule'],
      roles: ['groupAssignmentSchedule'],
    });
  });

  test('what ends is told to whom it ended for, and an account that is shut hears nothing more', async () => {
    await told();
    await door.send(door.admin, 'PATCH', `/users/${who('member').id}`, { accountEnabled: false });
    const heard = await told();
    expect(heard).not.toHaveProperty('member');
    const { unusable } = await hintsFor(door.runtime.db, [], [who('member'), who('boss')], door.runtime.clock.now());
    expect(unusable).toEqual(new Set([who('member').id]));
  });

  test('enough was read for that to mean something', () => {
    expect(tried).toBeGreaterThan(60);
  });
});
