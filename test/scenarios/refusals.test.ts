import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectContract } from '../contract/expect.ts';
import { type Actor, type Answer, openPlay, type Play } from './play.ts';

const root = '/identityGovernance/entitlementManagement';
const nowhere = '00000000-0000-4000-8000-000000000000';

describe('refusals that no other test produces', () => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  let catalog: string;
  let packageId: string;
  let groupId: string;

  beforeAll(async () => {
    play = await openPlay('embedded');
    [admin, requestor] = await Promise.all([play.as('admin'), play.as('requestor')]);
    catalog = await only(`${root}/catalogs?$select=id`);
    packageId = await only(`${root}/accessPackages?$select=id`);
    const resource = await admin.get(`${root}/catalogs/${catalog}/resources`);
    groupId = String(resource.body['value']?.[0]?.['originId']);
  });
  afterAll(() => play?.close());

  async function only(path: string): Promise<string> {
    return String((await admin.get(path)).body['value']?.[0]?.['id']);
  }

  async function made(path: string, body: object): Promise<string> {
    const answer = await admin.post(path, body);
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  }

  function refused(answer: Answer, status: number, code: string): void {
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expectContract('oDataError', answer.body);
  }

  const group = (mailNickname: string, more: object = {}) =>
    made('/groups', { displayName: mailNickname, mailEnabled: false, mailNickname, securityEnabled: true, ...more });
  const resourceRequest = (requestType: string, resource: object, id = catalog) =>
    admin.post(`${root}/resourceRequests`, { requestType, resource, catalog: { id } });
  const roleScope = (of: string, origin: string, role = 'Member') =>
    admin.post(`${root}/accessPackages/${of}/resourceRoleScopes`, {
      role: { originId: `${role}_${origin}`, originSystem: 'AadGroup' },
      scope: { originId: origin, originSystem: 'AadGroup' },
    });
  const newPolicy = (of: string, changes: object = {}) => ({
    displayName: 'Direct',
    accessPackage: { id: of },
    allowedTargetScope: 'allMemberUsers',
    expiration: { type: 'afterDuration', duration: 'PT8H' },
    ...changes,
  });
  const ask = (who: Actor, assignment: object, requestType = 'userAdd') =>
    who.post(`${root}/assignmentRequests`, { requestType, assignment, justification: 'Needed' });

  test('of what Graph has and this server has not, by its name', async () => {
    const reviews = '/identityGovernance/accessReviews/definitions';
    for (const answer of [await admin.get(reviews), await admin.post(reviews, {}), await admin.get('/users/delta()')]) {
      refused(answer, 501, 'NotImplemented');
    }
    refused(await admin.delete('/auditLogs/directoryAudits/1'), 501, 'NotImplemented');
    refused(await admin.get('/unheardOf'), 400, 'BadRequest');
  });

  test('of a callback that no request waits for', async () => {
    const own = await made(`${root}/accessPackages`, { displayName: 'Never waits', catalog: { id: catalog } });
    await made(`${root}/assignmentPolicies`, newPolicy(own));
    const assignment = { targetId: play.idOf('ciso'), accessPackageId: own };
    const { body } = await ask(admin, assignment, 'adminAdd');
    const resumed = await admin.post(`${root}/assignmentRequests/${body['id']}/resume`, { source: 'Elsewhere' });
    refused(resumed, 400, 'RequestNotAwaitingCallback');
  });

  test('of catalogs and their resources', async () => {
    refused(await admin.delete(`${root}/catalogs/${catalog}`), 400, 'CatalogBuiltIn');
    const own = await made(`${root}/catalogs`, { displayName: 'Own' });
    const inside = await made(`${root}/accessPackages`, { displayName: 'Inside', catalog: { id: own } });
    refused(await admin.delete(`${root}/catalogs/${own}`), 400, 'CatalogNotEmpty');
    refused(await roleScope(inside, groupId), 400, 'ResourceNotInCatalog');
    const move = admin.patch(`${root}/accessPackages/${inside}`, { catalog: { id: catalog } });
    refused(await move, 400, 'PropertyNotChangeable');

    const origin = { originId: groupId, originSystem: 'AadGroup' };
    refused(await resourceRequest('adminAdd', origin), 400, 'ResourceAlreadyInCatalog');
    refused(await resourceRequest('adminRemove', origin), 400, 'ResourceInUse');
    refused(await resourceRequest('userAdd', origin), 400, 'RequestTypeNotSupported');
    const site = { originId: 'https://contoso.sharepoint.com/sites/Plans', originSystem: 'SharePointOnline' };
    refused(await resourceRequest('adminAdd', site, own), 501, 'NotImplemented');
    const nameless = { originId: 'the-admins', originSystem: 'AadGroup' };
    refused(await resourceRequest('adminAdd', nameless, own), 400, 'ResourceOriginNotFound');
    refused(await resourceRequest('adminRemove', nameless), 404, 'ResourceNotFound');
    const mailbox = { originId: groupId, originSystem: 'Mailbox' };
    refused(await resourceRequest('adminAdd', mailbox, own), 400, 'OriginSystemNotSupported');
    refused(await roleScope(packageId, groupId), 400, 'RoleAlreadyInPackage');
    refused(await roleScope(packageId, groupId, 'Visitor'), 400, 'ResourceRoleNotFound');

    const settings = { durationUntilExternalUserDeletedAfterBlocked: 'a month' };
    refused(await admin.patch(`${root}/settings`, settings), 400, 'DurationNotValid');
  });

  test('§1.22 pain 32: of packages in use, and of assignments', async () => {
    const plain = await group('plain');
    expect((await resourceRequest('adminAdd', { originId: plain, originSystem: 'AadGroup' })).status).toBe(201);
    const given = await made(`${root}/accessPackages`, { displayName: 'Given', catalog: { id: catalog } });
    expect((await roleScope(given, plain)).status).toBe(201);
    const policy = await made(
      `${root}/assignmentPolicies`,
      newPolicy(given, { requestorSettings: { enableTargetsToSelfAddAccess: true } }),
    );
    refused(await ask(requestor, { accessPackageId: given, targetId: admin.id }), 403, 'RequestForOthersNotAllowed');
    refused(await ask(requestor, { accessPackageId: given }, 'systemAdd'), 400, 'RequestTypeNotSupported');
    expect((await ask(requestor, { accessPackageId: given })).status).toBe(201);
    refused(await admin.delete(`${root}/accessPackages/${given}`), 400, 'AccessPackageInUse');
    refused(await admin.delete(`${root}/assignmentPolicies/${policy}`), 400, 'PolicyInUse');

    const id = await only(`${root}/assignments?$filter=accessPackage/id eq '${given}'&$select=id`);
    refused(await ask(requestor, { id }, 'userRemove'), 403, 'SelfRemovalNotAllowed');
    expect((await ask(admin, { id }, 'adminRemove')).status).toBe(201);
    refused(await ask(admin, { id }, 'adminRemove'), 400, 'AssignmentEnded');
  });

  test('of decisions', async () => {
    const stage = `${root}/accessPackageAssignmentApprovals/${nowhere}/stages/${nowhere}`;
    refused(await admin.patch(stage, { reviewResult: 'Perhaps' }), 400, 'ReviewResultNotValid');
  });

  test('of what is not there at the second door', async () => {
    const requests = '/roleManagement/directory/roleAssignmentScheduleRequests';
    refused(await admin.post(`${requests}/${nowhere}/cancel`), 404, 'RoleAssignmentRequestNotFound');
    const policies = '/policies/roleManagementPolicies';
    refused(await admin.get(`${policies}/DirectoryRole_${nowhere}_${nowhere}`), 404, 'RoleManagementPolicyNotFound');
    const assignment = `/policies/roleManagementPolicyAssignments/Group_${nowhere}_${nowhere}_member`;
    refused(await admin.get(assignment), 404, 'RoleManagementPolicyAssignmentNotFound');
    const scope = "scopeId eq '/' and scopeType eq 'DirectoryRole'";
    const some = await admin.get(`/policies/roleManagementPolicyAssignments?$filter=${scope}&$top=1`);
    const rule = `${policies}/${some.body['value']?.[0]?.['policyId']}/rules/None_At_All`;
    const change = { '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule', enabledRules: [] };
    refused(await admin.patch(rule, change), 404, 'RoleManagementPolicyRuleNotFound');
  });

  test('of the transport', async () => {
    refused(await admin.put('/groups', {}), 405, 'MethodNotAllowed');
    const batch = await admin.post('/$batch', {
      requests: [
        { id: '1', method: 'GET', url: `/users/${nowhere}` },
        { id: '2', method: 'GET', url: '/users', dependsOn: ['1'] },
      ],
    });
    expect(batch.body['responses']?.[1]).toMatchObject({
      status: 424,
      body: { error: { code: 'FailedDependency' } },
    });
    const elsewhere = await fetch(`${play.url}/elsewhere`);
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([404, { error: { code: 'NotFound' } }]);
  });

  test('of the rehearsal', async () => {
    const token = async (user: string) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${play.url}/rehearsal/token`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ user }),
      });
      return [answer.status, await answer.json()];
    };
    expect(await token('nobody@sallyport.example')).toMatchObject([400, { error: { code: 'UserNotFound' } }]);
    expect((await admin.patch(`/users/${play.idOf('helpdesk')}`, { accountEnabled: false })).status).toBe(204);
    expect(await token('helpdesk@sallyport.example')).toMatchObject([400, { error: { code: 'AccountDisabled' } }]);
  });
});
