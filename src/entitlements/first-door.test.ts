import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, type FirstDoor, openFirstDoor, root, stage } from '../../test/first-door.ts';
import { designPermissions } from '../access/permissions.ts';
import type { UserCaller } from '../kernel/caller.ts';
import { type Id, newId } from '../kernel/ids.ts';

describe('the first door', () => {
  let door: FirstDoor;
  let [manager, deputy, ciso, stranger]: UserCaller[] = [];
  let number = 0;

  beforeAll(async () => {
    door = await openFirstDoor();
    [manager, deputy, ciso, stranger] = await Promise.all(
      ['manager', 'deputy', 'ciso', 'stranger'].map((name) => door.hire(name)),
    );
  });
  afterAll(() => door.close());

  const person = (one: UserCaller | undefined): UserCaller => one ?? door.admin;
  const approval = (stages: object[]) => ({
    requestApprovalSettings: { isApprovalRequiredForAdd: true, isRequestorJustificationRequired: true, stages },
  });
  const byManager = () =>
    stage([], {
      primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }],
      fallbackPrimaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: person(deputy).id }],
    });

  /** A requestor who reports to the manager, and a package with the seed's two stages. */
  async function scene(
    changes: object = {},
  ): Promise<{ requestor: UserCaller; groupId: Id; packageId: Id; policyId: Id }> {
    number += 1;
    const requestor = await door.hire(`requestor${number}`);
    await door.setManager(requestor, person(manager));
    const groupId = await door.group(`GRP${number}`);
    const packageId = await door.package(groupId);
    const two = approval([byManager(), stage([person(ciso), person(deputy)])]);
    const policyId = await door.policy(packageId, { ...two, ...changes });
    return { requestor, groupId, packageId, policyId };
  }

  async function stateOf(requestId: Id): Promise<string> {
    const { body } = await door.send(door.admin, 'GET', `${root}/assignmentRequests/${requestId}`);
    return `${body.state}/${body.status}`;
  }

  const plainGroup = () => door.group(`PLAIN${newId()}`, { isAssignableToRole: false });

  const later = (hours: number) => door.runtime.clock.set(door.runtime.clock.now().add({ hours }).toString());

  test('§1.1 §1.2 pain 1, pain 30, pain 40: opens after both stages, in the transaction of the last approval, and shuts by itself', async () => {
    const { requestor, groupId, packageId } = await scene();
    const asked = await door.ask(requestor, packageId);
    expect(asked).toMatchObject({
      status: 201,
      body: { requestType: 'userAdd', state: 'pendingApproval', status: 'PendingApproval' },
    });
    const { id } = asked.body;
    expect(await door.decide(person(manager), id)).toMatchObject({ status: 204 });
    expect(await door.holds(requestor, groupId)).toBe(false);
    expect(await door.decide(person(ciso), id)).toMatchObject({ status: 204 });
    expect(await door.holds(requestor, groupId)).toBe(true);
    expect(await stateOf(id)).toBe('delivered/Delivered');
    const mine = `${root}/assignments/filterByCurrentUser(on='target')?$expand=target,accessPackage&$filter=state eq 'delivered'`;
    expect((await door.send(requestor, 'GET', mine)).body.value).toMatchObject([
      {
        state: 'delivered',
        target: { objectId: requestor.id },
        accessPackage: { id: packageId },
        schedule: { expiration: { type: 'afterDateTime' } },
      },
    ]);
    later(8);
    expect(await door.holds(requestor, groupId)).toBe(false);
    expect((await door.send(requestor, 'GET', mine)).body.value).toEqual([]);
    expect(await door.story(id)).toEqual([
      'assignment-request.submitted',
      'package-approval.opened',
      'package-approval.stageOpened',
      'package-approval.stageApproved',
      'package-approval.stageOpened',
      'package-approval.stageApproved',
      'assignment-request.approved',
      'assignment-request.readied',
      'group-member.active.given',
      'assignment.delivered',
      'assignment-request.fulfilled',
    ]);
  });

  test('§2.1 announces the end once, and nothing after an earlier removal', async () => {
    const { requestor, packageId } = await scene({ requestApprovalSettings: null });
    const { id } = (await door.ask(requestor, packageId)).body;
    const { body } = await door.send(door.admin, 'GET', `${root}/assignmentRequests/${id}?$expand=assignment`);
    await door.due('assignment.expired', body.assignment.id);
    expect(await door.story(id)).not.toContain('assignment.expired');
    later(8);
    await door.due('assignment.expired', body.assignment.id);
    expect(await door.story(id)).toContain('assignment.expired');
  });

  test('§1.3 §1.4 a denial ends it; others of the stage come too late', async () => {
    const { requestor, groupId, packageId } = await scene();
    const { id } = (await door.ask(requestor, packageId)).body;
    expect(await door.decide(person(manager), id, 'Deny')).toMatchObject({ status: 204 });
    expect(await stateOf(id)).toBe('denied/Denied');
    expect(await door.decide(person(manager), id, 'Approve', 1)).toMatchObject({ status: 409 });
    expect(await door.decide(person(ciso), id, 'Approve', 2)).toMatchObject({ status: 403 });
    expect(await door.holds(requestor, groupId)).toBe(false);
  });

  test('§1.5 silence denies it at the deadline, with no worker', async () => {
    const { requestor, packageId } = await scene();
    const { id } = (await door.ask(requestor, packageId)).body;
    await door.decide(person(manager), id);
    later(24);
    expect(await stateOf(id)).toBe('denied/Expired');
    expect(await door.decide(person(ciso), id, 'Approve', 2)).toMatchObject({
      status: 409,
      body: { error: { code: 'ApprovalStageExpired' } },
    });
    const pending = `${root}/assignmentRequests?$count=true&$filter=state eq 'denied' and status eq 'Expired'`;
    expect((await door.send(door.admin, 'GET', pending)).body.value.map((one) => one.id)).toContain(id);
    await door.due('assignment-request.deadline', id);
    expect(await door.story(id)).toContain('assignment-request.timedOut');
    expect((await door.ask(requestor, packageId)).status).toBe(201);
  });

  test('§1.8 §1.14 pain 3: only present approvers decide, each person once, never the requestor', async () => {
    const { requestor, packageId } = await scene();
    const { id } = (await door.ask(requestor, packageId)).body;
    expect(await door.decide(person(stranger), id)).toMatchObject({ status: 403 });
    const app = {
      kind: 'app',
      id: newId(),
      appId: newId(),
      displayName: 'App',
      permissions: designPermissions,
    } as const;
    const approvals = `${root}/accessPackageAssignmentApprovals`;
    const seen = await door.send(person(manager), 'GET', `${approvals}/${id}?$expand=stages`);
    const asApp = await door.send(app, 'PATCH', `${approvals}/${id}/stages/${seen.body.stages[0]?.id}`, {
      reviewResult: 'Approve',
      justification: 'Nobody asked me',
    });
    expect(asApp).toMatchObject({ status: 403 });
    expect(await stateOf(id)).toBe('pendingApproval/PendingApproval');
    expect(await door.decide(requestor, id)).toMatchObject({
      status: 403,
      body: { error: { code: 'OwnRequestNotDecidable' } },
    });
    expect(await door.decide(person(ciso), id, 'Approve', 2)).toMatchObject({ status: 409 });
    await door.send(door.admin, 'PATCH', `/users/${person(manager).id}`, { accountEnabled: false });
    const mine = `${root}/accessPackageAssignmentApprovals/filterByCurrentUser(on='approver')`;
    const { body } = await door.send(person(deputy), 'GET', mine);
    expect(body.value.find((one) => one.id === id)?.stages[0]).toMatchObject({
      status: 'InProgress',
      assignedToMe: true,
    });
    expect(await door.decide(person(deputy), id)).toMatchObject({ status: 204 });
    expect(await door.decide(person(deputy), id)).toMatchObject({
      status: 403,
      body: { error: { code: 'DistinctApproversRequired' } },
    });
    await door.send(door.admin, 'PATCH', `/users/${person(manager).id}`, { accountEnabled: true });
  });

  test('what is no longer there cannot be delivered, and says so', async () => {
    const { requestor, groupId, packageId } = await scene();
    const { id } = (await door.ask(requestor, packageId)).body;
    await door.decide(person(manager), id);
    await door.send(door.admin, 'DELETE', `/groups/${groupId}`);
    expect(await door.decide(person(ciso), id)).toMatchObject({ status: 204 });
    expect(await stateOf(id)).toBe('deliveryFailed/DeliveryFailed');
  });

  test('§3.1 nothing is delivered into a group that has become dynamic meanwhile', async () => {
    number += 1;
    const [requestor, groupId] = [await door.hire(`later${number}`), await plainGroup()];
    const packageId = await door.package(groupId);
    await door.policy(packageId, approval([stage([person(ciso)])]));
    const { id } = (await door.ask(requestor, packageId)).body;
    const rule = { groupTypes: ['DynamicMembership'], membershipRule: 'user.jobTitle -eq "Nobody"' };
    const changed = { ...rule, membershipRuleProcessingState: 'On' };
    expect((await door.send(door.admin, 'PATCH', `/groups/${groupId}`, changed)).status).toBe(204);
    expect(await door.decide(person(ciso), id)).toMatchObject({ status: 204 });
    expect(await stateOf(id)).toBe('deliveryFailed/DeliveryFailed');
    expect(await door.holds(requestor, groupId)).toBe(false);
  });

  test('§2.5 what a package gives more or less reaches who has it, and leaves what they have besides', async () => {
    const { requestor, packageId } = await scene({ requestApprovalSettings: null });
    await door.ask(requestor, packageId);
    const more = await plainGroup();
    const [besides, path] = [await door.package(more), `${root}/accessPackages/${packageId}/resourceRoleScopes`];
    await door.policy(besides);
    const role = {
      role: { originId: `Member_${more}`, originSystem: 'AadGroup' },
      scope: { originId: more, originSystem: 'AadGroup' },
    };
    const added = await door.send(door.admin, 'POST', path, role);
    expect(added.status).toBe(201);
    expect(await door.holds(requestor, more)).toBe(true);
    expect((await door.send(door.admin, 'DELETE', `${path}/${added.body.id}`)).status).toBe(204);
    expect(await door.holds(requestor, more)).toBe(false);
    const again = await door.send(door.admin, 'POST', path, role);
    await door.ask(requestor, besides);
    expect((await door.send(door.admin, 'DELETE', `${path}/${again.body.id}`)).status).toBe(204);
    expect(await door.holds(requestor, more)).toBe(true);
  });

  test('§1.20 §1.22 a request is cancelled by its requestor while it waits, and deleted when it has ended', async () => {
    const { requestor, packageId } = await scene();
    const { id } = (await door.ask(requestor, packageId)).body;
    const path = `${root}/assignmentRequests/${id}`;
    expect((await door.send(person(stranger), 'POST', `${path}/cancel`)).status).toBe(403);
    expect((await door.send(door.admin, 'DELETE', path)).status).toBe(400);
    expect((await door.send(requestor, 'POST', `${path}/cancel`)).status).toBe(204);
    expect(await stateOf(id)).toBe('canceled/Canceled');
    expect((await door.send(requestor, 'POST', `${path}/cancel`)).status).toBe(400);
    expect(await door.decide(person(manager), id, 'Approve', 1)).toMatchObject({
      status: 409,
      body: { error: { code: 'ApprovalClosed' } },
    });
    expect((await door.send(door.admin, 'DELETE', path)).status).toBe(204);
    expect((await door.send(door.admin, 'GET', path)).status).toBe(404);
  });

  test('§1.18 pain 42: an administrator gives and takes at once, but not to themselves', async () => {
    const { requestor, groupId, packageId, policyId } = await scene();
    const give = (targetId: Id) =>
      door.ask(door.admin, packageId, {
        requestType: 'AdminAdd',
        assignment: undefined,
        accessPackageAssignment: { targetId, assignmentPolicyId: policyId, accessPackageId: packageId },
      });
    expect(await give(door.admin.id)).toMatchObject({ status: 403, body: { error: { code: 'SelfGrantNotAllowed' } } });
    expect(await give(requestor.id)).toMatchObject({ status: 201, body: { state: 'delivered' } });
    expect(await door.holds(requestor, groupId)).toBe(true);
    expect(await give(requestor.id)).toMatchObject({ status: 400, body: { error: { code: 'AlreadyAssigned' } } });
    const held = await door.send(door.admin, 'GET', `${root}/assignments?$filter=target/objectId eq '${requestor.id}'`);
    const remove = { requestType: 'adminRemove', assignment: { id: held.body.value[0]?.id } };
    expect((await door.send(requestor, 'POST', `${root}/assignmentRequests`, remove)).status).toBe(403);
    expect((await door.send(door.admin, 'POST', `${root}/assignmentRequests`, remove)).status).toBe(201);
    expect(await door.holds(requestor, groupId)).toBe(false);
    expect((await door.send(door.admin, 'POST', `${root}/assignmentRequests`, remove)).status).toBe(400);
  });

  test('an account that is deleted loses its packages, and may ask anew once it is restored', async () => {
    const groupId = await door.group('GRP');
    const packageId = await door.package(groupId);
    await door.policy(packageId);
    const rita = await door.hire('rita-who-leaves');
    expect((await door.ask(rita, packageId)).body.state).toBe('delivered');
    expect((await door.send(door.admin, 'DELETE', `/users/${rita.id}`)).status).toBe(204);
    const assigned = `${root}/assignments?$filter=target/objectId eq '${rita.id}'`;
    expect((await door.send(door.admin, 'GET', assigned)).body.value).toMatchObject([{ state: 'expired' }]);
    expect((await door.send(door.admin, 'POST', `/directory/deletedItems/${rita.id}/restore`)).status).toBe(200);
    expect(await door.holds(rita, groupId)).toBe(false);
    expect((await door.ask(rita, packageId)).body.state).toBe('delivered');
    expect(await door.holds(rita, groupId)).toBe(true);
  });

  test("§2.4 a person gives up their own package, and nobody else's", async () => {
    const { requestor, groupId, packageId } = await scene({ requestApprovalSettings: null });
    await door.ask(requestor, packageId);
    const held = await door.send(requestor, 'GET', `${root}/assignments`);
    const remove = { requestType: 'userRemove', assignment: { id: held.body.value[0]?.id } };
    expect((await door.send(person(stranger), 'POST', `${root}/assignmentRequests`, remove)).status).toBe(404);
    expect((await door.send(requestor, 'POST', `${root}/assignmentRequests`, remove)).status).toBe(201);
    expect(await door.holds(requestor, groupId)).toBe(false);
    const { id } = (await door.send(requestor, 'GET', `${root}/assignmentRequests?$filter=requestType eq 'userAdd'`))
      .body.value[0] as Body;
    expect((await door.story(id)).slice(-3)).toEqual([
      'group-member.active.ended',
      'assignment.contentsRemoved',
      'assignment.removed',
    ]);
  });

  test('§2.5 §2.4 §3.3 pain 38: an eligible membership comes of a group under PIM, and two packages make a union', async () => {
    const { requestor, groupId, packageId } = await scene({ requestApprovalSettings: null });
    const path = `${root}/accessPackages/${packageId}/resourceRoleScopes`;
    const role = { role: { originId: `EligibleMember_${groupId}`, originSystem: 'AadGroup' } };
    expect(await door.send(door.admin, 'POST', path, role)).toMatchObject({
      status: 400,
      body: { error: { code: 'GroupNotUnderPim' } },
    });
    await door.onboard(groupId);
    const other = await door.package(groupId, 'EligibleMember');
    await door.policy(other);
    await door.ask(requestor, packageId);
    expect(await door.holds(requestor, groupId, 'eligible')).toBe(false);
    await door.ask(requestor, other);
    expect(await door.holds(requestor, groupId, 'eligible')).toBe(true);
    const { body } = await door.send(door.admin, 'GET', `${path}?$expand=role($expand=resource),scope`);
    expect(body.value).toMatchObject([
      { role: { originId: `Member_${groupId}`, resource: { originId: groupId } }, scope: { isRootScope: true } },
    ]);
    expect((await door.send(door.admin, 'POST', path, role)).status).toBe(201);
    expect((await door.send(door.admin, 'DELETE', `${path}/${body.value[0]?.id}`)).status).toBe(204);
    expect(await door.holds(requestor, groupId)).toBe(false);
    expect(await door.holds(requestor, groupId, 'eligible')).toBe(true);
  });

  test("an eligibility ends at PIM's maximum, and its package with it", async () => {
    const { requestor, groupId } = await scene();
    await door.onboard(groupId);
    const scope = `scopeId eq '${groupId}' and scopeType eq 'Group'`;
    const policies = await door.send(
      door.admin,
      'GET',
      `/policies/roleManagementPolicyAssignments?$filter=${scope} and roleDefinitionId eq 'member'`,
    );
    const { policyId } = policies.body.value[0] as unknown as { policyId: string };
    const rule = {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
      id: 'Expiration_Admin_Eligibility',
      isExpirationRequired: true,
      maximumDuration: 'P1D',
      target: { caller: 'Admin', operations: ['All'], level: 'Eligibility' },
    };
    const changed = await door.send(
      door.admin,
      'PATCH',
      `/policies/roleManagementPolicies/${policyId}/rules/${rule.id}`,
      rule,
    );
    expect(changed.status).toBeLessThan(300);
    const packageId = await door.package(groupId, 'EligibleMember');
    await door.policy(packageId, { expiration: { type: 'afterDuration', duration: 'P30D' } });
    await door.ask(requestor, packageId);
    later(23);
    expect(await door.holds(requestor, groupId, 'eligible')).toBe(true);
    later(1);
    expect(await door.holds(requestor, groupId, 'eligible')).toBe(false);
    const held = await door.send(requestor, 'GET', `${root}/assignments`);
    expect(held.body.value[0]).toMatchObject({ state: 'expired' });
  });

  test('§3.4 a package gives a privileged role as eligible only', async () => {
    const { body } = await door.send(door.admin, 'GET', `${root}/catalogs?$filter=displayName eq 'General'`);
    const catalog = { id: body.value[0]?.id };
    const roleId = '62e90394-69f5-4237-9190-012177145e10';
    const resource = { originId: roleId, originSystem: 'DirectoryRole' };
    const request = { requestType: 'adminAdd', resource, catalog };
    expect((await door.send(door.admin, 'POST', `${root}/resourceRequests`, request)).status).toBe(201);
    const { id } = (await door.send(door.admin, 'POST', `${root}/accessPackages`, { displayName: 'AP role', catalog }))
      .body;
    const give = (originId: string) =>
      door.send(door.admin, 'POST', `${root}/accessPackages/${id}/resourceRoleScopes`, {
        role: { originId, originSystem: 'DirectoryRole' },
        scope: { originId: roleId, originSystem: 'DirectoryRole' },
      });
    expect(await give('Active')).toMatchObject({ status: 400, body: { error: { code: 'PrivilegedRoleNotAllowed' } } });
    expect((await give('Eligible')).status).toBe(201);
  });

  test('§3.1 a dynamic group cannot be given, nor a group that is not there', async () => {
    const dynamic = await door.group('Dynamic', {
      isAssignableToRole: false,
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.jobTitle -eq "Nobody"',
      membershipRuleProcessingState: 'On',
    });
    const { body } = await door.send(door.admin, 'GET', `${root}/catalogs?$filter=displayName eq 'General'`);
    const add = (originId: Id) =>
      door.send(door.admin, 'POST', `${root}/resourceRequests`, {
        requestType: 'adminAdd',
        resource: { originId, originSystem: 'AadGroup' },
        catalog: { id: body.value[0]?.id },
      });
    expect(await add(dynamic)).toMatchObject({ status: 400, body: { error: { code: 'ResourceNotSuitable' } } });
    expect(await add(person(stranger).id)).toMatchObject({
      status: 400,
      body: { error: { code: 'ResourceOriginNotFound' } },
    });
  });
});
