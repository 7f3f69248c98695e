import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DirectoryStage, openDirectory } from '../../../test/directory.ts';
import { system } from '../../../test/runtime.ts';
import { roleIds } from '../../access/index.ts';
import { pathsTo } from '../../grants/index.ts';
import type { Caller } from '../../kernel/caller.ts';
import { newId } from '../../kernel/ids.ts';
import { isUsable } from '../index.ts';
import { changesOf, emptyUser, isSensitive, modifiedProperties } from './decisions.ts';
import { loadManager } from './store.ts';

describe('a change of a user', () => {
  const user = {
    ...emptyUser('a@b.example', 'A'),
    jobTitle: 'Engineer',
    extensionAttributes: { extensionAttribute2: 'x' },
  };

  it('is what really differs', () => {
    const change = { jobTitle: 'Engineer', department: 'IT', extensionAttributes: { extensionAttribute2: null } };
    expect(changesOf(user, change)).toEqual({ is: 'accepted', value: { department: 'IT', extensionAttributes: {} } });
    expect(modifiedProperties(user, { department: 'IT' })).toEqual([
      { displayName: 'department', oldValue: null, newValue: '"IT"' },
    ]);
  });

  it.each([
    [{ userPrincipalName: 'nobody' }, 'userPrincipalName'],
    [{ userPrincipalName: 'a b@c.example' }, 'userPrincipalName'],
    [{ userPrincipalName: `${'a'.repeat(65)}@c.example` }, 'userPrincipalName'],
    [{ displayName: '' }, 'displayName'],
    [{ extensionAttributes: { extensionAttribute16: 'x' } }, 'onPremisesExtensionAttributes'],
  ])('is refused: %j', (change, target) => {
    expect(changesOf(user, change)).toMatchObject({ refusal: { code: 'Request_BadRequest', target } });
  });

  it.each([
    [{ jobTitle: 'x' }, false],
    [{ accountEnabled: false }, true],
    [{ mobilePhone: null }, true],
    [{ userPrincipalName: 'x@y.example' }, true],
  ])('is sensitive or not: %j', (change, expected) => expect(isSensitive(change)).toBe(expected));
});

