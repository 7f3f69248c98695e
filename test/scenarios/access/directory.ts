import { type AccessCase, assignment, type Fixtures, someRole } from './fixtures.ts';

/** Users, groups and what they have in common. */
export async function directoryCases(kit: Fixtures): Promise<AccessCase[]> {
  const { admin, userBody, groupBody, user, group, reference, deleted, good, next, made } = kit;
  const [person, plain] = [await user(), await group()];
  const service = String((await kit.first('/servicePrincipals'))?.['id']);
  const places = (of: 'members' | 'owners', isRa: boolean): AccessCase[] => {
    const about = isRa ? 'a role-assignable group' : 'a group';
    const plainRow = of === 'members' ? 'group.manageMembers' : 'group.manageOwners';
    const rows = [isRa ? 'group.manageMembersRoleAssignable' : plainRow] as const;
    return [
      {
        operation: `POST /groups/{group-id}/${of}/$ref`,
        about,
        rows,
        prepare: async () => ({ path: `/groups/${await group(isRa)}/${of}/$ref`, body: reference(await user()) }),
      },
      {
        operation: `DELETE /groups/{group-id}/${of}/{directoryObject-id}/$ref`,
        about,
        rows,
        async prepare() {
          const [id, one, other] = [await group(isRa), await user(), await user()];
          for (const each of [one, other]) good(await admin.post(`/groups/${id}/${of}/$ref`, reference(each)));
          return { path: `/groups/${id}/${of}/${one}/$ref` };
        },
      },
    ];
  };
  const groups = (isRa: boolean): AccessCase[] => {
    const about = isRa ? 'a role-assignable group' : 'a group';
    const rows = (what: 'create' | 'update' | 'delete') =>
      [isRa ? (`group.${what}RoleAssignable` as const) : (`group.${what}` as const)] as const;
    const gone = async () => {
      const id = await group(isRa);
      await deleted(`/groups/${id}`);
      return id;
    };
    return [
      {
        operation: 'POST /groups',
        about,
        rows: rows('create'),
        prepare: async () => ({ path: '/groups', body: groupBody(isRa) }),
      },
      {
        operation: 'PATCH /groups/{group-id}',
        about,
        rows: rows('update'),
        prepare: async () => ({ path: `/groups/${await group(isRa)}`, body: { description: 'Changed' } }),
      },
      {
        operation: 'DELETE /groups/{group-id}',
        about,
        rows: rows('delete'),
        prepare: async () => ({ path: `/groups/${await group(isRa)}` }),
      },
      {
        operation: 'DELETE /directoryObjects/{directoryObject-id}',
        about,
        rows: rows('delete'),
        prepare: async () => ({ path: `/directoryObjects/${await group(isRa)}` }),
      },
      {
        operation: 'POST /directory/deletedItems/{directoryObject-id}/restore',
        about,
        rows: rows('delete'),
        prepare: async () => ({ path: `/directory/deletedItems/${await gone()}/restore` }),
      },
      {
        operation: 'DELETE /directory/deletedItems/{directoryObject-id}',
        about,
        rows: rows('delete'),
        prepare: async () => ({ path: `/directory/deletedItems/${await gone()}` }),
      },
    ];
  };
  const goneUser = async () => {
    const id = await user();
    await deleted(`/users/${id}`);
    return id;
  };
  const protectedUser = async () => {
    const id = await user();
    good(await admin.post(`/roleManagement/directory/roleAssignments`, assignment(someRole, id)));
    return id;
  };
  const memberships: AccessCase[] = (
    [
      ['/users/{user-id}', person],
      ['/groups/{group-id}', plain],
      ['/directoryObjects/{directoryObject-id}', person],
      ['/servicePrincipals/{servicePrincipal-id}', service],
    ] as const
  ).flatMap(([template, id]) =>
    Object.entries({
      checkMemberGroups: { groupIds: [plain] },
      checkMemberObjects: { ids: [plain] },
      getMemberGroups: { securityEnabledOnly: false },
      getMemberObjects: { securityEnabledOnly: false },
    }).map(([action, body]) => ({
      operation: `POST ${template}/${action}`,
      rows: ['directory.read' as const],
      prepare: async () => ({ path: `${template.replace(/\{.*\}/, id)}/${action}`, body }),
    })),
  );
  const spare = (await admin.get(`/directoryRoleTemplates`)).body['value'] as unknown as { id: string }[];
  const isPrivileged = 'an account that holds a role';
  const roleDefinitions = '/roleManagement/directory/roleDefinitions';
  const customRole = () => ({
    displayName: next('role'),
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: ['microsoft.directory/applications/basic/update'] }],
  });
  return [
    {
      operation: `POST ${roleDefinitions}`,
      rows: ['roleDefinition.manage'],
      prepare: async () => ({ path: roleDefinitions, body: customRole() }),
    },
    {
      operation: `PATCH ${roleDefinitions}/{id}`,
      rows: ['roleDefinition.manage'],
      prepare: async () => ({
        path: `${roleDefinitions}/${await made(roleDefinitions, customRole())}`,
        body: { isEnabled: false },
      }),
    },
    {
      operation: `DELETE ${roleDefinitions}/{id}`,
      rows: ['roleDefinition.manage'],
      prepare: async () => ({ path: `${roleDefinitions}/${await made(roleDefinitions, customRole())}` }),
    },
    { operation: 'POST /users', rows: ['user.create'], prepare: async () => ({ path: '/users', body: userBody() }) },
    {
      operation: 'PATCH /users/{user-id}',
      rows: ['user.update'],
      prepare: async () => ({ path: `/users/${person}`, body: { jobTitle: 'Clerk' } }),
    },
    {
      operation: 'PATCH /users/{user-id}',
      about: isPrivileged,
      rows: ['user.update', 'user.updatePrivileged'],
      prepare: async () => ({ path: `/users/${await protectedUser()}`, body: { accountEnabled: false } }),
    },
    {
      operation: 'DELETE /users/{user-id}',
      rows: ['user.delete'],
      prepare: async () => ({ path: `/users/${await user()}` }),
    },
    {
      operation: 'DELETE /users/{user-id}',
      about: isPrivileged,
      rows: ['user.delete', 'user.deletePrivileged'],
      prepare: async () => ({ path: `/users/${await protectedUser()}` }),
    },
    {
      operation: 'PUT /users/{user-id}/manager/$ref',
      rows: ['user.update'],
      prepare: async () => ({ path: `/users/${await user()}/manager/$ref`, body: reference(person) }),
    },
    {
      operation: 'DELETE /users/{user-id}/manager/$ref',
      rows: ['user.update'],
      async prepare() {
        const path = `/users/${await user()}/manager/$ref`;
        good(await admin.put(path, reference(person)));
        return { path };
      },
    },
    ...groups(false),
    ...groups(true),
    ...places('members', false),
    ...places('members', true),
    ...places('owners', false),
    ...places('owners', true),
    {
      operation: 'POST /groups/{group-id}/evaluateDynamicMembership',
      rows: ['group.read', 'user.read'],
      prepare: async () => ({ path: `/beta/groups/${plain}/evaluateDynamicMembership`, body: { memberId: person } }),
    },
    {
      operation: 'POST /groups/evaluateDynamicMembership',
      rows: ['user.read'],
      prepare: async () => ({
        path: '/beta/groups/evaluateDynamicMembership',
        body: { memberId: person, membershipRule: 'user.city -eq "Oslo"' },
      }),
    },
    ...memberships,
    {
      operation: 'POST /directoryObjects/getByIds',
      rows: 'all',
      prepare: async () => ({ path: '/directoryObjects/getByIds', body: { ids: [person] } }),
    },
    {
      operation: 'POST /directory/deletedItems/{directoryObject-id}/restore',
      about: 'a user',
      rows: ['user.delete'],
      prepare: async () => ({ path: `/directory/deletedItems/${await goneUser()}/restore` }),
    },
    {
      operation: 'POST /directoryObjects/{directoryObject-id}/restore',
      rows: ['user.delete'],
      prepare: async () => ({ path: `/directoryObjects/${await goneUser()}/restore` }),
    },
    {
      operation: 'DELETE /directory/deletedItems/{directoryObject-id}',
      about: 'a user',
      rows: ['user.delete'],
      prepare: async () => ({ path: `/directory/deletedItems/${await goneUser()}` }),
    },
    {
      operation: 'DELETE /directoryObjects/{directoryObject-id}',
      about: 'a user',
      rows: ['user.delete'],
      prepare: async () => ({ path: `/directoryObjects/${await user()}` }),
    },
    {
      operation: 'POST /directoryRoles',
      rows: ['roleAssignment.manage'],
      prepare: async () => ({ path: '/directoryRoles', body: { roleTemplateId: spare.pop()?.id } }),
    },
  ];
}
