import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wallClock } from '../../src/kernel/time.ts';
import { codeAt, goodPassword } from '../people.ts';
import { helpdesk } from '../scenarios/pim.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { administrator, openReal, plugAuthenticatorIn, type RealStage, send } from './real.ts';
import { picture } from './stage.ts';

const grace = 'grace@contoso.example';
const context = 'c1';
/** The application that people use at a command line, as every tenant has it. */
const commandLine = '5a11f0e7-c11a-4a10-8000-00000000c0de';

let stage: RealStage;
/** Ada, the first administrator, and Grace, in browsers of their own. */
let ada: Page;
let person: Page;
let personId: string;
let totpSecret: string;
let recoveryCodes: readonly string[];

beforeAll(async () => {
  stage = await openReal();
});
afterAll(() => stage?.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** By the beginning of its label: a star says that it is required. */
const field = (page: Page, label: string) => page.getByLabel(new RegExp(`^${label}`));
const alert = (page: Page, text: string) => page.getByRole('alert').getByText(text).waitFor();

/** Leaves a picture, and finds nothing that keeps somebody out. */
async function looked(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

/** Signs out by the menu, and begins a sign-in. */
async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Account of ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await heading(page, 'You are signed out');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await heading(page, 'Sign in');
}

async function typePassword(page: Page, name: string, password = goodPassword): Promise<void> {
  await field(page, 'User name').fill(name);
  await field(page, 'Password').fill(password);
  await button(page, 'Sign in').click();
}

/** The code of the step after this one: the one of this step may have been taken. */
const nextCode = () => codeAt(totpSecret, wallClock().add({ seconds: 30 }));

describe('the first administrator', () => {
  test('comes in by the link of `sallyport init`, and registers a password and a passkey', async () => {
    ada = await stage.browser(stage.firstLink);
    await plugAuthenticatorIn(ada);
    await heading(ada, 'You were given a one-time link');
    await looked(ada, 'sign-in-link');
    await button(ada, 'Sign in with the link').click();
    await heading(ada, 'How will you sign in?');
    await looked(ada, 'sign-in-enrolment');
    await button(ada, 'Choose a password').click();
    await heading(ada, 'Choose a password');
    await field(ada, 'New password').fill('too short');
    await field(ada, 'The same again').fill('too short');
    await button(ada, 'Next').click();
    await alert(ada, 'That is too short: at least 12 characters.');
    await field(ada, 'New password').fill(goodPassword);
    await button(ada, 'Next').click();
    await ada.getByText('The two are not the same.').waitFor();
    await looked(ada, 'sign-in-new-password');
    await field(ada, 'The same again').fill(goodPassword);
    await button(ada, 'Next').click();
    await heading(ada, 'What goes with the password?');
    await looked(ada, 'sign-in-second-method');
    await ada.route('**/enrolment/passkey/options', async (route) => {
      await ada.getByText('Follow what your browser asks.').waitFor();
      await picture(ada, 'sign-in-making-passkey');
      await route.continue();
    });
    await button(ada, 'Make a passkey').click();
    await ada.getByRole('button', { name: 'Account of Ada Admin' }).waitFor();
    await picture(ada, 'sign-in-done');
  });

  test('cannot use the link again', async () => {
    const again = await stage.browser(stage.firstLink);
    await button(again, 'Sign in with the link').click();
    await alert(again, 'This link was used already');
    await looked(again, 'sign-in-link-used');
  });

  test('signs out, and in with the passkey alone', async () => {
    await signOut(ada, 'Ada Admin');
    await looked(ada, 'sign-in');
    await button(ada, 'Use a passkey or security key').click();
    await ada.getByRole('button', { name: 'Account of Ada Admin' }).waitFor();
  });

  test('gives somebody else a one-time link', async () => {
    const made = await send(ada, 'POST', '/v1.0/users', {
      accountEnabled: true,
      displayName: 'Grace Helpdesk',
      mailNickname: 'grace',
      userPrincipalName: grace,
    });
    personId = String(made['id']);
    await ada.goto(`/admin/users/${personId}`);
    await button(ada, 'Give a one-time link').waitFor();
    await looked(ada, 'user-sign-in');
    await button(ada, 'Give a one-time link').click();
    await button(ada, 'Make the link').click();
    const link = ada.getByText(/\/sign-in-link#/);
    await link.waitFor();
    await looked(ada, 'user-link');
    person = await stage.browser(String(await link.textContent()));
    await ada.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click();
    await heading(person, 'You were given a one-time link');
  });
});

describe('somebody with an authenticator app', () => {
  test('sets it up with a picture to scan, and keeps the recovery codes', async () => {
    await button(person, 'Sign in with the link').click();
    await button(person, 'Choose a password').click();
    await field(person, 'New password').fill(goodPassword);
    await field(person, 'The same again').fill(goodPassword);
    await button(person, 'Next').click();
    await button(person, 'Set up an authenticator app').click();
    await person.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    await looked(person, 'sign-in-authenticator-app');
    totpSecret = String(await person.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4})+$/).textContent()).replaceAll(' ', '');
    await field(person, 'Code').fill(codeAt(totpSecret, wallClock()));
    await button(person, 'Finish').click();
    await heading(person, 'Keep your recovery codes');
    recoveryCodes = await person.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents();
    expect(recoveryCodes).toHaveLength(10);
    await looked(person, 'sign-in-recovery-codes');
    const file = person.waitForEvent('download');
    await person.getByRole('link', { name: 'Download' }).click();
    expect((await file).suggestedFilename()).toBe('sallyport-recovery-codes.txt');
    await field(person, 'I have kept them in a safe place').check();
    await button(person, 'Go on').click();
    await person.getByRole('button', { name: 'Account of Grace Helpdesk' }).waitFor();
  });

  test('is told the same of a wrong password as somebody is who is nobody', async () => {
    await signOut(person, 'Grace Helpdesk');
    for (const name of [grace, 'nobody@contoso.example']) {
      await typePassword(person, name, 'wrong horse battery staple');
      await alert(person, 'The user name or the password is wrong.');
      // What was wrong is typed again: that is where the focus is.
      await person.locator('input[name="password"]:focus').waitFor();
    }
    await looked(person, 'sign-in-wrong-password');
  });

  test('signs in with password and code', async () => {
    await typePassword(person, grace);
    await heading(person, 'One more proof');
    await looked(person, 'sign-in-code');
    await field(person, 'Code').fill(nextCode());
    await button(person, 'Sign in').click();
    await person.getByRole('button', { name: 'Account of Grace Helpdesk' }).waitFor();
  });

  test('signs in without the phone, by a recovery code and the keyboard alone', async () => {
    await signOut(person, 'Grace Helpdesk');
    const { keyboard } = person;
    await person.locator('input[name="username"]:focus').waitFor();
    await keyboard.type(grace);
    await keyboard.press('Tab');
    await keyboard.type(goodPassword);
    await keyboard.press('Enter');
    await heading(person, 'One more proof');
    await person.locator('input[name="code"]:focus').waitFor();
    const focused = () => person.locator('button:focus').filter({ hasText: 'Use a recovery code instead' }).count();
    for (let presses = 0; presses < 9 && (await focused()) === 0; presses += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await person.getByText('One of the codes that you kept.').waitFor();
    await person.locator('input[name="code"]:focus').waitFor();
    await looked(person, 'sign-in-recovery-code');
    await keyboard.type(recoveryCodes[0] ?? '');
    await keyboard.press('Enter');
    await person.getByRole('button', { name: 'Account of Grace Helpdesk' }).waitFor();
  });

  test('adds a passkey, and cannot take away what is left to sign in with', async () => {
    await plugAuthenticatorIn(person);
    await person.getByRole('button', { name: 'Account of Grace Helpdesk' }).click();
    await person.getByRole('menuitem', { name: 'Security info' }).click();
    await heading(person, 'Security info');
    await person.getByText('9 recovery codes are left').waitFor();
    await looked(person, 'security');
    await button(person, 'Add a passkey').click();
    await person.getByText(/^Added /).waitFor();
    await person.getByRole('button', { name: /^Rename (Passkey|Security key)/ }).click();
    await person.getByRole('dialog').getByLabel('Name').fill('Blue key');
    await looked(person, 'security-rename-passkey');
    await person.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await person.getByText('Blue key', { exact: true }).waitFor();
    await looked(person, 'security-with-passkey');
    await button(person, 'New recovery codes').click();
    await person.getByRole('dialog').getByRole('button', { name: 'New recovery codes' }).click();
    await person.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const codes = person.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    expect(await codes.allTextContents()).not.toContain(recoveryCodes[1]);
    await field(person, 'I have kept them in a safe place').check();
    await button(person, 'Go on').click();
    await person.getByText('10 recovery codes are left').waitFor();
    await button(person, 'Remove the app').click();
    await person.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await button(person, 'Set up an app').waitFor();
    await button(person, 'Remove Blue key').click();
    await person.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await alert(person, 'You could not sign in any more.');
    await looked(person, 'security-last-method');
    await person.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });
});

