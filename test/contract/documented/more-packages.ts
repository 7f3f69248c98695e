import { em, type Pair, rows } from './pairs.ts';

/** What else is asked about packages and catalogs, while they are there. */
export const aroundPackages: readonly Pair[] = [
  {
    page: 'accesspackage-list-incompatibleaccesspackages',
    example: 'where they are',
    first: async ({ as, ids }) => {
      const admin = await as('admin');
      const at = `${em}/accessPackages/${ids.get('package')}`;
      const [other, group] = [`${em}/accessPackages/${ids.get('other')}`, `/groups/${ids.get('group')}`];
      await admin.post(`${at}/incompatibleAccessPackages/$ref`, {
        '@odata.id': `https://graph.microsoft.com/v1.0${other}`,
      });
      await admin.post(`${at}/incompatibleGroups/$ref`, { '@odata.id': `https://graph.microsoft.com/v1.0${group}` });
    },
    path: `${em}/accessPackages/{package}/incompatibleAccessPackages/$ref`,
    status: 200,
    names: rows('@odata.id'),
  },
  {
    page: 'accesspackage-list-incompatibleaccesspackages',
    example: 'how many',
    path: `${em}/accessPackages/{package}/incompatibleAccessPackages/$count`,
    status: 200,
  },
  {
    page: 'accesspackage-list-incompatiblegroups',
    example: 'where they are',
    path: `${em}/accessPackages/{package}/incompatibleGroups/$ref`,
    status: 200,
    names: rows('@odata.id'),
  },
  {
    page: 'accesspackage-list-incompatiblegroups',
    example: 'how many',
    path: `${em}/accessPackages/{package}/incompatibleGroups/$count`,
    status: 200,
  },
  {
    page: 'accesspackage-list-accesspackagesincompatiblewith',
    example: 'which packages it excludes',
    path: `${em}/accessPackages/{other}/accessPackagesIncompatibleWith`,
    status: 200,
    names: rows('id', 'displayName', 'description', 'isHidden', 'createdDateTime'),
  },
  {
    page: 'accesspackage-list-resourcerolescopes',
    example: 'all of them',
    path: `${em}/accessPackages/{package}/resourceRoleScopes?$expand=role,scope`,
    status: 200,
    names: rows('id', 'createdDateTime', 'role/id', 'role/displayName', 'scope/id', 'scope/isRootScope'),
  },
  {
    page: 'accesspackage-list-resourcerolescopes',
    example: 'one of them',
    path: `${em}/accessPackages/{package}/resourceRoleScopes/{gives}`,
    status: 200,
    has: { id: '{gives}' },
  },
  {
    page: 'accesspackage-get',
    example: 'its policies',
    path: `${em}/accessPackages/{package}/assignmentPolicies`,
    status: 200,
    names: rows(
      'id',
      'displayName',
      'allowedTargetScope',
      'expiration',
      'requestorSettings',
      'requestApprovalSettings',
    ),
  },
  {
    page: 'accesspackagecatalog-get',
    example: 'its packages',
    path: `${em}/catalogs/{catalog}/accessPackages`,
    status: 200,
    names: rows('id', 'displayName', 'description', 'isHidden'),
  },
  {
    page: 'entitlementmanagement-list-resourcerequests',
    example: 'one of them',
    first: async ({ as, ids }) => {
      const { body } = await (await as('admin')).get(`${em}/resourceRequests?$top=1`);
      ids.set('resource-request', String(body['value']?.[0]?.['id']));
    },
    path: `${em}/resourceRequests/{resource-request}`,
    status: 200,
    names: ['id', 'requestType', 'state', 'createdDateTime'],
  },
  {
    page: 'approval-get',
    example: 'all approvals of requests',
    path: `${em}/accessPackageAssignmentApprovals`,
    status: 200,
    names: rows('id'),
  },
  {
    page: 'accesspackageassignment-additionalaccess',
    example: 'whose own',
    path: `${em}/assignments/additionalAccess()`,
    status: 200,
    names: ['value'],
  },
  {
    page: 'entitlementmanagement-delete-catalogs',
    example: 'a catalog that is empty',
    method: 'DELETE',
    first: async ({ as, ids }) => {
      const made = await (await as('admin')).post(`${em}/catalogs`, { displayName: 'Empty', description: 'Nothing' });
      ids.set('empty', String(made.body['id']));
      const at = `${em}/accessPackages/${ids.get('package')}`;
      await (await as('admin')).delete(`${at}/incompatibleAccessPackages/${ids.get('other')}/$ref`);
      await (await as('admin')).delete(`${at}/incompatibleGroups/${ids.get('group')}/$ref`);
    },
    path: `${em}/catalogs/{empty}`,
    status: 204,
  },
];

