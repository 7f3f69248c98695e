import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Desk, entitlements, openDesk } from './desk.ts';
import type { Actor, Json } from './play.ts';

const pim = '/identityGovernance/privilegedAccess/group';

describe.each(databaseKinds)('an assignment of which nothing is left on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    admin = desk.admin;
  });
  afterAll(() => desk?.play.close());

  async function held(policy: object = {}) {
    const offer = await desk.offer(policy);
    const who = await desk.hire();
    expect((await desk.add(who, offer.packageId)).status).toBe(201);
    return { ...offer, who };
  }
  const stateOf = async (who: Actor, packageId: string) => (await desk.assignments(who, packageId))[0]?.['state'];

  async function gives(packageId: string, groupId: string, role = 'Member'): Promise<string> {
    const catalog = { id: String((await first(`${entitlements}/catalogs?$filter=displayName eq 'General'`))?.['id']) };
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    await admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog });
    const added = await admin.post(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
      role: { originId: `${role}_${groupId}`, originSystem: 'AadGroup' },
      scope: { originId: groupId, originSystem: 'AadGroup' },
    });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    return String(added.body['id']);
  }
  const first = async (path: string): Promise<Json | undefined> => (await admin.get(path)).body['value']?.[0];

  test('ends with its group, says so, and the package can be asked for when the group is back', async () => {
    const { who, groupId, packageId } = await held();
    expect((await admin.delete(`/groups/${groupId}`)).status).toBe(204);
    expect(await stateOf(who, packageId)).toBe('expired');
    const [assignment] = await desk.assignments(who, packageId);
    expect((await admin.get(`/sallyport/assignments/${assignment?.['id']}`)).body).toMatchObject({
      endsBecause: { reason: 'contentsGone' },
    });
    const told = (await desk.play.mailsTo(who.id)).at(-1);
    expect([told?.event, told?.text]).toEqual([
      'assignment.removed',
      expect.stringContaining('All that it gave is gone'),
    ]);
    const failed = await desk.add(who, packageId);
    expect(failed.body).toMatchObject({ state: 'deliveryFailed' });
    expect((await admin.post(`/directory/deletedItems/${groupId}/restore`)).status).toBe(200);
    expect((await desk.add(who, packageId)).body).toMatchObject({ state: 'delivered' });
    expect(await desk.isMember(groupId, who)).toBe(true);
  });

  test('ends when somebody takes its holder out of the group by hand, and not while it gives something else', async () => {
    const { who, groupId, packageId } = await held();
    const second = await desk.group();
    await gives(packageId, second);
    const out = (id: string) => admin.delete(`/groups/${id}/members/${who.id}/$ref`);
    expect((await out(second)).status).toBe(204);
    expect(await stateOf(who, packageId)).toBe('delivered');
    expect((await out(groupId)).status).toBe(204);
    expect(await stateOf(who, packageId)).toBe('expired');
  });

  test('ends with the eligibility that PIM takes away, so that both systems tell the same', async () => {
    const offer = await desk.offer();
    const groupId = await desk.group();
    const scope = encodeURIComponent(
      `scopeId eq '${groupId}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`,
    );
    const policy = await first(`/policies/roleManagementPolicyAssignments?$filter=${scope}`);
    const rule = {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
      id: 'Expiration_EndUser_Assignment',
      maximumDuration: 'PT4H',
    };
    const path = `/policies/roleManagementPolicies/${policy?.['policyId']}/rules/Expiration_EndUser_Assignment`;
    expect((await admin.patch(path, rule)).status).toBe(204);
    const eligible = await gives(offer.packageId, groupId, 'EligibleMember');
    expect(eligible).not.toBe('');
    const who = await desk.hire();
    expect((await desk.add(who, offer.packageId)).status).toBe(201);
    await desk.play.move('PT10M');
    expect((await admin.delete(`/groups/${offer.groupId}/members/${who.id}/$ref`)).status).toBe(204);
    const removed = await admin.post(`${pim}/eligibilityScheduleRequests`, {
      action: 'adminRemove',
      accessId: 'member',
      groupId,
      principalId: who.id,
      justification: 'No longer',
    });
    expect(removed.status, JSON.stringify(removed.body)).toBe(201);
    expect(await stateOf(who, offer.packageId)).toBe('expired');
  });

  test('goes on while the package is changed: what it stops giving takes nobody’s assignment', async () => {
    const { who, groupId, packageId } = await held();
    const before = await desk.play.now();
    await desk.play.move('PT1H');
    const scopes = `${entitlements}/accessPackages/${packageId}/resourceRoleScopes`;
    const package_ = await admin.get(`${entitlements}/accessPackages/${packageId}?$expand=resourceRoleScopes`);
    const [scope] = package_.body['resourceRoleScopes'] as unknown as readonly Json[];
    expect((await admin.delete(`${scopes}/${scope?.['id']}`)).status).toBe(204);
    expect(await desk.isMember(groupId, who)).toBe(false);
    expect(await stateOf(who, packageId)).toBe('delivered');
    const then = await admin.get(`/sallyport/effectiveAccess?principalId=${who.id}&at=${before}`);
    expect(then.body['value']).toMatchObject([{ endsBecause: { reason: 'package-changed' } }]);
    const other = await desk.group();
    await gives(packageId, other);
    expect(await desk.isMember(other, who)).toBe(true);
  });

  test('of somebody whose account is shut gives what the package gives anew, when the account is open again', async () => {
    const { who, packageId } = await held();
    const added = await desk.group();
    expect((await admin.patch(`/users/${who.id}`, { accountEnabled: false })).status).toBe(204);
    await gives(packageId, added);
    const reaches = async () =>
      (await admin.get(`/sallyport/effectiveAccess?principalId=${who.id}&privilege=${added}`)).body['value']?.[0];
    expect(await reaches()).toBeUndefined();
    expect((await admin.patch(`/users/${who.id}`, { accountEnabled: true })).status).toBe(204);
    expect(await reaches()).toMatchObject({ isActive: true });
  });

  test('that came by a rule is not given anew at once: what an administrator took away stays away', async () => {
    const department = `Department ${crypto.randomUUID().slice(0, 8)}`;
    const membershipRule = `user.department -eq "${department}"`;
    const offer = await desk.offer({
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule }],
      automaticRequestSettings: {
        requestAccessForAllowedTargets: true,
        removeAccessWhenTargetLeavesAllowedTargets: true,
      },
      expiration: { type: 'noExpiration' },
      requestorSettings: {},
    });
    const who = await desk.hire();
    expect((await admin.patch(`/users/${who.id}`, { department })).status).toBe(204);
    expect(await desk.isMember(offer.groupId, who)).toBe(true);
    expect((await admin.delete(`/groups/${offer.groupId}/members/${who.id}/$ref`)).status).toBe(204);
    expect((await admin.patch(`/users/${who.id}`, { jobTitle: 'Boss' })).status).toBe(204);
    expect(await desk.isMember(offer.groupId, who)).toBe(false);
    expect(await stateOf(who, offer.packageId)).toBe('expired');
  });
});
