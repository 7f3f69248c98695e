import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor, root, stage } from '../../test/first-door.ts';
import type { UserCaller } from '../kernel/caller.ts';
import type { Id } from '../kernel/ids.ts';
import { newId } from '../kernel/ids.ts';

const graph = '#microsoft.graph.';

describe('what the first door shows', () => {
  let door: FirstDoor;
  let requestor: UserCaller;
  let approver: UserCaller;
  let stranger: UserCaller;
  let groupId: Id;
  let packageId: Id;
  let policyId: Id;
  let requestId: Id;

  beforeAll(async () => {
    door = await openFirstDoor();
    [requestor, approver, stranger] = (await Promise.all(['rita', 'adam', 'stan'].map((name) => door.hire(name)))) as [
      UserCaller,
      UserCaller,
      UserCaller,
    ];
    groupId = await door.group('GRP');
    packageId = await door.package(groupId);
    policyId = await door.policy(packageId, {
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: [{ '@odata.type': `${graph}singleUser`, userId: requestor.id }],
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stage([approver])] },
      questions: [{ '@odata.type': `${graph}accessPackageTextInputQuestion`, text: 'Ticket' }],
    });
    requestId = (await door.ask(requestor, packageId)).body.id;
  });
  afterAll(() => door.close());

  const idsFor = async (who: UserCaller, path: string) =>
    (await door.send(who, 'GET', `${root}${path}`)).body.value.map((one) => one.id);

  test.each([
    '/accessPackages?$expand=catalog,assignmentPolicies,resourceRoleScopes($expand=role($expand=resource),scope)&$count=true',
    '/accessPackages?$search="AP"',
    '/catalogs?$expand=accessPackages,resources($expand=roles,scopes),resourceRoles,resourceScopes',
    '/resources?$expand=roles,scopes',
    '/resourceRequests?$expand=catalog,resource',
    '/resourceRoleScopes?$expand=role,scope',
    '/assignmentPolicies?$expand=accessPackage,catalog,questions,customExtensionStageSettings',
    '/assignmentRequests?$expand=accessPackage,assignment($expand=target,assignmentPolicy),requestor&$orderby=createdDateTime',
    "/assignmentRequests?$filter=requestType eq 'userAdd' and createdDateTime gt 2020-01-01T00:00:00Z and schedule/expiration/type eq 'afterDuration'",
    '/assignments?$expand=accessPackage,assignmentPolicy,target',
    '/accessPackageAssignmentApprovals?$expand=stages',
    "/accessPackageAssignmentApprovals?$filter=stages/any(s:s/status eq 'InProgress')",
    '/subjects',
    '/settings',
  ])('everything at %s, to everyone', async (path) => {
    for (const who of [door.admin, requestor, approver, stranger]) {
      const answer = await door.send(who, 'GET', `${root}${path}`);
      expect([200, 404]).toContain(answer.status);
    }
    expect((await door.send(door.admin, 'GET', `${root}${path}`)).status).toBe(200);
  });

  test('pain 4, pain 5: requests to those who have to do with them', async () => {
    const path = `/assignmentRequests?$filter=accessPackage/id eq '${packageId}' and state eq 'pendingApproval'`;
    for (const who of [door.admin, requestor, approver]) expect(await idsFor(who, path)).toEqual([requestId]);
    expect(await idsFor(stranger, path)).toEqual([]);
    expect(await idsFor(requestor, `/assignmentRequests?$filter=requestor/objectId eq '${requestor.id}'`)).toEqual([
      requestId,
    ]);
    for (const [who, on] of [
      [requestor, 'target'],
      [requestor, 'createdBy'],
      [approver, 'approver'],
    ] as const) {
      expect(await idsFor(who, `/assignmentRequests/filterByCurrentUser(on='${on}')`)).toEqual([requestId]);
    }
    expect(await idsFor(approver, `/accessPackageAssignmentApprovals/filterByCurrentUser(on='approver')`)).toEqual([
      requestId,
    ]);
    expect(await idsFor(stranger, `/accessPackageAssignmentApprovals/filterByCurrentUser(on='approver')`)).toEqual([]);
    expect((await door.send(stranger, 'GET', `${root}/assignmentRequests/${requestId}`)).status).toBe(404);
    expect((await door.send(stranger, 'GET', `${root}/accessPackageAssignmentApprovals/${requestId}`)).status).toBe(
      404,
    );
    expect((await door.send(stranger, 'GET', `${root}/assignments/filterByCurrentUser(on='nobody')`)).status).toBe(400);
  });

  test('§1.26 packages to those who may ask for them, hidden ones by their id', async () => {
    const mine = `/accessPackages/filterByCurrentUser(on='allowedRequestor')`;
    expect(await idsFor(requestor, mine)).toEqual([packageId]);
    expect(await idsFor(stranger, mine)).toEqual([]);
    expect(await idsFor(stranger, '/accessPackages')).toEqual([]);
    await door.send(door.admin, 'PATCH', `${root}/accessPackages/${packageId}`, { isHidden: true });
    expect(await idsFor(requestor, mine)).toEqual([]);
    expect((await door.send(requestor, 'GET', `${root}/accessPackages/${packageId}`)).status).toBe(200);
    await door.send(door.admin, 'PATCH', `${root}/accessPackages/${packageId}`, { isHidden: false });
  });

  test('what a request asks for, before it is made', async () => {
    const path = `${root}/accessPackages/${packageId}/getApplicablePolicyRequirements`;
    expect((await door.send(requestor, 'POST', path)).body.value).toMatchObject([
      { policyId, isApprovalRequiredForAdd: true, questions: [{ text: 'Ticket' }] },
    ]);
    expect((await door.send(stranger, 'POST', path)).body.value).toEqual([]);
  });

  test('stages without being asked, their results in the words of the documentation', async () => {
    const path = `${root}/accessPackageAssignmentApprovals/${requestId}`;
    const before = await door.send(approver, 'GET', path);
    expect(before.body.stages).toMatchObject([
      { status: 'InProgress', reviewResult: 'NotReviewed', assignedToMe: true, reviewedBy: null, justification: '' },
    ]);
    await door.decide(approver, requestId);
    const after = await door.send(requestor, 'GET', `${path}/stages/${before.body.stages[0]?.id}`);
    expect(after.body).toMatchObject({
      status: 'Completed',
      reviewResult: 'Approved',
      assignedToMe: false,
      reviewedBy: { id: approver.id },
      justification: 'Looked at it',
    });
  });

  test('eligible roles of a group once it is under PIM', async () => {
    const { body } = await door.send(door.admin, 'GET', `${root}/catalogs?$filter=displayName eq 'General'`);
    const path = `${root}/catalogs/${body.value[0]?.id}/resources?$expand=roles,scopes&$filter=originId eq '${groupId}'`;
    const origins = async () => {
      const answer = await door.send(door.admin, 'GET', path);
      const { roles } = answer.body.value[0] as unknown as { roles: { originId: string }[] };
      return roles.map((role) => role.originId.split('_')[0]).sort();
    };
    expect(await origins()).toEqual(['Member', 'Owner']);
    await door.onboard(groupId);
    expect(await origins()).toEqual(['EligibleMember', 'EligibleOwner', 'Member', 'Owner']);
  });

  test('a policy as it was sent, and as it was replaced', async () => {
    const path = `${root}/assignmentPolicies/${policyId}`;
    const { body } = await door.send(door.admin, 'GET', path);
    const sent = {
      ...(body as unknown as Record<string, unknown>),
      displayName: 'Replaced',
      accessPackage: { id: packageId },
    };
    const replaced = await door.send(door.admin, 'PUT', path, sent);
    expect(replaced).toMatchObject({ status: 200, body: { displayName: 'Replaced' } });
    const again = {
      ...body,
      displayName: 'Replaced',
      modifiedDateTime: expect.any(String),
      '@odata.context': expect.any(String),
    };
    expect((await door.send(door.admin, 'GET', path)).body).toEqual(again);
    const nobody = stage([{ ...approver, id: newId() }]);
    const wrong = { ...sent, requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [nobody] } };
    expect(await door.send(door.admin, 'PUT', path, wrong)).toMatchObject({
      status: 400,
      body: {
        error: { code: 'SubjectNotFound', target: 'requestApprovalSettings/stages/0/primaryApprovers/0/userId' },
      },
    });
    expect((await door.send(requestor, 'PUT', path, sent)).status).toBe(403);
  });
});
