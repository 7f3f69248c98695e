import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApprovalRow, approvalRow } from '../../src/desk/approvals/contract.ts';
import { databaseKinds } from '../postgres.ts';
import {
  activate,
  askForPackage,
  decide,
  globalAdministrator,
  openStage,
  passFirstDoor,
  seedPackage,
} from './doors.ts';
import {
  approvedBy,
  askGroup,
  askRole,
  changeRule,
  helpdesk,
  lasting,
  listed,
  newGroup,
  newPerson,
  outcome,
  policyIdOf,
} from './pim.ts';
import { type Actor, type Answer, type Json, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const isRow = new Ajv2020({ strict: false, validateFormats: false }).compile<ApprovalRow>(approvalRow);

/** Decides where the desk says, as Graph wants it. */
function decideThere(actor: Actor, seen: Json, reviewResult: 'Approve' | 'Deny'): Promise<Answer> {
  const body = { reviewResult, justification: 'I looked at the case' };
  return actor.patch(String(seen['decideAt']?.['path']).replace('/v1.0', ''), body);
}

describe.each(databaseKinds)('what approvers see, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  let manager: Actor;
  let ciso: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());
  beforeEach(async () => {
    await play.reset();
    // A clock that was moved stands still.
    await play.move('PT1H');
    admin = await play.as('admin');
    requestor = await play.as('requestor');
    manager = await play.as('manager');
    ciso = await play.as('ciso');
  });

  async function rows(actor: Actor, query = ''): Promise<readonly Json[]> {
    const found = await listed(actor, `/sallyport/approvals${query}`);
    for (const one of found) expect([one, isRow(one)]).toEqual([one, true]);
    return found;
  }

  async function caseOf(actor: Actor, id: string): Promise<Json> {
    const { status, body } = await actor.get(`/sallyport/approvals/${id}`);
    expect([status, body]).toMatchObject([200, {}]);
    return body;
  }

  const asked = async (person = requestor) => {
    const { status, body } = await askForPackage(play, person);
    expect([status, body]).toMatchObject([201, {}]);
    return String(body['id']);
  };
  const hours = (count: number) =>
    play.now().then((now) => Temporal.Instant.from(now).add({ hours: count }).toString());
  const same = (one: unknown, other: string) => Temporal.Instant.from(String(one)).equals(Temporal.Instant.from(other));

  test('one list of both doors: what waits, and what is past', async () => {
    const id = await asked();
    const deadline = await hours(24);
    const [row, ...others] = await rows(manager, "?$filter=status eq 'pending'");
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      id,
      kind: 'accessPackage',
      status: 'pending',
      state: 'pending',
      what: { type: 'accessPackage', displayName: expect.stringMatching(/^AP – Global/) },
      requestor: { id: requestor.id, displayName: 'Rio Requestor' },
      target: { id: requestor.id },
      stage: 1,
      stages: 2,
      endedDateTime: null,
      ownDecision: null,
    });
    expect(same(row?.['deadline'], deadline)).toBe(true);
    expect(await rows(ciso)).toEqual([]);
    await decide(manager, id, 'Approve');
    expect(await rows(manager, "?$filter=status eq 'pending'")).toEqual([]);
    expect(await rows(manager)).toMatchObject([
      { id, status: 'past', state: 'pending', stage: 2, ownDecision: { stage: 1, decision: 'approve' } },
    ]);
    expect(await rows(ciso)).toMatchObject([{ id, status: 'pending', stage: 2, ownDecision: null }]);
    expect(await rows(await play.as('it-manager'), '?$search="rio"')).toMatchObject([{ id, status: 'pending' }]);
    await decide(ciso, id, 'Deny');
    for (const who of [ciso, await play.as('it-manager')]) {
      expect(await rows(who)).toMatchObject([{ status: 'past', state: 'denied', stage: 2, deadline: null }]);
    }
    // What one asked for oneself is no decision of one's own, and reading everything is none either.
    expect(await rows(requestor)).toEqual([]);
    expect(await rows(admin)).toEqual([]);
    const app = await play.asNewApp(['EntitlementManagement.Read.All']);
    expect(outcome(await app.get('/sallyport/approvals'))).toBe('Authorization_RequestDenied');
  });

  test('pain 23: the case of a package: who, why, what it opens, until when, and who decides', async () => {
    const id = await asked();
    const seen = await caseOf(manager, id);
    expect(seen).toMatchObject({
      kind: 'accessPackage',
      state: 'pending',
      requestor: {
        id: requestor.id,
        displayName: 'Rio Requestor',
        userPrincipalName: 'requestor@sallyport.example',
        jobTitle: 'IT Administrator',
        manager: { displayName: 'Mara Manager' },
      },
      target: null,
      request: { type: 'userAdd', justification: 'Tenant migration tonight', expiration: { duration: 'PT8H' } },
      answers: [{ text: 'ITSM ticket number', isRequired: true, isEditable: false, value: 'CHG0042' }],
      opens: [
        {
          as: 'member',
          resource: { kind: 'group', displayName: 'GRP-ELIG-GlobalAdmin' },
          leadsTo: [{ mode: 'eligible', role: { id: globalAdministrator, isPrivileged: true }, activationsNeeded: 1 }],
        },
      ],
      access: { isPossible: true, endsBecause: { reason: 'policy' } },
      holds: [],
      incompatibleWith: [],
      stages: [
        { stage: 1, state: 'current', decision: null, approvers: [{ id: manager.id, source: 'primary' }] },
        {
          stage: 2,
          state: 'ahead',
          openedDateTime: null,
          approvers: expect.arrayContaining([{ id: ciso.id, displayName: 'Cy Ciso', source: 'primary' }]),
        },
      ],
      mayDecide: { isPossible: true, code: null },
      mayApprove: { isPossible: true },
      mayTakeBack: { isPossible: false, code: 'ApprovalNotGiven' },
      isJustificationRequired: true,
      decision: null,
    });
    expect(same(seen['access']?.['endDateTime'], await hours(8))).toBe(true);
    expect((await decideThere(manager, seen, 'Approve')).status).toBe(204);
    expect(await caseOf(ciso, id)).toMatchObject({
      stages: [
        {
          state: 'done',
          decision: { by: { displayName: 'Mara Manager' }, decision: 'approve', justification: 'I looked at the case' },
        },
        { state: 'current' },
      ],
      decision: { stage: 1 },
      mayDecide: { isPossible: true },
    });
    // Who has decided a stage decides no other, and is not told what they hold any more.
    expect(await caseOf(manager, id)).toMatchObject({
      mayDecide: { isPossible: false, code: 'DistinctApproversRequired' },
      mayApprove: { isPossible: false, code: 'DistinctApproversRequired' },
      holds: null,
      incompatibleWith: null,
      mayTakeBack: { isPossible: true, code: null },
    });
    const takeBack = () =>
      manager.post('/identityGovernance/entitlementManagement/assignmentRequests', {
        requestType: 'approverRemove',
        assignment: { id },
        justification: 'I was deceived',
      });
    expect((await takeBack()).status).toBe(201);
    const refused = outcome(await takeBack());
    expect(await caseOf(manager, id)).toMatchObject({ mayTakeBack: { isPossible: false, code: refused } });
  });

  test('what came of it is taken back as long as it lasts', async () => {
    const id = await asked();
    await decide(manager, id, 'Approve');
    await decide(ciso, id, 'Approve');
    expect(await caseOf(ciso, id)).toMatchObject({ state: 'approved', mayTakeBack: { isPossible: true } });
    await play.move('PT9H');
    expect(await caseOf(ciso, id)).toMatchObject({ mayTakeBack: { isPossible: false, code: 'AssignmentEnded' } });
  });

  test('a second person’s decision at the same moment is shown at once, not as an error', async () => {
    const id = await asked();
    await decide(manager, id, 'Approve');
    const itManager = await play.as('it-manager');
    const seen = await caseOf(itManager, id);
    expect(seen['mayDecide']).toMatchObject({ isPossible: true });
    expect((await decideThere(ciso, await caseOf(ciso, id), 'Deny')).status).toBe(204);
    const late = await decideThere(itManager, seen, 'Approve');
    expect(await caseOf(itManager, id)).toMatchObject({
      state: 'denied',
      decision: { stage: 2, decision: 'deny', by: { displayName: 'Cy Ciso' } },
      mayDecide: { isPossible: false, code: outcome(late) },
      decideAt: null,
      access: null,
    });
  });

  test('who is told what: approvers and readers, nobody else', async () => {
    const id = await asked();
    const helpdeskAgent = await play.as('helpdesk');
    for (const one of [requestor, ciso, helpdeskAgent]) {
      expect(outcome(await one.get(`/sallyport/approvals/${id}`))).toBe('ApprovalNotFound');
    }
    expect(outcome(await manager.get(`/sallyport/approvals/${crypto.randomUUID()}`))).toBe('ApprovalNotFound');
    expect(outcome(await manager.get('/sallyport/approvals/nothing'))).toBe('ApprovalNotFound');
    // An administrator reads all of it and decides nothing.
    expect(await caseOf(admin, id)).toMatchObject({
      mayDecide: { isPossible: false, code: 'NotAnApprover' },
      holds: [],
    });
    // Who reads requests and not everybody's access is not told what people hold.
    const reader = await play.asNewApp(['EntitlementManagement.Read.All']);
    expect(await caseOf(reader, id)).toMatchObject({ holds: null, mayDecide: { code: 'NotAnApprover' } });
    const access = await play.asNewApp(['EntitlementManagement.Read.All', 'RoleManagement.Read.All']);
    expect(await caseOf(access, id)).toMatchObject({ holds: [] });
  });

  test('pain 23: what the person holds already, and what the package cannot be had with', async () => {
    const colleague = await play.as('colleague');
    await askRole(admin, 'eligible', 'adminAssign', colleague.id, { scheduleInfo: lasting('P30D') });
    const id = await asked(colleague);
    const approver = await play.as('it-manager');
    expect(await caseOf(approver, id)).toMatchObject({
      holds: [{ kind: 'role', id: helpdesk, displayName: 'Helpdesk Administrator', mode: 'eligible' }],
      incompatibleWith: [],
      mayApprove: { isPossible: true },
      // The requestor has no manager: somebody stands in.
      stages: [{ approvers: [{ id: approver.id, source: 'fallback' }] }, {}],
    });
    const groupId = await newGroup(admin, { isAssignableToRole: false });
    const reference = (of: string, which: string) => ({
      '@odata.id': `https://graph.microsoft.com/v1.0/${of}/${which}`,
    });
    await admin.post(`/groups/${groupId}/members/$ref`, reference('directoryObjects', colleague.id));
    const path = `${entitlements}/accessPackages/${await seedPackage(admin)}/incompatibleGroups/$ref`;
    expect((await admin.post(path, reference('groups', groupId))).status).toBe(204);
    const seen = await caseOf(approver, id);
    expect(seen).toMatchObject({
      incompatibleWith: [{ kind: 'group', id: groupId }],
      mayDecide: { isPossible: true },
      mayApprove: { isPossible: false, code: 'IncompatibleGroup' },
      access: { isPossible: false, code: 'IncompatibleGroup', endDateTime: null },
    });
    expect(outcome(await decideThere(approver, seen, 'Approve'))).toBe('IncompatibleGroup');
    expect((await decideThere(approver, seen, 'Deny')).status).toBe(204);
  });

  test('time alone ends it', async () => {
    const id = await asked();
    await play.move('P1D');
    expect(await rows(manager)).toMatchObject([{ status: 'past', state: 'timedOut' }]);
    expect(await caseOf(manager, id)).toMatchObject({
      state: 'timedOut',
      stages: [
        { state: 'skipped', isTimedOut: true },
        { state: 'skipped', isTimedOut: false, openedDateTime: null },
      ],
      mayDecide: { isPossible: false, code: 'ApprovalStageExpired' },
    });
  });

  test('the case of an activation: of a role, and of a group that holds one', async () => {
    const person = await newPerson(play, admin);
    await changeRule(admin, await policyIdOf(admin, helpdesk), 'Approval_EndUser_Assignment', approvedBy(ciso.id));
    await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('PT3H') });
    const more = { scheduleInfo: lasting('PT4H'), ticketInfo: { ticketNumber: 'INC-9', ticketSystem: 'Desk' } };
    const sent = await askRole(person, 'active', 'selfActivate', person.id, more);
    const id = String(sent.body['id']);
    expect(await rows(ciso)).toMatchObject([
      { id, kind: 'activation', status: 'pending', what: { id: helpdesk, type: 'role' }, stage: 1, stages: 1 },
    ]);
    const seen = await caseOf(ciso, id);
    expect(seen).toMatchObject({
      kind: 'activation',
      what: { displayName: 'Helpdesk Administrator', type: 'role' },
      request: {
        type: 'selfActivate',
        justification: 'INC-1',
        ticketNumber: 'INC-9',
        expiration: { duration: 'PT4H' },
      },
      answers: [],
      opens: [{ as: 'active', resource: { kind: 'role', id: helpdesk }, activation: null, leadsTo: [] }],
      // The eligibility ends before what was asked for.
      access: { isPossible: true, endsBecause: { reason: 'link' } },
      holds: [{ id: helpdesk, mode: 'eligible' }],
      incompatibleWith: [],
      mayDecide: { isPossible: true },
    });
    expect(same(seen['access']?.['endDateTime'], await hours(3))).toBe(true);
    expect((await decideThere(ciso, seen, 'Approve')).status).toBe(204);
    expect(await caseOf(ciso, id)).toMatchObject({
      state: 'approved',
      access: { isPossible: true, endDateTime: seen['access']?.['endDateTime'] },
      decision: { by: { displayName: 'Cy Ciso' } },
    });

    const groupId = await newGroup(admin);
    await askRole(admin, 'active', 'adminAssign', groupId, { scheduleInfo: lasting('P30D') });
    await askGroup(admin, 'eligible', 'adminAssign', person.id, groupId, { scheduleInfo: lasting('P30D') });
    const policyId = await policyIdOf(admin, 'member', groupId);
    await changeRule(admin, policyId, 'Approval_EndUser_Assignment', approvedBy(ciso.id));
    const joined = await askGroup(person, 'active', 'selfActivate', person.id, groupId, {
      scheduleInfo: lasting('PT1H'),
    });
    const group = await caseOf(ciso, String(joined.body['id']));
    expect(group).toMatchObject({
      what: { id: groupId, type: 'group' },
      opens: [{ as: 'member', resource: { id: groupId }, leadsTo: [{ mode: 'active', role: { id: helpdesk } }] }],
    });
    expect((await decideThere(ciso, group, 'Approve')).status).toBe(204);
  });

  test('whose office it was decides no longer once it is over, and is told so everywhere', async () => {
    const person = await newPerson(play, admin);
    const deputy = await newPerson(play, admin);
    const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
    await askRole(
      admin,
      'active',
      'adminAssign',
      deputy.id,
      { scheduleInfo: lasting('PT2H') },
      privilegedRoleAdministrator,
    );
    const rule = { setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [] }] } };
    await changeRule(admin, await policyIdOf(admin, helpdesk), 'Approval_EndUser_Assignment', rule);
    await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P30D') });
    const sent = await askRole(person, 'active', 'selfActivate', person.id, { scheduleInfo: lasting('PT1H') });
    const id = String(sent.body['id']);
    const counted = async (actor: Actor) => (await actor.get('/sallyport/me')).body['counts']?.['pendingApprovals'];
    expect(await rows(deputy)).toMatchObject([{ id, status: 'pending' }]);
    expect(await counted(deputy)).toBe(1);
    await play.move('PT2H');
    expect(await rows(deputy)).toMatchObject([{ id, status: 'past', state: 'pending' }]);
    expect(await counted(deputy)).toBe(0);
    expect(await caseOf(deputy, id)).toMatchObject({
      mayDecide: { isPossible: false, code: 'NotAnApprover' },
      holds: null,
    });
    expect(await rows(admin)).toMatchObject([{ id, status: 'pending' }]);
  });

  test('what came of what was approved', async () => {
    const id = await passFirstDoor(play, requestor);
    expect((await activate(requestor)).status).toBe(201);
    const ended = await hours(8);
    const seen = await caseOf(ciso, id);
    expect(seen).toMatchObject({ state: 'approved', access: { isPossible: true, endsBecause: { reason: 'policy' } } });
    expect(same(seen['access']?.['endDateTime'], ended)).toBe(true);
    expect(await openStage(ciso, id)).toBeUndefined();
  });
});
