import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Actor, openPlay, type Play } from './play.ts';

describe.each(databaseKinds)('the settings of an organisation on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
  });
  afterAll(() => play?.close());

  test('are as the code says until somebody changes them, and then as they say', async () => {
    expect((await admin.get('/sallyport/settings')).body).toMatchObject({
      separationOfDuties: 'oneDirectional',
      whenTargetLeavesScopeOfPrivileged: 'end',
      likeEntra: false,
      breakGlassAccounts: [],
      mfaFreshness: null,
    });
    const guard = play.idOf('requestor');
    const change = { separationOfDuties: 'Symmetric', breakGlassAccounts: [guard.toUpperCase()] };
    const changed = await admin.patch('/sallyport/settings', change);
    expect(changed).toMatchObject({ status: 200, body: { separationOfDuties: 'symmetric', likeEntra: false } });
    await play.move('PT1H');
    await admin.patch('/sallyport/settings', { separationOfDuties: 'oneDirectional' });
    expect((await admin.get('/sallyport/settings')).body).toMatchObject({
      separationOfDuties: 'oneDirectional',
      breakGlassAccounts: [guard],
    });
  });

  test('change with an event that says what they were', async () => {
    const activity = "activityDisplayName eq 'Update tenant setting'";
    const { body } = await admin.get(`/auditLogs/directoryAudits?$filter=${activity} and result eq 'success'`);
    expect(body['value']).toHaveLength(2);
  });

  test('name no account that may grant to itself at its own wish', async () => {
    const answer = await admin.patch('/sallyport/settings', { breakGlassAccounts: [admin.id], likeEntra: true });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'SelfGrantNotAllowed' } } });
    expect((await admin.get('/sallyport/settings/likeEntra')).body).toMatchObject({ value: false });
  });

  test('are nothing to those who have nothing to do with them', async () => {
    const requestor = await play.as('requestor');
    expect((await requestor.get('/sallyport/settings')).status).toBe(404);
    const answer = await requestor.patch('/sallyport/settings', { likeEntra: true });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
  });

  test.each<[object, string]>([
    [{ separationOfDuties: 'both' }, 'separationOfDuties'],
    [{ gracePeriodAfterLeavingScope: 'P1W2D' }, 'gracePeriodAfterLeavingScope'],
    [{ mfaFreshness: 'PT59S' }, 'mfaFreshness'],
    [{ mfaFreshness: 'soon' }, 'mfaFreshness'],
    [{ breakGlassAccounts: ['me'] }, 'breakGlassAccounts/0'],
    [{ likeEntra: 'yes' }, 'likeEntra'],
    [{ unheardOf: true }, 'unheardOf'],
  ])('refuse %j and name what is wrong', async (body, target) => {
    expect(await admin.patch('/sallyport/settings', body)).toMatchObject({ status: 400, body: { error: { target } } });
  });

  test('are no part of Graph', async () => {
    expect((await admin.get('/settings')).status).toBe(400);
    expect((await admin.get('/sallyport/users')).status).toBe(400);
  });
});
