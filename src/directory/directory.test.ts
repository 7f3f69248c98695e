import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectContract } from '../../test/contract/expect.ts';
import { type DirectoryStage, openDirectory } from '../../test/directory.ts';
import { databaseKinds } from '../../test/postgres.ts';
import { system } from '../../test/runtime.ts';
import { newId } from '../kernel/ids.ts';
import { initialiseTenant } from './index.ts';
import { users } from './user/entity.ts';

describe.each(databaseKinds)('the directory on %s', (kind) => {
  let stage: DirectoryStage;
  beforeAll(async () => {
    stage = await openDirectory(kind);
  });
  afterAll(() => stage.close());

  const get = (path: string) => stage.send(stage.admin, 'GET', path);

  describe('a tenant', () => {
    it('begins once', async () => {
      const firstAdministrator = { userPrincipalName: 'other@sallyport.example', displayName: 'Other' };
      const again = await stage.runtime.attempt(system, (tx) =>
        initialiseTenant(tx, { tenantId: newId(), firstAdministrator }),
      );
      expect(again).toMatchObject({ refusal: { code: 'TenantAlreadyInitialised' } });
    });

    it('shows itself, its roles and their templates', async () => {
      const tenant = await get('/organization');
      expect(tenant.body.value).toMatchObject([
        { id: stage.tenantId, verifiedDomains: [{ name: 'sallyport.example' }] },
      ]);
      const roles = await get('/roleManagement/directory/roleDefinitions?$count=true&$top=1');
      expect(roles.body['@odata.count']).toBe(123);
      expect((await get('/directoryRoleTemplates/$count')).body).toBe(123);
      expectContract('organization', tenant.body);
      expectContract('unifiedRoleDefinition', roles.body);
      expectContract('directoryRole', (await get('/directoryRoles')).body);
      const admins = await get("/directoryRoles(roleTemplateId='62e90394-69f5-4237-9190-012177145e10')/members");
      expect(admins.body.value).toMatchObject([{ '@odata.type': '#microsoft.graph.user', id: stage.admin.id }]);
      const privileged = await get(
        '/roleManagement/directory/roleDefinitions?$filter=isPrivileged eq true&$select=id,isPrivileged&$top=999',
      );
      expect(privileged.body.value.length).toBeGreaterThan(20);
    });
  });

  describe('reading', () => {
    it('gives the documented default properties of a user, and others when they are selected', async () => {
      const someone = await stage.hire('reader', {
        jobTitle: 'Engineer',
        department: 'IT',
        onPremisesExtensionAttributes: { extensionAttribute7: 'x' },
      });
      const usual = await get(`/users/${someone.id}`);
      expect(Object.keys(usual.body).sort()).toEqual(
        [
          '@odata.context',
          'businessPhones',
          'displayName',
          'givenName',
          'id',
          'jobTitle',
          'mail',
          'mobilePhone',
        ].concat(['officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName']),
      );
      const more = await get(
        '/users/READER@sallyport.example?$select=department,accountEnabled,onPremisesExtensionAttributes',
      );
      expect(more.body).toMatchObject({ department: 'IT', accountEnabled: true });
      expect(more.body.onPremisesExtensionAttributes).toMatchObject({
        extensionAttribute1: null,
        extensionAttribute7: 'x',
      });
      const everything = Object.keys(users.properties).join();
      expectContract('user', (await get(`/users/${someone.id}?$select=${everything}`)).body);
      const found = await get(
        "/users?$filter=department eq 'it' and onPremisesExtensionAttributes/extensionAttribute7 eq 'x'&$count=true",
      );
      expect(found.body.value).toMatchObject([{ id: someone.id }]);
    });

    it('shows memberships, owners and managers both ways, as their own types', async () => {
      const boss = await stage.hire('boss');
      const worker = await stage.hire('worker');
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${boss.id}` };
      expect(await get(`/users/${worker.id}/manager`)).toMatchObject({
        status: 404,
        body: { error: { code: 'Request_ResourceNotFound' } },
      });
      expect((await stage.send(stage.admin, 'PUT', `/users/${worker.id}/manager/$ref`, reference)).status).toBe(204);
      expect((await get(`/users/${worker.id}/manager`)).body).toMatchObject({
        '@odata.type': '#microsoft.graph.user',
        id: boss.id,
      });
      expect((await get(`/users/${boss.id}/directReports`)).body.value).toMatchObject([{ id: worker.id }]);
      expect(
        (await get(`/users/${worker.id}?$expand=manager($levels=max;$select=id,displayName)`)).body.manager,
      ).toMatchObject({ id: boss.id });

      const inner = await stage.group('inner', {
        'members@odata.bind': [`https://graph.microsoft.com/v1.0/directoryObjects/${worker.id}`],
      });
      const outer = await stage.group('outer', {
        'owners@odata.bind': [`https://graph.microsoft.com/v1.0/users/${boss.id}`],
      });
      expect(
        (
          await stage.send(stage.admin, 'POST', `/groups/${outer}/members/$ref`, {
            '@odata.id': `https://graph.microsoft.com/v1.0/groups/${inner}`,
          })
        ).status,
      ).toBe(204);
      expect((await get(`/groups/${outer}/members`)).body.value).toMatchObject([
        { '@odata.type': '#microsoft.graph.group', id: inner },
      ]);
      expect(
        (await get(`/groups/${outer}/transitiveMembers/microsoft.graph.user?$select=id`)).body.value,
      ).toMatchObject([{ id: worker.id }]);
      expect(
        (await get(`/users/${worker.id}/transitiveMemberOf/microsoft.graph.group?$count=true`)).body['@odata.count'],
      ).toBe(2);
      expect((await get(`/users/${worker.id}/memberOf`)).body.value).toMatchObject([{ id: inner }]);
      expectContract('group', (await get(`/groups/${outer}`)).body);
      expectContract('directoryObject', (await get(`/users/${worker.id}/manager`)).body);
      expectContract('directoryObject', (await get(`/groups/${outer}/transitiveMembers`)).body);
      expect((await get(`/groups/${outer}/owners/$ref`)).body.value).toHaveLength(1);
      expect((await get(`/users/${boss.id}/ownedObjects`)).body.value).toMatchObject([{ id: outer }]);
      expect((await get(`/groups/${inner}/memberOf`)).body.value).toMatchObject([{ id: outer }]);
      const checked = await stage.send(stage.admin, 'POST', `/users/${worker.id}/checkMemberGroups`, {
        groupIds: [outer, newId()],
      });
      expect(checked.body.value).toEqual([outer]);
      const all = await stage.send(worker, 'POST', '/me/getMemberObjects', { securityEnabledOnly: false });
      expect(all.body.value.sort()).toEqual([inner, outer].sort());
      const some = await stage.send(stage.admin, 'POST', '/directoryObjects/getByIds', {
        ids: [inner, boss.id],
        types: ['user'],
      });
      expect(some.body.value).toMatchObject([{ id: boss.id }]);
      expect((await get(`/directoryObjects/${outer}`)).body).toMatchObject({ '@odata.type': '#microsoft.graph.group' });
      expect(
        (await get('/groups?$filter=isAssignableToRole eq false&$orderby=displayName&$select=displayName&$count=true'))
          .body.value,
      ).toMatchObject([{ displayName: 'inner' }, { displayName: 'outer' }]);
    });

    it('hides the directory from applications without a permission', async () => {
      const app = {
        kind: 'app',
        id: newId(),
        appId: newId(),
        displayName: 'App',
        permissions: ['Group.Read.All'],
      } as const;
      expect((await stage.send(app, 'GET', '/users')).status).toBe(401);
      await stage.runtime.as(system, (tx) =>
        tx.record({
          type: 'app.registered',
          subject: app.id,
          correlation: newId(),
          targets: [{ id: app.id, type: 'ServicePrincipal', displayName: 'App' }],
          data: { appId: app.appId },
        }),
      );
      expect(await stage.send(app, 'GET', '/users')).toMatchObject({
        status: 403,
        body: { error: { code: 'Authorization_RequestDenied' } },
      });
      expect((await stage.send(app, 'GET', '/groups')).body.value).not.toEqual([]);
      expectContract('servicePrincipal', (await get('/servicePrincipals')).body);
      expect((await get(`/servicePrincipals(appId='${app.appId}')`)).body).toMatchObject({
        id: app.id,
        accountEnabled: true,
      });
    });
  });
});