describe('an activation that wants a fresh proof', () => {
  beforeAll(async () => {
    await send(ada, 'PATCH', `/v1.0/identity/conditionalAccess/authenticationContextClassReferences/${context}`, {
      displayName: 'Fresh proof',
      isAvailable: true,
    });
    const filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${helpdesk}'`;
    const found = await ada.context().request.get(`/v1.0/policies/roleManagementPolicyAssignments?$filter=${filter}`);
    const { value } = (await found.json()) as { value: { policyId: string }[] };
    const rule = 'AuthenticationContext_EndUser_Assignment';
    await send(ada, 'PATCH', `/v1.0/policies/roleManagementPolicies/${value[0]?.policyId}/rules/${rule}`, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule',
      isEnabled: true,
      claimValue: context,
    });
    await send(ada, 'POST', '/v1.0/roleManagement/directory/roleEligibilityScheduleRequests', {
      action: 'adminAssign',
      principalId: personId,
      roleDefinitionId: helpdesk,
      directoryScopeId: '/',
      justification: 'On call this week',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P7D' } },
    });
  });

  test('leads to the passkey and back, with nothing typed lost', async () => {
    await person.goto('/roles');
    await button(person, 'Activate').click();
    const dialog = person.getByRole('dialog');
    await dialog.getByLabel('Justification').fill('INC0815: a locked-out colleague');
    await looked(person, 'step-up-asked');
    await dialog.getByRole('link', { name: 'Prove that it is you' }).click();
    await heading(person, 'One more proof');
    await looked(person, 'step-up');
    await button(person, 'Use a passkey or security key').click();
    expect(await dialog.getByLabel('Justification').inputValue()).toBe('INC0815: a locked-out colleague');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await person.getByRole('tab', { name: /Active/ }).click();
    await person.getByRole('heading', { name: 'Helpdesk Administrator' }).waitFor();
    await picture(person, 'step-up-active');
  });
});

