import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { askForPackage, decide } from './doors.ts';
import { type Json, openPlay, type Play } from './play.ts';

describe.each(databaseKinds)('the clock of a rehearsal on %s', (kind) => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());

  const clock = async (body?: object): Promise<{ status: number; body: Json }> => {
    const answer = await fetch(`${play.url}/rehearsal/clock`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  };

  it('says what comes next, and goes there', async () => {
    await clock({ set: '2100-01-01T08:00:00Z' });
    expect((await clock()).body).toEqual({ now: '2100-01-01T08:00:00Z', isRunning: false, next: null });
    const ahead = await clock({ advanceTo: 'nextDeadline' });
    expect([ahead.status, ahead.body['error']?.['code']]).toEqual([409, 'NothingAhead']);
    const { body } = await askForPackage(play, await play.as('requestor'));
    const reminder = { kind: 'approval.reminder', subject: body['id'] };
    const deadline = { kind: 'assignment-request.deadline', subject: body['id'] };
    const [halfway, over] = ['2100-01-01T20:00:00Z', '2100-01-02T08:00:00Z'];
    expect((await clock()).body['next']).toEqual({ at: halfway, work: [reminder] });
    expect(await clock({ advanceTo: 'nextDeadline' })).toEqual({
      status: 200,
      body: {
        now: halfway,
        isRunning: false,
        reached: { at: halfway, work: [reminder] },
        next: { at: over, work: [deadline] },
      },
    });
    await clock({ advanceTo: 'nextDeadline' });
    const requests = '/identityGovernance/entitlementManagement/assignmentRequests';
    expect((await (await play.as('admin')).get(`${requests}/${body['id']}`)).body).toMatchObject({ state: 'denied' });
    expect((await clock({ run: true })).body).toMatchObject({ isRunning: true, next: null });
  });

  it('passes over what has nothing left to do', async () => {
    const { body } = await askForPackage(play, await play.as('requestor'));
    expect((await clock()).body['next']).toMatchObject({ work: [{ kind: 'approval.reminder' }] });
    await decide(await play.as('manager'), String(body['id']), 'Deny');
    expect((await clock()).body['next']).toBeNull();
  });

  it('takes one command, and only what it knows', async () => {
    for (const body of [{ advanceTo: 'tomorrow' }, { advanceTo: 'nextDeadline', run: true }]) {
      expect((await clock(body)).body).toMatchObject({ error: { code: 'BadRequest' } });
    }
  });
});
