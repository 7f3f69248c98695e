import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk } from './desk.ts';
import type { Actor, Json } from './play.ts';

const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
const groupMembers = (groupId: string) => ({ '@odata.type': '#microsoft.graph.groupMembers', groupId });
const forGroup = (groupId: string) => ({
  allowedTargetScope: 'specificDirectoryUsers',
  specificAllowedTargets: [groupMembers(groupId)],
});

describe.each(databaseKinds)('who leaves the scope of a policy, on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    admin = desk.admin;
  });
  afterAll(() => desk?.play.close());

  async function settle(settings: object): Promise<void> {
    expect((await admin.patch('/sallyport/settings', settings)).status).toBe(200);
  }

  async function join(groupId: string, who: string): Promise<void> {
    expect((await admin.post(`/groups/${groupId}/members/$ref`, reference(who))).status).toBe(204);
  }

  async function leave(groupId: string, who: string): Promise<void> {
    expect((await admin.delete(`/groups/${groupId}/members/${who}/$ref`)).status).toBe(204);
  }

  /** Somebody who came by a package through membership of a group, nested in another. */
  async function scene(policy: object = {}) {
    const [outer, inner] = [await desk.group(), await desk.group()];
    await join(outer, inner);
    const person = await desk.hire();
    await join(inner, person.id);
    const offer = await desk.offer({ ...forGroup(outer), ...policy });
    const asked = await desk.add(person, offer.packageId);
    expect([asked.status, asked.body]).toMatchObject([201, { state: 'delivered' }]);
    return { ...offer, outer, inner, person };
  }

  async function stateOf(who: Actor, packageId: string): Promise<string> {
    return String((await desk.assignments(who, packageId))[0]?.['state']);
  }

  async function requestTypes(who: Actor, packageId: string): Promise<string[]> {
    const filter = encodeURIComponent(`accessPackage/id eq '${packageId}'`);
    const { body } = await admin.get(
      `${entitlements}/assignmentRequests?$filter=${filter}&$expand=assignment($expand=target)`,
    );
    const found = (body['value'] as unknown as readonly Json[]).filter(
      (one) => String(one['assignment']?.['target']?.['objectId']) === who.id,
    );
    return found.map((one) => String(one['requestType'])).sort();
  }

  test('keeps access where nothing else is settled', async () => {
    const { person, inner, packageId, groupId } = await scene();
    await leave(inner, person.id);
    expect(await stateOf(person, packageId)).toBe('delivered');
    expect(await desk.isMember(groupId, person)).toBe(true);
  });

  test('loses what leads to privileged roles, at once, unless settled otherwise', async () => {
    const { person, inner, packageId, groupId } = await scene();
    const holding = await admin.post('/groups', {
      displayName: 'Leads to a role',
      mailEnabled: false,
      mailNickname: `leads-${crypto.randomUUID().slice(0, 8)}`,
      securityEnabled: true,
      isAssignableToRole: true,
    });
    const originId = String(holding.body['id']);
    const catalog = (await admin.get(`${entitlements}/accessPackages/${packageId}?$expand=catalog`)).body['catalog'];
    const scope = { originId, originSystem: 'AadGroup' };
    await admin.post(`${entitlements}/resourceRequests`, {
      requestType: 'adminAdd',
      resource: scope,
      catalog: { id: catalog?.['id'] },
    });
    const role = { originId: `Member_${originId}`, originSystem: 'AadGroup' };
    const added = await admin.post(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, { role, scope });
    expect(added.status).toBe(201);
    expect(await desk.isMember(originId, person)).toBe(true);
    await leave(inner, person.id);
    expect(await stateOf(person, packageId)).toBe('expired');
    expect([await desk.isMember(groupId, person), await desk.isMember(originId, person)]).toEqual([false, false]);
    expect(await requestTypes(person, packageId)).toEqual(['systemRemove', 'userAdd']);
  });

  test('has a grace period that ends on the microsecond, and that coming back ends', async () => {
    await settle({ whenTargetLeavesScope: 'end', gracePeriodAfterLeavingScope: 'P2D' });
    const { person, inner, packageId, groupId } = await scene();
    await leave(inner, person.id);
    const end = await desk.after(48);
    const [leaving] = await desk.assignments(person, packageId);
    expect(leaving).toMatchObject({
      state: 'delivered',
      schedule: { expiration: { endDateTime: end } },
    });
    const access = await admin.get(`/sallyport/effectiveAccess?principalId=${person.id}&privilege=${groupId}`);
    expect(access.body['value']).toMatchObject([{ isActive: true, endsBecause: { reason: 'leaving' } }]);
    await desk.play.move('P1D');
    await join(inner, person.id);
    await desk.play.move('P3D');
    expect(await stateOf(person, packageId)).toBe('delivered');
    await leave(inner, person.id);
    await desk.play.move('PT47H59M');
    expect(await desk.isMember(groupId, person)).toBe(true);
    await desk.play.move('PT1M');
    expect(await stateOf(person, packageId)).toBe('expired');
    expect(await desk.isMember(groupId, person)).toBe(false);
    expect(await requestTypes(person, packageId)).toEqual(['systemRemove', 'userAdd']);
    const audit = await admin.get(
      `/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Target leaves the scope of an access package assignment policy'&$top=1`,
    );
    expect(audit.body['value']?.[0]?.['result']).toBe('success');
  });

  test('has what the package gives anew for the rest of the grace period only', async () => {
    await settle({ whenTargetLeavesScope: 'end', gracePeriodAfterLeavingScope: 'P2D' });
    const { person, inner, packageId } = await scene();
    await leave(inner, person.id);
    const { groupId: originId } = await desk.offer();
    const scope = { originId, originSystem: 'AadGroup' };
    const role = { originId: `Member_${originId}`, originSystem: 'AadGroup' };
    const added = await admin.post(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, { role, scope });
    expect([added.status, await desk.isMember(originId, person)]).toEqual([201, true]);
    await desk.play.move('P2D');
    expect(await desk.isMember(originId, person)).toBe(false);
  });

  test('is somebody whom a change of the policy leaves out, or a member who became a guest', async () => {
    await settle({ whenTargetLeavesScope: 'end', gracePeriodAfterLeavingScope: 'PT0S' });
    const { person, policyId, packageId, groupId } = await scene();
    const other = await desk.group();
    const { body } = await admin.get(`${entitlements}/assignmentPolicies/${policyId}`);
    const {
      id: _id,
      createdDateTime: _c,
      modifiedDateTime: _m,
      '@odata.context': _o,
      ...policy
    } = body as never as Record<string, Json>;
    const replaced = await admin.put(`${entitlements}/assignmentPolicies/${policyId}`, {
      ...policy,
      specificAllowedTargets: [groupMembers(other)],
    });
    expect([replaced.status, replaced.body]).toMatchObject([200, {}]);
    expect(await stateOf(person, packageId)).toBe('expired');
    expect(await desk.isMember(groupId, person)).toBe(false);

    const member = await desk.hire();
    const offer = await desk.offer();
    expect((await desk.add(member, offer.packageId)).status).toBe(201);
    expect((await admin.patch(`/users/${member.id}`, { userType: 'Guest' })).status).toBe(204);
    expect(await stateOf(member, offer.packageId)).toBe('expired');
  });

  test('may ask again during the grace period, by a policy that is for them, without a gap', async () => {
    await settle({ whenTargetLeavesScope: 'askAgain', gracePeriodAfterLeavingScope: 'P5D' });
    const { person, inner, packageId, groupId } = await scene();
    expect(codeOf(await desk.add(person, packageId))).toBe('400 AlreadyAssigned');
    await leave(inner, person.id);
    expect(codeOf(await desk.add(person, packageId))).toBe('403 RequestorNotInScope');
    await desk.policy(packageId);
    expect((await desk.add(person, packageId)).body).toMatchObject({ state: 'delivered' });
    const states = (await desk.assignments(person, packageId)).map((one) => String(one['state'])).sort();
    expect(states).toEqual(['delivered', 'expired']);
    await desk.play.move('P6D');
    expect(await desk.isMember(groupId, person)).toBe(true);
    await settle({ whenTargetLeavesScope: 'keep', gracePeriodAfterLeavingScope: 'PT0S' });
  });
});
