import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Actor, type Answer, type Json, openPlay, type Play } from './play.ts';

const root = '/identityGovernance/entitlementManagement';
const graph = 'https://graph.microsoft.com/v1.0';

describe.each(databaseKinds)('separation of duties on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  let approver: Actor;
  let catalog: string;
  let number = 0;

  beforeAll(async () => {
    play = await openPlay(kind);
    [admin, requestor, approver] = await Promise.all([play.as('admin'), play.as('requestor'), play.as('ciso')]);
    catalog = String((await admin.get(`${root}/catalogs?$select=id`)).body['value']?.[0]?.['id']);
  });
  afterAll(() => play?.close());

  async function made(path: string, body: object): Promise<string> {
    const answer = await admin.post(path, body);
    expect([answer.status, answer.body]).toMatchObject([201, {}]);
    return String(answer.body['id']);
  }

  const group = (name: string) =>
    made('/groups', { displayName: name, mailEnabled: false, mailNickname: name, securityEnabled: true });

  /** A package that gives a group of its own, for whoever asks; with a stage of approval if wanted. */
  async function scene(asksApproval = false): Promise<{ id: string; name: string; groupId: string }> {
    number += 1;
    const groupId = await group(`grp-${number}`);
    const origin = { originId: groupId, originSystem: 'AadGroup' };
    await made(`${root}/resourceRequests`, { requestType: 'adminAdd', resource: origin, catalog: { id: catalog } });
    const name = `Duty ${number}`;
    const id = await made(`${root}/accessPackages`, { displayName: name, catalog: { id: catalog } });
    await made(`${root}/accessPackages/${id}/resourceRoleScopes`, {
      role: { originId: `Member_${groupId}`, originSystem: 'AadGroup' },
      scope: origin,
    });
    const primaryApprovers = [{ '@odata.type': '#microsoft.graph.singleUser', userId: approver.id }];
    const stages = asksApproval ? [{ durationBeforeAutomaticDenial: 'P2D', primaryApprovers }] : [];
    await made(`${root}/assignmentPolicies`, {
      displayName: 'Everyone',
      accessPackage: { id },
      allowedTargetScope: 'allMemberUsers',
      expiration: { type: 'afterDuration', duration: 'P30D' },
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      requestApprovalSettings: { isApprovalRequiredForAdd: asksApproval, stages },
    });
    return { id, name, groupId };
  }

  const excludePackage = (id: string, other: string) =>
    admin.post(`${root}/accessPackages/${id}/incompatibleAccessPackages/$ref`, {
      '@odata.id': `${graph}${root}/accessPackages/${other}`,
    });
  const excludeGroup = (id: string, groupId: string) =>
    admin.post(`${root}/accessPackages/${id}/incompatibleGroups/$ref`, { '@odata.id': `${graph}/groups/${groupId}` });
  const ask = (accessPackageId: string, who = requestor) =>
    who.post(`${root}/assignmentRequests`, { requestType: 'userAdd', assignment: { accessPackageId } });
  const give = (accessPackageId: string, targetId = requestor.id) =>
    admin.post(`${root}/assignmentRequests`, { requestType: 'adminAdd', assignment: { accessPackageId, targetId } });
  const rows = ({ body }: Answer) => body['value'] as unknown as readonly Json[];
  const namesOf = (answer: Answer) => rows(answer).map((one) => String(one['displayName']));

  async function approve(requestId: string): Promise<Answer> {
    const approval = `${root}/accessPackageAssignmentApprovals/${requestId}`;
    const stage = (await approver.get(`${approval}?$expand=stages`)).body['stages']?.[0]?.['id'];
    return approver.patch(`${approval}/stages/${stage}`, { reviewResult: 'Approve', justification: 'Yes' });
  }

  function refused(answer: Answer, code: string, ...names: string[]): void {
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code } }]);
    for (const name of names) expect(String(answer.body['error']?.['message'])).toContain(name);
  }

  test('is said of packages and groups, read back from both ends, and taken back', async () => {
    const [west, east] = [await scene(), await scene()];
    const marketing = await group(`marketing-${number}`);
    expect((await excludePackage(west.id, east.id)).status).toBe(204);
    expect((await excludeGroup(west.id, marketing)).status).toBe(204);
    refused(await excludePackage(west.id, east.id), 'AlreadyIncompatible');
    refused(await excludePackage(west.id, west.id), 'IncompatibleWithItself');
    expect((await excludeGroup(west.id, crypto.randomUUID())).status).toBe(404);

    const of = `${root}/accessPackages/${west.id}`;
    expect(namesOf(await admin.get(`${of}/incompatibleAccessPackages`))).toEqual([east.name]);
    expect((await admin.get(`${of}/incompatibleAccessPackages/$count`)).body).toBe(1);
    expect(rows(await admin.get(`${of}/incompatibleAccessPackages/$ref`))).toEqual([
      { '@odata.id': expect.stringContaining(east.id) },
    ]);
    expect(namesOf(await admin.get(`${of}/incompatibleGroups`))).toEqual([`marketing-${number}`]);
    expect((await admin.get(`${of}/incompatibleGroups/$count`)).body).toBe(1);
    expect(rows(await admin.get(`${of}/incompatibleGroups/$ref`))).toHaveLength(1);
    const back = `${root}/accessPackages/${east.id}/accessPackagesIncompatibleWith`;
    expect(namesOf(await admin.get(back))).toEqual([west.name]);
    const expanded = await admin.get(`${of}?$expand=incompatibleAccessPackages,incompatibleGroups`);
    expect(expanded.body['incompatibleGroups']?.[0]?.['id']).toBe(marketing);
    // Who may ask for the package does not learn what excludes it.
    expect(namesOf(await requestor.get(`${of}/incompatibleAccessPackages`))).toEqual([]);

    expect((await admin.delete(`${of}/incompatibleAccessPackages/${east.id}/$ref`)).status).toBe(204);
    expect((await admin.delete(`${of}/incompatibleAccessPackages/${east.id}/$ref`)).status).toBe(404);
    expect((await admin.delete(`${of}/incompatibleGroups/${marketing}/$ref`)).status).toBe(204);
    expect(namesOf(await admin.get(back))).toEqual([]);
    const audits = await admin.get(`/auditLogs/directoryAudits?$filter=result eq 'success'&$top=8`);
    expect(rows(audits).map((one) => String(one['activityDisplayName']))).toEqual(
      expect.arrayContaining([
        'Create incompatible access package',
        'Create incompatible group',
        'Delete incompatible access package',
        'Delete incompatible group',
      ]),
    );
  });

  test('§1.24 keeps a package from who has the other, asked for or given, one way as in Entra', async () => {
    const [production, development] = [await scene(), await scene()];
    await excludePackage(production.id, development.id);
    expect((await ask(development.id)).status).toBe(201);
    refused(await ask(production.id), 'IncompatibleAccessPackage', development.name);
    refused(await give(production.id), 'IncompatibleAccessPackage', development.name);
    // The relation has one direction: production first, then development.
    expect((await give(production.id, play.idOf('colleague'))).status).toBe(201);
    expect((await give(development.id, play.idOf('colleague'))).status).toBe(201);
  });

  test('§1.24 works both ways where the organisation has settled so', async () => {
    const [production, development] = [await scene(), await scene()];
    await excludePackage(production.id, development.id);
    expect((await admin.patch('/sallyport/settings', { separationOfDuties: 'symmetric' })).status).toBe(200);
    expect((await ask(production.id)).status).toBe(201);
    refused(await ask(development.id), 'IncompatibleAccessPackage', production.name);
    expect((await admin.patch('/sallyport/settings', { separationOfDuties: 'oneDirectional' })).status).toBe(200);
    expect((await ask(development.id)).status).toBe(201);
  });

  test('counts membership of a group, through nested groups too', async () => {
    const marketing = await scene();
    const [outer, inner] = [await group(`outer-${number}`), await group(`inner-${number}`)];
    const reference = (id: string) => ({ '@odata.id': `${graph}/directoryObjects/${id}` });
    await excludeGroup(marketing.id, outer);
    expect((await admin.post(`/groups/${outer}/members/$ref`, reference(inner))).status).toBe(204);
    expect((await admin.post(`/groups/${inner}/members/$ref`, reference(requestor.id))).status).toBe(204);
    refused(await ask(marketing.id), 'IncompatibleGroup', `outer-${number}`);
    refused(await give(marketing.id), 'IncompatibleGroup');
    expect((await admin.delete(`/groups/${inner}/members/${requestor.id}/$ref`)).status).toBe(204);
    expect((await ask(marketing.id)).status).toBe(201);
  });

  test('is looked at again when a stage is approved: the vote is not taken, and the request waits', async () => {
    const [production, development] = [await scene(true), await scene()];
    await excludePackage(production.id, development.id);
    const requestId = String((await ask(production.id)).body['id']);
    const given = await ask(development.id);
    refused(await approve(requestId), 'IncompatibleAccessPackage', development.name);
    const request = `${root}/assignmentRequests/${requestId}?$expand=assignment`;
    expect((await admin.get(request)).body).toMatchObject({ state: 'pendingApproval', assignment: { state: null } });
    const assignment = (await admin.get(`${root}/assignmentRequests/${given.body['id']}?$expand=assignment`)).body[
      'assignment'
    ];
    const remove = { requestType: 'adminRemove', assignment: { id: assignment?.['id'] } };
    expect((await admin.post(`${root}/assignmentRequests`, remove)).status).toBe(201);
    expect((await approve(requestId)).status).toBe(204);
    expect((await admin.get(request)).body).toMatchObject({ state: 'delivered' });
  });

  test('leaves who has both what they have, lists them, and gives neither anew', async () => {
    const [production, development] = [await scene(), await scene()];
    expect([(await ask(production.id)).status, (await ask(development.id)).status]).toEqual([201, 201]);
    const both = `accessPackageId='${production.id}',incompatibleAccessPackageId='${development.id}'`;
    const listed = await admin.get(`${root}/assignments/additionalAccess(${both})?$expand=target,accessPackage`);
    expect(rows(listed)).toMatchObject([
      { target: { objectId: requestor.id }, accessPackage: { id: production.id }, state: 'delivered' },
    ]);
    const configured = `${root}/assignments/additionalAccess()?$expand=accessPackage`;
    const before = rows(await admin.get(configured)).length;
    await excludePackage(production.id, development.id);
    expect(rows(await admin.get(configured))).toHaveLength(before + 1);
    const members = await admin.get(`/groups/${production.groupId}/members?$select=id`);
    expect(rows(members).map((one) => String(one['id']))).toContain(requestor.id);

    const held = rows(listed)[0]?.['id'];
    const remove = { requestType: 'adminRemove', assignment: { id: held } };
    expect((await admin.post(`${root}/assignmentRequests`, remove)).status).toBe(201);
    refused(await ask(production.id), 'IncompatibleAccessPackage');
    expect(rows(await admin.get(`${root}/assignments/additionalAccess(${both})`))).toEqual([]);

    const of = `${root}/assignments/additionalAccess`;
    const same = `accessPackageId='${production.id}',incompatibleAccessPackageId='${production.id}'`;
    refused(await admin.get(`${of}(${same})`), 'BadRequest');
    refused(await admin.get(`${of}(accessPackageId='${production.id}')`), 'BadRequest');
    expect((await requestor.get(`${of}(${both})`)).status).toBe(403);
    const absent = `accessPackageId='${production.id}',incompatibleAccessPackageId='${crypto.randomUUID()}'`;
    expect((await admin.get(`${of}(${absent})`)).status).toBe(404);
  });
});
