import { roleIds } from '../../../src/access/index.ts';
import { askForPackage, openStage } from '../doors.ts';
import type { AccessCase, Fixtures } from './fixtures.ts';

const governance = '/identityGovernance/entitlementManagement';

/** The first door. */
export async function governanceCases(kit: Fixtures): Promise<AccessCase[]> {
  const { play, admin, next, made, user, group, first, good, reference } = kit;
  const requestor = await play.as('requestor');
  const seeded = String((await first(`${governance}/accessPackages`))?.['id']);
  const named = (what: string) => ({ displayName: next(what) });
  const catalog = () => made(`${governance}/catalogs`, named('catalog'));
  /** Each in a catalog of its own: none becomes full. */
  const packageAlone = async () => {
    const catalogId = await catalog();
    const id = await made(`${governance}/accessPackages`, { ...named('package'), catalog: { id: catalogId } });
    return { id, catalogId };
  };
  const accessPackage = async () => (await packageAlone()).id;
  const policy = (id: string) => ({
    ...named('policy'),
    accessPackage: { id },
    allowedTargetScope: 'allMemberUsers',
    expiration: { type: 'afterDuration', duration: 'PT8H' },
  });
  const resource = async (origin: { originId: string; originSystem: string }, catalogId?: string) => ({
    requestType: 'adminAdd',
    resource: origin,
    catalog: { id: catalogId ?? (await catalog()) },
  });
  const aGroup = async (isRa: boolean) => resource({ originId: await group(isRa), originSystem: 'AadGroup' });
  const roleScope = async (catalogId: string) => {
    const originId = await group();
    const origin = { originId, originSystem: 'AadGroup' };
    good(await admin.post(`${governance}/resourceRequests`, await resource(origin, catalogId)));
    return {
      role: { originId: `Member_${originId}`, originSystem: 'AadGroup' },
      scope: { originId, originSystem: 'AadGroup' },
    };
  };
  const packageReference = (id: string) => ({
    '@odata.id': `https://graph.microsoft.com/v1.0${governance}/accessPackages/${id}`,
  });
  const direct = await accessPackage();
  const directPolicy = await made(`${governance}/assignmentPolicies`, policy(direct));
  let pending: string | null = null;
  /** A request of the requestor that waits: one at a time. */
  const waiting = async () => {
    const state =
      pending === null ? 'canceled' : (await admin.get(`${governance}/assignmentRequests/${pending}`)).body['state'];
    if (String(state) !== 'pendingApproval') pending = String(good(await askForPackage(play, requestor)).body['id']);
    return pending ?? '';
  };
  const ended = async () => {
    const id = await waiting();
    good(await admin.post(`${governance}/assignmentRequests/${id}/cancel`));
    return id;
  };
  const at = (path: string) => `${governance}/${path}`;
  const give = async (accessPackageId: string, assignmentPolicyId: string) =>
    made(at('assignmentRequests'), {
      requestType: 'adminAdd',
      assignment: { targetId: await user(), accessPackageId, assignmentPolicyId },
    });
  /** An assignment, given by an administrator. */
  const given = async () => {
    const { body } = await admin.get(
      `${at('assignmentRequests')}/${await give(direct, directPolicy)}?$expand=assignment`,
    );
    return String(body['assignment']?.['id']);
  };
  /** A request that could not be delivered: the group that the package gives has been deleted. */
  const failed = async () => {
    const { id, catalogId } = await packageAlone();
    const { role, scope } = await roleScope(catalogId);
    const policyId = await made(at('assignmentPolicies'), policy(id));
    good(await admin.post(at(`accessPackages/${id}/resourceRoleScopes`), { role, scope }));
    good(await admin.delete(`/groups/${scope.originId}`));
    return give(id, policyId);
  };
  return [
    {
      operation: `POST ${at('catalogs')}`,
      rows: ['catalog.create'],
      prepare: async () => ({ path: at('catalogs'), body: named('catalog') }),
    },
    {
      operation: `PATCH ${at('catalogs/{id}')}`,
      rows: ['catalog.update'],
      prepare: async () => ({ path: at(`catalogs/${await catalog()}`), body: { description: 'Changed' } }),
    },
    {
      operation: `DELETE ${at('catalogs/{id}')}`,
      rows: ['catalog.delete'],
      prepare: async () => ({ path: at(`catalogs/${await catalog()}`) }),
    },
    {
      operation: `POST ${at('resourceRequests')}`,
      about: 'a group',
      rows: ['catalog.addResource', 'group.manageMembers'],
      prepare: async () => ({ path: at('resourceRequests'), body: await aGroup(false) }),
    },
    {
      operation: `POST ${at('resourceRequests')}`,
      about: 'a role-assignable group',
      rows: ['catalog.addResource', 'group.manageMembersRoleAssignable'],
      prepare: async () => ({ path: at('resourceRequests'), body: await aGroup(true) }),
    },
    {
      operation: `POST ${at('resourceRequests')}`,
      about: 'a role',
      rows: ['catalog.addResource', 'roleAssignment.manage'],
      prepare: async () => ({
        path: at('resourceRequests'),
        body: await resource({ originId: roleIds.globalReader, originSystem: 'DirectoryRole' }),
      }),
    },
    {
      operation: `PATCH ${at('settings')}`,
      rows: ['entitlementSettings.update'],
      prepare: async () => ({ path: at('settings'), body: { durationUntilExternalUserDeletedAfterBlocked: 'P30D' } }),
    },
    {
      operation: `POST ${at('accessPackages')}`,
      rows: ['accessPackage.create'],
      prepare: async () => ({
        path: at('accessPackages'),
        body: { ...named('package'), catalog: { id: await catalog() } },
      }),
    },
    {
      operation: `PATCH ${at('accessPackages/{id}')}`,
      rows: ['accessPackage.update'],
      prepare: async () => ({ path: at(`accessPackages/${await accessPackage()}`), body: { description: 'Changed' } }),
    },
    {
      operation: `DELETE ${at('accessPackages/{id}')}`,
      rows: ['accessPackage.delete'],
      prepare: async () => ({ path: at(`accessPackages/${await accessPackage()}`) }),
    },
    {
      operation: `POST ${at('accessPackages/{id}/resourceRoleScopes')}`,
      rows: ['accessPackage.update'],
      async prepare() {
        const { id, catalogId } = await packageAlone();
        return { path: at(`accessPackages/${id}/resourceRoleScopes`), body: await roleScope(catalogId) };
      },
    },
    {
      operation: `DELETE ${at('accessPackages/{id}/resourceRoleScopes/{scope-id}')}`,
      rows: ['accessPackage.update'],
      async prepare() {
        const { id, catalogId } = await packageAlone();
        const scopes = at(`accessPackages/${id}/resourceRoleScopes`);
        return { path: `${scopes}/${await made(scopes, await roleScope(catalogId))}` };
      },
    },
    {
      operation: `POST ${at('accessPackages/{id}/incompatibleAccessPackages/$ref')}`,
      rows: ['accessPackage.update'],
      prepare: async () => ({
        path: at(`accessPackages/${await accessPackage()}/incompatibleAccessPackages/$ref`),
        body: packageReference(direct),
      }),
    },
    {
      operation: `DELETE ${at('accessPackages/{id}/incompatibleAccessPackages/{accessPackage-id1}/$ref')}`,
      rows: ['accessPackage.update'],
      async prepare() {
        const excluding = at(`accessPackages/${await accessPackage()}/incompatibleAccessPackages`);
        good(await admin.post(`${excluding}/$ref`, packageReference(direct)));
        return { path: `${excluding}/${direct}/$ref` };
      },
    },
    {
      operation: `POST ${at('accessPackages/{id}/incompatibleGroups/$ref')}`,
      rows: ['accessPackage.update'],
      prepare: async () => ({
        path: at(`accessPackages/${await accessPackage()}/incompatibleGroups/$ref`),
        body: reference(await group()),
      }),
    },
    {
      operation: `DELETE ${at('accessPackages/{id}/incompatibleGroups/{group-id}/$ref')}`,
      rows: ['accessPackage.update'],
      async prepare() {
        const excluding = at(`accessPackages/${await accessPackage()}/incompatibleGroups`);
        const groupId = await group();
        good(await admin.post(`${excluding}/$ref`, reference(groupId)));
        return { path: `${excluding}/${groupId}/$ref` };
      },
    },
    {
      operation: `POST ${at('accessPackages/{id}/getApplicablePolicyRequirements')}`,
      rows: 'people',
      prepare: async () => ({ path: at(`accessPackages/${seeded}/getApplicablePolicyRequirements`) }),
    },
    {
      operation: `POST ${at('assignmentPolicies')}`,
      rows: ['assignmentPolicy.manage'],
      prepare: async () => ({ path: at('assignmentPolicies'), body: policy(await accessPackage()) }),
    },
    {
      operation: `POST ${at('assignmentPolicies')}`,
      about: 'an automatic one',
      rows: ['assignmentPolicy.manage', 'assignmentPolicy.manageAutomatic'],
      prepare: async () => ({
        path: at('assignmentPolicies'),
        body: {
          ...named('policy'),
          accessPackage: { id: await accessPackage() },
          allowedTargetScope: 'specificDirectoryUsers',
          specificAllowedTargets: [
            { '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule: 'user.department -eq "Nobody"' },
          ],
          automaticRequestSettings: { requestAccessForAllowedTargets: true },
        },
      }),
    },
    {
      operation: `POST ${at('accessPackages/{id}/assignmentPolicies')}`,
      rows: ['assignmentPolicy.manage'],
      async prepare() {
        const id = await accessPackage();
        return { path: at(`accessPackages/${id}/assignmentPolicies`), body: policy(id) };
      },
    },
    {
      operation: `PUT ${at('assignmentPolicies/{id}')}`,
      rows: ['assignmentPolicy.manage'],
      async prepare() {
        const body = policy(await accessPackage());
        return { path: at(`assignmentPolicies/${await made(at('assignmentPolicies'), body)}`), body };
      },
    },
    {
      operation: `DELETE ${at('assignmentPolicies/{id}')}`,
      rows: ['assignmentPolicy.manage'],
      prepare: async () => ({
        path: at(`assignmentPolicies/${await made(at('assignmentPolicies'), policy(await accessPackage()))}`),
      }),
    },
    {
      operation: `POST ${at('assignmentRequests')}`,
      about: 'for somebody, as an administrator',
      rows: ['assignmentRequest.submitAsAdministrator'],
      prepare: async () => ({
        path: at('assignmentRequests'),
        body: {
          requestType: 'adminAdd',
          assignment: { targetId: await user(), accessPackageId: direct, assignmentPolicyId: directPolicy },
        },
      }),
    },
    {
      operation: `POST ${at('assignmentRequests')}`,
      about: 'for somebody, as a person',
      rows: 'nobody',
      prepare: async () => ({
        path: at('assignmentRequests'),
        body: { requestType: 'userAdd', assignment: { targetId: await user(), accessPackageId: direct } },
      }),
    },
    {
      operation: `PATCH ${at('assignmentRequests/{id}')}`,
      about: 'answers, as approvers put them right',
      rows: 'nobody',
      prepare: async () => ({ path: at(`assignmentRequests/${await waiting()}`), body: { answers: [] } }),
    },
    {
      operation: `POST ${at('assignmentRequests/{id}/cancel')}`,
      rows: ['assignmentRequest.cancel'],
      prepare: async () => ({ path: at(`assignmentRequests/${await waiting()}/cancel`) }),
    },
    {
      operation: `POST ${at('assignmentRequests/{id}/reprocess')}`,
      rows: ['assignmentRequest.submitAsAdministrator'],
      prepare: async () => ({ path: at(`assignmentRequests/${await failed()}/reprocess`) }),
    },
    {
      operation: `POST ${at('assignmentRequests/{id}/resume')}`,
      rows: ['assignmentRequest.submitAsAdministrator'],
      answers: 400,
      prepare: async () => ({ path: at(`assignmentRequests/${await ended()}/resume`), body: { source: 'Test' } }),
    },
    {
      operation: `POST ${at('assignments/{id}/reprocess')}`,
      rows: ['assignmentRequest.submitAsAdministrator'],
      prepare: async () => ({ path: at(`assignments/${await given()}/reprocess`) }),
    },
    {
      operation: `DELETE ${at('assignmentRequests/{id}')}`,
      rows: ['assignmentRequest.delete'],
      prepare: async () => ({ path: at(`assignmentRequests/${await ended()}`) }),
    },
    {
      operation: `PATCH ${at('accessPackageAssignmentApprovals/{id}/stages/{stage-id}')}`,
      rows: 'nobody',
      async prepare() {
        const id = await waiting();
        const stage = (await openStage(await play.as('manager'), id))?.['id'];
        return {
          path: at(`accessPackageAssignmentApprovals/${id}/stages/${stage}`),
          body: { reviewResult: 'Approve', justification: 'Yes' },
        };
      },
    },
  ];
}
