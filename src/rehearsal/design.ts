import { administrator, type CastMember, cast, userPrincipalName } from './cast.ts';

/** Calls the server's own public API as somebody: the body of the answer, or an error that quotes the refusal. */
export type Call = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

export const globalAdministratorRole = '62e90394-69f5-4237-9190-012177145e10';
export const packageName = 'AP – Global Admin Eligibility Request';
const privilegedGroup = 'GRP-ELIG-GlobalAdmin';
const entitlements = '/identityGovernance/entitlementManagement';

/**
 * Builds the seed's design, Steps 1 to 5, through the public API with the administrator's token: a role-assignable
 * group that is eligible for Global Administrator, a dynamic group of those who may ask, and a package with two
 * stages. `people`: the ids of the cast by name.
 */
export async function buildDesign(asAdministrator: Call, people: ReadonlyMap<string, string>): Promise<void> {
  const groupId = await createPrivilegedGroup(asAdministrator);
  await makeEligible(asAdministrator, groupId);
  const requestors = await createRequestorGroup(asAdministrator);
  await createPackage(asAdministrator, { groupId, requestors, people });
}

/** Creates the cast through the public API with the administrator's token, and says who manages whom. Gives ids by name. */
export async function hire(call: Call): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const member of cast) ids.set(member.name, idOf(await call('POST', '/users', newUser(member))));
  for (const { name, manager } of cast) {
    if (manager === undefined) continue;
    await call('PUT', `/users/${ids.get(name)}/manager/$ref`, { '@odata.id': reference('users', ids.get(manager)) });
  }
  return ids;
}

/** The body that creates a person of the cast. */
export function newUser(member: CastMember) {
  const [givenName, surname] = member.displayName.split(' ');
  return {
    accountEnabled: true,
    displayName: member.displayName,
    givenName,
    surname,
    mailNickname: member.name,
    mail: userPrincipalName(member.name),
    userPrincipalName: userPrincipalName(member.name),
    jobTitle: member.jobTitle,
    department: member.department,
  };
}

async function createPrivilegedGroup(call: Call): Promise<string> {
  return idOf(
    await call('POST', '/groups', {
      displayName: privilegedGroup,
      description: 'Whoever is in this group may activate Global Administrator.',
      mailEnabled: false,
      mailNickname: privilegedGroup,
      securityEnabled: true,
      isAssignableToRole: true,
    }),
  );
}

async function makeEligible(call: Call, groupId: string): Promise<void> {
  await limitActivation(call, "scopeId eq '/' and scopeType eq 'DirectoryRole'", globalAdministratorRole);
  await limitActivation(call, `scopeId eq '${groupId}' and scopeType eq 'Group'`, 'member');
  await call('POST', '/roleManagement/directory/roleEligibilityScheduleRequests', {
    action: 'adminAssign',
    justification: 'The role is activated when it is needed, never held.',
    roleDefinitionId: globalAdministratorRole,
    directoryScopeId: '/',
    principalId: groupId,
    scheduleInfo: { startDateTime: null, expiration: { type: 'noExpiration' } },
  });
}

/** Four hours at most, with MFA and justification, as the seed sets it. */
async function limitActivation(call: Call, scope: string, roleDefinitionId: string): Promise<void> {
  const filter = encodeURIComponent(`${scope} and roleDefinitionId eq '${roleDefinitionId}'`);
  const assignments = await call('GET', `/policies/roleManagementPolicyAssignments?$filter=${filter}`);
  const [assignment] = assignments['value'] as { policyId: string }[];
  if (assignment === undefined) throw new Error(`No role management policy for ${roleDefinitionId}`);
  const target = { caller: 'EndUser', operations: ['all'], level: 'Assignment' };
  // The first change to a group's policy brings the group under PIM, which gives the policy a new id: both at once.
  await call('PATCH', `/policies/roleManagementPolicies/${assignment.policyId}`, {
    rules: [
      {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
        id: 'Expiration_EndUser_Assignment',
        isExpirationRequired: true,
        maximumDuration: 'PT4H',
        target,
      },
      {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
        id: 'Enablement_EndUser_Assignment',
        enabledRules: ['MultiFactorAuthentication', 'Justification'],
        target,
      },
    ],
  });
}

