import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { catalogRoles, type Delegated, delegated, people } from './delegated.ts';
import { openPlay, type Play } from './play.ts';

const assignments = '/roleManagement/entitlementManagement/roleAssignments';
const definitions = '/roleManagement/entitlementManagement/roleDefinitions';
const entitlements = '/identityGovernance/entitlementManagement';

describe.each(databaseKinds)('roles of entitlement management on %s', (kind) => {
  let play: Play;
  let stage: Delegated;
  beforeAll(async () => {
    play = await openPlay(kind);
    stage = await delegated(play);
  });
  afterAll(() => play?.close());

  const code = (answer: { body: { [name: string]: { [name: string]: unknown } } | null }) =>
    String(answer.body?.['error']?.['code'] ?? '');

  test('are the documented ones, with Microsoft’s ids', async () => {
    const { body } = await stage.admin.get(`${definitions}?$filter=isBuiltIn eq true&$orderby=displayName&$count=true`);
    const list = body['value'] as unknown as { id: string; displayName: string }[];
    expect(list.map(({ displayName }) => displayName)).toEqual([
      'AccessPackage assignment manager',
      'AccessPackages manager',
      'Catalog creator',
      'Catalog owner',
      'Catalog reader',
      'Connected organization administrator',
    ]);
    expect(list.find(({ displayName }) => displayName === 'Catalog owner')?.id).toBe(catalogRoles.owner);
  });

  test('are given in a catalog by its owner, and by nobody else of it', async () => {
    const { ours, theirs } = stage;
    const body = {
      principalId: play.idOf('colleague'),
      roleDefinitionId: catalogRoles.reader,
      appScopeId: `/AccessPackageCatalog/${ours.catalogId}`,
    };
    for (const name of ['manager', 'assigner', 'reader', 'stranger'] as const) {
      const refused = await people(stage)[name].post(assignments, body);
      expect([name, refused.status]).toEqual([name, 403]);
    }
    const elsewhere = { ...body, appScopeId: `/AccessPackageCatalog/${theirs.catalogId}` };
    expect((await stage.owner.post(assignments, elsewhere)).status).toBe(403);
    const everywhere = { ...body, roleDefinitionId: catalogRoles.creator, appScopeId: '/' };
    expect((await stage.owner.post(assignments, everywhere)).status).toBe(403);
    const given = await stage.owner.post(assignments, body);
    expect([given.status, given.body['appScopeId']]).toEqual([201, body.appScopeId]);
    expect(code(await stage.owner.post(assignments, body))).toBe('RoleAssignmentExists');
    const one = `${assignments}/${given.body['id']}`;
    expect((await stage.owner.patch(one, body)).status).toBe(204);
    expect(code(await stage.owner.patch(one, { ...body, principalId: stage.owner.id }))).toBe('PropertyNotChangeable');
    expect((await stage.reader.delete(one)).status).toBe(403);
    expect((await stage.owner.delete(one)).status).toBe(204);
    expect((await stage.owner.get(one)).status).toBe(404);
  });

  test('are shown with who has them, what they are and where', async () => {
    const filter = `$filter=appScopeId eq '/AccessPackageCatalog/${stage.ours.catalogId}'`;
    const { body } = await stage.owner.get(`${assignments}?${filter}&$expand=principal,roleDefinition,appScope`);
    const mine = (body['value'] as unknown as Record<string, Record<string, unknown>>[]).find(
      (one) => String(one['principalId']) === stage.owner.id,
    );
    expect(mine?.['roleDefinition']?.['displayName']).toBe('Catalog owner');
    expect(mine?.['principal']?.['@odata.type']).toBe('#microsoft.graph.user');
    expect(mine?.['appScope']).toMatchObject({ type: 'AccessPackageCatalog', displayName: 'Ours' });
    expect(Number((await stage.owner.get(`${assignments}/$count?${filter}`)).body)).toBeGreaterThanOrEqual(4);
    // Who has nothing to do with the catalog may ask for their own alone.
    const nobody = await stage.hire('nobody');
    expect((await nobody.get(assignments)).status).toBe(403);
    const own = await nobody.get(`${assignments}?$filter=principalId eq '${nobody.id}'`);
    expect([own.status, own.body['value']]).toEqual([200, []]);
  });

  test('are never given to oneself, by name or through a group', async () => {
    const { owner, admin, ours } = stage;
    const body = (principalId: string) => ({
      principalId,
      roleDefinitionId: catalogRoles.assignmentManager,
      appScopeId: `/AccessPackageCatalog/${ours.catalogId}`,
    });
    expect(code(await owner.post(assignments, body(owner.id)))).toBe('SelfGrantNotAllowed');
    const within = await stage.group('Owners', [owner.id]);
    expect(code(await owner.post(assignments, body(within)))).toBe('SelfGrantNotAllowed');
    const owned = await stage.group('Owned', [], [owner.id]);
    expect(code(await owner.post(assignments, body(owned)))).toBe('SelfGrantNotAllowed');
    // Once somebody else has given the group the role, its owner cannot walk in either.
    expect((await admin.post(assignments, body(owned))).status).toBe(201);
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${owner.id}` };
    expect(code(await owner.post(`/groups/${owned}/members/$ref`, reference))).toBe('SelfGrantNotAllowed');
  });

  test('are refused where they make no sense', async () => {
    const { admin, ours } = stage;
    const user = await stage.hire('sense');
    const scope = `/AccessPackageCatalog/${ours.catalogId}`;
    const give = async (changes: object) =>
      code(await admin.post(assignments, { principalId: user.id, roleDefinitionId: catalogRoles.reader, ...changes }));
    expect(await give({})).toBe('PropertyRequired');
    expect(await give({ appScopeId: '/' })).toBe('RoleScopeNotValid');
    expect(await give({ appScopeId: '/AccessPackage/1' })).toBe('RoleScopeNotValid');
    expect(await give({ appScopeId: scope, roleDefinitionId: catalogRoles.creator })).toBe('RoleScopeNotValid');
    expect(await give({ appScopeId: scope, roleDefinitionId: user.id })).toBe('RoleDefinitionDoesNotExist');
    expect(await give({ appScopeId: scope, principalId: ours.catalogId })).toBe('SubjectNotFound');
    expect(await give({ appScopeId: `/AccessPackageCatalog/${user.id}` })).toBe('ResourceNotFound');
    // As infrastructure as code sends it.
    expect(await give({ appScopeId: scope, directoryScopeId: '/' })).toBe('');
  });

  test('have ten holders in a catalog at most', async () => {
    const catalog = await stage.admin.post(`${entitlements}/catalogs`, { displayName: 'Crowded' });
    const body = {
      roleDefinitionId: catalogRoles.reader,
      appScopeId: `/AccessPackageCatalog/${catalog.body['id']}`,
    };
    for (let count = 0; count < 10; count += 1) {
      const { id } = await stage.hire(`crowd-${count}`);
      expect((await stage.admin.post(assignments, { ...body, principalId: id })).status).toBe(201);
    }
    const { id } = await stage.hire('crowd-10');
    expect(code(await stage.admin.post(assignments, { ...body, principalId: id }))).toBe('DelegatedUserLimitReached');
  });

  test('can be made of resource actions, and are then as strong as these', async () => {
    const { admin, ours } = stage;
    const named = (...actions: string[]) => ({
      displayName: 'Requests only',
      rolePermissions: [{ allowedResourceActions: actions.map((one) => `microsoft.entitlementManagement/${one}`) }],
    });
    const inPackages = 'AccessPackageCatalog/AccessPackage';
    for (const wrong of [
      named('AccessPackageCatalog/Everything'),
      named(),
      named('AccessPackageCatalog/Create', 'allEntities/Read'),
      named(`${inPackages}/Grants/allTasks`),
    ]) {
      expect(code(await admin.post(definitions, wrong))).toBe('ResourceActionsNotValid');
    }
    const made = await admin.post(definitions, named(`${inPackages}/allTasks`));
    expect([made.status, made.body['isBuiltIn']]).toEqual([201, false]);
    const role = `${definitions}/${made.body['id']}`;
    const user = await stage.hire('custom');
    const given = {
      principalId: user.id,
      roleDefinitionId: made.body['id'],
      appScopeId: `/AccessPackageCatalog/${ours.catalogId}`,
    };
    expect((await admin.patch(role, { isEnabled: false })).status).toBe(204);
    expect(code(await admin.post(assignments, given))).toBe('RoleNotEnabled');
    expect((await admin.patch(role, { isEnabled: true })).status).toBe(204);
    const assignment = await admin.post(assignments, given);
    const actor = await play.asUser(user.id);
    const body = { displayName: 'Of a custom role', catalog: { id: ours.catalogId } };
    expect((await actor.post(`${entitlements}/accessPackages`, body)).status).toBe(201);
    expect((await actor.patch(`${entitlements}/catalogs/${ours.catalogId}`, { description: 'No' })).status).toBe(403);
    expect(code(await admin.delete(role))).toBe('RoleDefinitionInUse');
    expect(code(await admin.patch(role, named('allEntities/allTasks')))).toBe('RoleDefinitionInUse');
    expect((await admin.delete(`${assignments}/${assignment.body['id']}`)).status).toBe(204);
    expect((await actor.post(`${entitlements}/accessPackages`, body)).status).toBe(403);
    expect((await admin.delete(role)).status).toBe(204);
    expect(code(await admin.patch(`${definitions}/${catalogRoles.owner}`, { displayName: 'Mine' }))).toBe(
      'RoleDefinitionBuiltIn',
    );
  });

  test('make the creator of a catalog its owner, who sees no other', async () => {
    const creator = await stage.hire('creator');
    const actor = await play.asUser(creator.id);
    expect((await actor.post(`${entitlements}/catalogs`, { displayName: 'Too early' })).status).toBe(403);
    const role = { principalId: creator.id, roleDefinitionId: catalogRoles.creator, directoryScopeId: '/' };
    const given = await stage.admin.post(assignments, role);
    expect([given.status, given.body['appScopeId']]).toEqual([201, '/']);
    const made = await actor.post(`${entitlements}/catalogs`, { displayName: 'Created' });
    expect(made.status).toBe(201);
    const { body } = await actor.get(`${entitlements}/catalogs?$expand=accessPackages,resources`);
    const mine = (body['value'] as unknown as { displayName: string }[]).map(({ displayName }) => displayName);
    expect(mine).toContain('Created');
    expect(mine).not.toContain('Ours');
    // A catalog that is gone leaves nobody with a role in it.
    expect((await actor.delete(`${entitlements}/catalogs/${made.body['id']}`)).status).toBe(204);
    const left = `$filter=appScopeId eq '/AccessPackageCatalog/${made.body['id']}'`;
    expect((await stage.admin.get(`${assignments}?${left}`)).body['value']).toEqual([]);
  });
});
