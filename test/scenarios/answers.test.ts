import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide, storyOf } from './doors.ts';
import type { Actor, Json } from './play.ts';

const text = '#microsoft.graph.accessPackageTextInputQuestion';

describe.each(databaseKinds)('answers to the questions of a policy on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  /** A package whose policy asks for a ticket, that can be put right, and for a cost centre, that cannot. */
  async function scene(policy: object = {}) {
    const offer = await desk.offer({
      requestorSettings: { enableTargetsToSelfAddAccess: true, enableTargetsToSelfUpdateAccess: true },
      questions: [
        { '@odata.type': text, text: 'Ticket', isRequired: true, isAnswerEditable: true, regexPattern: '[A-Z]+\\d+' },
        { '@odata.type': text, text: 'Cost centre', isRequired: false, isAnswerEditable: false },
      ],
      ...policy,
    });
    const { body } = await desk.admin.get(`${entitlements}/assignmentPolicies/${offer.policyId}?$expand=questions`);
    const [ticket, centre] = (body['questions'] as unknown as readonly Json[]).map((one) => String(one['id']));
    const who = await desk.hire();
    return { ...offer, ticket: ticket ?? '', centre: centre ?? '', who };
  }
  const answer = (id: string, value: string) => ({ value, answeredQuestion: { '@odata.type': text, id } });
  const valuesOf = ({ answers }: Json) =>
    Object.fromEntries(
      (answers as unknown as readonly Json[]).map((one) => [String(one['answeredQuestion']?.['id']), one['value']]),
    );
  async function held(who: Actor, packageId: string): Promise<Json> {
    const [assignment] = await desk.assignments(who, packageId);
    const expand = '$expand=target,policy,accessPackage&$count=true';
    const filter = `accessPackageId eq '${packageId}' and state eq 'delivered' and target/displayName ge 'p'`;
    const { body } = await desk.admin.get(`/sallyport/assignments?$filter=${filter}&${expand}`);
    expect(body).toMatchObject({
      '@odata.count': 1,
      value: [{ id: assignment?.['id'], target: { id: who.id }, policy: {}, accessPackage: { id: packageId } }],
    });
    return (await desk.admin.get(`/sallyport/assignments/${assignment?.['id']}`)).body;
  }

  test('are changed by their holder where the question lets them, and the end stays', async () => {
    const { who, packageId, policyId, ticket, centre } = await scene();
    const asked = await desk.add(who, packageId, { answers: [answer(ticket, 'CHG1')] });
    expect(asked.status).toBe(201);
    const before = await held(who, packageId);
    await desk.play.move('P1D');
    // As Graph's documentation has a userUpdate: by package, policy and target.
    const assignment = { targetId: who.id, assignmentPolicyId: policyId, accessPackageId: packageId };
    const update = (answers: readonly object[]) =>
      desk.ask(who, { requestType: 'userUpdate', assignment, justification: 'New', answers });
    const changed = await update([answer(ticket, 'CHG2'), answer(centre, '4711')]);
    expect(changed).toMatchObject({ status: 201, body: { requestType: 'userUpdate', state: 'delivered' } });
    const after = await held(who, packageId);
    expect(valuesOf(after)).toEqual({ [ticket]: 'CHG2', [centre]: '4711' });
    expect(after['endDateTime']).toBe(before['endDateTime']);
    expect(await storyOf(desk.play, String(changed.body['id']))).toContain(
      'Update access package assignment request: success',
    );
    expect(codeOf(await update([answer(centre, '4712')]))).toBe('400 AnswerNotEditable');
    expect(codeOf(await update([answer(ticket, 'nothing')]))).toBe('400 AnswerNotValid');
    expect(
      codeOf(
        await desk.ask(who, {
          requestType: 'userUpdate',
          assignment: { accessPackageId: (await desk.offer()).packageId },
        }),
      ),
    ).toBe('404 ResourceNotFound');
  });

  test('are changed by an administrator, all of them, as Graph documents it', async () => {
    const { who, packageId, ticket, centre } = await scene();
    const answers = [answer(ticket, 'CHG1'), answer(centre, '4711')];
    expect((await desk.add(who, packageId, { answers })).status).toBe(201);
    const { id } = await held(who, packageId);
    const changed = await desk.ask(desk.admin, {
      requestType: 'adminUpdate',
      assignment: { id: String(id) },
      answers: [answer(centre, '4712')],
    });
    expect(changed).toMatchObject({
      status: 201,
      body: { requestType: 'adminUpdate', schedule: { expiration: { type: 'notSpecified' } } },
    });
    expect(valuesOf(await held(who, packageId))).toEqual({ [ticket]: 'CHG1', [centre]: '4712' });
  });

  test('wait for approval like an extension, and hold once it is given', async () => {
    const requestApprovalSettings = {
      isApprovalRequiredForAdd: false,
      isApprovalRequiredForUpdate: true,
      stages: [stageOf(desk.play, 'ciso')],
    };
    const { who, packageId, ticket } = await scene({ requestApprovalSettings });
    expect((await desk.add(who, packageId, { answers: [answer(ticket, 'CHG1')] })).status).toBe(201);
    const { id } = await held(who, packageId);
    const update = { requestType: 'userUpdate', assignment: { id: String(id) }, answers: [answer(ticket, 'CHG2')] };
    const asked = await desk.ask(who, update);
    expect(asked.body).toMatchObject({ state: 'pendingApproval' });
    expect(valuesOf(await held(who, packageId))).toEqual({ [ticket]: 'CHG1' });
    expect((await decide(await desk.play.as('ciso'), String(asked.body['id']), 'Approve')).status).toBe(204);
    expect(valuesOf(await held(who, packageId))).toEqual({ [ticket]: 'CHG2' });
  });

  test('are put right by whoever could decide now, and by nobody else, with a trace', async () => {
    const stages = [stageOf(desk.play, 'ciso', 'manager'), stageOf(desk.play, 'it-manager')];
    const { who, packageId, ticket, centre } = await scene({ requestApprovalSettings: { stages } });
    const answers = [answer(ticket, 'CHG1'), answer(centre, '4711')];
    const id = String((await desk.add(who, packageId, { answers })).body['id']);
    const path = `${entitlements}/assignmentRequests/${id}`;
    const put = (actor: Actor, sent: readonly object[]) => actor.patch(path, { answers: sent });
    const [ciso, later] = [await desk.play.as('ciso'), await desk.play.as('it-manager')];
    expect(await put(ciso, [answer(ticket, 'CHG2')])).toMatchObject({ status: 200, body: { id } });
    expect(valuesOf(await desk.request(id))).toEqual({ [ticket]: 'CHG2', [centre]: '4711' });
    expect(codeOf(await put(ciso, [answer(centre, '4712')]))).toBe('400 AnswerNotEditable');
    expect(codeOf(await put(who, [answer(ticket, 'CHG3')]))).toBe('403 OwnRequestNotDecidable');
    expect(codeOf(await put(later, [answer(ticket, 'CHG3')]))).toBe('403 NotAnApprover');
    expect(codeOf(await put(desk.admin, [answer(ticket, 'CHG3')]))).toBe('403 NotAnApprover');
    expect((await decide(ciso, id, 'Approve')).status).toBe(204);
    expect(codeOf(await put(ciso, [answer(ticket, 'CHG3')]))).toBe('403 DistinctApproversRequired');
    expect((await put(later, [answer(ticket, 'CHG4')])).status).toBe(200);
    expect((await decide(later, id, 'Approve')).status).toBe(204);
    expect((await put(later, [answer(ticket, 'CHG5')])).status).toBeGreaterThanOrEqual(403);
    expect(valuesOf(await held(who, packageId))).toEqual({ [ticket]: 'CHG4', [centre]: '4711' });
    const story = await storyOf(desk.play, id);
    expect(story.filter((one) => one === 'Update request answers by approver: success')).toHaveLength(2);
  });

  test('§1.25 come with a direct assignment of one person at a time', async () => {
    const { who, packageId, policyId, ticket } = await scene();
    const add = (changes: object) =>
      desk.ask(desk.admin, {
        requestType: 'adminAdd',
        assignment: { targetId: who.id, accessPackageId: packageId, assignmentPolicyId: policyId },
        ...changes,
      });
    const both = { targetId: [who.id, desk.admin.id], accessPackageId: packageId, assignmentPolicyId: policyId };
    expect(codeOf(await add({ assignment: both }))).toBe('400 BadRequest');
    expect(codeOf(await add({ answers: [answer(ticket, 'nothing')] }))).toBe('400 AnswerNotValid');
    expect((await add({ answers: [answer(ticket, 'CHG7')] })).status).toBe(201);
    expect(valuesOf(await held(who, packageId))).toEqual({ [ticket]: 'CHG7' });
  });
});