async function createRequestorGroup(call: Call): Promise<string> {
  return idOf(
    await call('POST', '/groups', {
      displayName: 'GRP-DYN-IT-Administrators',
      description: 'Everyone whose job title is IT Administrator; may ask for the access package.',
      mailEnabled: false,
      mailNickname: 'GRP-DYN-IT-Administrators',
      securityEnabled: true,
      groupTypes: ['DynamicMembership'],
      membershipRule: '(user.jobTitle -eq "IT Administrator")',
      membershipRuleProcessingState: 'On',
    }),
  );
}

interface PackageParts {
  readonly groupId: string;
  readonly requestors: string;
  readonly people: ReadonlyMap<string, string>;
}

async function createPackage(call: Call, { groupId, requestors, people }: PackageParts): Promise<void> {
  const catalogs = await call(
    'GET',
    `${entitlements}/catalogs?$filter=${encodeURIComponent("displayName eq 'General'")}`,
  );
  const catalog = { id: idOf((catalogs['value'] as Record<string, unknown>[])[0] ?? {}) };
  await call('POST', `${entitlements}/resourceRequests`, {
    requestType: 'adminAdd',
    resource: { originId: groupId, originSystem: 'AadGroup' },
    catalog,
  });
  const filter = encodeURIComponent(`originId eq '${groupId}'`);
  const resources = await call('GET', `${entitlements}/catalogs/${catalog.id}/resources?$filter=${filter}`);
  const resource = { id: idOf((resources['value'] as Record<string, unknown>[])[0] ?? {}) };
  const accessPackage = await call('POST', `${entitlements}/accessPackages`, {
    displayName: packageName,
    description: 'Makes you eligible to activate Global Administrator, for 8 hours, after two approvals.',
    catalog,
  });
  await call('POST', `${entitlements}/accessPackages/${idOf(accessPackage)}/resourceRoleScopes`, {
    role: { displayName: 'Member', originSystem: 'AadGroup', originId: `Member_${groupId}`, resource },
    scope: { displayName: 'Root', isRootScope: true, originSystem: 'AadGroup', originId: groupId },
  });
  await call('POST', `${entitlements}/assignmentPolicies`, policy(idOf(accessPackage), requestors, people));
}

function policy(accessPackageId: string, requestors: string, people: ReadonlyMap<string, string>) {
  const person = (name: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId: people.get(name) });
  const stage = {
    durationBeforeAutomaticDenial: 'P1D',
    isApproverJustificationRequired: true,
    isEscalationEnabled: false,
    escalationApprovers: [],
    fallbackEscalationApprovers: [],
  };
  return {
    displayName: 'IT administrators, two stages',
    description: 'Manager, then security.',
    accessPackage: { id: accessPackageId },
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: requestors }],
    expiration: { type: 'afterDuration', duration: 'PT8H' },
    requestorSettings: {
      enableTargetsToSelfAddAccess: true,
      enableTargetsToSelfUpdateAccess: false,
      enableTargetsToSelfRemoveAccess: true,
    },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      isApprovalRequiredForUpdate: true,
      isRequestorJustificationRequired: true,
      stages: [
        {
          ...stage,
          primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }],
          fallbackPrimaryApprovers: [person('it-manager')],
        },
        { ...stage, primaryApprovers: [person('ciso'), person('it-manager')], fallbackPrimaryApprovers: [] },
      ],
    },
    questions: [
      {
        '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
        text: 'ITSM ticket number',
        isRequired: true,
        isAnswerEditable: false,
        isSingleLineQuestion: true,
        sequence: 0,
      },
    ],
  };
}

function idOf(entity: Record<string, unknown>): string {
  if (typeof entity['id'] !== 'string') throw new Error('The answer has no id');
  return entity['id'];
}

function reference(set: string, id: string | undefined): string {
  return `https://graph.microsoft.com/v1.0/${set}/${id}`;
}

/** The administrator's principal name, who is there before the design. */
export const administratorName = userPrincipalName(administrator.name);
