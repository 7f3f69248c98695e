import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from '../../browser.ts';
import { codeAt, codeOf, goodPassword, type SigningIn, signingIn } from '../../people.ts';
import { databaseKinds } from '../../postgres.ts';
import { openPeople, type PeopleStage, type Someone } from './stage.ts';

describe.each(databaseKinds)('somebody signs in to the portal on %s', (kind) => {
  let stage: PeopleStage;
  let person: Someone;
  let browser: Browser;
  let page: SigningIn;
  const wrong = 'wrong horse battery staple';

  beforeAll(async () => {
    stage = await openPeople(kind);
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    person = await stage.newPerson();
    browser = stage.browser();
    page = await signingIn(browser);
  });

  const password = (userPrincipalName: string, text = goodPassword) =>
    page.show('password', { userPrincipalName, password: text });

  it('by a one-time link, registering a password and an authenticator app; then with these', async () => {
    const { totpSecret, recoveryCodes } = await stage.enrol(person);
    expect(recoveryCodes).toHaveLength(10);
    expect((await page.step()).body).toEqual({ step: 'firstFactor', app: 'Sallyport', account: null });
    const second = await password(` ${person.userPrincipalName.toUpperCase()}`);
    expect(second.body).toEqual({
      step: 'secondFactor',
      app: 'Sallyport',
      account: person.userPrincipalName,
      methods: ['totp', 'recoveryCode'],
      isStepUp: false,
    });
    stage.clock.pass(30);
    const done = await page.show('totp', { code: codeAt(totpSecret, stage.clock.now()) });
    expect(done.body).toMatchObject({ step: 'done', recoveryCodes: null });
    await page.follow(done);
    expect(await browser.session()).toMatchObject({ signedIn: true, user: { id: person.id } });
    expect((await browser.get('/v1.0/me')).body).toMatchObject({ id: person.id });
    const told = (await stage.audit(person)).map(({ activityDisplayName }) => activityDisplayName);
    expect(told.filter((one) => one === 'Sign in')).toHaveLength(2);
    expect(told.filter((one) => one === 'User registered security info')).toHaveLength(2);
  });

  it('with a password that is long enough and nobody’s name', async () => {
    await page.show('link', { secret: await stage.linkFor(person) });
    const codes = [];
    for (const text of ['too short', 'x'.repeat(300), person.userPrincipalName]) {
      codes.push(codeOf(await page.show('enrolment/password', { password: text })));
    }
    expect(codes).toEqual(['PasswordTooShort', 'PasswordTooLong', 'PasswordTooWeak']);
  });

  it('and is told the same of a wrong password, of no password and of nobody', async () => {
    await stage.enrol(person);
    const without = await stage.newPerson();
    const answers = [];
    for (const name of [person.userPrincipalName, without.userPrincipalName, 'nobody@contoso.example']) {
      const { status, body } = await password(name, wrong);
      answers.push([status, String(body['error']?.['code']), String(body['error']?.['message'])]);
    }
    expect(answers[0]?.slice(0, 2)).toEqual([401, 'SignInPasswordWrong']);
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    const [refused] = (await stage.audit(person)).filter(({ result }) => result === 'failure');
    expect(refused).toMatchObject({ activityDisplayName: 'Sign in' });
  });

  it('after ten wrong passwords not for a quarter of an hour, whether there is such an account or not', async () => {
    const { totpSecret } = await stage.enrol(person);
    const nobody = `nobody-${person.userPrincipalName}`;
    for (const name of [person.userPrincipalName, nobody]) {
      for (let count = 0; count < 10; count += 1)
        expect(codeOf(await password(name, wrong))).toBe('SignInPasswordWrong');
      const limited = await password(name);
      expect([limited.status, codeOf(limited)]).toEqual([429, 'TooManySignInAttempts']);
    }
    stage.clock.pass(15 * 60);
    expect((await password(person.userPrincipalName)).body).toMatchObject({ step: 'secondFactor' });
    const done = await page.show('totp', { code: codeAt(totpSecret, stage.clock.now()) });
    expect(done.body).toMatchObject({ step: 'done' });
  });

  it('with a one-time code that is taken once', async () => {
    const { totpSecret } = await stage.enrol(person);
    await password(person.userPrincipalName);
    const code = codeAt(totpSecret, stage.clock.now().add({ seconds: 30 }));
    expect((await page.show('totp', { code })).body).toMatchObject({ step: 'done' });
    const again = await signingIn(stage.browser());
    await again.show('password', { userPrincipalName: person.userPrincipalName, password: goodPassword });
    const replayed = await again.show('totp', { code });
    expect([replayed.status, codeOf(replayed)]).toEqual([401, 'SignInCodeWrong']);
  });

  it('with five wrong one-time codes at most', async () => {
    await stage.enrol(person);
    await password(person.userPrincipalName);
    for (let count = 0; count < 5; count += 1) {
      expect(codeOf(await page.show('totp', { code: 'abcdef' }))).toBe('SignInCodeWrong');
    }
    expect(codeOf(await page.show('recoveryCode', { code: 'AAAA-BBBB-CCCC-DDDD' }))).toBe('TooManySignInAttempts');
  });

  it('with a recovery code, each of which works once', async () => {
    const { recoveryCodes } = await stage.enrol(person);
    const [code = ''] = recoveryCodes;
    await password(person.userPrincipalName);
    expect(
      (await page.show('recoveryCode', { code: ` ${code.toLowerCase().replaceAll('-', ' ')}` })).body,
    ).toMatchObject({
      step: 'done',
    });
    const again = await signingIn(stage.browser());
    await again.show('password', { userPrincipalName: person.userPrincipalName, password: goodPassword });
    expect(codeOf(await again.show('recoveryCode', { code }))).toBe('SignInCodeWrong');
  });

  it('not while the account is disabled', async () => {
    await stage.enrol(person);
    await stage.setEnabled(person, false);
    expect(codeOf(await password(person.userPrincipalName))).toBe('SignInAccountDisabled');
    expect(codeOf(await password(person.userPrincipalName, wrong))).toBe('SignInPasswordWrong');
    const link = await stage.linkFor(person);
    expect(codeOf(await page.show('link', { secret: link }))).toBe('SignInAccountDisabled');
  });

  it('with a link that is used once, is over, or was replaced, not at all', async () => {
    const used = await stage.linkFor(person);
    await page.show('link', { secret: used });
    const replaced = await stage.linkFor(person);
    const late = await stage.linkFor(person, 'PT5M');
    stage.clock.pass(5 * 60);
    for (const secret of [used, replaced, late, 'made-up']) {
      const refused = await page.show('link', { secret });
      expect([refused.status, codeOf(refused)], secret).toEqual([401, 'SignInLinkNotValid']);
    }
  });

  it('with a password alone not, and registers nothing by it', async () => {
    await page.show('link', { secret: await stage.linkFor(person) });
    await page.show('enrolment/password', { password: goodPassword });
    page = await signingIn(stage.browser());
    expect((await password(person.userPrincipalName)).body).toMatchObject({ step: 'link' });
    for (const proof of ['enrolment/totp/secret', 'enrolment/passkey/options']) {
      const refused = await page.show(proof);
      expect([refused.status, codeOf(refused)], proof).toEqual([409, 'SignInStepNotExpected']);
    }
    expect(codeOf(await page.show('totp', { code: '123456' }))).toBe('SignInStepNotExpected');
  });

  it('registering what the app shows, and no other code', async () => {
    await page.show('link', { secret: await stage.linkFor(person) });
    await page.show('enrolment/totp/secret');
    expect(codeOf(await page.show('enrolment/totp', { code: 'abcdef' }))).toBe('AuthenticatorCodeWrong');
    await page.show('enrolment/passkey/options');
    const made = { id: 'x', rawId: 'x', response: {}, type: 'public-key', clientExtensionResults: {} };
    expect(codeOf(await page.show('enrolment/passkey', { response: made }))).toBe('PasskeyNotMade');
    expect(codeOf(await page.show('enrolment/passkey', { response: made }))).toBe('SignInStepNotExpected');
  });

  it('with no passkey that nobody has', async () => {
    const options = await page.show('passkey/options');
    expect(options.body).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] });
    const signed = { id: 'x', rawId: 'x', response: {}, type: 'public-key', clientExtensionResults: {} };
    const refused = await page.show('passkey', { response: signed });
    expect([refused.status, codeOf(refused)]).toEqual([401, 'SignInPasskeyRefused']);
    expect(codeOf(await page.show('passkey', { response: signed }))).toBe('SignInStepNotExpected');
  });

  it('in the browser that it was begun in, from a page of ours, with JSON', async () => {
    const body = { userPrincipalName: person.userPrincipalName, password: wrong };
    const stranger = await page.show('password', body, { cookie: '' });
    expect([stranger.status, codeOf(stranger)]).toEqual([404, 'SignInExpired']);
    const elsewhere = await page.show('password', body, { origin: 'https://evil.example' });
    expect([elsewhere.status, codeOf(elsewhere)]).toEqual([403, 'OriginNotAllowed']);
    const form = await page.show('password', body, { 'content-type': 'text/plain' });
    expect([form.status, codeOf(form)]).toEqual([400, 'BadRequest']);
    expect(codeOf(await page.show('password', { ...body, more: true }))).toBe('BadRequest');
    expect(codeOf(await page.show('password', body))).toBe('SignInPasswordWrong');
  });

  it('or goes back without', async () => {
    const back = await page.follow(await page.show('cancel'));
    expect(back.pathname + back.search).toContain('/sign-in-failed?code=SignInDenied');
    expect(await browser.session()).toEqual({ signedIn: false });
  });
});
