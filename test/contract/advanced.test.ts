import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, eventual, openPlay, type Play } from '../scenarios/play.ts';

/** https://learn.microsoft.com/graph/aad-advanced-queries: what Graph answers of directory objects only as it says there. */

describe('advanced queries of directory objects', () => {
  let play: Play;
  let plain: Actor;
  let patient: Actor;
  beforeAll(async () => {
    play = await openPlay('embedded');
    plain = await play.as('admin');
    patient = plain.with(eventual);
  });
  afterAll(() => play?.close());

  const about = (path: string) => path.replaceAll('{requestor}', play.idOf('requestor'));
  const ask = async (who: Actor, path: string) => {
    const { status, body } = await who.get(about(path));
    return [status, body?.['error']?.['code'] ?? null];
  };
  const unsupported = [400, 'Request_UnsupportedQuery'];

  test.each([
    '/users?$filter=accountEnabled ne true',
    '/users?$filter=not(accountEnabled eq true)',
    "/users?$filter=jobTitle eq 'x' or (city eq 'y' and department ne 'z')",
    "/users?$filter=endswith(userPrincipalName,'@sallyport.example')",
    "/users?$filter=otherMails/any(one:endsWith(one,'x'))",
    '/users?$filter=assignedLicenses/$count eq 0',
    "/users?$filter=companyName eq 'Contoso'",
    "/users?$filter=companyName in ('Contoso')",
    "/users?$filter=startswith(mobilePhone,'25478')",
    "/users?$filter=employeeOrgData/division eq 'x'",
    '/users?$filter=jobTitle eq null',
    '/users?$filter=null eq jobTitle',
    "/users?$filter=startswith(displayName,'a')&$orderby=displayName",
    '/users?$orderby=createdDateTime desc',
    '/users?$orderby=userPrincipalName,surname',
    "/groups?$filter=NOT groupTypes/any(c:c eq 'Unified')",
    '/groups?$filter=owners/$count eq 0',
    "/groups?$filter=startswith(description,'a')",
    '/servicePrincipals?$orderby=displayName',
    '/directoryObjects?$orderby=id',
    '/directory/deletedItems/microsoft.graph.group?$orderby=deletedDateTime asc',
    "/users/{requestor}/memberOf/microsoft.graph.group?$filter=startswith(displayName,'g')",
    '/users/{requestor}/transitiveMemberOf/microsoft.graph.group?$orderby=displayName',
    "/users('requestor@sallyport.example')/directReports?$filter=id eq '{requestor}'",
    '/beta/users?$filter=accountEnabled ne true',
  ])('%s needs the header and $count', async (path) => {
    expect(await ask(plain, path)).toEqual(unsupported);
    expect(await ask(patient, path)).toEqual(unsupported);
    expect(await ask(plain, `${path}&$count=true`)).toEqual(unsupported);
    expect(await ask(patient, `${path}&$count=true`)).toEqual([200, null]);
  });

  test.each(['/users?$search="displayName:req"', '/groups?$search="GRP"&$orderby=displayName'])(
    '%s needs the header',
    async (path) => {
      expect(await ask(plain, path)).toEqual(unsupported);
      expect(await ask(plain, `${path}&$count=true`)).toEqual(unsupported);
      expect(await ask(patient, path)).toEqual([200, null]);
    },
  );

  test.each(['/users/$count', '/groups/$count', '/users/{requestor}/memberOf/$count', '/directoryObjects/$count'])(
    '%s needs the header',
    async (path) => {
      expect(await ask(plain, path)).toEqual([400, 'Request_BadRequest']);
      const counted = await patient.get(about(path));
      expect(counted.status).toBe(200);
      expect(counted.body).toBeGreaterThanOrEqual(0);
    },
  );

  test('/$count with a filter needs no $count=true', async () => {
    expect((await patient.get('/users/$count?$filter=accountEnabled ne false')).body).toBe(play.cast.users.length);
  });

  test('$count=true without the header is ignored', async () => {
    const silent = await plain.get('/users?$count=true&$top=1');
    expect([silent.status, '@odata.count' in silent.body]).toEqual([200, false]);
    expect((await patient.get('/users?$count=true&$top=1')).body['@odata.count']).toBe(play.cast.users.length);
  });

  test('the header is read in any case, and another level is none', async () => {
    const path = '/users/$count';
    expect(await ask(plain.with({ consistencylevel: 'Eventual' }), path)).toEqual([200, null]);
    expect(await ask(plain.with({ ConsistencyLevel: 'session' }), path)).toEqual([400, 'Request_BadRequest']);
  });

  test('a batch names the header in each of its requests', async () => {
    const url = '/users?$filter=accountEnabled ne false&$count=true';
    const requests = [
      { id: 'with', method: 'GET', url, headers: eventual },
      { id: 'without', method: 'GET', url },
    ];
    const { body } = await patient.post('/$batch', { requests });
    const statuses = (body['responses'] as unknown as { id: string; status: number }[]).map(({ id, status }) => [
      id,
      status,
    ]);
    expect(Object.fromEntries(statuses)).toEqual({ with: 200, without: 400 });
  });

  test.each([
    "/users?$filter=startswith(displayName,'r') and accountEnabled eq true",
    "/users?$filter=department in ('IT')",
    '/users?$orderby=displayName desc,userPrincipalName',
    "/groups?$filter=groupTypes/any(c:c eq 'DynamicMembership')",
    '/groups?$orderby=displayName',
    '/users/{requestor}/memberOf/microsoft.graph.group',
    '/users/{requestor}/transitiveMemberOf?$select=id&$top=2',
    "/directoryRoles?$filter=roleTemplateId ne 'x'&$orderby=displayName&$count=true",
    "/roleManagement/directory/roleDefinitions?$filter=displayName ne 'x'&$orderby=displayName",
    '/roleManagement/directory/roleDefinitions/$count',
    '/identityGovernance/entitlementManagement/accessPackages?$search="global"',
    "/identityGovernance/entitlementManagement/catalogs?$filter=not(displayName eq 'x')&$orderby=displayName",
  ])('%s needs nothing', async (path) => {
    expect(await ask(plain, path)).toEqual([200, null]);
  });
});