const roles = '/roleManagement/entitlementManagement';

/** A delivery that failed, because the group was gone, and is tried once more. */
export const triedAgain: readonly Pair[] = [
  {
    page: 'accesspackageassignmentrequest-reprocess',
    example: 'a request that could not be delivered',
    method: 'POST',
    first: async ({ as, ids }) => {
      const admin = await as('admin');
      const make = async (path: string, body: object) => String((await admin.post(`${em}/${path}`, body)).body['id']);
      const catalog = { id: ids.get('catalog') };
      const id = await make('accessPackages', { displayName: 'Of a group', description: 'That goes', catalog });
      const resource = { id: ids.get('resource'), originId: ids.get('group'), originSystem: 'AadGroup' };
      const role = { id: ids.get('role'), originId: `Member_${ids.get('group')}`, originSystem: 'AadGroup', resource };
      const scope = { id: ids.get('scope'), originId: ids.get('group'), originSystem: 'AadGroup', isRootScope: true };
      await make(`accessPackages/${id}/resourceRoleScopes`, { role, scope });
      const direct = {
        displayName: 'Direct',
        allowedTargetScope: 'notSpecified',
        expiration: { type: 'noExpiration' },
      };
      const assignmentPolicyId = await make('assignmentPolicies', { ...direct, accessPackage: { id } });
      await admin.delete(`/groups/${ids.get('group')}`);
      const assignment = { targetId: ids.get('it-manager'), assignmentPolicyId, accessPackageId: id };
      ids.set('failed', await make('assignmentRequests', { requestType: 'adminAdd', assignment }));
    },
    path: `${em}/assignmentRequests/{failed}/reprocess`,
    status: 202,
  },
];

/** Roles of entitlement management. */
export const aroundDelegations: readonly Pair[] = [
  {
    page: 'rbacapplication-list-roledefinitions',
    example: 'all roles',
    path: `${roles}/roleDefinitions`,
    status: 200,
    names: rows(
      'id',
      'displayName',
      'description',
      'isBuiltIn',
      'isEnabled',
      'templateId',
      'version',
      'rolePermissions',
    ),
  },
  {
    page: 'rbacapplication-list-roledefinitions',
    example: 'how many',
    path: `${roles}/roleDefinitions/$count`,
    status: 200,
  },
  {
    page: 'unifiedroledefinition-get',
    example: 'a role of catalogs',
    path: `${roles}/roleDefinitions/ae79f266-94d4-4dab-b730-feca7e132178`,
    status: 200,
    has: { id: 'ae79f266-94d4-4dab-b730-feca7e132178', displayName: 'Catalog owner', isBuiltIn: true },
  },
  {
    page: 'rbacapplication-post-roledefinitions',
    example: 'a role of one’s own for catalogs',
    method: 'POST',
    path: `${roles}/roleDefinitions`,
    body: {
      displayName: 'Looks after catalogs',
      description: 'Reads what is in a catalog',
      isEnabled: true,
      rolePermissions: [
        { allowedResourceActions: ['microsoft.entitlementManagement/AccessPackageCatalog/allEntities/Read'] },
      ],
    },
    status: 201,
    names: ['id', 'displayName', 'isBuiltIn', 'isEnabled', 'rolePermissions'],
    keep: { 'own-role': 'id' },
  },
  {
    page: 'unifiedroledefinition-update',
    example: 'a role of one’s own for catalogs',
    method: 'PATCH',
    path: `${roles}/roleDefinitions/{own-role}`,
    body: { description: 'Reads catalogs' },
    status: 204,
  },
  {
    page: 'unifiedroledefinition-delete',
    example: 'a role of one’s own for catalogs',
    method: 'DELETE',
    path: `${roles}/roleDefinitions/{own-role}`,
    status: 204,
  },
  {
    page: 'rbacapplication-list-roleassignments',
    example: 'how many',
    path: `${roles}/roleAssignments/$count`,
    status: 200,
  },
  {
    page: 'rbacapplication-list-roleassignments',
    example: 'one of them',
    path: `${roles}/roleAssignments/{delegation}`,
    status: 200,
    names: ['id', 'principalId', 'roleDefinitionId', 'appScopeId'],
  },
  {
    page: 'rbacapplication-post-roleassignments',
    example: 'the same, sent once more as a change',
    method: 'PATCH',
    path: `${roles}/roleAssignments/{delegation}`,
    body: {
      principalId: '{ciso}',
      roleDefinitionId: 'ae79f266-94d4-4dab-b730-feca7e132178',
      appScopeId: '/AccessPackageCatalog/{catalog}',
    },
    status: 204,
  },
];
