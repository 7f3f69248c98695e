import type { AccessCase, Fixtures } from './fixtures.ts';

const roles = '/roleManagement/entitlementManagement';
const catalogReader = '44272f93-9762-48e8-af59-1b5351b1d6b3';
const catalogCreator = 'ba92d953-d8e0-4e39-a797-0cbedb0a89e8';

const governance = '/identityGovernance/entitlementManagement';

/** Roles of entitlement management, who gives them, and connected organizations with the sponsors of these and of users. */
export async function delegationCases(kit: Fixtures): Promise<AccessCase[]> {
  const { made, next, user } = kit;
  const role = () => ({
    displayName: next('role'),
    rolePermissions: [
      { allowedResourceActions: ['microsoft.entitlementManagement/AccessPackageCatalog/allEntities/Read'] },
    ],
  });
  const at = (path: string) => `${roles}/${path}`;
  // A catalog has no more than ten holders of a role: each case gets one of its own.
  const inCatalog = async () => {
    const body = { displayName: next('delegated') };
    const id = await made(`${governance}/catalogs`, body);
    return { principalId: await user(), roleDefinitionId: catalogReader, appScopeId: `/AccessPackageCatalog/${id}` };
  };
  return [
    ...connectedCases(kit),
    {
      operation: `POST ${at('roleAssignments')}`,
      about: 'in a catalog',
      rows: ['entitlementRole.assign'],
      prepare: async () => ({ path: at('roleAssignments'), body: await inCatalog() }),
    },
    {
      operation: `POST ${at('roleAssignments')}`,
      about: 'beyond catalogs',
      rows: ['entitlementRole.assignTenantWide'],
      prepare: async () => ({
        path: at('roleAssignments'),
        body: { principalId: await user(), roleDefinitionId: catalogCreator, appScopeId: '/' },
      }),
    },
    {
      operation: `PATCH ${at('roleAssignments/{id}')}`,
      rows: ['entitlementRole.assign'],
      async prepare() {
        const body = await inCatalog();
        return { path: at(`roleAssignments/${await made(at('roleAssignments'), body)}`), body };
      },
    },
    {
      operation: `DELETE ${at('roleAssignments/{id}')}`,
      rows: ['entitlementRole.assign'],
      prepare: async () => ({ path: at(`roleAssignments/${await made(at('roleAssignments'), await inCatalog())}`) }),
    },
    {
      operation: `POST ${at('roleDefinitions')}`,
      rows: ['entitlementRole.define'],
      prepare: async () => ({ path: at('roleDefinitions'), body: role() }),
    },
    {
      operation: `PATCH ${at('roleDefinitions/{id}')}`,
      rows: ['entitlementRole.define'],
      prepare: async () => ({
        path: at(`roleDefinitions/${await made(at('roleDefinitions'), role())}`),
        body: { description: 'Changed' },
      }),
    },
    {
      operation: `DELETE ${at('roleDefinitions/{id}')}`,
      rows: ['entitlementRole.define'],
      prepare: async () => ({ path: at(`roleDefinitions/${await made(at('roleDefinitions'), role())}`) }),
    },
  ];
}

function connectedCases({ made, next, user, reference, good, admin }: Fixtures): AccessCase[] {
  const organizations = `${governance}/connectedOrganizations`;
  const organization = () => ({
    displayName: next('organization'),
    identitySources: [
      { '@odata.type': '#microsoft.graph.domainIdentitySource', domainName: `${next('domain')}.example` },
    ],
  });
  const connected = () => made(organizations, organization());
  const sponsored = async (path: string) => {
    const sponsor = await user();
    good(await admin.post(`${path}/$ref`, reference(sponsor)));
    return { path: `${path}/${sponsor}/$ref` };
  };
  const guest = async () => {
    const id = await user();
    good(await admin.patch(`/users/${id}`, { userType: 'Guest' }));
    return id;
  };
  const governed = { subjectLifecycle: 'governed' };
  const rows = ['connectedOrganization.manage'] as const;
  return [
    {
      operation: `POST ${organizations}`,
      rows,
      prepare: async () => ({ path: organizations, body: organization() }),
    },
    {
      operation: `PATCH ${organizations}/{id}`,
      rows,
      prepare: async () => ({ path: `${organizations}/${await connected()}`, body: { description: 'Changed' } }),
    },
    {
      operation: `DELETE ${organizations}/{id}`,
      rows,
      prepare: async () => ({ path: `${organizations}/${await connected()}` }),
    },
    ...(['internalSponsors', 'externalSponsors'] as const).flatMap((side): AccessCase[] => [
      {
        operation: `POST ${organizations}/{id}/${side}/$ref`,
        rows,
        prepare: async () => ({
          path: `${organizations}/${await connected()}/${side}/$ref`,
          body: reference(await user()),
        }),
      },
      {
        operation: `DELETE ${organizations}/{id}/${side}/{directoryObject-id}/$ref`,
        rows,
        prepare: async () => sponsored(`${organizations}/${await connected()}/${side}`),
      },
    ]),
    {
      operation: `PATCH ${governance}/subjects`,
      rows: ['subject.govern'],
      prepare: async () => ({ path: `${governance}/subjects(objectId='${await guest()}')`, body: governed }),
    },
    {
      operation: `PATCH ${governance}/subjects/{id}`,
      rows: ['subject.govern'],
      prepare: async () => ({ path: `${governance}/subjects/${await guest()}`, body: governed }),
    },
    {
      operation: 'POST /users/{user-id}/sponsors/$ref',
      rows: ['user.update'],
      prepare: async () => ({ path: `/users/${await user()}/sponsors/$ref`, body: reference(await user()) }),
    },
    {
      operation: 'DELETE /users/{user-id}/sponsors/{directoryObject-id}/$ref',
      rows: ['user.update'],
      prepare: async () => sponsored(`/users/${await user()}/sponsors`),
    },
  ];
}
