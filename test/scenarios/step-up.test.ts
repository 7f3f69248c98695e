import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, openBrowser, type Page } from '../browser.ts';
import { databaseKinds } from '../postgres.ts';
import { type HeldClock, heldClock } from '../signin.ts';
import { globalAdministrator, passFirstDoor } from './doors.ts';
import { openPlay, type Play } from './play.ts';

describe.each(databaseKinds)('stepping up on %s', (kind) => {
  let play: Play;
  let realClock: HeldClock;
  let browser: Browser;
  beforeAll(async () => {
    realClock = heldClock();
    play = await openPlay(kind, { realClock });
    browser = openBrowser(play.url);
    await passFirstDoor(play, await play.as('requestor'));
    await browser.send('POST', '/rehearsal/sign-in', { user: 'requestor' });
  });
  afterAll(() => play?.close());

  const activate = (): Promise<Page> =>
    browser.send('POST', '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests', {
      action: 'selfActivate',
      principalId: play.idOf('requestor'),
      roleDefinitionId: globalAdministrator,
      directoryScopeId: '/',
      justification: 'CHG0042',
      isValidationOnly: true,
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    });
  const claimsOf = ({ headers }: Page): unknown => {
    const [, claims] = /claims="(.*)"/.exec(headers.get('www-authenticate') ?? '') ?? [];
    return claims === undefined ? null : JSON.parse(atob(claims));
  };
  const challenge = { access_token: { amr: { essential: true, values: ['mfa'] } } };
  const settle = async (mfaFreshness: string | null) =>
    expect((await (await play.as('admin')).patch('/sallyport/settings', { mfaFreshness })).status).toBe(200);

  it('is asked for by a challenge that says what the sign-in lacks, and once done lets through', async () => {
    const refused = await activate();
    expect(refused.status).toBe(400);
    expect(claimsOf(refused)).toEqual(challenge);
    await browser.send('POST', '/rehearsal/mfa', {});
    expect((await activate()).status).toBe(201);
  });

  it('lasts as long as the session, unless MFA has to be fresh', async () => {
    realClock.pass(55 * 60);
    expect((await activate()).status).toBe(201);
    await settle('PT15M');
    expect(claimsOf(await activate())).toEqual(challenge);
    await browser.send('POST', '/rehearsal/mfa', {});
    realClock.pass(15 * 60 - 1);
    expect((await activate()).status).toBe(201);
    realClock.pass(1);
    expect(claimsOf(await activate())).toEqual(challenge);
    await settle(null);
    expect((await activate()).status).toBe(201);
  });

  it('is about real time: governance time that is moved makes no proof old', async () => {
    await settle('PT15M');
    await browser.send('POST', '/rehearsal/mfa', {});
    await play.move('PT1H');
    expect((await activate()).status).toBe(201);
  });

  it('ends with the session, which is idle too long', async () => {
    realClock.pass(60 * 60);
    expect((await activate()).status).toBe(401);
    expect(await browser.session()).toEqual({ signedIn: false });
  });
});
