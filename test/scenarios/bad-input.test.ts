import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Desk, deskIn, entitlements, stageOf } from './desk.ts';
import { activate } from './doors.ts';
import { type Answer, type Json, openPlay, type Play } from './play.ts';

const durations = ['P1W2D', '-P1D', 'P1000000000D', 'P1Y', 'P3661D', 'P', 'PT', 'tomorrow'];

describe.each(databaseKinds)('bad input on %s', (kind) => {
  let play: Play;
  let desk: Desk;
  let packageId: string;
  beforeAll(async () => {
    play = await openPlay(kind);
    desk = await deskIn(play);
    ({ packageId } = await desk.offer());
  });
  afterAll(() => play?.close());

  /** How much of everything there is that bad input could leave behind. */
  async function stock(): Promise<readonly number[]> {
    const sets = ['/groups', '/users', ...['assignmentPolicies', 'assignmentRequests', 'accessPackages'].map(own)];
    return Promise.all(sets.map(async (set) => (await all(set)).length));
  }
  const own = (set: string) => `${entitlements}/${set}`;
  const all = async (set: string) =>
    (await desk.admin.get(`${set}?$select=id&$top=500`)).body['value'] as unknown as readonly Json[];
  /** The code and what it is about; an answer that is no clear refusal is told whole. */
  function told({ status, body }: Answer): string {
    const text = JSON.stringify(body);
    const isClear = status >= 400 && status < 500 && !/\.[jt]s:\d+|node_modules/.test(text);
    return isClear ? `${status} ${body['error']?.['target'] ?? ''}` : `${status}: ${text}`;
  }
  const group = (more: object = {}) => {
    const name = `bad-${crypto.randomUUID().slice(0, 8)}`;
    return { displayName: name, mailEnabled: false, mailNickname: name, securityEnabled: true, ...more };
  };
  const dynamic = (membershipRule: string) =>
    group({ groupTypes: ['DynamicMembership'], membershipRuleProcessingState: 'On', membershipRule });
  const policy = (changes: object) => ({
    displayName: 'Bad',
    accessPackage: { id: packageId },
    allowedTargetScope: 'allMemberUsers',
    requestorSettings: { enableTargetsToSelfAddAccess: true },
    ...changes,
  });

  test('is a clear refusal that names what is wrong, and leaves nothing behind', async () => {
    const before = await stock();
    const nested = `${'('.repeat(200)}displayName eq 'x'${')'.repeat(200)}`;
    const negated = `${'not('.repeat(200)}displayName eq 'x'${')'.repeat(200)}`;
    for (const filter of [nested, negated, 'displayName eq', "displayName like 'x'"]) {
      expect(told(await desk.admin.get(`/groups?$filter=${encodeURIComponent(filter)}`))).toBe('400 $filter');
    }
    const deep = `${'manager($expand='.repeat(200)}manager${')'.repeat(200)}`;
    expect(told(await desk.admin.get(`/users?$expand=${deep}`))).toBe('400 $expand');
    expect(told(await desk.admin.get('/users?$expand=unheardOf'))).toBe('400 unheardOf');
    expect(told(await desk.admin.get('/users?$select=unheardOf'))).toBe('400 unheardOf');

    for (const rule of [
      `user.department -eq "${'x'.repeat(10_000)}"`,
      `${'('.repeat(200)}user.city -eq "x"${')'.repeat(200)}`,
      'user.unheardOf -eq "x"',
      'user.city -match "(?=x)x"',
    ]) {
      expect(told(await desk.admin.post('/groups', dynamic(rule)))).toBe('400 membershipRule');
    }
    for (const duration of durations) {
      const expiration = { type: 'afterDuration', duration };
      expect(told(await desk.admin.post(own('assignmentPolicies'), policy({ expiration })))).toBe(
        '400 expiration/duration',
      );
      const stage = { ...stageOf(play, 'ciso'), durationBeforeAutomaticDenial: duration };
      const requestApprovalSettings = { isApprovalRequiredForAdd: true, stages: [stage] };
      const staged = await desk.admin.post(own('assignmentPolicies'), policy({ requestApprovalSettings }));
      expect(told(staged)).toBe('400 requestApprovalSettings/stages/0/durationBeforeAutomaticDenial');
      expect(told(await activate(await play.as('requestor'), duration))).toBe('400 scheduleInfo/expiration/duration');
    }
    expect(told(await desk.admin.post(own('assignmentPolicies'), policy({ allowedTargetScope: 'everybody' })))).toBe(
      '400 allowedTargetScope',
    );
    const unknown = { requestType: 'userAddd', assignment: { accessPackageId: packageId } };
    expect(told(await desk.ask(await play.as('requestor'), unknown))).toBe('400 requestType');
    const wrongId = { requestType: 'userAdd', assignment: { accessPackageId: 'not-an-id' } };
    expect(told(await desk.ask(await play.as('requestor'), wrongId))).toBe('400 assignment/accessPackageId');
    for (const path of ['/users/not-an-id', own('accessPackages/not-an-id'), own('assignments/42')]) {
      expect(told(await desk.admin.get(path))).toMatch(/^404 /);
    }
    expect(told(await desk.admin.post('/groups', group({ unheardOf: true })))).toBe('400 unheardOf');
    expect(told(await desk.admin.post('/groups', group({ displayName: 'x\u0000y' })))).toBe('400 displayName');
    expect(await stock()).toEqual(before);
  });

  test('is refused where the body is no JSON, or too large to be read', async () => {
    const token = await play.tokenOf('admin');
    const send = async (body: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${play.url}/v1.0/groups`, { method: 'POST', headers, body });
      return told({ status: answer.status, headers: answer.headers, body: (await answer.json()) as Json });
    };
    const before = await stock();
    expect(await send('{"displayName": ')).toBe('400 ');
    expect(await send('')).toBe('400 ');
    expect(await send('[]')).toBe('400 ');
    expect(await send(JSON.stringify({ displayName: 'x'.repeat(10_000_000) }))).toBe('413 ');
    expect(await send(`{"displayName":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).toMatch(/^400 displayName/);
    expect(await stock()).toEqual(before);
  });

  test('a pattern that would stall other engines matches people and answers as any other', async () => {
    const city = `${'a'.repeat(120)}!`;
    const person = await desk.hire();
    expect((await desk.admin.patch(`/users/${person.id}`, { city })).status).toBe(204);
    const patterns = ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^((.*)*)*b$'];
    for (const pattern of patterns) {
      const made = await desk.admin.post('/groups', dynamic(`user.city -match "${pattern}"`));
      expect(made.status).toBe(201);
      expect(await desk.isMember(String(made.body['id']), person)).toBe(false);
    }
    const question = (regexPattern: string) => ({
      '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
      sequence: 1,
      isRequired: true,
      isSingleLineQuestion: true,
      text: 'Ticket',
      regexPattern,
    });
    const { packageId: asked, policyId } = await desk.offer({ questions: patterns.map(question) });
    const { body } = await desk.admin.get(`${own('assignmentPolicies')}/${policyId}`);
    const questions = body['questions'] as unknown as readonly Json[];
    const answers = questions.map((one) => ({
      '@odata.type': '#microsoft.graph.accessPackageAnswerString',
      value: city,
      answeredQuestion: { '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', id: String(one['id']) },
    }));
    const refused = await desk.add(person, asked, { answers });
    expect([refused.status, refused.body['error']?.['code']]).toEqual([400, 'AnswerNotValid']);
    expect(await desk.assignments(person, asked)).toEqual([]);
  });
});
