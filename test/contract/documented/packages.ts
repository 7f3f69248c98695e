import { em, type Pair, rows } from './pairs.ts';

/** Access packages, what they give and what excludes them. */
export const packages: readonly Pair[] = [
  {
    page: 'entitlementmanagement-post-accesspackages',
    example: 'a package',
    method: 'POST',
    path: `${em}/accessPackages`,
    body: { displayName: 'sales reps', description: 'outside sales representatives', isHidden: false, catalog: { id: '{catalog}' } },
    status: 201,
    names: ['id', 'createdDateTime', 'modifiedDateTime'],
    has: { displayName: 'sales reps', description: 'outside sales representatives', isHidden: false },
    keep: { package: 'id' },
  },
  {
    page: 'accesspackage-post-resourcerolescopes',
    example: 'membership of a group',
    method: 'POST',
    path: `${em}/accessPackages/{package}/resourceRoleScopes`,
    body: {
      role: {
        id: '{role}',
        displayName: 'Member',
        originSystem: 'AadGroup',
        originId: 'Member_{group}',
        resource: {
          id: '{resource}',
          displayName: 'example group',
          description: 'a group whose members are to be assigned via an access package',
          originId: '{group}',
          originSystem: 'AadGroup',
        },
      },
      scope: { id: '{scope}', displayName: 'Root', description: 'Root Scope', originId: '{group}', originSystem: 'AadGroup', isRootScope: true },
    },
    status: 201,
    names: ['createdDateTime'],
    has: { id: '{role}_{scope}' },
  },
  {
    page: 'accesspackage-list-resourcerolescopes',
    example: 'with role and scope',
    path: `${em}/accessPackages/{package}?$expand=resourceRoleScopes($expand=role,scope)`,
    status: 200,
    names: ['id', 'displayName', 'description', 'isHidden', 'resourceRoleScopes/id', 'resourceRoleScopes/createdDateTime',
      'resourceRoleScopes/role/id', 'resourceRoleScopes/role/originId', 'resourceRoleScopes/scope/description', 'resourceRoleScopes/scope/isRootScope'],
  },
  {
    page: 'accesspackage-update',
    example: 'a new name',
    method: 'PATCH',
    path: `${em}/accessPackages/{package}`,
    body: { displayName: 'Access Package New Name' },
    status: 204,
  },
  {
    page: 'accesspackage-get',
    example: 'a package',
    path: `${em}/accessPackages/{package}`,
    status: 200,
    names: ['id', 'displayName', 'description', 'isHidden', 'createdDateTime', 'modifiedDateTime'],
    has: { displayName: 'Access Package New Name' },
  },
  {
    page: 'entitlementmanagement-list-accesspackages',
    example: 'all packages',
    path: `${em}/accessPackages`,
    status: 200,
    names: rows('id', 'displayName', 'description', 'isHidden', 'createdDateTime', 'modifiedDateTime'),
  },
  {
    page: 'accesspackage-post-incompatibleaccesspackage',
    example: 'a package that excludes it',
    method: 'POST',
    first: async ({ as, ids }) => {
      const made = await (await as('admin')).post(`${em}/accessPackages`, { displayName: 'Other', description: 'x', catalog: { id: ids.get('catalog') } });
      ids.set('other', String(made.body['id']));
    },
    path: `${em}/accessPackages/{package}/incompatibleAccessPackages/$ref`,
    body: { '@odata.id': `https://graph.microsoft.com/v1.0${em}/accessPackages/{other}` },
    status: 204,
  },
  {
    page: 'accesspackage-list-incompatibleaccesspackages',
    example: 'what excludes it',
    path: `${em}/accessPackages/{package}/incompatibleAccessPackages`,
    status: 200,
    names: rows('id', 'displayName', 'description', 'isHidden', 'createdDateTime'),
    has: { value: [{ id: '{other}' }] },
  },
  {
    page: 'accesspackage-delete-incompatibleaccesspackage',
    example: 'no longer',
    method: 'DELETE',
    path: `${em}/accessPackages/{package}/incompatibleAccessPackages/{other}/$ref`,
    status: 204,
  },
  {
    page: 'accesspackage-post-incompatiblegroup',
    example: 'a group that excludes it',
    method: 'POST',
    path: `${em}/accessPackages/{package}/incompatibleGroups/$ref`,
    body: { '@odata.id': 'https://graph.microsoft.com/v1.0/groups/{group}' },
    status: 204,
  },
  {
    page: 'accesspackage-list-incompatiblegroups',
    example: 'which groups exclude it',
    path: `${em}/accessPackages/{package}/incompatibleGroups`,
    status: 200,
    names: rows('id', 'displayName', 'description'),
    has: { value: [{ id: '{group}' }] },
  },
  {
    page: 'accesspackage-delete-incompatiblegroup',
    example: 'no longer',
    method: 'DELETE',
    path: `${em}/accessPackages/{package}/incompatibleGroups/{group}/$ref`,
    status: 204,
  },
];

