import type { Client } from '@microsoft/microsoft-graph-client';

const entitlements = '/identityGovernance/entitlementManagement';

/** How the package, the group and the role are put together (the shapes of the seed's design). */
export interface Shape {
  readonly name: string;
  /** What the package gives of the group. */
  readonly groupRole: 'Member' | 'EligibleMember';
  /** How the group holds the role. */
  readonly roleHeld: 'eligible' | 'active';
}

/** What Steps 1 to 5 made. */
export interface Design {
  readonly groupId: string;
  readonly accessPackageId: string;
  readonly policyId: string;
}

/** The people that a policy names, by id. */
export interface Approvers {
  readonly fallback: string;
  readonly security: readonly string[];
  readonly identity: string;
}

/** Step 1: a role-assignable group. */
export async function createRoleAssignableGroup(graph: Client, name: string): Promise<string> {
  const group = await graph.api('/groups').post({
    displayName: name,
    mailEnabled: false,
    mailNickname: name,
    securityEnabled: true,
    isAssignableToRole: true,
  });
  return group.id;
}

/** Step 2: brings the group under PIM by setting its member policy: four hours at most, MFA, justification. */
export async function enablePim(graph: Client, groupId: string): Promise<void> {
  await limitActivation(graph, `scopeId eq '${groupId}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`);
}

/** Step 3: assigns the role to the group, and limits the role's activation. */
export async function assignRole(
  graph: Client,
  groupId: string,
  roleId: string,
  held: Shape['roleHeld'],
): Promise<void> {
  await limitActivation(graph, `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${roleId}'`);
  const requests = held === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests';
  await graph.api(`/roleManagement/directory/${requests}`).post({
    action: 'adminAssign',
    justification: 'The group holds the role; people come and go by the package.',
    principalId: groupId,
    roleDefinitionId: roleId,
    directoryScopeId: '/',
    scheduleInfo: { expiration: { type: 'noExpiration' } },
  });
}

async function limitActivation(graph: Client, filter: string): Promise<void> {
  const { value } = await graph.api('/policies/roleManagementPolicyAssignments').filter(filter).get();
  await graph.api(`/policies/roleManagementPolicies/${value[0].policyId}`).patch({
    rules: [
      {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
        id: 'Expiration_EndUser_Assignment',
        isExpirationRequired: true,
        maximumDuration: 'PT4H',
        target: { caller: 'EndUser', operations: ['All'], level: 'Assignment' },
      },
      {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
        id: 'Enablement_EndUser_Assignment',
        enabledRules: ['MultiFactorAuthentication', 'Justification'],
        target: { caller: 'EndUser', operations: ['All'], level: 'Assignment' },
      },
    ],
  });
}

/** Step 4: a dynamic group of those who may ask. */
export async function createRequestorGroup(graph: Client, name: string): Promise<string> {
  const group = await graph.api('/groups').post({
    displayName: name,
    mailEnabled: false,
    mailNickname: name,
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule: '(user.department -eq "IT") -and (user.jobTitle -startsWith "IT Admin")',
    membershipRuleProcessingState: 'On',
  });
  return group.id;
}

/** Step 5: the access package with three stages, eight hours, and the ticket question. */
export async function createPackage(
  graph: Client,
  shape: Shape,
  groupId: string,
  requestors: string,
  approvers: Approvers,
): Promise<Design> {
  const { value: catalogs } = await graph.api(`${entitlements}/catalogs`).filter("displayName eq 'General'").get();
  const catalog = { id: catalogs[0].id };
  await graph.api(`${entitlements}/resourceRequests`).post({
    requestType: 'adminAdd',
    resource: { originId: groupId, originSystem: 'AadGroup' },
    catalog,
  });
  const { value: resources } = await graph
    .api(`${entitlements}/catalogs/${catalog.id}/resources`)
    .filter(`originId eq '${groupId}'`)
    .expand('roles,scopes')
    .get();
  const [resource] = resources;
  const role = resource.roles.find((one: { originId: string }) => one.originId === `${shape.groupRole}_${groupId}`);
  const accessPackage = await graph.api(`${entitlements}/accessPackages`).post({
    displayName: `AP – ${shape.name}`,
    description: 'Made by the walk-through.',
    isHidden: false,
    catalog,
  });
  await graph.api(`${entitlements}/accessPackages/${accessPackage.id}/resourceRoleScopes`).post({
    role: {
      displayName: role.displayName,
      originSystem: role.originSystem,
      originId: role.originId,
      resource: { id: resource.id, originId: groupId, originSystem: 'AadGroup' },
    },
    scope: { originId: groupId, originSystem: 'AadGroup', isRootScope: true },
  });
  const policy = await graph
    .api(`${entitlements}/assignmentPolicies`)
    .post(policyOf(accessPackage.id, requestors, approvers));
  return { groupId, accessPackageId: accessPackage.id, policyId: policy.id };
}

function policyOf(accessPackageId: string, requestors: string, approvers: Approvers) {
  const person = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });
  const stage = (primaryApprovers: object[], fallbackPrimaryApprovers: object[] = []) => ({
    durationBeforeAutomaticDenial: 'P1D',
    isApproverJustificationRequired: true,
    isEscalationEnabled: false,
    primaryApprovers,
    fallbackPrimaryApprovers,
    escalationApprovers: [],
    fallbackEscalationApprovers: [],
  });
  return {
    displayName: 'Three stages',
    description: 'Manager, security, identity team.',
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: requestors }],
    expiration: { type: 'afterDuration', duration: 'PT8H' },
    requestorSettings: { enableTargetsToSelfAddAccess: true },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      isApprovalRequiredForUpdate: true,
      isRequestorJustificationRequired: true,
      stages: [
        stage([{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }], [person(approvers.fallback)]),
        stage(approvers.security.map(person)),
        stage([person(approvers.identity)]),
      ],
    },
    questions: [
      {
        '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
        text: 'ITSM ticket number',
        isRequired: true,
        isSingleLineQuestion: true,
        regexPattern: '^CHG[0-9]{4,}$',
        sequence: 0,
      },
    ],
    accessPackage: { id: accessPackageId },
  };
}
