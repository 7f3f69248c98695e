import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const definitions = '/roleManagement/directory/roleDefinitions';
const schedules = '/roleManagement/directory/roleEligibilityScheduleRequests';
const action = 'microsoft.directory/applications/basic/update';

describe.each(databaseKinds)('custom directory roles on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    requestor = await play.as('requestor');
  });
  afterAll(() => play?.close());

  const body = (displayName: string, changes: object = {}) => ({
    displayName,
    description: 'Looks after applications',
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: [action] }],
    ...changes,
  });
  async function made(displayName: string): Promise<string> {
    const answer = await admin.post(definitions, body(displayName));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return String(answer.body['id']);
  }
  const eligible = (roleDefinitionId: string, principalId = requestor.id) =>
    admin.post(schedules, {
      action: 'adminAssign',
      principalId,
      roleDefinitionId,
      directoryScopeId: '/',
      justification: 'A test',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P30D' } },
    });
  const code = (answer: { body: { [name: string]: { [name: string]: unknown } } }) =>
    String(answer.body['error']?.['code']);

  test('are made, read, changed and deleted, each with its event', async () => {
    const id = await made('Application Support');
    const url = `${definitions}/${id}`;
    expect((await admin.get(url)).body).toMatchObject({
      displayName: 'Application Support',
      isBuiltIn: false,
      isEnabled: true,
      templateId: id,
      rolePermissions: [{ allowedResourceActions: [action] }],
    });
    const change = { description: null, rolePermissions: [{ allowedResourceActions: [action, action] }] };
    expect((await admin.patch(url, change)).status).toBe(204);
    expect((await admin.get(url)).body).toMatchObject({ rolePermissions: [{ allowedResourceActions: [action] }] });
    expect((await admin.delete(url)).status).toBe(204);
    expect((await admin.get(url)).status).toBe(404);
    const { body: audits } = await admin.get(
      `/auditLogs/directoryAudits?$filter=targetResources/any(t: t/id eq '${id}')&$orderby=activityDateTime`,
    );
    const names = (audits['value'] as unknown as readonly { activityDisplayName: string; result: string }[]).map(
      (one) => `${one.activityDisplayName}: ${one.result}`,
    );
    expect(names).toEqual([
      'Add role definition: success',
      'Update role definition: success',
      'Delete role definition: success',
    ]);
  });

  test('go through the second door like any role, with a policy of their own', async () => {
    const id = await made('Application Watch');
    const filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${id}'`;
    const policies = await admin.get(`/policies/roleManagementPolicyAssignments?$filter=${filter}`);
    expect(policies.body['value']).toHaveLength(1);
    expect((await eligible(id)).status).toBe(201);
    const activation = await requestor.post('/roleManagement/directory/roleAssignmentScheduleRequests', {
      action: 'selfActivate',
      principalId: requestor.id,
      roleDefinitionId: id,
      directoryScopeId: '/',
      justification: 'CHG0042',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    });
    expect(activation).toMatchObject({ status: 201, body: { status: 'Provisioned' } });
    const access = await admin.get(`/sallyport/effectiveAccess?principalId=${requestor.id}`);
    expect(JSON.stringify(access.body)).toContain('Application Watch');
    expect(code(await admin.delete(`${definitions}/${id}`))).toBe('RoleDefinitionInUse');
  });

  test('are taken for privileged, and are no directoryRole of the older collection', async () => {
    const id = await made('Application Guard');
    expect((await eligible(id)).status).toBe(201);
    expect((await admin.get(`/beta${definitions}/${id}?$select=isPrivileged`)).body).toMatchObject({
      isPrivileged: true,
    });
    expect((await admin.get(`/directoryRoles(roleTemplateId='${id}')`)).status).toBe(404);
  });

  test('that are not enabled are kept by who has them, and given to nobody', async () => {
    const id = await made('Application Pause');
    expect((await eligible(id)).status).toBe(201);
    expect((await admin.patch(`${definitions}/${id}`, { isEnabled: false })).status).toBe(204);
    expect(code(await eligible(id, play.idOf('colleague')))).toBe('RoleNotEnabled');
    const held = await admin.get(
      `/roleManagement/directory/roleEligibilitySchedules?$filter=principalId eq '${requestor.id}' and roleDefinitionId eq '${id}'`,
    );
    expect(held.body['value']).toHaveLength(1);
  });

  test('pain 42: are not widened by who has them', async () => {
    const id = await made('Application Care');
    const other = await play.as('identity-lead');
    const given = await admin.post('/roleManagement/directory/roleAssignments', {
      roleDefinitionId: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
      principalId: other.id,
      directoryScopeId: '/',
    });
    expect(given.status).toBe(201);
    expect((await eligible(id, other.id)).status).toBe(201);
    const wider = { rolePermissions: [{ allowedResourceActions: [action, 'microsoft.directory/users/create'] }] };
    expect(code(await other.patch(`${definitions}/${id}`, wider))).toBe('SelfGrantNotAllowed');
    expect((await other.patch(`${definitions}/${id}`, { description: 'Better words' })).status).toBe(204);
    expect((await admin.patch(`${definitions}/${id}`, wider)).status).toBe(204);
  });

  test('leave the built-in roles as they are, and cannot pass for them', async () => {
    const builtIn = `${definitions}/62e90394-69f5-4237-9190-012177145e10`;
    expect(code(await admin.patch(builtIn, { displayName: 'Mine' }))).toBe('RoleDefinitionBuiltIn');
    expect(code(await admin.delete(builtIn))).toBe('RoleDefinitionBuiltIn');
    expect(code(await admin.post(definitions, body('GLOBAL administrator')))).toBe('RoleDefinitionNameTaken');
    const templateId = '62E90394-69f5-4237-9190-012177145e10';
    expect(code(await admin.post(definitions, body('Mine', { templateId })))).toBe('RoleTemplateTaken');
    expect(code(await admin.post(definitions, body('Mine', { templateId: 'x' })))).toBe('Request_BadRequest');
    const nothing = { rolePermissions: [{ allowedResourceActions: [] }] };
    expect(code(await admin.post(definitions, body('Mine', nothing)))).toBe('ResourceActionsNotValid');
    expect((await admin.post(definitions, { displayName: 'Mine' })).status).toBe(400);
  });
});
