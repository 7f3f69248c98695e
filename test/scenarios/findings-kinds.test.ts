import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleIds } from '../../src/access/index.ts';
import { databaseKinds } from '../postgres.ts';
import { type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { askGroup, askRole, changeRule, helpdesk, lasting, listed, newGroup, policyIdOf } from './pim.ts';
import type { Actor, Json } from './play.ts';

// The kinds that `findings.test.ts` does not come by: each is built by the public API, told, mended, and told no more.
describe.each(databaseKinds)('kinds of findings on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  let owner: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    ({ admin } = desk);
    owner = await desk.hire();
  });
  afterAll(() => desk?.play.close());

  const good = async (answer: Promise<{ status: number; body: Json }>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  const found = async (subjectId: string) =>
    (await good(admin.get(`/sallyport/findings?subjectId=${subjectId}`)))['value'] as unknown as readonly Json[];
  const kindsAbout = async (subjectId: string) => (await found(subjectId)).map((one) => String(one['kind']));
  const ownedGroup = async () => {
    const groupId = await newGroup(admin);
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${owner.id}` };
    await good(admin.post(`/groups/${groupId}/owners/$ref`, reference));
    return groupId;
  };
  const holdsRole = (groupId: string, mode: 'eligible' | 'active', role = helpdesk) =>
    good(askRole(admin, mode, 'adminAssign', groupId, { scheduleInfo: lasting('P100D') }, role));
  const onboard = async (groupId: string) => {
    const someone = await desk.hire();
    await good(askGroup(admin, 'eligible', 'adminAssign', someone.id, groupId, { scheduleInfo: lasting('P1D') }));
  };
  const giving = async (groupId: string, as: 'Member' | 'EligibleMember', policy: object) => {
    const [catalog] = await listed(admin, `${entitlements}/catalogs?$filter=displayName eq 'General'`);
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    const inCatalog = { id: catalog?.['id'] };
    await good(
      admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog: inCatalog }),
    );
    const made = await good(
      admin.post(`${entitlements}/accessPackages`, { displayName: `AP-${groupId}`, catalog: inCatalog }),
    );
    const packageId = String(made['id']);
    await good(
      admin.post(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
        role: { originId: `${as}_${groupId}`, originSystem: 'AadGroup' },
        scope: resource,
      }),
    );
    return { packageId, policyId: await desk.policy(packageId, policy) };
  };
  const approved = () => ({
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      stages: [stageOf(desk.play, 'ciso', 'manager')],
    },
  });

  test('a guest who may activate a privileged role', async () => {
    const guest = await desk.hire();
    await good(askRole(admin, 'eligible', 'adminAssign', guest.id, { scheduleInfo: lasting('P30D') }));
    expect(await kindsAbout(guest.id)).toEqual([]);
    await good(admin.patch(`/users/${guest.id}`, { userType: 'Guest' }));
    expect(await found(guest.id)).toMatchObject([
      {
        kind: 'guestWithPrivilege',
        severity: 'medium',
        whatToDo: 'reviewGuest',
        facts: { roleId: helpdesk, isDirect: true },
        links: { user: `/v1.0/users/${guest.id}` },
      },
    ]);
    await desk.play.move(await desk.after(1));
    await good(askRole(admin, 'eligible', 'adminRemove', guest.id));
    expect(await kindsAbout(guest.id)).toEqual([]);
  });

  test('a group that holds a role and is not under PIM', async () => {
    const groupId = await ownedGroup();
    await holdsRole(groupId, 'active', roleIds.securityReader);
    expect(await found(groupId)).toMatchObject([
      { kind: 'roleGroupOutsidePim', severity: 'high', facts: { roles: [{ displayName: 'Security Reader' }] } },
    ]);
    await onboard(groupId);
    expect(await kindsAbout(groupId)).toEqual([]);
  });

  test('an owner whose account is shut', async () => {
    const groupId = await newGroup(admin);
    const gone = await desk.hire();
    for (const { id } of [owner, gone]) {
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` };
      await good(admin.post(`/groups/${groupId}/owners/$ref`, reference));
    }
    await good(admin.patch(`/users/${gone.id}`, { accountEnabled: false }));
    expect(await found(groupId)).toMatchObject([
      { kind: 'roleGroupOwnerDisabled', facts: { id: gone.id }, links: { user: `/v1.0/users/${gone.id}` } },
    ]);
    await good(admin.delete(`/groups/${groupId}/owners/${gone.id}/$ref`));
    expect(await kindsAbout(groupId)).toEqual([]);
  });

  test('a package that leads to a privileged role without approval', async () => {
    const groupId = await ownedGroup();
    await holdsRole(groupId, 'eligible');
    const { policyId, packageId } = await giving(groupId, 'Member', {});
    expect(await found(policyId)).toMatchObject([
      {
        kind: 'privilegedPackageWithoutApproval',
        severity: 'high',
        facts: { packageDisplayName: `AP-${groupId}` },
        links: { accessPackage: `/v1.0${entitlements}/accessPackages/${packageId}` },
      },
    ]);
    const policy = await good(admin.get(`${entitlements}/assignmentPolicies/${policyId}`));
    await good(admin.put(`${entitlements}/assignmentPolicies/${policyId}`, { ...policy, ...approved() }));
    expect(await kindsAbout(policyId)).toEqual([]);
  });

  test('a promise that PIM cannot keep, and two activations', async () => {
    const groupId = await ownedGroup();
    await holdsRole(groupId, 'eligible');
    await onboard(groupId);
    const { policyId, packageId } = await giving(groupId, 'EligibleMember', {
      ...approved(),
      expiration: { type: 'afterDuration', duration: 'P30D' },
    });
    expect(await found(packageId)).toMatchObject([
      {
        kind: 'twoActivations',
        whatToDo: 'chooseOneActivation',
        facts: { groupId, roleId: helpdesk, roleDisplayName: 'Helpdesk Administrator' },
      },
    ]);
    expect(await kindsAbout(policyId)).toEqual([]);
    const rules = await policyIdOf(admin, 'member', groupId);
    await good(
      changeRule(admin, rules, 'Expiration_Admin_Eligibility', { isExpirationRequired: true, maximumDuration: 'P15D' }),
    );
    expect(await found(policyId)).toMatchObject([
      {
        kind: 'expiryMismatch',
        whatToDo: 'alignExpiration',
        facts: { lasts: 'PT720H', longestEligibility: 'PT360H', originId: groupId, gives: 'eligibleMember' },
      },
    ]);
    await good(
      changeRule(admin, rules, 'Expiration_Admin_Eligibility', { isExpirationRequired: true, maximumDuration: 'P30D' }),
    );
    expect(await kindsAbout(policyId)).toEqual([]);
  });

  test('an activation that may be asked for longer than the package lasts', async () => {
    const groupId = await ownedGroup();
    await holdsRole(groupId, 'eligible', roleIds.securityReader);
    const { policyId } = await giving(groupId, 'Member', {
      ...approved(),
      expiration: { type: 'afterDuration', duration: 'PT2H' },
    });
    expect(await found(policyId)).toMatchObject([
      {
        kind: 'activationOutlastsPackage',
        severity: 'low',
        facts: { lasts: 'PT2H', privilegeKind: 'role', privilegeId: roleIds.securityReader },
      },
    ]);
    const rules = await policyIdOf(admin, roleIds.securityReader);
    await good(
      changeRule(admin, rules, 'Expiration_EndUser_Assignment', {
        isExpirationRequired: true,
        maximumDuration: 'PT2H',
      }),
    );
    expect(await kindsAbout(policyId)).toEqual([]);
  });
});
