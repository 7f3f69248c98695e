import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Delegated, delegated } from './delegated.ts';
import { type Answer, openPlay, type Play } from './play.ts';

const organizations = '/identityGovernance/entitlementManagement/connectedOrganizations';
const domain = (domainName: string) => ({ '@odata.type': '#microsoft.graph.domainIdentitySource', domainName });
const code = ({ body }: Answer) => String(body?.['error']?.['code'] ?? '');
const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });
const ids = ({ body }: Answer) => (body['value'] as unknown as { id: string }[]).map(({ id }) => id);

describe.each(databaseKinds)('connected organizations on %s', (kind) => {
  let play: Play;
  let stage: Delegated;
  beforeAll(async () => {
    play = await openPlay(kind);
    stage = await delegated(play);
  });
  afterAll(() => play?.close());

  test('are created, changed and deleted as documented, each with its event', async () => {
    const { admin } = stage;
    const body = {
      displayName: 'Contoso',
      description: 'Partner',
      identitySources: [{ ...domain('contoso.example'), displayName: 'contoso.example' }],
      state: 'proposed',
    };
    const made = await admin.post(organizations, body);
    expect([made.status, made.body['state'], made.body['identitySources']?.[0]]).toEqual([
      201,
      'proposed',
      body.identitySources[0],
    ]);
    const one = `${organizations}/${made.body['id']}`;
    const changed = await admin.patch(one, { displayName: 'Contoso Ltd.', state: 'configured' });
    expect([changed.status, changed.body['displayName'], changed.body['state']]).toEqual([
      202,
      'Contoso Ltd.',
      'configured',
    ]);
    expect(ids(await admin.get(`${organizations}?$filter=displayName eq 'Contoso Ltd.'`))).toEqual([made.body['id']]);
    expect(Number((await admin.get(`${organizations}/$count`)).body)).toBe(1);
    expect((await admin.delete(one)).status).toBe(204);
    expect((await admin.get(one)).status).toBe(404);
    const { body: trail } = await admin.get(
      `/auditLogs/directoryAudits?$filter=targetResources/any(t: t/id eq '${made.body['id']}')&$orderby=activityDateTime`,
    );
    expect(
      (trail['value'] as unknown as { activityDisplayName: string }[]).map((e) => e.activityDisplayName).sort(),
    ).toEqual(['Create connected organization', 'Delete connected organization', 'Update connected organization']);
  });

  test('have sources that are theirs alone', async () => {
    const { admin } = stage;
    const post = async (...identitySources: object[]) =>
      code(await admin.post(organizations, { displayName: 'Sources', identitySources }));
    expect(await post(domain('not a domain'))).toBe('IdentitySourceNotValid');
    expect(await post(domain('twice.example'), domain('TWICE.example'))).toBe('IdentitySourceNotValid');
    expect(await post(domain('first.example'))).toBe('');
    expect(await post(domain('First.Example'))).toBe('IdentitySourceInUse');
    const tenant = { '@odata.type': '#microsoft.graph.azureActiveDirectoryTenant', tenantId: crypto.randomUUID() };
    expect(
      await post(tenant, {
        '@odata.type': '#microsoft.graph.socialIdentitySource',
        socialIdentitySourceType: 'facebook',
      }),
    ).toBe('');
    expect(code(await admin.post(organizations, { description: 'Nameless' }))).toBe('PropertyRequired');
  });

  test('have sponsors of ours and of theirs', async () => {
    const { admin } = stage;
    const made = await admin.post(organizations, { displayName: 'Sponsored' });
    for (const side of ['internalSponsors', 'externalSponsors']) {
      const path = `${organizations}/${made.body['id']}/${side}`;
      const sponsor = await stage.hire(`sponsor-${side.toLowerCase()}`);
      expect((await admin.post(`${path}/$ref`, reference(sponsor.id))).status).toBe(204);
      expect(code(await admin.post(`${path}/$ref`, reference(sponsor.id)))).toBe('SponsorExists');
      expect(code(await admin.post(`${path}/$ref`, reference(crypto.randomUUID())))).toBe('SubjectNotFound');
      expect(ids(await admin.get(path))).toEqual([sponsor.id]);
      const { body } = await admin.get(`${organizations}/${made.body['id']}?$expand=${side}`);
      expect(body[side]?.[0]?.['id']).toBe(sponsor.id);
      expect((await admin.delete(`${path}/${sponsor.id}/$ref`)).status).toBe(204);
      expect((await admin.delete(`${path}/${sponsor.id}/$ref`)).status).toBe(404);
      expect(ids(await admin.get(path))).toEqual([]);
    }
  });

  test('are seen by who works with them, and managed by who was given the role', async () => {
    const { admin, owner } = stage;
    const outsider = await stage.hire('knows-nobody');
    const made = await admin.post(organizations, { displayName: 'Seen', identitySources: [domain('seen.example')] });
    const one = `${organizations}/${made.body['id']}`;
    expect((await owner.get(one)).status).toBe(200);
    expect((await owner.patch(one, { description: 'No' })).status).toBe(403);
    expect((await outsider.get(one)).status).toBe(404);
    expect(ids(await outsider.get(organizations))).toEqual([]);
    const administrator = await stage.hire('connects');
    const role = {
      principalId: administrator.id,
      roleDefinitionId: 'e65cf63f-9cc2-4b48-8871-cb667e9d90fb',
      appScopeId: '/',
    };
    expect((await administrator.patch(one, { description: 'No' })).status).toBe(403);
    expect((await admin.post('/roleManagement/entitlementManagement/roleAssignments', role)).status).toBe(201);
    expect((await administrator.patch(one, { description: 'Mine' })).status).toBe(202);
    expect(
      (await administrator.post('/identityGovernance/entitlementManagement/catalogs', { displayName: 'No' })).status,
    ).toBe(403);
  });

  test('are where guests come from, by the domain of their mail', async () => {
    const { admin } = stage;
    const made = await admin.post(organizations, { displayName: 'Home', identitySources: [domain('home.example')] });
    const subjects = '/identityGovernance/entitlementManagement/subjects';
    const organizationOf = async (name: string, attributes: object) => {
      const person = await stage.hire(name, attributes);
      const request = {
        requestType: 'adminAdd',
        assignment: {
          targetId: person.id,
          accessPackageId: stage.ours.packageId,
          assignmentPolicyId: stage.ours.policyId,
        },
      };
      expect((await admin.post('/identityGovernance/entitlementManagement/assignmentRequests', request)).status).toBe(
        201,
      );
      const { body } = await admin.get(`${subjects}(objectId='${person.id}')?$expand=connectedOrganization`);
      return body['connectedOrganization']?.['id'] ?? null;
    };
    expect(await organizationOf('by-mail', { userType: 'Guest', mail: 'lee@HOME.example' })).toBe(made.body['id']);
    expect(await organizationOf('member', { mail: 'max@home.example' })).toBe(null);
    expect(await organizationOf('elsewhere', { userType: 'Guest', mail: 'lee@away.home.example' })).toBe(null);
    expect(await organizationOf('lee_home.example#EXT#', { userType: 'Guest', mailNickname: 'lee' })).toBe(
      made.body['id'],
    );
  });
});

