import { em, type Pair, rows, type Scene } from './pairs.ts';

const sites = { originId: 'https://sallyport.example/sites/Example', originSystem: 'SharePointOnline' };

async function madeCatalog({ as, ids }: Scene): Promise<void> {
  const admin = await as('admin');
  const catalog = await admin.post(`${em}/catalogs`, { displayName: 'Marketing', description: 'For those who sell' });
  ids.set('shelf', String(catalog.body['id']));
  for (const name of ['club', 'guild']) {
    const group = await admin.post('/groups', {
      displayName: name,
      mailEnabled: false,
      mailNickname: name,
      securityEnabled: true,
    });
    ids.set(name, String(group.body['id']));
  }
}

/** What else the pages show of resources: other kinds, taking them out, where they live. */
export const moreResources: readonly Pair[] = [
  {
    page: 'entitlementmanagement-post-resourcerequests',
    example: 'an application, which is known and not there',
    first: madeCatalog,
    method: 'POST',
    path: `${em}/resourceRequests`,
    body: {
      requestType: 'adminAdd',
      resource: { originId: 'a2000000-0000-4000-8000-000000000001', originSystem: 'AadApplication' },
      catalog: { id: '{shelf}' },
    },
    status: 501,
    has: { error: { code: 'NotImplemented', target: 'resource/originSystem' } },
  },
  {
    page: 'entitlementmanagement-post-resourcerequests',
    example: 'a site, which is known and not there',
    method: 'POST',
    path: `${em}/resourceRequests`,
    body: { requestType: 'adminAdd', resource: sites, catalog: { id: '{shelf}' } },
    status: 501,
    has: { error: { code: 'NotImplemented', target: 'resource/originSystem' } },
  },
  {
    page: 'entitlementmanagement-post-resourcerequests',
    example: 'attributes for an application, which are known and not there',
    method: 'POST',
    path: `${em}/resourceRequests`,
    body: {
      requestType: 'adminUpdate',
      resource: {
        originId: 'a2000000-0000-4000-8000-000000000001',
        originSystem: 'AadApplication',
        attributes: [
          {
            name: 'officeLocation',
            destination: { '@odata.type': 'microsoft.graph.accessPackageUserDirectoryAttributeStore' },
            source: {
              '@odata.type': '#microsoft.graph.accessPackageResourceAttributeQuestion',
              question: {
                '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
                sequence: 1,
                isRequired: true,
                text: 'Where do you work?',
              },
            },
          },
        ],
      },
      catalog: { id: '{shelf}' },
    },
    status: 501,
    has: { error: { code: 'NotImplemented', target: 'requestType' } },
  },
  ...['club', 'guild'].map(
    (name): Pair => ({
      page: 'entitlementmanagement-post-resourcerequests',
      example: `a group, the ${name}`,
      method: 'POST',
      path: `${em}/resourceRequests`,
      body: {
        requestType: 'adminAdd',
        resource: { displayName: name, originId: `{${name}}`, originSystem: 'AadGroup' },
        catalog: { id: '{shelf}' },
      },
      status: 201,
      names: ['id', 'createdDateTime'],
      has: { requestType: 'adminAdd', state: 'delivered' },
    }),
  ),
  {
    page: 'entitlementmanagement-list-resourcerequests',
    example: 'of one catalog',
    path: `${em}/resourceRequests?$filter=catalog/id eq '{shelf}'&$expand=catalog,resource&$select=id,requestType,state`,
    status: 200,
    names: rows('id', 'requestType', 'state', 'catalog/id', 'resource/id'),
    has: { value: [{ catalog: { id: '{shelf}' } }, { catalog: { id: '{shelf}' } }] },
  },
  {
    page: 'accesspackagecatalog-list-resources',
    example: 'with scopes and environments',
    path: `${em}/catalogs/{shelf}/resources?$expand=scopes,environment&$filter=originId eq '{guild}'`,
    status: 200,
    names: rows('id', 'originId', 'scopes/id'),
    has: { value: [{ originId: '{guild}', environment: null }] },
    keep: { 'guild-resource': 'value/id' },
  },
  {
    page: 'entitlementmanagement-list-accesspackageresourceenvironments',
    example: 'environments, of which there are none without sites',
    path: `${em}/resourceEnvironments`,
    status: 200,
    has: { value: [] },
  },
  {
    page: 'entitlementmanagement-post-resourcerequests',
    example: 'a resource taken out',
    method: 'POST',
    path: `${em}/resourceRequests`,
    body: { requestType: 'adminRemove', resource: { id: '{guild-resource}' }, catalog: { id: '{shelf}' } },
    status: 201,
    names: ['id'],
    has: { requestType: 'adminRemove', state: 'delivered' },
  },
  {
    page: 'accesspackagecatalog-list-resources',
    example: 'the roles and scopes of one by its origin',
    path: `${em}/catalogs/{shelf}/resources?$expand=roles,scopes&$filter=originId eq '{club}'`,
    status: 200,
    names: rows('id', 'roles/id', 'scopes/id'),
    keep: { 'club-resource': 'value/id', 'club-scope': 'value/scopes/id' },
  },
  {
    page: 'entitlementmanagement-post-accesspackages',
    example: 'a package, its catalog by its address',
    method: 'POST',
    path: `${em}/accessPackages`,
    body: {
      displayName: 'Marketing people',
      description: 'Those who sell',
      'catalog@odata.bind': `https://graph.microsoft.com/v1.0${em}/catalogs/{shelf}`,
    },
    status: 201,
    names: ['id', 'createdDateTime', 'modifiedDateTime'],
    has: { displayName: 'Marketing people', isHidden: false },
    keep: { bundle: 'id' },
  },
  {
    page: 'accesspackage-post-resourcerolescopes',
    example: 'a role of a site, which is known and not there',
    method: 'POST',
    path: `${em}/accessPackages/{bundle}/resourceRoleScopes`,
    body: {
      role: {
        displayName: 'Contributors',
        originSystem: 'SharePointOnline',
        originId: '4',
        resource: { id: '{club-resource}' },
      },
      scope: { displayName: 'Root', description: 'Root Scope', isRootScope: true, ...sites },
    },
    status: 501,
    has: { error: { code: 'NotImplemented', target: 'role/originSystem' } },
  },
  {
    page: 'accesspackage-post-resourcerolescopes',
    example: 'a role in a subscription, which is known and not there',
    method: 'POST',
    path: `${em}/accessPackages/{bundle}/resourceRoleScopes`,
    body: {
      role: {
        originId: '/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/2',
        displayName: 'Reader',
        description: 'Reads',
        originSystem: 'AzureResources',
        type: 'active',
        resource: {
          id: '{club-resource}',
          displayName: 'Dev',
          description: 'Dev',
          resourceType: 'Subscription',
          originId: '/subscriptions/1',
          originSystem: 'AzureResources',
        },
      },
      scope: {
        displayName: 'Root',
        description: 'Root',
        isRootScope: true,
        originId: '/subscriptions/1',
        originSystem: 'AzureResources',
      },
    },
    status: 501,
    has: { error: { code: 'NotImplemented', target: 'role/originSystem' } },
  },
  {
    page: 'accesspackage-post-resourcerolescopes',
    example: 'a role by its origin alone',
    method: 'POST',
    path: `${em}/accessPackages/{bundle}/resourceRoleScopes`,
    body: {
      role: {
        displayName: 'Member',
        description: null,
        originSystem: 'AadGroup',
        originId: 'Member_{club}',
        resource: { id: '{club-resource}' },
      },
      scope: {
        displayName: 'Root',
        description: 'Root Scope',
        originId: '{club}',
        originSystem: 'AadGroup',
        isRootScope: true,
      },
    },
    status: 201,
    names: ['id', 'createdDateTime'],
  },
  {
    page: 'entitlementmanagement-list-accesspackages',
    example: 'by a part of the name',
    path: `${em}/accessPackages?$filter=contains(tolower(displayName),'people')`,
    status: 200,
    has: { value: [{ id: '{bundle}' }] },
  },
  {
    page: 'entitlementmanagement-list-catalogs',
    example: 'by a part of the name, with their packages',
    path: `${em}/catalogs?$filter=contains(tolower(displayName),'marketing')&$expand=accessPackages`,
    status: 200,
    has: { value: [{ id: '{shelf}', accessPackages: [{ id: '{bundle}' }] }] },
  },
  {
    page: 'rbacapplication-list-roleassignments',
    example: 'on one catalog, with who has them',
    path: `/roleManagement/entitlementManagement/roleAssignments?$filter=appScopeId eq '/AccessPackageCatalog/{shelf}'&$expand=principal`,
    status: 200,
    names: rows('id', 'principalId', 'roleDefinitionId', 'appScopeId', 'principal/id'),
    has: { value: [{ principal: { '@odata.type': '#microsoft.graph.user' } }] },
  },
  {
    page: 'rbacapplication-list-roleassignments',
    example: 'of one principal, with blanks as the page writes them',
    path: "/roleManagement/entitlementManagement/roleAssignments?$filter = principalId eq '{admin}'",
    status: 200,
    names: rows('id', 'principalId', 'roleDefinitionId'),
  },
];
