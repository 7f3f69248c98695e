import { roleIds } from '../../src/access/index.ts';
import type { Fixtures, Prepared } from './access/fixtures.ts';

/** One request by which somebody could give something to an account of theirs, once what it needs is there. */
export interface WayIn {
  readonly name: string;
  /** Whether a group can stand in a person's place. */
  readonly takesGroups: boolean;
  readonly method: 'post' | 'patch' | 'put';
  /** Makes what the request needs, as somebody else, and gives the request that is about this principal. */
  readonly prepare: (principalId: string) => Promise<Prepared>;
}

const entitlements = '/identityGovernance/entitlementManagement';
const roles = '/roleManagement/directory';
const groups = '/identityGovernance/privilegedAccess/group';
const delegations = '/roleManagement/entitlementManagement';
const approvalRule = 'Approval_EndUser_Assignment';

/** Every way into a privilege that leads past the two doors. */
export function waysIn(kit: Fixtures): WayIn[] {
  const { admin, made, good, group, groupBody, reference, next, first } = kit;
  const schedule = (body: object) => ({
    justification: 'Because',
    scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P30D' } },
    action: 'adminAssign',
    ...body,
  });
  const forRole = (roleDefinitionId: string, principalId: string) =>
    schedule({ roleDefinitionId, directoryScopeId: '/', principalId });
  const forGroup = (groupId: string, accessId: string, principalId: string) =>
    schedule({ groupId, accessId, principalId });
  const users = (name: string, method: WayIn['method'], prepare: WayIn['prepare']): WayIn => ({
    name,
    takesGroups: false,
    method,
    prepare,
  });
  const anybody = (name: string, method: WayIn['method'], prepare: WayIn['prepare']): WayIn => ({
    ...users(name, method, prepare),
    takesGroups: true,
  });
  const joins = (of: () => Promise<string>, as: string) => async (id: string) => ({
    path: `/groups/${await of()}/${as}/$ref`,
    body: reference(id),
  });
  const url = (id: string) => reference(id)['@odata.id'];
  const general = async () =>
    String((await first(`${entitlements}/catalogs?$filter=displayName eq 'General'`))?.['id']);

  async function inCatalog(): Promise<string> {
    const id = await group();
    const catalog = { id: await general() };
    const resource = { originId: id, originSystem: 'AadGroup' };
    good(await admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog }));
    return id;
  }
  async function inPim(): Promise<string> {
    const id = await group();
    const body = forGroup(id, 'member', kit.play.idOf('helpdesk'));
    good(await admin.post(`${groups}/eligibilityScheduleRequests`, body));
    return id;
  }
  /** A group that may come to be a member of a group that can hold roles. */
  async function underRoleGroup(body: object = groupBody(false)): Promise<string> {
    const id = await made('/groups', body);
    good(await admin.post(`${groups}/eligibilityScheduleRequests`, forGroup(await group(true), 'member', id)));
    return id;
  }
  async function packageOf(policy: object): Promise<{ id: string; policyId: string }> {
    const id = await made(`${entitlements}/accessPackages`, {
      displayName: next('package'),
      catalog: { id: await general() },
    });
    const policyId = await made(`${entitlements}/assignmentPolicies`, {
      displayName: next('policy'),
      accessPackage: { id },
      allowedTargetScope: 'allMemberUsers',
      expiration: { type: 'noExpiration' },
      ...policy,
    });
    return { id, policyId };
  }
  async function approving(): Promise<string> {
    const id = await group();
    const members = [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: id }];
    good(await admin.post(`/groups/${id}/members/$ref`, reference(kit.play.idOf('ciso'))));
    good(await admin.post(`/groups/${id}/members/$ref`, reference(kit.play.idOf('it-manager'))));
    const stage = { durationBeforeAutomaticDenial: 'P1D', primaryApprovers: members };
    await packageOf({ requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stage] } });
    return id;
  }
  async function letIn(): Promise<string> {
    const id = await group();
    const specificAllowedTargets = [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: id }];
    await packageOf({ allowedTargetScope: 'specificDirectoryUsers', specificAllowedTargets });
    return id;
  }
  const asked = (assignmentPolicyId: string, accessPackageId: string, targetId: string) => ({
    requestType: 'adminAdd',
    assignment: { targetId, assignmentPolicyId, accessPackageId },
  });
  async function heldPackage(principalId: string): Promise<Prepared> {
    const { id, policyId } = await packageOf({});
    good(await admin.post(`${entitlements}/assignmentRequests`, asked(policyId, id, principalId)));
    const originId = await inCatalog();
    const resource = await first(
      `${entitlements}/catalogs/${await general()}/resources?$filter=originId eq '${originId}'`,
    );
    return {
      path: `${entitlements}/accessPackages/${id}/resourceRoleScopes`,
      body: {
        role: { originSystem: 'AadGroup', originId: `Member_${originId}`, resource: { id: resource?.['id'] } },
        scope: { originSystem: 'AadGroup', originId, isRootScope: true },
      },
    };
  }
  /** A package that somebody has for ten days. */
  async function heldFor(principalId: string): Promise<{ assignmentId: string }> {
    const { id, policyId } = await packageOf({ expiration: { type: 'afterDuration', duration: 'P30D' } });
    const schedule = { expiration: { type: 'afterDuration', duration: 'P10D' } };
    const requestId = await made(`${entitlements}/assignmentRequests`, {
      ...asked(policyId, id, principalId),
      schedule,
    });
    const { body } = await admin.get(`${entitlements}/assignmentRequests/${requestId}?$expand=assignment`);
    return { assignmentId: String(body['assignment']?.['id']) };
  }
  const approvalBy = (userIds: readonly string[], isApprovalRequired: boolean) => ({
    '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
    id: approvalRule,
    setting: {
      isApprovalRequired,
      approvalStages: [
        { primaryApprovers: userIds.map((userId) => ({ '@odata.type': '#microsoft.graph.singleUser', userId })) },
      ],
    },
  });
  /** A group whose members activate with the approval of somebody, and the path of its policy. */
  async function approved(): Promise<{ groupId: string; policy: string }> {
    const groupId = await inPim();
    const of = encodeURIComponent(`scopeId eq '${groupId}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`);
    const found = await first(`/policies/roleManagementPolicyAssignments?$filter=${of}`);
    const policy = `/policies/roleManagementPolicies/${found?.['policyId']}`;
    good(await admin.patch(`${policy}/rules/${approvalRule}`, approvalBy([kit.play.idOf('ciso')], true)));
    return { groupId, policy };
  }
  const dynamicBody = (membershipRule: string) => ({
    ...groupBody(false),
    isAssignableToRole: undefined,
    groupTypes: ['DynamicMembership'],
    membershipRuleProcessingState: 'On',
    membershipRule,
  });

  return [
    anybody('a role assignment', 'post', async (id) => ({
      path: `${roles}/roleAssignments`,
      body: { roleDefinitionId: roleIds.reportsReader, principalId: id, directoryScopeId: '/' },
    })),
    anybody('a role assignment in older words', 'post', async (id) => ({
      path: `/directoryRoles/${roleIds.directoryReaders}/members/$ref`,
      body: reference(id),
    })),
    anybody('an eligibility for a role', 'post', async (id) => ({
      path: `${roles}/roleEligibilityScheduleRequests`,
      body: forRole(roleIds.securityReader, id),
    })),
    anybody('a longer eligibility for a role', 'post', async (id) => {
      const given = forRole(roleIds.securityOperator, id);
      const held = `roleDefinitionId eq '${roleIds.securityOperator}' and principalId eq '${id}'`;
      if ((await first(`${roles}/roleEligibilitySchedules?$filter=${held}`)) === undefined) {
        good(await admin.post(`${roles}/roleEligibilityScheduleRequests`, given));
      }
      const scheduleInfo = { expiration: { type: 'afterDuration', duration: 'P60D' } };
      const body = { ...given, action: 'adminUpdate', scheduleInfo };
      return { path: `${roles}/roleEligibilityScheduleRequests`, body };
    }),
    anybody('an active role under PIM', 'post', async (id) => ({
      path: `${roles}/roleAssignmentScheduleRequests`,
      body: forRole(roleIds.complianceAdministrator, id),
    })),
    anybody('an eligible place in a group', 'post', async (id) => ({
      path: `${groups}/eligibilityScheduleRequests`,
      body: forGroup(await group(), 'member', id),
    })),
    users('an active place in a group under PIM', 'post', async (id) => ({
      path: `${groups}/assignmentScheduleRequests`,
      body: forGroup(await group(true), 'owner', id),
    })),
    users(
      'a member of a role-assignable group',
      'post',
      joins(() => group(true), 'members'),
    ),
    users(
      'an owner of a role-assignable group',
      'post',
      joins(() => group(true), 'owners'),
    ),
    users('a member bound to a role-assignable group', 'patch', async (id) => ({
      path: `/groups/${await group(true)}`,
      body: { 'members@odata.bind': [url(id)] },
    })),
    users('a new role-assignable group with a member', 'post', async (id) => ({
      path: '/groups',
      body: { ...groupBody(true), 'members@odata.bind': [url(id)] },
    })),
    users('a new role-assignable group with an owner', 'post', async (id) => ({
      path: '/groups',
      body: { ...groupBody(true), 'owners@odata.bind': [url(id)] },
    })),
    anybody('a member of a group that may come into a role-assignable one', 'post', joins(underRoleGroup, 'members')),
    users('a member of a group in a catalog', 'post', joins(inCatalog, 'members')),
    users('an owner of a group in a catalog', 'post', joins(inCatalog, 'owners')),
    users('a member of a group under PIM', 'post', joins(inPim, 'members')),
    users('a member of a group that approves', 'post', joins(approving, 'members')),
    users('a member of a group that gets a package unasked', 'post', joins(letIn, 'members')),
    users('a package given as an administrator', 'post', async (id) => {
      const { id: packageId, policyId } = await packageOf({});
      return { path: `${entitlements}/assignmentRequests`, body: asked(policyId, packageId, id) };
    }),
    users('more in a package that they hold', 'post', heldPackage),
    users('a rule that takes them in', 'patch', async (id) => {
      const name = String((await admin.get(`/users/${id}?$select=mailNickname`)).body['mailNickname']);
      const groupId = await underRoleGroup(dynamicBody('(user.mailNickname -eq "nobody")'));
      return { path: `/groups/${groupId}`, body: { membershipRule: `(user.mailNickname -eq "${name}")` } };
    }),
    users('an attribute that a rule takes them in by', 'patch', async (id) => {
      const jobTitle = next('job');
      await underRoleGroup(dynamicBody(`(user.jobTitle -eq "${jobTitle}")`));
      return { path: `/users/${id}`, body: { jobTitle } };
    }),
    anybody('a role of entitlement management', 'post', async (id) => {
      const catalogId = await made(`${entitlements}/catalogs`, { displayName: next('catalog') });
      const role = await first(`${delegations}/roleDefinitions?$filter=displayName eq 'Catalog reader'`);
      return {
        path: `${delegations}/roleAssignments`,
        body: {
          principalId: id,
          roleDefinitionId: role?.['id'],
          appScopeId: `/AccessPackageCatalog/${catalogId}`,
        },
      };
    }),
    users('a longer assignment of a package', 'post', async (id) => ({
      path: `${entitlements}/assignmentRequests`,
      body: {
        requestType: 'adminUpdate',
        assignment: { id: (await heldFor(id)).assignmentId },
        schedule: { expiration: { type: 'afterDuration', duration: 'P20D' } },
      },
    })),
    users('an assignment given anew', 'post', async (id) => ({
      path: `${entitlements}/assignments/${(await heldFor(id)).assignmentId}/reprocess`,
    })),
    users('activation without the approval that was asked for', 'patch', async (id) => {
      const { policy, groupId } = await approved();
      good(await admin.post(`${groups}/eligibilityScheduleRequests`, forGroup(groupId, 'member', id)));
      return { path: `${policy}/rules/${approvalRule}`, body: approvalBy([], false) };
    }),
    users('activation with other approvers', 'patch', async (id) => {
      const { policy, groupId } = await approved();
      good(await admin.post(`${groups}/eligibilityScheduleRequests`, forGroup(groupId, 'member', id)));
      return { path: `${policy}/rules/${approvalRule}`, body: approvalBy([kit.play.idOf('colleague')], true) };
    }),
    users('a sponsor of their own choice', 'post', async (id) => ({
      path: `/users/${id}/sponsors/$ref`,
      body: reference(await kit.user()),
    })),
    users('a manager of their own choice', 'put', async (id) => ({
      path: `/users/${id}/manager/$ref`,
      body: reference(kit.play.idOf('colleague')),
    })),
  ];
}
