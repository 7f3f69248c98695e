import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';

/**
 * What the package says, what PIM says, and on which day access ends. Where they differ, Entra ends the access and
 * shows the package as assigned (behaviour.md §3, the five cases; field/what-users-ask-for.md, row 24).
 */
const cases = [
  { name: 'package 30 days, PIM 365 days', days: 30, maximum: 'P365D', ends: 30 },
  { name: 'package 180 days, PIM 40 days', days: 180, maximum: 'P40D', ends: 40 },
  { name: 'package for ever, PIM 40 days', days: null, maximum: 'P40D', ends: 40 },
  { name: 'package 60 days, PIM for ever', days: 60, maximum: null, ends: 60 },
  { name: 'package and PIM for ever', days: null, maximum: null, ends: null },
] as const;

describe.each(databaseKinds)('one true end date on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  const groups = new Map<string, { groupId: string; accessPackageId: string }>();
  let days = 0;

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    requestor = await play.as('requestor');
    for (const one of cases) groups.set(one.name, await design(one));
    for (const { accessPackageId } of groups.values()) {
      const body = { requestType: 'userAdd', assignment: { accessPackageId } };
      expect((await requestor.post(`${entitlements}/assignmentRequests`, body)).body).toMatchObject({
        state: 'delivered',
      });
    }
  });
  afterAll(() => play?.close());

  async function design({ name, days: length, maximum }: (typeof cases)[number]) {
    const nickname = name.replaceAll(/\W/g, '');
    const group = { displayName: name, mailEnabled: false, mailNickname: nickname, securityEnabled: true };
    const groupId = await made('/groups', group);
    const filter = `scopeId eq '${groupId}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`;
    const policies = await admin.get(`/policies/roleManagementPolicyAssignments?$filter=${filter}`);
    const policyId = String((policies.body['value'] as unknown as readonly Json[])[0]?.['policyId']);
    const rule = {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
      id: 'Expiration_Admin_Eligibility',
      isExpirationRequired: maximum !== null,
      maximumDuration: maximum ?? 'P365D',
    };
    await good(admin.patch(`/policies/roleManagementPolicies/${policyId}/rules/${rule.id}`, rule));
    const catalogs = await admin.get(`${entitlements}/catalogs?$filter=displayName eq 'General'`);
    const catalog = { id: String((catalogs.body['value'] as unknown as readonly Json[])[0]?.['id']) };
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    await good(admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog }));
    const accessPackageId = await made(`${entitlements}/accessPackages`, { displayName: name, catalog });
    await good(
      admin.post(`${entitlements}/accessPackages/${accessPackageId}/resourceRoleScopes`, {
        role: { originId: `EligibleMember_${groupId}`, originSystem: 'AadGroup', resource },
        scope: { originId: groupId, originSystem: 'AadGroup' },
      }),
    );
    await made(`${entitlements}/assignmentPolicies`, {
      displayName: name,
      accessPackage: { id: accessPackageId },
      allowedTargetScope: 'allMemberUsers',
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      expiration: length === null ? { type: 'noExpiration' } : { type: 'afterDuration', duration: `P${length}D` },
    });
    return { groupId, accessPackageId };
  }

  async function good(sent: ReturnType<Actor['post']>) {
    const answer = await sent;
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return answer;
  }

  const made = async (path: string, body: object) => String((await good(admin.post(path, body))).body['id']);

  /** What each of the two systems says of the requestor: is the package assigned, and is the membership eligible. */
  async function told(name: string): Promise<{ package: boolean; eligible: boolean }> {
    const { groupId, accessPackageId } = groups.get(name) ?? { groupId: '', accessPackageId: '' };
    const about = `accessPackage/id eq '${accessPackageId}' and state eq 'delivered'`;
    const assigned = await requestor.get(`${entitlements}/assignments?$filter=${about}`);
    const instances = '/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances';
    const eligible = await requestor.get(`${instances}?$filter=groupId eq '${groupId}'`);
    const count = ({ body }: typeof assigned) => (body['value'] as unknown as readonly Json[]).length;
    return { package: count(assigned) === 1, eligible: count(eligible) === 1 };
  }

  async function day(number: number): Promise<void> {
    if (number > days) await play.move(`P${number - days}D`);
    days = Math.max(days, number);
  }

  // The days on which something ends, and one long after.
  test.each([29, 30, 39, 40, 41, 59, 60, 200])(
    '§3.5 §3.6 §3.7 §3.8 §3.9 pain 24: on day %i both systems tell the same of each case',
    async (number) => {
      await day(number);
      for (const { name, ends } of cases) {
        const holds = ends === null || number < ends;
        expect([name, number, await told(name)]).toEqual([name, number, { package: holds, eligible: holds }]);
      }
    },
  );
});
