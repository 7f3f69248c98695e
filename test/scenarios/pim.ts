import type { Actor, Answer, Json, Play } from './play.ts';

export const roles = '/roleManagement/directory';
export const groups = '/identityGovernance/privilegedAccess/group';
export const policies = '/policies/roleManagementPolicies';

/** A role that no operation of these tests needs: its rules are the tests' own. */
export const helpdesk = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

/** The id of the policy of a role, or of membership or ownership of a group. */
export async function policyIdOf(admin: Actor, roleOrAccess: string, groupId?: string): Promise<string> {
  const scope = groupId === undefined ? ['/', 'DirectoryRole'] : [groupId, 'Group'];
  const filter = `scopeId eq '${scope[0]}' and scopeType eq '${scope[1]}' and roleDefinitionId eq '${roleOrAccess}'`;
  const { body } = await admin.get(`/policies/roleManagementPolicyAssignments?$filter=${filter}`);
  return String(body['value']?.[0]?.['policyId']);
}

/** Changes one rule of a policy; the type follows from the rule's id. */
export async function changeRule(admin: Actor, policyId: string, rule: string, change: object): Promise<Answer> {
  const kind = rule.slice(0, rule.indexOf('_'));
  const type = `#microsoft.graph.unifiedRoleManagementPolicy${kind}Rule`;
  return admin.patch(`${policies}/${policyId}/rules/${rule}`, { '@odata.type': type, ...change });
}

/** The approval rule's change that makes these people approvers. */
export function approvedBy(...userIds: readonly string[]): object {
  const primaryApprovers = userIds.map((userId) => ({ '@odata.type': '#microsoft.graph.singleUser', userId }));
  return { setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] } };
}

/** An expiration after a duration, or none for ever. */
export function lasting(duration: string | null): object {
  return { expiration: duration === null ? { type: 'noExpiration' } : { type: 'afterDuration', duration } };
}

/** Asks PIM something about a role. */
export function askRole(
  who: Actor,
  mode: 'eligible' | 'active',
  action: string,
  principalId: string,
  more: object = {},
  role = helpdesk,
): Promise<Answer> {
  const set = mode === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests';
  const body = { action, principalId, roleDefinitionId: role, directoryScopeId: '/', justification: 'INC-1', ...more };
  return who.post(`${roles}/${set}`, body);
}

/** Asks PIM something about membership of a group, unless `more` says ownership. */
export function askGroup(
  who: Actor,
  mode: 'eligible' | 'active',
  action: string,
  principalId: string,
  groupId: string,
  more: object = {},
): Promise<Answer> {
  const set = mode === 'eligible' ? 'eligibilityScheduleRequests' : 'assignmentScheduleRequests';
  const body = { action, principalId, groupId, accessId: 'member', justification: 'INC-1', ...more };
  return who.post(`${groups}/${set}`, body);
}

/** A new group, role-assignable unless said. Gives its id. */
export async function newGroup(admin: Actor, more: object = {}): Promise<string> {
  const name = `GRP-${crypto.randomUUID().slice(0, 8)}`;
  const answer = await admin.post('/groups', {
    displayName: name,
    mailEnabled: false,
    mailNickname: name,
    securityEnabled: true,
    isAssignableToRole: true,
    ...more,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return String(answer.body['id']);
}

/** A new person, who can sign in. */
export async function newPerson(play: Play, admin: Actor): Promise<Actor> {
  const name = `person-${crypto.randomUUID().slice(0, 8)}`;
  const body = { accountEnabled: true, displayName: name, mailNickname: name };
  const answer = await admin.post('/users', { ...body, userPrincipalName: `${name}@sallyport.example` });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return play.asUser(String(answer.body['id']));
}

/** The code of a refused answer, the status of any other: `InvalidPolicyRule`, `201`. */
export function outcome({ status, body }: Answer): string {
  return String(body?.['error']?.['code'] ?? status);
}

/** What a collection lists. */
export async function listed(who: Actor, path: string): Promise<readonly Json[]> {
  const { status, body } = await who.get(path);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body['value'] as unknown as readonly Json[];
}

/** Whether a person holds a role now, as Graph shows it. */
export async function holds(admin: Actor, principalId: string, role = helpdesk): Promise<boolean> {
  const filter = `principalId eq '${principalId}' and roleDefinitionId eq '${role}'`;
  return (await listed(admin, `${roles}/roleAssignmentScheduleInstances?$filter=${filter}`)).length > 0;
}
