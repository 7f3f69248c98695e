import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DirectoryStage, openDirectory } from '../../../test/directory.ts';
import { system } from '../../../test/runtime.ts';
import { roleIds } from '../../access/index.ts';
import type { Caller } from '../../kernel/caller.ts';
import { newId } from '../../kernel/ids.ts';
import { addMember, isMemberOf } from '../index.ts';
import { changedGroup, type GroupChange, type NewGroup, newGroup } from './decisions.ts';
import type { Group } from './model.ts';

const plain: NewGroup = { displayName: 'G', mailEnabled: false, mailNickname: 'g', securityEnabled: true };
const dynamic = { groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Oslo"' };
const few = { roleAssignable: 0, dynamic: 0 };

describe('a new group', () => {
  it.each<[Partial<NewGroup>, Partial<Group>]>([
    [{}, { visibility: null, groupTypes: [], membershipRuleProcessingState: null, isAssignableToRole: false }],
    [{ isAssignableToRole: true }, { visibility: 'Private' }],
    [{ isAssignableToRole: true, mailEnabled: true, groupTypes: ['Unified'] }, { visibility: 'Private' }],
    [dynamic, { membershipRuleProcessingState: 'On' }],
    [{ groupTypes: ['Unified'], mailEnabled: true }, { visibility: 'Public' }],
  ])('is accepted: %j', (asked, made) => {
    expect(newGroup({ ...plain, ...asked }, few)).toMatchObject({ is: 'accepted', value: made });
  });

  it.each<[Partial<NewGroup>, string, Partial<typeof few>?]>([
    [{ isAssignableToRole: true, ...dynamic }, 'groupTypes'],
    [{ isAssignableToRole: true, securityEnabled: false }, 'securityEnabled'],
    [{ isAssignableToRole: true, visibility: 'Public' }, 'visibility'],
    [{ isAssignableToRole: true }, 'isAssignableToRole', { roleAssignable: 500 }],
    [dynamic, 'groupTypes', { dynamic: 15_000 }],
    [{ groupTypes: ['DynamicMembership'] }, 'membershipRule'],
    [{ membershipRule: 'user.city -eq "Oslo"' }, 'groupTypes'],
    [{ membershipRuleProcessingState: 'On' }, 'membershipRuleProcessingState'],
    [{ groupTypes: ['Static'] }, 'groupTypes'],
    [{ mailEnabled: true }, 'mailEnabled'],
    [{ securityEnabled: false }, 'securityEnabled'],
    [{ mailNickname: 'a b' }, 'mailNickname'],
    [{ displayName: ' ' }, 'displayName'],
    [{ visibility: 'HiddenMembership' }, 'visibility'],
  ])('is refused: %j', (asked, target, counts = {}) => {
    const outcome = newGroup({ ...plain, ...asked }, { ...few, ...counts });
    expect(outcome).toMatchObject({ refusal: { code: 'Request_BadRequest', target } });
  });
});

describe('a changed group', () => {
  const made = (asked: Partial<NewGroup>): Group => {
    const outcome = newGroup({ ...plain, ...asked }, few);
    if (outcome.is === 'refused') throw new Error(outcome.refusal.message);
    const createdAt = Temporal.Instant.from('2030-01-01T00:00:00Z');
    return { ...outcome.value, id: newId(), createdAt, deletedAt: null, isDynamic: asked.membershipRule !== undefined };
  };

  it.each<[Partial<NewGroup>, GroupChange, string]>([
    [{}, { isAssignableToRole: true }, 'isAssignableToRole'],
    [{ isAssignableToRole: true }, { isAssignableToRole: false }, 'isAssignableToRole'],
    [{ isAssignableToRole: true }, dynamic, 'groupTypes'],
    [{ isAssignableToRole: true }, { securityEnabled: false }, 'securityEnabled'],
    [{ isAssignableToRole: true }, { visibility: 'Public' }, 'visibility'],
    [{}, { mailEnabled: true }, 'mailEnabled'],
    [{}, { groupTypes: ['Unified'] }, 'groupTypes'],
    [{ uniqueName: 'one' }, { uniqueName: 'two' }, 'uniqueName'],
    [dynamic, { membershipRule: null }, 'membershipRule'],
    [dynamic, { membershipRuleProcessingState: null }, 'membershipRuleProcessingState'],
  ])('is refused: %j to %j', (asked, change, target) => {
    expect(changedGroup(made(asked), change)).toMatchObject({ refusal: { code: 'Request_BadRequest', target } });
  });

  it('may become dynamic, and assigned again as the documentation does it', () => {
    expect(changedGroup(made({}), dynamic)).toMatchObject({
      value: { membershipRuleProcessingState: 'On', ...dynamic },
    });
    const back = { groupTypes: [], membershipRuleProcessingState: 'Paused' as const };
    expect(changedGroup(made(dynamic), back)).toEqual({
      is: 'accepted',
      value: { groupTypes: [], membershipRule: null, membershipRuleProcessingState: null },
    });
  });
});

describe('groups', () => {
  let stage: DirectoryStage;
  let groupsAdministrator: Caller;
  beforeAll(async () => {
    stage = await openDirectory();
    const someone = await stage.hire('groups-administrator');
    await stage.appoint(someone.id, roleIds.groupsAdministrator);
    groupsAdministrator = someone;
  });
  afterAll(() => stage.close());

  const address = (id: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;
  const add = (caller: Caller, group: string, id: string, as = 'members') =>
    stage.send(caller, 'POST', `/groups/${group}/${as}/$ref`, { '@odata.id': address(id) });
  const remove = (caller: Caller, group: string, id: string, as = 'members') =>
    stage.send(caller, 'DELETE', `/groups/${group}/${as}/${id}/$ref`);

  it('take and lose members by hand', async () => {
    const user = await stage.hire('member');
    const group = await stage.group('by-hand');
    expect((await add(groupsAdministrator, group, user.id)).status).toBe(204);
    expect(await add(groupsAdministrator, group, user.id)).toMatchObject({
      status: 400,
      body: { error: { code: 'Request_BadRequest' } },
    });
    expect((await add(groupsAdministrator, group, newId())).status).toBe(404);
    expect((await add(groupsAdministrator, newId(), user.id)).status).toBe(404);
    expect((await add(groupsAdministrator, group, group)).status).toBe(400);
    expect((await add(user, group, stage.admin.id)).status).toBe(403);
    expect((await remove(groupsAdministrator, group, user.id)).status).toBe(204);
    expect((await remove(groupsAdministrator, group, user.id)).status).toBe(404);
  });

  it('can be managed by their owners, of whom one stays', async () => {
    const [owner, user] = [await stage.hire('owner'), await stage.hire('owned')];
    const group = await stage.group('owned', { 'owners@odata.bind': [address(owner.id)] });
    expect((await add(owner, group, user.id)).status).toBe(204);
    expect((await stage.send(owner, 'PATCH', `/groups/${group}`, { description: 'mine' })).status).toBe(204);
    expect((await remove(owner, group, owner.id, 'owners')).status).toBe(400);
    expect((await add(owner, group, user.id, 'owners')).status).toBe(204);
    expect((await remove(owner, group, owner.id, 'owners')).status).toBe(204);
    expect((await add(owner, group, stage.admin.id)).status).toBe(403);
  });

  it('are nested without end', async () => {
    const user = await stage.hire('nested');
    const inner = await stage.group('inner', { 'members@odata.bind': [address(user.id)] });
    const outer = await stage.group('outer', { 'members@odata.bind': [address(inner)] });
    expect((await add(groupsAdministrator, inner, outer)).status).toBe(204);
    expect(await stage.runtime.as(system, (tx) => isMemberOf(tx, user.id, outer))).toBe(true);
    const above = await stage.send(stage.admin, 'GET', `/users/${user.id}/transitiveMemberOf/$count`);
    expect(above.body).toBe(2);
  });

  it('bind at most 20 members and owners at once', async () => {
    const ids = Array.from({ length: 21 }, () => address(newId()));
    const body = { ...plain, 'members@odata.bind': ids };
    expect((await stage.send(stage.admin, 'POST', '/groups', body)).status).toBe(400);
  });

  it('have unique names of their own', async () => {
    await stage.group('named', { uniqueName: 'the-one' });
    const again = await stage.send(stage.admin, 'POST', '/groups', { ...plain, uniqueName: 'THE-ONE' });
    expect(again).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } });
    expect((await stage.send(stage.admin, 'GET', "/groups(uniqueName='the-one')")).status).toBe(200);
  });

  describe('§4.1 that are role-assignable', () => {
    const privileged = { ...plain, isAssignableToRole: true };

    it('§4.2 are made by a Privileged Role Administrator only', async () => {
      expect((await stage.send(groupsAdministrator, 'POST', '/groups', privileged)).status).toBe(403);
      const someone = await stage.hire('pra');
      await stage.appoint(someone.id, roleIds.privilegedRoleAdministrator);
      const made = await stage.send(someone, 'POST', '/groups', privileged);
      expect(made).toMatchObject({ status: 201, body: { isAssignableToRole: true, visibility: 'Private' } });
      expect(
        (await stage.send(someone, 'PATCH', `/groups/${made.body.id}`, { isAssignableToRole: false })).status,
      ).toBe(400);
      expect((await add(groupsAdministrator, made.body.id, someone.id)).status).toBe(403);
      expect((await add(someone, made.body.id, someone.id)).body.error.code).toBe('SelfGrantNotAllowed');
      expect((await add(someone, made.body.id, someone.id, 'owners')).body.error.code).toBe('SelfGrantNotAllowed');
      expect((await add(stage.admin, made.body.id, someone.id)).status).toBe(204);
    });

    it('let no owner put themselves in, nor anybody through a group that is eligible for them', async () => {
      const owner = await stage.hire('pr-owner');
      const group = await stage.group('pr', { isAssignableToRole: true, 'owners@odata.bind': [address(owner.id)] });
      expect((await add(owner, group, owner.id)).body.error.code).toBe('SelfGrantNotAllowed');
      const feeder = await stage.group('feeder', { 'owners@odata.bind': [address(owner.id)] });
      await stage.runtime.as(system, (tx) =>
        addMember(tx, {
          groupId: group,
          principalId: feeder,
          as: 'member',
          mode: 'eligible',
          window: { from: tx.now, until: null },
          origin: { kind: 'assigned', id: group },
          correlation: newId(),
        }),
      );
      expect((await add(owner, feeder, owner.id)).body.error.code).toBe('SelfGrantNotAllowed');
      const mine = await stage.group('mine', { 'members@odata.bind': [address(owner.id)] });
      expect((await add(owner, feeder, mine)).body.error.code).toBe('SelfGrantNotAllowed');
    });

    it('take no groups', async () => {
      const [group, nested] = [await stage.group('flat', { isAssignableToRole: true }), await stage.group('nested')];
      expect((await add(stage.admin, group, nested)).status).toBe(400);
    });

    it('are 500 at most, deleted ones counted', async () => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from directory_group
        where is_assignable_to_role`.execute(stage.runtime.db);
      await sql`insert into directory_group (id, display_name, security_identifier, mail_nickname, mail_enabled,
          security_enabled, is_assignable_to_role, visibility, created_at, deleted_at)
        select gen_random_uuid(), 'filler', 'S', 'filler', false, true, true, 'Private', '2030-01-01', '2030-01-01'
        from generate_series(1, ${499 - (rows[0]?.count ?? 0)}::int)`.execute(stage.runtime.db);
      const last = await stage.group('the-500th', { isAssignableToRole: true });
      const one = await stage.send(stage.admin, 'POST', '/groups', privileged);
      expect(one).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } });
      expect((await stage.send(stage.admin, 'DELETE', `/groups/${last}`)).status).toBe(204);
      expect((await stage.send(stage.admin, 'POST', '/groups', privileged)).status).toBe(400);
      expect((await stage.send(stage.admin, 'DELETE', `/directory/deletedItems/${last}`)).status).toBe(204);
      expect((await stage.send(stage.admin, 'POST', '/groups', privileged)).status).toBe(201);
    });
  });

  it('§4.4 end all they give when they are deleted, and come back with their members but without roles', async () => {
    const [owner, user] = [await stage.hire('restorer'), await stage.hire('restored')];
    await sql`update directory_group set purged_at = created_at where display_name = 'filler'`.execute(
      stage.runtime.db,
    );
    const group = await stage.group('restored', {
      isAssignableToRole: true,
      'owners@odata.bind': [address(owner.id)],
      'members@odata.bind': [address(user.id)],
    });
    await stage.appoint(group, roleIds.groupsAdministrator);
    expect((await stage.send(user, 'POST', '/groups', plain)).status).toBe(201);
    expect((await stage.send(owner, 'DELETE', `/groups/${group}`)).status).toBe(204);
    expect((await stage.send(user, 'POST', '/groups', plain)).status).toBe(403);
    expect((await stage.send(user, 'POST', `/directory/deletedItems/${group}/restore`)).status).toBe(403);
    const restored = await stage.send(owner, 'POST', `/directory/deletedItems/${group}/restore`);
    expect(restored).toMatchObject({
      status: 200,
      body: { '@odata.type': '#microsoft.graph.group', deletedDateTime: null },
    });
    expect(await stage.members(group)).toEqual([user.id]);
    expect((await stage.send(user, 'POST', '/groups', plain)).status).toBe(403);
  });
});
