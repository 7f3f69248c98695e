import type { AccessCase, Fixtures } from './fixtures.ts';

const roles = '/roleManagement/entitlementManagement';
const catalogReader = '44272f93-9762-48e8-af59-1b5351b1d6b3';
const catalogCreator = 'ba92d953-d8e0-4e39-a797-0cbedb0a89e8';

/** Roles of entitlement management, and who gives them. */
export async function delegationCases({ made, next, user }: Fixtures): Promise<AccessCase[]> {
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
    const id = await made('/identityGovernance/entitlementManagement/catalogs', body);
    return { principalId: await user(), roleDefinitionId: catalogReader, appScopeId: `/AccessPackageCatalog/${id}` };
  };
  return [
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
