import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleIds } from '../../src/access/index.ts';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, openDesk, stageOf } from './desk.ts';
import { globalAdministrator, seedPackage } from './doors.ts';
import { approvedBy, askGroup, askRole, changeRule, helpdesk, lasting, newGroup, policyIdOf } from './pim.ts';
import type { Actor, Json } from './play.ts';

const findings = '/sallyport/findings';
const roles = '/roleManagement/directory';

describe.each(databaseKinds)('findings on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    ({ admin } = desk);
  });
  afterAll(() => desk?.play.close());

  const read = async (query = '') => (await admin.get(`${findings}?$count=true&$top=200${query}`)).body;
  const idsOf = (body: Json) => (body['value'] as unknown as readonly { id: string }[]).map(({ id }) => id);
  const about = async (subjectId: string) => idsOf(await read(`&subjectId=${subjectId}`));
  const good = async (answer: Promise<{ status: number; body: Json }>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });

  test('the seed’s design has what it has: a standing administrator, and a group without an owner', async () => {
    const body = await read();
    const adminId = desk.play.idOf('admin');
    expect(idsOf(body)).toContain(`standingPrivilege:${adminId}:${globalAdministrator}`);
    const packageId = await seedPackage(admin);
    const policies = await admin.get(
      `/identityGovernance/entitlementManagement/accessPackages/${packageId}/assignmentPolicies`,
    );
    expect(await about(packageId)).toEqual([]);
    // Both its stages have two people or a fallback, and four hours fit into eight.
    expect(await about(String(policies.body['value']?.[0]?.['id']))).toEqual([]);
    const groups = await admin.get(`/groups?$filter=displayName eq 'GRP-ELIG-GlobalAdmin'`);
    const groupId = String(groups.body['value']?.[0]?.['id']);
    expect(await about(groupId)).toEqual([`roleGroupWithoutOwner:${groupId}`]);
  });

  test('a break-glass account may stand; others are told since when they do', async () => {
    const adminId = desk.play.idOf('admin');
    const [standing] = (await read(`&subjectId=${adminId}&kind=standingPrivilege`))['value'] as unknown as Json[];
    expect(standing).toMatchObject({
      severity: 'high',
      subject: { type: 'user', displayName: 'Ada Admin' },
      facts: { roleDisplayName: 'Global Administrator', isDirect: true },
      whatToDo: 'makeEligible',
    });
    expect(String(standing?.['since'])).toMatch(/^\d{4}-/);
    const other = await desk.hire();
    await good(
      admin.post(`${roles}/roleAssignments`, {
        roleDefinitionId: globalAdministrator,
        principalId: other.id,
        directoryScopeId: '/',
      }),
    );
    expect(await about(other.id)).toEqual([`standingPrivilege:${other.id}:${globalAdministrator}`]);
    await good(admin.patch('/sallyport/settings', { breakGlassAccounts: [other.id] }));
    expect(await about(other.id)).toEqual([]);
    await good(admin.patch(`/users/${other.id}`, { accountEnabled: false }));
    expect(await about(other.id)).toEqual([`disabledAccountWithPrivilege:${other.id}:${globalAdministrator}`]);
  });

  test('ways through groups count with all their links', async () => {
    const who = await desk.hire();
    const groupId = await newGroup(admin);
    await good(admin.post(`/groups/${groupId}/owners/$ref`, reference((await desk.hire()).id)));
    await good(
      askRole(admin, 'eligible', 'adminAssign', groupId, { scheduleInfo: lasting(null) }, roleIds.securityReader),
    );
    await good(askGroup(admin, 'active', 'adminAssign', who.id, groupId, { scheduleInfo: lasting('P10D') }));
    const role = roleIds.securityReader;
    // The place ends in ten days, so nothing is for ever.
    expect(await about(who.id)).toEqual([]);
    await good(admin.post(`/groups/${groupId}/members/$ref`, reference(desk.play.idOf('colleague'))));
    expect(await about(desk.play.idOf('colleague'))).toEqual([
      `permanentEligibility:${desk.play.idOf('colleague')}:${role}`,
    ]);
    const [unapproved] = (await read(`&subjectId=${role}&kind=activationWithoutApproval`))[
      'value'
    ] as unknown as Json[];
    const names = ((unapproved?.['facts']?.['people'] ?? []) as unknown as { id: string }[]).map(({ id }) => id);
    expect(names).toEqual(expect.arrayContaining([who.id, desk.play.idOf('colleague')]));
    await good(askRole(admin, 'eligible', 'adminAssign', groupId, { scheduleInfo: lasting('P30D') }, helpdesk));
    expect(await about(groupId)).toContain(`groupWithSeveralRoles:${groupId}`);
  });

  test('what the rules of PIM leave open', async () => {
    const policy = await policyIdOf(admin, helpdesk);
    const person = await desk.hire();
    await good(askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P30D') }));
    await good(changeRule(admin, policy, 'Enablement_EndUser_Assignment', { enabledRules: [] }));
    await good(changeRule(admin, policy, 'Approval_EndUser_Assignment', approvedBy(desk.play.idOf('ciso'))));
    await good(
      changeRule(admin, policy, 'Notification_Admin_Admin_Eligibility', {
        notificationType: 'Email',
        recipientType: 'Admin',
        notificationLevel: 'All',
        isDefaultRecipientsEnabled: false,
        notificationRecipients: [],
      }),
    );
    expect(await about(helpdesk)).toEqual([
      `activationWithoutMfa:${helpdesk}:role`,
      `activationWithoutJustification:${helpdesk}:role`,
      `notificationReachesNobody:${helpdesk}:role:Notification_Admin_Admin_Eligibility`,
      `singleApprover:${helpdesk}:role`,
    ]);
    await good(admin.patch(`/users/${desk.play.idOf('ciso')}`, { accountEnabled: false }));
    expect(await about(helpdesk)).toContain(`unreachableStage:${helpdesk}:role`);
    await good(admin.patch(`/users/${desk.play.idOf('ciso')}`, { accountEnabled: true }));
  });

  test('what policies leave open, and whom a stage hangs on', async () => {
    const single = {
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stageOf(desk.play, 'ciso')] },
    };
    const { policyId, packageId } = await desk.offer(single);
    expect(await about(policyId)).toEqual([`singleApprover:${policyId}:1`]);
    expect(await about(packageId)).toEqual([]);
    await good(admin.patch(`/users/${desk.play.idOf('ciso')}`, { accountEnabled: false }));
    expect(await about(policyId)).toEqual([`unreachableStage:${policyId}:1`]);
    await good(admin.patch(`/users/${desk.play.idOf('ciso')}`, { accountEnabled: true }));
    const manager = { '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 };
    const stage = { durationBeforeAutomaticDenial: 'P1D', primaryApprovers: [manager], fallbackPrimaryApprovers: [] };
    const alone = await desk.policy(packageId, {
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stage] },
    });
    expect(await about(alone)).toEqual([`stageWithoutFallback:${alone}:1`]);
    const closed = await desk.offer({ allowedTargetScope: 'notSpecified' });
    expect(await about(closed.packageId)).toEqual([`packageNobodyCanAskFor:${closed.packageId}`]);
  });

  test('are paged and narrowed, and refused to whom they are none of their business', async () => {
    const all = await read();
    expect(all['@odata.count']).toBe(idsOf(all).length);
    const first = (await admin.get(`${findings}?$top=2`)).body;
    expect([idsOf(first), first['@odata.count']]).toEqual([idsOf(all).slice(0, 2), undefined]);
    const next = new URL(String(first['@odata.nextLink']));
    const second = (await admin.get(next.pathname + next.search)).body;
    expect(idsOf(second)).toEqual(idsOf(all).slice(2, 4));
    expect(idsOf((await admin.get(`${findings}?$skip=3&$top=2`)).body)).toEqual(idsOf(all).slice(3, 5));
    const last = (await admin.get(`${findings}?$skip=${idsOf(all).length - 1}`)).body;
    expect([idsOf(last), last['@odata.nextLink']]).toEqual([idsOf(all).slice(-1), undefined]);
    const high = await read('&severity=high');
    expect(high['@odata.count']).toBe(Number(all['bySeverity']?.['high']));
    expect(high['bySeverity']).toEqual(all['bySeverity']);
    expect(idsOf(await read('&kind=twoActivations&severity=low'))).toEqual([]);
    for (const odd of ['severity=worst', 'kind=x', '$top=0', '$filter=id eq 1', '$orderby=id', '$skiptoken=x', 'x=1']) {
      expect([odd, codeOf(await admin.get(`${findings}?${odd}`))]).toEqual([odd, '400 BadRequest']);
    }
    expect(codeOf(await (await desk.play.as('colleague')).get(findings))).toBe('403 Authorization_RequestDenied');
    const app = await desk.play.asNewApp(['RoleManagement.Read.All']);
    expect((await app.get(findings)).status).toBe(200);
  });
});
