import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleIds } from '../../src/access/index.ts';
import type { Actor, Json } from '../scenarios/play.ts';
import { newCertificate } from '../scenarios/tokens/certificate.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { button, choose, heading } from './acts.ts';
import { watch } from './settled.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

const graph = 'https://graph.microsoft.com/.default';

let stage: JourneyStage;
let admin: Actor;
beforeAll(async () => {
  stage = await openStage();
  admin = await stage.play.as('admin');
});
afterAll(() => stage?.close());

const dialogOf = (page: Page) => page.getByRole('dialog');
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text }).first();
const submit = (dialog: Locator, name: string) => dialog.getByRole('button', { name, exact: true }).click();

/** What the server has of an application. */
async function registered(displayName: string): Promise<Json | undefined> {
  const { body } = await admin.get(`/sallyport/applications?$filter=displayName eq '${displayName}'`);
  return (body['value'] as unknown as readonly Json[])[0];
}

/** Signs in as an application does; gives the status and, where it is let in, what one of our reads answers. */
async function signIn(appId: string, secret: string): Promise<readonly number[]> {
  const form = { grant_type: 'client_credentials', client_id: appId, client_secret: secret, scope: graph };
  const answer = await fetch(`${stage.play.url}/common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) return [answer.status];
  return [answer.status, (await stage.play.withToken(token).get('/users?$top=1')).status];
}

/** Looked at in both themes, narrow and wide: nothing that axe finds, nothing to scroll sideways for. */
async function looksRight(page: Page, name: string, settled: () => Promise<void>): Promise<void> {
  for (const [width, theme] of [
    [360, 'dark'],
    [1280, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await settled();
    await picture(page, `${name}-${width}-${theme}`);
    expect({ name, width, problems: await accessibilityProblems(page) }).toEqual({ name, width, problems: [] });
    expect({ name, width, overflow: await overflow(page) }).toEqual({ name, width, overflow: 0 });
  }
}

describe('an administrator of applications', () => {
  test('registers one, sees its secret once, and it signs in by it', async () => {
    const page = await stage.enter('admin', '/admin/applications');
    const settled = watch(page);
    await heading(page, 'Applications');
    await button(page, 'Register an application').click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Name').fill('Nightly report');
    await dialog.getByLabel('Redirect addresses').fill('ftp://nowhere.example');
    await choose(page, 'Permissions', 'User.Read.All', /User\.Read\.All/);
    await submit(dialog, 'Register');
    await dialog.getByText('That did not work').waitFor();
    expect(await registered('Nightly report')).toBeUndefined();
    await dialog.getByLabel('Redirect addresses').fill('http://localhost:3000/back\nhttps://report.example/back');
    await looksRight(page, 'application-new', settled);
    await submit(dialog, 'Register');

    const told = page.getByRole('alertdialog', { name: 'The secret' });
    await told.getByText('is not shown again', { exact: false }).waitFor();
    const secret = await told
      .locator('span', { hasText: /^[\w~.-]{24,}$/ })
      .first()
      .innerText();
    await page.keyboard.press('Escape');
    await looksRight(page, 'application-secret', settled);
    await submit(told, 'Close');
    await heading(page, 'Nightly report');
    const application = await registered('Nightly report');
    expect(application).toMatchObject({
      isPublicClient: false,
      permissions: ['User.Read.All'],
      redirectUris: ['http://localhost:3000/back', 'https://report.example/back'],
    });
    expect(await page.content()).not.toContain(secret);
    expect(await signIn(String(application?.['appId']), secret)).toEqual([200, 200]);
    await row(page, 'Secret that begins with').waitFor();
    await looksRight(page, 'application', settled);
    await page.context().close();
  });

  test('lets a certificate take over from the secret', async () => {
    const page = await stage.enter('admin', '/admin/applications');
    const settled = watch(page);
    await page.getByRole('link', { name: 'Nightly report' }).click();
    await heading(page, 'Nightly report');
    await button(page, 'Add a certificate').click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('What it is for').fill('HSM 1');
    await dialog.getByRole('textbox', { name: 'Certificate' }).fill('no certificate');
    await submit(dialog, 'Add');
    await dialog.getByText('That did not work').waitFor();
    const { pem, thumbprint } = await newCertificate(Temporal.Now.instant(), { days: 30 });
    await dialog.getByRole('textbox', { name: 'Certificate' }).fill(pem);
    await looksRight(page, 'application-certificate', settled);
    await submit(dialog, 'Add');
    await dialog.waitFor({ state: 'hidden' });
    await row(page, 'HSM 1').getByText(thumbprint, { exact: false }).waitFor();
    await button(page, 'Remove Secret').click();
    await submit(dialog, 'Remove');
    await row(page, 'Secret that begins with').waitFor({ state: 'detached' });
    expect(await registered('Nightly report')).toMatchObject({
      passwordCredentials: [],
      keyCredentials: [{ displayName: 'HSM 1', thumbprint }],
    });
    await page.context().close();
  });

  test('adds a secret with a name and an end of its own', async () => {
    const page = await stage.enter('admin', `/admin/applications/${(await registered('Nightly report'))?.['id']}`);
    await button(page, 'Add a secret').click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('What it is for').fill('Until spring');
    await dialog.getByLabel('Until').fill('2019-03-01T12:00');
    await submit(dialog, 'Make the secret');
    await dialog.getByText('That did not work').waitFor();
    await dialog.getByLabel('Until').fill('');
    await submit(dialog, 'Make the secret');
    await submit(page.getByRole('alertdialog', { name: 'The secret' }), 'Close');
    await row(page, 'Until spring').waitFor();
    expect(await registered('Nightly report')).toMatchObject({
      passwordCredentials: [{ displayName: 'Until spring' }],
    });
    await page.context().close();
  });

  test('changes, disables and deletes it', async () => {
    const page = await stage.enter('admin', `/admin/applications/${(await registered('Nightly report'))?.['id']}`);
    await button(page, 'Edit').click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Name').fill('Weekly report');
    await dialog.locator('.fui-Tag', { hasText: 'User.Read.All' }).click();
    await choose(page, 'Permissions', 'Group.Read.All', /Group\.Read\.All/);
    await submit(dialog, 'Save');
    await heading(page, 'Weekly report');
    expect(await registered('Weekly report')).toMatchObject({ permissions: ['Group.Read.All'] });
    await button(page, 'Disable').click();
    await submit(dialog, 'Disable');
    await page.getByText('disabled', { exact: true }).waitFor();
    await button(page, 'Enable').click();
    await submit(dialog, 'Enable');
    await page.getByText('enabled', { exact: true }).waitFor();
    await button(page, 'Delete').click();
    await submit(dialog, 'Delete');
    await heading(page, 'Applications');
    await page.getByRole('link', { name: 'Weekly report' }).waitFor({ state: 'detached' });
    expect(await registered('Weekly report')).toBeUndefined();
    await page.context().close();
  });

  test('registers one that runs with people, and one that brings its certificate', async () => {
    const page = await stage.enter('admin', '/admin/applications');
    await button(page, 'Register an application').click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Name').fill('On a desk');
    await dialog.getByLabel('Public: runs with whoever uses it', { exact: false }).click();
    await submit(dialog, 'Register');
    await heading(page, 'On a desk');
    expect(await registered('On a desk')).toMatchObject({ isPublicClient: true, passwordCredentials: [] });
    expect(await page.getByRole('button', { name: 'Add a secret' }).count()).toBe(0);

    await page.goto('/admin/applications');
    await button(page, 'Register an application').click();
    await dialog.getByLabel('Name').fill('By its key');
    await dialog.getByLabel('A certificate').click();
    const { pem, thumbprint } = await newCertificate(Temporal.Now.instant(), { days: 30 });
    await dialog.getByRole('textbox', { name: 'Certificate' }).fill(pem);
    await submit(dialog, 'Register');
    await heading(page, 'By its key');
    expect(await registered('By its key')).toMatchObject({ passwordCredentials: [], keyCredentials: [{ thumbprint }] });
    await page.context().close();
  });
});

describe('somebody else', () => {
  test('who may look at applications sees them, and no way to change them', async () => {
    const role = {
      principalId: stage.play.idOf('ciso'),
      roleDefinitionId: roleIds.globalReader,
      directoryScopeId: '/',
    };
    expect((await admin.post('/roleManagement/directory/roleAssignments', role)).status).toBe(201);
    const page = await stage.enter('ciso', '/admin/applications');
    const settled = watch(page);
    await page.getByRole('link', { name: 'By its key' }).click();
    await heading(page, 'By its key');
    await settled();
    for (const name of ['Edit', 'Delete', 'Disable', 'Add a secret', 'Remove Certificate']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    await page.context().close();
  });

  test('who may not is shown no way there', async () => {
    const page = await stage.enter('requestor', '/');
    await page.getByRole('link', { name: 'My roles' }).waitFor();
    expect(await page.getByRole('link', { name: 'Applications' }).count()).toBe(0);
    await page.goto('/admin/applications');
    await page.getByText('That did not work').waitFor();
    await page.context().close();
  });
});
