import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../src/kernel/ids.ts';
import { type Body, type Browser, openBrowser } from '../../browser.ts';
import { type Credentials, codeAt, codeOf, signingIn } from '../../people.ts';
import { databaseKinds } from '../../postgres.ts';
import { openPeople, type PeopleStage, type Someone } from './stage.ts';

const sessions = '/sallyport/me/sessions';

describe.each(databaseKinds)('where somebody is signed in, on %s', (kind) => {
  let stage: PeopleStage;
  let person: Someone;
  let credentials: Credentials;
  let here: Browser;
  let there: Browser;

  beforeAll(async () => {
    stage = await openPeople(kind);
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    person = await stage.newPerson();
    credentials = await stage.enrol(person);
    here = await signedIn();
    there = await signedIn();
  });

  async function signedIn(browser = stage.browser()): Promise<Browser> {
    await stage.signIn(await signingIn(browser), credentials);
    return browser;
  }
  const listed = async (browser: Browser) => (await browser.get(sessions)).body['value'] as unknown as readonly Body[];
  const idIn = async (browser: Browser) =>
    String((await listed(browser)).find((one) => isTrue(one['isCurrent']))?.['id']);
  const isTrue = (value: unknown) => value === true;
  const told = async () => (await stage.audit(person)).map(({ activityDisplayName }) => activityDisplayName);

  it('is listed: each browser, since when, last used, and which one asks', async () => {
    await here.send('DELETE', `${sessions}/${newId()}`);
    const [current, other] = [await idIn(here), await idIn(there)];
    const all = await listed(here);
    // The browser of the enrolment is the third.
    expect(all).toHaveLength(3);
    expect(String(all[0]?.['id'])).toBe(current);
    expect(all.find((one) => String(one['id']) === current)).toEqual({
      id: current,
      isCurrent: true,
      provider: 'builtin',
      ipAddress: expect.stringMatching(/127\.0\.0\.1|::1/),
      userAgent: expect.any(String),
      createdDateTime: expect.stringMatching(/Z$/),
      lastUsedDateTime: expect.stringMatching(/Z$/),
      expirationDateTime: expect.stringMatching(/Z$/),
    });
    expect(all.find((one) => String(one['id']) === other)).toMatchObject({ isCurrent: false });
    expect(JSON.stringify(all)).not.toContain([...here.cookies.values()].find((value) => value.length === 43));
  });

  it('keeps its id while it proves more, and is gone from the list when it is over', async () => {
    const [before, { csrf }] = [await idIn(here), await here.session()];
    stage.clock.pass(15 * 60);
    const page = await signingIn(here, '/session/sign-in?returnTo=/security&mfa=true');
    await page.follow(await page.show('totp', { code: codeAt(credentials.totpSecret, stage.clock.now()) }));
    // What the cookie holds is new.
    expect((await here.session())['csrf']).not.toBe(csrf);
    expect(await idIn(here)).toBe(before);
    stage.clock.pass(30 * 24 * 3600);
    const fresh = await signedIn();
    expect(await listed(fresh)).toHaveLength(1);
  });

  it('is ended one by one, and does not come back by itself', async () => {
    expect((await here.send('DELETE', `${sessions}/${await idIn(there)}`)).status).toBe(204);
    expect(await there.session()).toEqual({ signedIn: false });
    expect(await here.session()).toMatchObject({ signedIn: true });
    const page = await signingIn(there);
    expect((await page.step()).body).toMatchObject({ step: 'firstFactor' });
    expect(await told()).toContain('User ended sessions');
  });

  it('is ended everywhere else at once', async () => {
    expect((await here.send('POST', `${sessions}/endOthers`)).status).toBe(204);
    expect(await there.session()).toEqual({ signedIn: false });
    expect(await listed(here)).toMatchObject([{ isCurrent: true }]);
    const before = (await told()).length;
    expect((await here.send('POST', `${sessions}/endOthers`)).status).toBe(204);
    expect(await told()).toHaveLength(before);
  });

  it('is nobody else’s to end, nor to see', async () => {
    const stranger = await stage.newPerson();
    const foreign = openBrowser(stage.serving.app.httpUrl);
    await stage.signIn(await signingIn(foreign), await stage.enrol(stranger));
    const refused = await foreign.send('DELETE', `${sessions}/${await idIn(here)}`);
    expect([refused.status, codeOf(refused)]).toEqual([404, 'ResourceNotFound']);
    expect((await foreign.send('POST', `${sessions}/endOthers`)).status).toBe(204);
    expect(await here.session()).toMatchObject({ signedIn: true });
    expect(await listed(foreign)).toHaveLength(1);
  });

  it('names no browser where a token asks, and ends them all by it', async () => {
    const { issuer } = stage.serving.app.kit.signin;
    const user = { ...person, displayName: 'Person' };
    const { access_token: token } = await issuer.mintUserToken({ user, mfa: true, appId: person.id });
    const asked = (method: string, path: string) =>
      fetch(stage.serving.app.httpUrl + path, { method, headers: { authorization: `Bearer ${token}` } });
    const { value } = (await (await asked('GET', sessions)).json()) as { value: { isCurrent: boolean }[] };
    expect(value.map(({ isCurrent }) => isCurrent)).toEqual([false, false, false]);
    expect((await asked('POST', `${sessions}/endOthers`)).status).toBe(204);
    for (const browser of [here, there]) expect(await browser.session()).toEqual({ signedIn: false });
    expect((await asked('GET', sessions)).status).toBe(200);
  });
});