describe('an application', () => {
  /** Where an application sends a browser. */
  const authorize = (prompt: string) =>
    `/${stage.tenantId}/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: commandLine,
      response_type: 'code',
      redirect_uri: 'http://localhost',
      scope: 'openid profile',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      prompt,
    })}`;

  test('may ask with which account, and whether it may know', async () => {
    await person.goto(authorize('consent'));
    await heading(person, 'Let the application know who you are?');
    await looked(person, 'consent');
    await person.goto(authorize('select_account'));
    await heading(person, 'Who are you?');
    await looked(person, 'select-account');
    await button(person, 'Use another account').click();
    await heading(person, 'Sign in');
    await looked(person, 'another-account');
  });
});

describe('a device without a browser', () => {
  test('is signed in by whoever types in its code', async () => {
    const { request } = person.context();
    const begun = await request.post(`/${stage.tenantId}/oauth2/v2.0/devicecode`, {
      form: { client_id: commandLine, scope: 'openid profile' },
    });
    const device = (await begun.json()) as { user_code: string; device_code: string };
    await person.goto('/device');
    await heading(person, 'Sign in a device');
    await field(person, 'Code of the device').fill('AAAA-AAAA');
    await button(person, 'Next').click();
    await person.getByText('This code is wrong').waitFor();
    await looked(person, 'device-wrong');
    await field(person, 'Code of the device').fill(device.user_code);
    await button(person, 'Next').click();
    await heading(person, 'Is this your device?');
    await looked(person, 'device-confirm');
    await button(person, 'Yes, sign it in').click();
    await heading(person, 'The device is signed in');
    await looked(person, 'device-done');
    const answer = await request.post(`/${stage.tenantId}/oauth2/v2.0/token`, {
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: commandLine,
        device_code: device.device_code,
      },
    });
    expect(await answer.json()).toMatchObject({ access_token: expect.any(String) });
  });

  test('leads to where the provider’s own sign-in is ended', async () => {
    await person.goto(`/${stage.tenantId}/oauth2/v2.0/logout`);
    await heading(person, 'Sign out?');
    await looked(person, 'sign-out-asked');
    await button(person, 'Sign out').click();
    await heading(person, 'You are signed out');
  });
});

