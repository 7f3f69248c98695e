import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems, overflow } from './accessible.ts';
import { button, heading } from './acts.ts';
import { watch } from './settled.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const sessionsOf = (page: Page) => page.getByRole('list', { name: 'Where you are signed in' }).getByRole('listitem');
const isSignedIn = async (page: Page): Promise<boolean> => {
  const answer = await page.context().request.get('/session');
  return ((await answer.json()) as { signedIn: boolean }).signedIn;
};

test('a person sees where they are signed in, and ends one session, then all others', async () => {
  const [phone, tablet] = [await stage.enter('requestor'), await stage.enter('requestor')];
  const stranger = await stage.enter('colleague');
  const page = await stage.enter('requestor', '/security');
  const settled = watch(page);
  await heading(page, 'Security info');
  await sessionsOf(page).nth(2).waitFor();
  expect(await sessionsOf(page).count()).toBe(3);
  expect(await sessionsOf(page).filter({ hasText: 'This one' }).count()).toBe(1);
  expect(await sessionsOf(page).first().textContent()).toContain('Chrome on ');
  for (const [width, theme] of [
    [360, 'dark'],
    [1280, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await settled();
    await page.getByText('Where you are signed in').first().scrollIntoViewIfNeeded();
    await picture(page, `security-sessions-${width}-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }

  await page
    .getByRole('button', { name: /^End Chrome on / })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('That browser is signed out at once.', { exact: false }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'End it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await sessionsOf(page).first().waitFor();
  await sessionsOf(page).nth(2).waitFor({ state: 'detached' });
  expect([await isSignedIn(phone), await isSignedIn(tablet)].filter(Boolean)).toHaveLength(1);

  await button(page, 'End all others').click();
  await dialog.getByRole('button', { name: 'End all others' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await button(page, 'End all others').waitFor({ state: 'detached' });
  // What is behind a dialog is hidden from everybody until it has gone.
  await sessionsOf(page).first().waitFor();
  expect(await sessionsOf(page).count()).toBe(1);
  expect([await isSignedIn(phone), await isSignedIn(tablet), await isSignedIn(page)]).toEqual([false, false, true]);
  expect(await isSignedIn(stranger)).toBe(true);
});
