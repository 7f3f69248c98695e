import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide, storyOf } from './doors.ts';
import { approvedBy, askRole, changeRule, helpdesk, lasting, policyIdOf } from './pim.ts';
import type { Actor } from './play.ts';

describe.each(databaseKinds)('who is written to on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  const cast = ['admin', 'manager', 'requestor', 'ciso', 'it-manager', 'identity-lead', 'colleague', 'helpdesk'];

  /** Subjects of the mails that something leads to, by who got them: names of the cast, ids of others. */
  async function mailsOf(
    doing: () => Promise<unknown>,
    others: readonly Actor[] = [],
  ): Promise<Record<string, string[]>> {
    const read = async () => {
      const entries = await Promise.all([
        ...cast.map(async (name) => [name, await desk.play.mailTo(name)] as const),
        ...others.map(async (who, index) => [`other ${index}`, await desk.play.mailsTo(who.id)] as const),
      ]);
      return new Map(entries);
    };
    const before = await read();
    await doing();
    const after = await read();
    const fresh = [...after].map(([name, mails]) => {
      const known = new Set((before.get(name) ?? []).map(({ messageId }) => messageId));
      // The weekly digest comes when a week is over, whatever is looked at: it has tests of its own.
      const looked = mails.filter(({ messageId, event }) => !known.has(messageId) && event !== 'pim.weekPassed');
      return [name, looked.map(({ subject }) => subject)] as const;
    });
    return Object.fromEntries(
      fresh.filter(([, subjects]) => subjects.length > 0).map(([name, all]) => [name, [...all]]),
    );
  }
  const opening = async (policy: object, manager?: string) => {
    const offer = await desk.offer(policy);
    const who = await desk.hire(manager);
    return { ...offer, who };
  };
  /** Five days of one stage, which helpdesk may decide too after the first. */
  const escalating = () => ({
    ...stageOf(desk.play, 'ciso'),
    durationBeforeAutomaticDenial: 'P5D',
    isEscalationEnabled: true,
    durationBeforeEscalation: 'P1D',
    escalationApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: desk.play.idOf('helpdesk') }],
  });
  const starts = (text: string) => expect.stringMatching(new RegExp(`^${text}`));

  test('§6.2 pain 20: who can decide is reminded a day before the end, who cannot any more is not', async () => {
    const stage = { ...stageOf(desk.play, 'ciso', 'identity-lead'), durationBeforeAutomaticDenial: 'P3D' };
    const { who, packageId } = await opening({ requestApprovalSettings: { stages: [stage] } });
    expect((await desk.add(who, packageId)).status).toBe(201);
    const early = await mailsOf(() => desk.play.move('P1D'), [who]);
    expect(early).toEqual({});
    const lead = desk.play.idOf('identity-lead');
    expect((await desk.admin.patch(`/users/${lead}`, { accountEnabled: false })).status).toBe(204);
    expect(await mailsOf(() => desk.play.move('P1D'), [who])).toEqual({ ciso: [starts('Reminder: ')] });
    await desk.admin.patch(`/users/${lead}`, { accountEnabled: true });
    const ended = await mailsOf(() => desk.play.move('P1D'), [who]);
    // §6.6: approvers and requestor, once each.
    expect(ended).toEqual({
      ciso: [starts('The request has expired')],
      'identity-lead': [starts('The request has expired')],
      'other 0': [starts('The request has expired')],
    });
  });

  test('§6.3 §6.6 alternates when it comes to them, and all of the stage when it expires', async () => {
    const { who, packageId } = await opening({ requestApprovalSettings: { stages: [escalating()] } });
    expect(await mailsOf(() => desk.add(who, packageId), [who])).toEqual({ ciso: [starts('Action required: ')] });
    expect(await mailsOf(() => desk.play.move('P1D'), [who])).toEqual({ helpdesk: [starts('Action required: ')] });
    expect(await mailsOf(() => desk.play.move('P3D'), [who])).toEqual({
      ciso: [starts('Reminder: ')],
      helpdesk: [starts('Reminder: ')],
    });
    expect(Object.keys(await mailsOf(() => desk.play.move('P1D'), [who])).sort()).toEqual([
      'ciso',
      'helpdesk',
      'other 0',
    ]);
  });

  test('all that one jump of the clock passes over, in its order and at its own instant', async () => {
    const { who, packageId } = await opening({ requestApprovalSettings: { stages: [escalating()] } });
    const id = String((await desk.add(who, packageId)).body['id']);
    const asked = Temporal.Instant.from(await desk.play.now());
    await desk.play.move('P30D');
    const told = (await desk.play.mailsTo('')).filter(({ text }) => text.includes(id));
    const steps = told.map(({ to, event, sentDateTime }) => {
      const day = Temporal.Instant.from(sentDateTime).since(asked).total('hours') / 24;
      return `${day} ${event.slice(event.indexOf('.') + 1)} ${to.slice(0, to.indexOf('@'))}`;
    });
    expect(steps.map((step) => step.replace(/person-\d+$/, 'requestor')).toSorted()).toEqual([
      '0 stageOpened ciso',
      '1 escalated helpdesk',
      '4 reminded ciso',
      '4 reminded helpdesk',
      '5 timedOut ciso',
      '5 timedOut helpdesk',
      '5 timedOut requestor',
    ]);
    expect((await desk.request(id))['state']).toBe('denied');
  });

  test('§6.7 pain 18: a denial is told to the requestor and to who approved before, not to who only might have', async () => {
    const stages = [stageOf(desk.play, 'ciso', 'it-manager'), stageOf(desk.play, 'identity-lead')];
    const { who, packageId } = await opening({ requestApprovalSettings: { stages } });
    const id = String((await desk.add(who, packageId)).body['id']);
    await decide(await desk.play.as('ciso'), id, 'Approve');
    const denial = await mailsOf(async () => decide(await desk.play.as('identity-lead'), id, 'Deny'), [who]);
    expect(denial).toEqual({ ciso: [starts('The request for')], 'other 0': [starts('The request for')] });
  });

  test('§6.9 §6.10 the holder two weeks and a day before the end, and at the end; an extension starts that anew', async () => {
    const requestorSettings = { enableTargetsToSelfAddAccess: true, enableTargetsToSelfUpdateAccess: true };
    const expiration = { type: 'afterDuration', duration: 'P20D' };
    const { who, packageId } = await opening({ requestorSettings, expiration });
    await desk.add(who, packageId);
    const [assignment] = await desk.assignments(who, packageId);
    expect(await mailsOf(() => desk.play.move('P5D'), [who])).toEqual({});
    expect(await mailsOf(() => desk.play.move('P1D'), [who])).toEqual({
      'other 0': [starts('Your access to .* ends on')],
    });
    const about = { requestType: 'userUpdate', assignment: { id: String(assignment?.['id']) } };
    expect(await mailsOf(() => desk.ask(who, about), [who])).toEqual({
      'other 0': [starts('Your access to .* lasts longer')],
    });
    expect(await mailsOf(() => desk.play.move('P14D'), [who])).toEqual({
      'other 0': [starts('Your access to .* ends on')],
    });
    expect(await mailsOf(() => desk.play.move('P4DT23H59M'), [who])).toEqual({});
    expect(await mailsOf(() => desk.play.move('PT1M'), [who])).toEqual({
      'other 0': [starts('Your access to .* ends on')],
    });
    expect(await mailsOf(() => desk.play.move('P1D'), [who])).toEqual({
      'other 0': [starts('Your access to .* has ended')],
    });
  });

  test('§6.11 nobody about an assignment, where the policy says so', async () => {
    const notificationSettings = { isAssignmentNotificationDisabled: true };
    const { who, packageId } = await opening({ notificationSettings });
    expect(await mailsOf(() => desk.add(who, packageId), [who])).toEqual({});
    expect(await mailsOf(() => desk.play.move('P11D'), [who])).toEqual({});
  });

  test('pain 14: who can help is told when the last approver has gone', async () => {
    const lone = await desk.hire();
    const stage = {
      ...stageOf(desk.play),
      primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: lone.id }],
    };
    const { who, packageId } = await opening({ requestApprovalSettings: { stages: [stage] } });
    expect((await desk.add(who, packageId)).status).toBe(201);
    const gone = () => desk.admin.patch(`/users/${lone.id}`, { accountEnabled: false });
    expect(await mailsOf(gone, [who, lone])).toEqual({
      admin: [starts('Nobody can decide')],
      'other 0': [starts('Nobody can decide')],
    });
    const back = () => desk.admin.patch(`/users/${lone.id}`, { accountEnabled: true });
    expect(await mailsOf(back, [who, lone])).toEqual({ 'other 1': [starts('Action required: ')] });
  });

  test('pain 14: what goes to the fallback because the last approver has gone says so, in an event and a mail', async () => {
    const [lone, fallback] = [await desk.hire(), await desk.hire()];
    const user = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });
    const stage = {
      ...stageOf(desk.play),
      primaryApprovers: [user(lone.id)],
      fallbackPrimaryApprovers: [user(fallback.id)],
    };
    const { who, packageId } = await opening({ requestApprovalSettings: { stages: [stage] } });
    const id = String((await desk.add(who, packageId)).body['id']);
    const gone = () => desk.admin.delete(`/users/${lone.id}`);
    expect(await mailsOf(gone, [who, fallback])).toEqual({ 'other 1': [starts('Action required: ')] });
    expect((await desk.play.mailsTo(fallback.id)).at(-1)?.text).toContain('It has come to you in their stead.');
    expect(await storyOf(desk.play, id)).toContain('Update approver of request approval: success');
    expect((await decide(fallback, id, 'Approve')).status).toBe(204);
  });

  test('§6.12 §6.13 §6.14 pain 22b: PIM tells approvers, the person and administrators, as its rules say', async () => {
    const person = await desk.hire();
    const policyId = await policyIdOf(desk.admin, helpdesk);
    const assigned = await mailsOf(
      () => askRole(desk.admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P30D') }),
      [person],
    );
    expect(assigned).toEqual({
      admin: [starts('PIM: .* is eligible for')],
      'other 0': [starts('PIM: .* is eligible for')],
    });
    expect(
      codeOf(await changeRule(desk.admin, policyId, 'Approval_EndUser_Assignment', approvedBy(desk.play.idOf('ciso')))),
    ).not.toContain('400');
    const ask = () => askRole(person, 'active', 'selfActivate', person.id, { scheduleInfo: lasting('PT1H') });
    expect(await mailsOf(ask, [person])).toEqual({ ciso: [starts('PIM: action required: ')] });
    expect(await mailsOf(() => desk.play.move('P1D'), [person])).toEqual({
      'other 0': [starts('PIM: your activation .* has expired')],
    });

    const quiet = { notificationLevel: 'Critical', notificationRecipients: ['soc@sallyport.example'] };
    expect(
      (await changeRule(desk.admin, policyId, 'Notification_Admin_EndUser_Assignment', quiet)).status,
    ).toBeLessThan(300);
    const loud = {
      isDefaultRecipientsEnabled: false,
      notificationRecipients: ['helpdesk@sallyport.example'],
      notificationLevel: 'All',
    };
    expect(
      (await changeRule(desk.admin, policyId, 'Notification_Requestor_EndUser_Assignment', loud)).status,
    ).toBeLessThan(300);
    expect(
      (
        await changeRule(desk.admin, policyId, 'Approval_EndUser_Assignment', {
          setting: { isApprovalRequired: false },
        })
      ).status,
    ).toBeLessThan(300);
    const all = () => desk.play.mailsTo('');
    const before = (await all()).length;
    expect((await ask()).status).toBe(201);
    const fresh = (await all()).slice(before);
    expect(fresh.map(({ to, subject }) => `${to}: ${subject.replace(/person-\d+/, 'P')}`)).toEqual([
      'helpdesk@sallyport.example: PIM: P has activated Helpdesk Administrator',
    ]);
    const soon = await mailsOf(() => desk.play.move('P15D'), [person]);
    expect(soon['other 0']).toEqual([starts('PIM: what .* ends on')]);
    expect((await mailsOf(() => desk.play.move('P13D'), [person]))['other 0']).toEqual([
      starts('PIM: what .* ends on'),
    ]);
    expect((await mailsOf(() => desk.play.move('P1D'), [person]))['other 0']).toEqual([
      starts('PIM: what you had .* has ended'),
    ]);
  });

  test('an alarm goes to all Global Administrators when an account for the emergency grants to itself', async () => {
    const glass = await desk.hire();
    expect(
      (
        await askRole(
          desk.admin,
          'active',
          'adminAssign',
          glass.id,
          { scheduleInfo: lasting(null) },
          '62e90394-69f5-4237-9190-012177145e10',
        )
      ).status,
    ).toBe(201);
    expect((await desk.admin.patch('/sallyport/settings', { breakGlassAccounts: [glass.id] })).status).toBe(200);
    const alarm = await mailsOf(
      () => askRole(glass, 'active', 'adminAssign', glass.id, { scheduleInfo: lasting('P1D') }),
      [glass],
    );
    expect(alarm['admin']).toContainEqual(starts('Alarm: '));
    const [told] = (await desk.play.mailTo('admin')).filter(({ subject }) => subject.startsWith('Alarm: '));
    expect(told?.text).toMatch(/What: +A directory role\n +Which: Helpdesk Administrator\n/);
    const { body } = await desk.admin.get(`${entitlements}/assignmentRequests?$top=1`);
    expect(body['value']).toBeDefined();
  });
});