describe('an administrator', () => {
  test('signs somebody out everywhere, and takes from them what they sign in with', async () => {
    await ada.goto(`/admin/users/${personId}`);
    await button(ada, 'Sign out everywhere').click();
    await looked(ada, 'user-sign-out');
    await ada.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await ada.getByText('Signed out everywhere.').first().waitFor();
    await person.goto('/');
    await heading(person, 'Sign in');
    await button(ada, 'Reset sign-in methods').click();
    await ada.getByRole('dialog').getByRole('button', { name: 'Reset sign-in methods' }).click();
    await ada.getByText('The sign-in methods are gone.').first().waitFor();
    await button(person, 'Use a passkey or security key').click();
    await alert(person, 'This passkey is not registered here');
    await looked(person, 'sign-in-passkey-refused');
  });
});

describe('whoever tries too often', () => {
  test('is told to wait', async () => {
    const page = await stage.browser('/');
    await heading(page, 'Sign in');
    for (let count = 0; count < 10; count += 1) {
      await typePassword(page, administrator, `guess number ${count}`);
      await alert(page, 'The user name or the password is wrong.');
    }
    await typePassword(page, administrator);
    await alert(page, 'Too many attempts failed.');
    await looked(page, 'sign-in-too-many');
  });
});

describe.each([
  { theme: 'dark', width: 360 },
  { theme: 'light', width: 360 },
  { theme: 'dark', width: 1920 },
  { theme: 'light', width: 1920 },
] as const)('at $width pixels in $theme', ({ theme, width }) => {
  test.each([
    { path: '/', title: 'Sign in', name: 'sign-in' },
    { path: '/sign-in-link#made-up', title: 'You were given a one-time link', name: 'sign-in-link' },
    { path: '/interaction/made-up', title: 'Sign in', name: 'sign-in-over' },
    { path: '/device', title: 'Sign in a device', name: 'device' },
    { path: '/signed-out', title: 'You are signed out', name: 'signed-out' },
    { path: '/sign-in-failed?code=SignInDenied', title: 'Signing in did not work', name: 'sign-in-failed' },
  ])('$name is for everyone', async ({ path, title, name }) => {
    const page = await stage.browser(path, { theme, width });
    await heading(page, title);
    await looked(page, `${name}-${theme}-${width}`);
    await page.context().close();
  });

  test('security info is for everyone', async () => {
    const page = await ada.context().newPage();
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/security');
    await heading(page, 'Security info');
    await page.getByText(/^Added /).waitFor();
    await looked(page, `security-${theme}-${width}`);
    await page.close();
  });
});
