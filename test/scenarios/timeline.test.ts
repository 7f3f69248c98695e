import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { askForPackage, decide, seedPackage } from './doors.ts';
import { approvedBy, askRole, changeRule, helpdesk, lasting, listed, newPerson, outcome, policyIdOf } from './pim.ts';
import { type Actor, type Answer, type Json, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const list = (value: unknown) => value as readonly Json[];
/** `stage 1 current`, `end ahead`: the steps of a timeline in short. */
const short = (timeline: Json) =>
  list(timeline['steps']).map(({ step, stage, state }) => [step, stage, state].filter((one) => one !== null).join(' '));
const same = (one: unknown, other: string) => Temporal.Instant.from(String(one)).equals(Temporal.Instant.from(other));

describe.each(databaseKinds)('what became of a request, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  let manager: Actor;
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
  });

  async function timeline(actor: Actor, id: string, of = 'assignmentRequests'): Promise<Json> {
    const { status, body } = await actor.get(`/sallyport/${of}/${id}/timeline`);
    expect([status, body]).toMatchObject([200, {}]);
    return body;
  }

  const step = (seen: Json, name: string, stage: number | null = null) =>
    list(seen['steps']).find(
      (one) => String(one['step']) === name && (stage === null || Number(one['stage']) === stage),
    );
  const hours = (count: number) =>
    play.now().then((now) => Temporal.Instant.from(now).add({ hours: count }).toString());
  const asked = async (person: Actor, changes: object = {}) => {
    const { status, body } = await askForPackage(play, person, changes);
    expect([status, body]).toMatchObject([201, {}]);
    return String(body['id']);
  };
  const cancel = (actor: Actor, seen: Json): Promise<Answer> =>
    actor.post(String(seen['cancellation']?.['path']).replace('/v1.0', ''));

  /** Changes the seed's only policy. */
  async function changePolicy(change: (policy: Record<string, Json>) => object): Promise<void> {
    const [policy] = await listed(
      admin,
      `${entitlements}/accessPackages/${await seedPackage(admin)}/assignmentPolicies`,
    );
    const changed = { ...policy, ...change({ ...policy } as unknown as Record<string, Json>) };
    const answer = await admin.put(`${entitlements}/assignmentPolicies/${policy?.['id']}`, changed);
    expect([answer.status, answer.body]).toMatchObject([200, {}]);
  }

  test('who has it now, since when, until when, and what comes next, to the end', async () => {
    const id = await asked(requestor);
    const made = await play.now();
    const first = await timeline(requestor, id);
    expect(first).toMatchObject({
      kind: 'accessPackage',
      type: 'userAdd',
      what: { type: 'accessPackage', displayName: expect.stringMatching(/^AP – Global/) },
      requestor: { id: requestor.id, displayName: 'Rio Requestor' },
      target: { id: requestor.id },
      state: 'pendingApproval',
      cancellation: { isPossible: true, code: null },
    });
    expect(short(first)).toEqual(['submitted done', 'stage 1 current', 'stage 2 ahead', 'delivery ahead', 'end ahead']);
    expect(step(first, 'submitted')).toMatchObject({
      by: { id: requestor.id },
      justification: 'Tenant migration tonight',
    });
    expect(step(first, 'stage', 1)).toMatchObject({
      holders: [{ id: manager.id, displayName: 'Mara Manager' }],
      areHoldersShown: true,
      result: null,
      next: 'stage',
    });
    expect(same(step(first, 'stage', 1)?.['since'], made)).toBe(true);
    expect(same(step(first, 'stage', 1)?.['until'], await hours(24))).toBe(true);
    // If every stage takes as long as it may.
    expect(same(step(first, 'stage', 2)?.['until'], await hours(48))).toBe(true);
    expect(step(first, 'stage', 2)?.['since']).toBeNull();

    await play.move('PT2H');
    expect((await decide(manager, id, 'Approve')).status).toBe(204);
    const second = await timeline(requestor, id);
    expect(short(second)).toEqual(['submitted done', 'stage 1 done', 'stage 2 current', 'delivery ahead', 'end ahead']);
    expect(step(second, 'stage', 1)).toMatchObject({
      result: 'approved',
      by: { displayName: 'Mara Manager' },
      justification: 'I looked at the ticket',
      holders: [],
      next: null,
    });
    expect(step(second, 'stage', 2)).toMatchObject({
      next: 'delivery',
      holders: [{ displayName: 'Cy Ciso' }, { displayName: 'Ivo Itmanager' }],
    });
    await decide(await play.as('ciso'), id, 'Approve');
    const third = await timeline(requestor, id);
    expect(short(third)).toEqual(['submitted done', 'stage 1 done', 'stage 2 done', 'delivery done', 'end ahead']);
    expect(third).toMatchObject({
      state: 'delivered',
      cancellation: { isPossible: false, code: 'RequestNotCancelable' },
    });
    expect(step(third, 'end')).toMatchObject({ cause: 'policy' });
    expect(same(step(third, 'end')?.['at'], await hours(8))).toBe(true);
    await play.move('PT8H');
    expect(short(await timeline(requestor, id)).at(-1)).toBe('end done');
  });

  test('requestor, approvers and readers are told; nobody else learns that there is a request', async () => {
    const id = await asked(requestor);
    for (const actor of [manager, admin, await play.asNewApp(['EntitlementManagement.Read.All'])]) {
      expect((await timeline(actor, id))['state']).toBe('pendingApproval');
    }
    expect((await timeline(admin, id))['cancellation']).toMatchObject({ isPossible: true });
    expect((await timeline(manager, id))['cancellation']).toMatchObject({
      isPossible: false,
      code: 'Authorization_RequestDenied',
    });
    const other = await play.as('helpdesk');
    for (const path of [
      `assignmentRequests/${id}`,
      `assignmentRequests/${crypto.randomUUID()}`,
      'assignmentRequests/x',
    ]) {
      expect(outcome(await other.get(`/sallyport/${path}/timeline`))).toBe('ResourceNotFound');
    }
    // Who decides later is not asked yet.
    expect(outcome(await (await play.as('ciso')).get(`/sallyport/assignmentRequests/${id}/timeline`))).toBe(
      'ResourceNotFound',
    );
  });

  test('denied, timed out, canceled and taken back', async () => {
    const denied = await asked(requestor);
    await decide(manager, denied, 'Deny');
    const seen = await timeline(requestor, denied);
    expect(short(seen)).toEqual([
      'submitted done',
      'stage 1 done',
      'stage 2 skipped',
      'delivery skipped',
      'end skipped',
    ]);
    expect(step(seen, 'stage', 1)).toMatchObject({ result: 'denied' });

    const canceled = await asked(requestor);
    expect((await cancel(requestor, await timeline(requestor, canceled))).status).toBe(204);
    expect(short(await timeline(requestor, canceled))).toEqual([
      'submitted done',
      'stage 1 skipped',
      'stage 2 skipped',
      'canceled done',
      'delivery skipped',
      'end skipped',
    ]);

    const late = await asked(requestor);
    const deadline = await hours(24);
    await play.move('P1D');
    const silent = await timeline(requestor, late);
    expect(silent['state']).toBe('denied');
    expect(step(silent, 'stage', 1)).toMatchObject({ state: 'skipped', result: 'timedOut', by: null });
    expect(same(step(silent, 'stage', 1)?.['at'], deadline)).toBe(true);

    const regretted = await asked(requestor);
    await decide(manager, regretted, 'Approve');
    const back = {
      requestType: 'approverRemove',
      assignment: { id: regretted },
      justification: 'The ticket was withdrawn',
    };
    const [request] = await listed(
      requestor,
      `${entitlements}/assignmentRequests?$filter=id eq '${regretted}'&$expand=assignment`,
    );
    const assignment = { id: request?.['assignment']?.['id'] ?? regretted };
    expect((await manager.post(`${entitlements}/assignmentRequests`, { ...back, assignment })).status).toBeLessThan(
      300,
    );
    expect(step(await timeline(requestor, regretted), 'stage', 1)).toMatchObject({
      result: 'takenBack',
      justification: 'The ticket was withdrawn',
    });
  });

  test('whoever asks is not told who decides where the policy keeps it from them', async () => {
    await changePolicy((policy) => {
      const settings = policy['requestApprovalSettings'] as unknown as { stages: object[] };
      const stages = settings.stages.map((one) => ({ ...one, approverInformationVisibility: 'notVisible' }));
      return { requestApprovalSettings: { ...settings, stages } };
    });
    const explained = await requestor.get(`/sallyport/explain?accessPackageId=${await seedPackage(admin)}`);
    expect(list(explained.body['stages'])[0]).toMatchObject({
      areApproversShown: false,
      approvers: [],
      alternates: [],
    });
    const id = await asked(requestor);
    await decide(manager, id, 'Approve');
    const hidden = { by: null, holders: [], areHoldersShown: false };
    const seen = await timeline(requestor, id);
    expect(step(seen, 'stage', 1)).toMatchObject({ ...hidden, result: 'approved' });
    expect(step(seen, 'stage', 2)).toMatchObject({ ...hidden, state: 'current' });
    for (const actor of [manager, admin]) {
      expect(step(await timeline(actor, id), 'stage', 1)).toMatchObject({
        by: { id: manager.id },
        areHoldersShown: true,
      });
    }
  });

  test('an escalation that lies ahead, that has come, and that was not needed', async () => {
    const person = (name: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId: play.idOf(name) });
    await changePolicy((policy) => {
      const settings = policy['requestApprovalSettings'] as unknown as { stages: object[] };
      const stages = settings.stages.map((one) => ({
        ...one,
        durationBeforeAutomaticDenial: 'P6D',
        isEscalationEnabled: true,
        durationBeforeEscalation: 'P2D',
        escalationApprovers: [person('identity-lead')],
      }));
      return { requestApprovalSettings: { ...settings, stages } };
    });
    const id = await asked(requestor);
    const escalation = await hours(48);
    const before = await timeline(requestor, id);
    expect(short(before).slice(1, 3)).toEqual(['stage 1 current', 'escalation 1 ahead']);
    expect(step(before, 'escalation')).toMatchObject({ holders: [{ id: play.idOf('identity-lead') }] });
    expect(same(step(before, 'escalation')?.['at'], escalation)).toBe(true);
    expect(step(before, 'stage', 1)).toMatchObject({ next: 'stage', holders: [{ id: manager.id }] });
    await play.move('P2D');
    const after = await timeline(requestor, id);
    expect(short(after).slice(1, 3)).toEqual(['stage 1 current', 'escalation 1 done']);
    expect(
      list(step(after, 'stage', 1)?.['holders'])
        .map((one) => String(one['id']))
        .sort(),
    ).toEqual([manager.id, play.idOf('identity-lead')].sort());
    await decide(manager, id, 'Approve');
    // The second stage is decided before it escalates.
    await decide(await play.as('ciso'), id, 'Approve');
    expect(short(await timeline(requestor, id))).toEqual([
      'submitted done',
      'stage 1 done',
      'escalation 1 done',
      'stage 2 done',
      'delivery done',
      'end ahead',
    ]);
  });

  test('a start that was asked for, and an end that came early', async () => {
    await changePolicy((policy) => ({
      requestorSettings: { ...(policy['requestorSettings'] as unknown as object), allowCustomAssignmentSchedule: true },
    }));
    const start = await hours(48);
    const id = await asked(requestor, { schedule: { startDateTime: start } });
    expect(short(await timeline(requestor, id)).slice(3)).toEqual(['start ahead', 'delivery ahead', 'end ahead']);
    for (const name of ['manager', 'ciso']) await decide(await play.as(name), id, 'Approve');
    const waiting = await timeline(requestor, id);
    expect(waiting['state']).toBe('scheduled');
    expect(step(waiting, 'start')).toMatchObject({ state: 'current', next: 'delivery' });
    expect(same(step(waiting, 'start')?.['until'], start)).toBe(true);
    await play.move(start);
    expect(short(await timeline(requestor, id)).slice(3)).toEqual(['start done', 'delivery done', 'end ahead']);
    const [request] = await listed(
      requestor,
      `${entitlements}/assignmentRequests?$filter=id eq '${id}'&$expand=assignment`,
    );
    const removal = { requestType: 'userRemove', assignment: { id: request?.['assignment']?.['id'] } };
    const removed = await requestor.post(`${entitlements}/assignmentRequests`, removal);
    expect(removed.status).toBe(201);
    expect(step(await timeline(requestor, id), 'end')).toMatchObject({ state: 'done', cause: 'removedByTarget' });
    expect(short(await timeline(requestor, String(removed.body['id'])))).toEqual(['submitted done', 'removal done']);
  });

  test('requests to PIM: an approval, an activation that ends early, and a wish that an administrator answers', async () => {
    const person = await newPerson(play, admin);
    const ciso = await play.as('ciso');
    await changeRule(admin, await policyIdOf(admin, helpdesk), 'Approval_EndUser_Assignment', approvedBy(ciso.id));
    await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P10D') });
    const of = 'scheduleRequests';
    const sent = await askRole(person, 'active', 'selfActivate', person.id, { scheduleInfo: lasting('PT2H') });
    const id = String(sent.body['id']);
    const seen = await timeline(person, id, of);
    expect(seen).toMatchObject({
      kind: 'privilege',
      type: 'selfActivate',
      what: { id: helpdesk, type: 'role', displayName: 'Helpdesk Administrator' },
      state: 'pendingApproval',
      cancellation: { isPossible: true },
    });
    expect(short(seen)).toEqual(['submitted done', 'stage 1 current', 'delivery ahead', 'end ahead']);
    expect(step(seen, 'stage', 1)).toMatchObject({ holders: [{ id: ciso.id }], next: 'delivery' });
    const path = `/beta/roleManagement/directory/roleAssignmentApprovals/${id}/steps`;
    const [stage] = list((await ciso.get(path.slice(0, -6))).body['steps']);
    const decision = { reviewResult: 'Approve', justification: 'Fine' };
    expect((await ciso.patch(`${path}/${stage?.['id']}`, decision)).status).toBe(204);
    expect(short(await timeline(person, id, of))).toEqual([
      'submitted done',
      'stage 1 done',
      'delivery done',
      'end ahead',
    ]);
    await play.move('PT10M');
    await askRole(person, 'active', 'selfDeactivate', person.id);
    expect(step(await timeline(ciso, id, of), 'end')).toMatchObject({ state: 'done', cause: 'deactivated' });

    const wish = await askRole(person, 'eligible', 'selfExtend', person.id, { scheduleInfo: lasting('P20D') });
    const wishId = String(wish.body['id']);
    const waiting = await timeline(person, wishId, of);
    expect(short(waiting)).toEqual(['submitted done', 'administrator current', 'delivery ahead', 'end ahead']);
    expect(step(waiting, 'administrator')).toMatchObject({ next: 'delivery', until: expect.any(String) });
    expect((await admin.post(`/sallyport/scheduleRequests/${wishId}/deny`, { justification: 'Enough' })).status).toBe(
      204,
    );
    expect(step(await timeline(person, wishId, of), 'administrator')).toMatchObject({
      state: 'done',
      result: 'denied',
    });

    const other = await play.as('helpdesk');
    for (const one of [id, wishId, crypto.randomUUID(), 'x']) {
      expect(outcome(await other.get(`/sallyport/scheduleRequests/${one}/timeline`))).toBe(
        'RoleAssignmentRequestNotFound',
      );
    }
    expect((await timeline(admin, id, of))['cancellation']).toMatchObject({ isPossible: false });
  });
});