describe.each(databaseKinds)('sponsors of users on %s', (kind) => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());

  test('are users and groups, named once, never oneself', async () => {
    const admin = await play.as('admin');
    const [user, sponsor] = [play.idOf('requestor'), play.idOf('colleague')];
    const path = `/users/${user}/sponsors`;
    expect((await admin.post(`${path}/$ref`, reference(sponsor))).status).toBe(204);
    expect(code(await admin.post(`${path}/$ref`, reference(sponsor)))).toBe('Request_BadRequest');
    expect(code(await admin.post(`${path}/$ref`, reference(user)))).toBe('Request_BadRequest');
    expect(code(await admin.post(`${path}/$ref`, reference(crypto.randomUUID())))).toBe('Request_ResourceNotFound');
    expect(ids(await admin.get(path))).toEqual([sponsor]);
    const { body } = await admin.get(`/users/${user}?$select=id&$expand=sponsors($select=id)`);
    expect(body['sponsors']?.[0]?.['id']).toBe(sponsor);
    expect((await (await play.as('requestor')).delete(`${path}/${sponsor}/$ref`)).status).toBe(403);
    expect((await admin.delete(`${path}/${sponsor}/$ref`)).status).toBe(204);
    expect(ids(await admin.get(path))).toEqual([]);
    expect((await admin.delete(`${path}/${sponsor}/$ref`)).status).toBe(404);
  });
});
