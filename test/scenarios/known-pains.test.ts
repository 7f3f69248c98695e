import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, deskIn, entitlements, stageOf } from './desk.ts';
import { decide } from './doors.ts';
import { askGroup, lasting, newGroup } from './pim.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

const approvals = `${entitlements}/accessPackageAssignmentApprovals`;

/** What users of comparable systems suffer from, and no other test of this folder is about. */
describe.each(databaseKinds)('what people complain of elsewhere, on %s', (kind) => {
  let play: Play;
  let desk: Desk;
  beforeAll(async () => {
    play = await openPlay(kind);
    desk = await deskIn(play);
  });
  afterAll(() => play?.close());

  const place = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  const waitingFor = async (who: Actor): Promise<string[]> => {
    const { body } = await who.get(`${approvals}/filterByCurrentUser(on='approver')?$select=id`);
    return (body['value'] as unknown as readonly Json[]).map((one) => String(one['id']));
  };
  const stageIn = async (who: Actor, id: string): Promise<string> => {
    const { body } = await who.get(`${approvals}/${id}/stages`);
    return String(body['value']?.[0]?.['id']);
  };
  const stateOf = async (id: string) => String((await desk.request(id))['state']);

  test('pain 13: who comes in for an approver has what waits already, and the requestor never does', async () => {
    const approvers = await desk.group();
    const [away, deputy, requestor] = [await desk.hire(), await desk.hire(), await desk.hire()];
    expect((await desk.admin.post(`/groups/${approvers}/members/$ref`, place(away.id))).status).toBe(204);
    const primaryApprovers = [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: approvers }];
    const stages = [{ ...stageOf(play), primaryApprovers }];
    const { packageId } = await desk.offer({ requestApprovalSettings: { stages } });
    const other = await desk.offer({ requestApprovalSettings: { stages: [stageOf(play, 'ciso')] } });
    const id = String((await desk.add(requestor, packageId)).body['id']);
    const elsewhere = String((await desk.add(requestor, other.packageId)).body['id']);
    expect(await waitingFor(deputy)).toEqual([]);

    for (const one of [deputy, requestor]) {
      expect((await desk.admin.post(`/groups/${approvers}/members/$ref`, place(one.id))).status).toBe(204);
    }
    expect((await desk.admin.delete(`/groups/${approvers}/members/${away.id}/$ref`)).status).toBe(204);
    // Of this package alone, with a mail, and not for who is away any more.
    expect(await waitingFor(deputy)).toEqual([id]);
    expect((await play.mailsTo(deputy.id)).map(({ event }) => event)).toEqual(['package-approval.approversChanged']);
    expect(await waitingFor(away)).toEqual([]);
    const stage = await stageIn(deputy, id);
    expect(codeOf(await decide(away, id, 'Approve', stage))).toMatch(/^40[34] /);
    const foreign = await stageIn(await play.as('ciso'), elsewhere);
    expect(codeOf(await decide(deputy, elsewhere, 'Approve', foreign))).toMatch(/^40[34] /);
    expect(await waitingFor(requestor)).toEqual([]);
    expect(codeOf(await decide(requestor, id, 'Approve', stage))).toMatch(/^40[34] /);
    expect(await stateOf(id)).toBe('pendingApproval');
    expect((await decide(deputy, id, 'Approve')).status).toBe(204);
    expect(await stateOf(id)).toBe('delivered');
  });

  test('pain 22: a mail decides nothing: whoever has its link has to be somebody who may', async () => {
    const { packageId } = await desk.offer({ requestApprovalSettings: { stages: [stageOf(play, 'ciso')] } });
    const id = String((await desk.add(await desk.hire(), packageId)).body['id']);
    const mail = (await play.mailTo('ciso')).find(({ text }) => text.includes(id));
    const links = [...String(mail?.text).matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link));
    expect(links.map(({ pathname, search }) => pathname + search)).toEqual([`/approvals/${id}`]);
    for (const method of ['GET', 'POST']) {
      await fetch(`${play.url}/approvals/${id}`, { method, redirect: 'manual' });
    }
    expect(await stateOf(id)).toBe('pendingApproval');
    const stage = await stageIn(await play.as('ciso'), id);
    const decision = { method: 'PATCH', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify({ reviewResult: 'Approve', justification: 'From a chat' });
    expect((await fetch(`${play.url}/v1.0${approvals}/${id}/stages/${stage}`, { ...decision, body })).status).toBe(401);
    // Who approves in one place and may not here is told so, though the link is known.
    expect(codeOf(await decide(await play.as('helpdesk'), id, 'Approve', stage))).toMatch(/^40[34] /);
    expect(await stateOf(id)).toBe('pendingApproval');
  });

  test('pain 31: what was made by hand before is said to be there, is found, and is used as it is', async () => {
    const catalog = String(
      (await desk.admin.get(`${entitlements}/catalogs?$filter=displayName eq 'General'`)).body['value']?.[0]?.['id'],
    );
    const groupId = await newGroup(desk.admin);
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    const onboard = () =>
      desk.admin.post(`${entitlements}/resourceRequests`, {
        requestType: 'adminAdd',
        resource,
        catalog: { id: catalog },
      });
    expect((await onboard()).status).toBe(201);
    expect(codeOf(await onboard())).toBe('400 ResourceAlreadyInCatalog');
    const found = await desk.admin.get(
      `${entitlements}/catalogs/${catalog}/resources?$filter=originId eq '${groupId}'&$expand=roles`,
    );
    expect(found.body['value']).toMatchObject([{ originId: groupId, originSystem: 'AadGroup' }]);

    // Under PIM by hand, and so taken as it is by whoever comes with a script, once and for all.
    const enable = () => desk.admin.post(`/sallyport/groups/${groupId}/pim/enable`);
    expect([(await enable()).status, (await enable()).status]).toEqual([204, 204]);
    const person = await desk.hire();
    const eligible = () =>
      askGroup(desk.admin, 'eligible', 'adminAssign', person.id, groupId, { scheduleInfo: lasting('P10D') });
    expect((await eligible()).status).toBe(201);
    expect(codeOf(await eligible())).toBe('400 RoleAssignmentExists');
    const { body } = await desk.admin.get(
      `/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=groupId eq '${groupId}'`,
    );
    expect(body['value']).toMatchObject([{ principalId: person.id, accessId: 'member' }]);
  });

  test('pain 35: what may not be read is never told as nothing, and values come back in their own types', async () => {
    const stranger = await desk.hire();
    const { packageId } = await desk.offer();
    for (const path of [
      '/auditLogs/directoryAudits',
      `/policies/roleManagementPolicies?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'`,
      '/roleManagement/directory/roleEligibilitySchedules',
      '/sallyport/findings',
    ]) {
      const { status, body } = await stranger.get(path);
      expect(`${path} ${status} ${body['value'] === undefined}`).toMatch(/ 40[34] true$/);
    }
    const policy = {
      displayName: 'As texts',
      accessPackage: { id: packageId },
      allowedTargetScope: 'allMemberUsers',
      expiration: { type: 'afterDuration', duration: 'PT8H' },
      requestorSettings: { enableTargetsToSelfAddAccess: 'true', enableOnBehalfRequestorsToAddAccess: 'false' },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: 'true',
        stages: [{ ...stageOf(play, 'ciso'), isApproverJustificationRequired: 'true' }],
      },
    };
    const made = await desk.admin.post(`${entitlements}/assignmentPolicies`, policy);
    expect(made.status).toBe(201);
    const read = await desk.admin.get(`${entitlements}/assignmentPolicies/${made.body['id']}`);
    expect(read.body).toMatchObject({
      requestorSettings: { enableTargetsToSelfAddAccess: true, enableOnBehalfRequestorsToAddAccess: false },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: true,
        stages: [{ isApproverJustificationRequired: true, primaryApprovers: [{ userId: play.idOf('ciso') }] }],
      },
      expiration: { duration: 'PT8H' },
    });
  });
});