describe('users', () => {
  let stage: DirectoryStage;
  let userAdministrator: Caller;
  beforeAll(async () => {
    stage = await openDirectory();
    const someone = await stage.hire('user-administrator');
    await stage.appoint(someone.id, roleIds.userAdministrator);
    userAdministrator = someone;
  });
  afterAll(() => stage.close());

  const patch = (caller: Caller, id: string, body: object) => stage.send(caller, 'PATCH', `/users/${id}`, body);
  const events = async (subject: string) => {
    const { rows } = await sql<{ type: string; result: string; targets: unknown }>`
      select type, result, targets from event where subject = ${subject} order by sequence`.execute(stage.runtime.db);
    return rows;
  };

  it('are created, changed and read back by a User Administrator, and by nobody else', async () => {
    const body = {
      accountEnabled: true,
      displayName: 'New',
      mailNickname: 'new',
      userPrincipalName: 'new@sallyport.example',
    };
    const made = await stage.send(userAdministrator, 'POST', '/users', { ...body, passwordProfile: { password: 'x' } });
    expect(made).toMatchObject({ status: 201, body: { displayName: 'New', businessPhones: [], jobTitle: null } });
    const { id } = made.body;
    const other = await stage.hire('nobody');
    const refused = await stage.send(other, 'POST', '/users', { ...body, userPrincipalName: 'n2@sallyport.example' });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
    expect((await patch(other, id, { jobTitle: 'Boss' })).status).toBe(403);
    expect((await patch(userAdministrator, 'new@sallyport.example', { jobTitle: 'Engineer' })).status).toBe(204);
    expect((await patch(userAdministrator, id, { shoeSize: 44 })).status).toBe(400);
    expect((await patch(userAdministrator, newId(), { jobTitle: 'x' })).status).toBe(404);
    expect(await events(id)).toMatchObject([
      { type: 'user.created', result: 'success' },
      { type: 'user.updated', result: 'failure' },
      {
        type: 'user.updated',
        targets: [{ modifiedProperties: [{ displayName: 'jobTitle', oldValue: null, newValue: '"Engineer"' }] }],
      },
    ]);
  });

  it('have unique names, letter case aside', async () => {
    await stage.hire('twin');
    await expect(stage.hire('TWIN')).rejects.toThrow('Request_BadRequest');
  });

  it('§4.3 are protected when they hold or may hold privileges, in what is sensitive', async () => {
    const holder = await stage.hire('holder');
    await stage.appoint(holder.id, roleIds.privilegedRoleAdministrator, 'eligible');
    const group = await stage.group('privileged', { isAssignableToRole: true });
    const owner = await stage.hire('owner');
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${owner.id}` };
    expect((await stage.send(stage.admin, 'POST', `/groups/${group}/owners/$ref`, reference)).status).toBe(204);
    for (const { id } of [holder, owner]) {
      expect((await patch(userAdministrator, id, { accountEnabled: false })).status).toBe(403);
      expect((await stage.send(userAdministrator, 'DELETE', `/users/${id}`)).status).toBe(403);
      expect((await patch(userAdministrator, id, { city: 'Oslo', accountEnabled: true })).status).toBe(204);
      expect((await patch(stage.admin, id, { accountEnabled: false })).status).toBe(204);
    }
  });

  it('lose everything at once when they are disabled, and their tokens are worth nothing', async () => {
    const someone = await stage.hire('leaver');
    await stage.appoint(someone.id, roleIds.userAdministrator);
    expect((await patch(someone, someone.id, { city: 'Oslo' })).status).toBe(204);
    expect((await patch(stage.admin, someone.id, { accountEnabled: false })).status).toBe(204);
    expect((await stage.send(someone, 'GET', '/me')).status).toBe(401);
    expect(await stage.runtime.as(system, (tx) => isUsable(tx, someone.id))).toBe(false);
    expect(await stage.runtime.as(system, (tx) => pathsTo(tx, someone.id, { mode: 'active' }))).toEqual([]);
    expect((await events(someone.id)).map(({ type }) => type)).toEqual([
      'user.created',
      'user.updated',
      'user.updated',
      'user.disabled',
    ]);
  });

  it('have managers with a history', async () => {
    const [user, first, second] = [await stage.hire('managed'), await stage.hire('first'), await stage.hire('second')];
    const set = (id: string) =>
      stage.send(stage.admin, 'PUT', `/users/${user.id}/manager/$ref`, {
        '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}`,
      });
    const { clock } = stage.runtime;
    clock.set('2030-01-02T00:00:00Z');
    expect((await set(user.id)).status).toBe(400);
    expect((await set(newId())).status).toBe(404);
    expect((await set(first.id)).status).toBe(204);
    clock.set('2030-01-03T00:00:00Z');
    expect((await set(second.id)).status).toBe(204);
    clock.set('2030-01-04T00:00:00Z');
    const remove = () => stage.send(stage.admin, 'DELETE', `/users/${user.id}/manager/$ref`);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
    const { rows } = await sql<{ manager_id: string; from: string; to: string }>`
      select manager_id, valid_from::date::text as from, valid_to::date::text as to
      from user_manager where user_id = ${user.id} order by valid_from`.execute(stage.runtime.db);
    expect(rows).toEqual([
      { manager_id: first.id, from: '2030-01-02', to: '2030-01-03' },
      { manager_id: second.id, from: '2030-01-03', to: '2030-01-04' },
    ]);
    expect(await stage.runtime.as(system, (tx) => loadManager(tx, user.id))).toBeNull();
  });

  it('come back from the deleted items with their assigned places, but without privileges', async () => {
    const user = await stage.hire('returning');
    const plain = await stage.group('plain', {
      'members@odata.bind': [`https://graph.microsoft.com/v1.0/users/${user.id}`],
    });
    const privileged = await stage.group('privileged-2', {
      isAssignableToRole: true,
      'members@odata.bind': [`https://graph.microsoft.com/v1.0/users/${user.id}`],
    });
    await stage.appoint(user.id, roleIds.userAdministrator);
    expect((await stage.send(stage.admin, 'DELETE', `/users/${user.id}`)).status).toBe(204);
    expect(await stage.members(plain)).toEqual([]);
    expect((await stage.send(stage.admin, 'GET', `/users/${user.id}`)).status).toBe(404);
    const deleted = await stage.send(stage.admin, 'GET', '/directory/deletedItems/microsoft.graph.user');
    expect(deleted.body.value).toMatchObject([
      { id: user.id, userPrincipalName: `${user.id.replaceAll('-', '')}returning@sallyport.example` },
    ]);
    const restored = await stage.send(stage.admin, 'POST', `/directory/deletedItems/${user.id}/restore`);
    expect(restored).toMatchObject({ status: 200, body: { '@odata.type': '#microsoft.graph.user', id: user.id } });
    expect(await stage.members(plain)).toEqual([user.id]);
    expect(await stage.members(privileged)).toEqual([]);
    expect((await stage.send(user, 'GET', '/me')).status).toBe(200);
    expect((await patch(user, user.id, { city: 'Oslo' })).status).toBe(403);
  });

  it('are gone for good when they are purged, or after 30 days', async () => {
    const [purged, aged] = [await stage.hire('purged'), await stage.hire('aged')];
    for (const { id } of [purged, aged]) await stage.send(stage.admin, 'DELETE', `/users/${id}`);
    const item = (id: string) => `/directory/deletedItems/${id}`;
    expect((await stage.send(stage.admin, 'DELETE', item(purged.id))).status).toBe(204);
    expect((await stage.send(stage.admin, 'GET', item(purged.id))).status).toBe(404);
    expect((await stage.send(stage.admin, 'GET', item(aged.id))).status).toBe(200);
    stage.runtime.clock.set('2030-03-01T00:00:00Z');
    expect((await stage.send(stage.admin, 'GET', item(aged.id))).status).toBe(404);
    expect((await stage.send(stage.admin, 'POST', `${item(aged.id)}/restore`)).status).toBe(404);
  });
});
