import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const h1 = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();

describe('the frame around every page', () => {
  test('leads a stranger to the sign-in and back to where they wanted to be', async () => {
    const page = await stage.stranger('/rehearsal/mailbox');
    await heading(page, 'Who are you today?');
    await picture(page, 'rehearsal-sign-in');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /^Mara Manager/ }).click();
    await heading(page, 'Mailbox');
    await picture(page, 'mailbox');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test.each([
    { width: 360, theme: 'light' },
    { width: 360, theme: 'dark' },
    { width: 1920, theme: 'light' },
    { width: 1920, theme: 'dark' },
  ] as const)('fits $width pixels in $theme', async ({ width, theme }) => {
    const page = await stage.enter('admin', '/rehearsal/mailbox', { width, theme });
    await heading(page, 'Mailbox');
    await page.getByText('Rehearsal', { exact: true }).waitFor();
    await picture(page, `frame-${width}-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  test('moves the clock', async () => {
    const page = await stage.enter('requestor', '/rehearsal/mailbox');
    const before = Temporal.Instant.from(await stage.play.now());
    await page.getByRole('button', { name: 'Move the clock by +8 h' }).click();
    await page
      .getByText(/^It is now/)
      .first()
      .waitFor();
    const after = Temporal.Instant.from(await stage.play.now());
    expect(after.since(before).total('hours')).toBeGreaterThanOrEqual(8);
  });

  test('says plainly that an address leads nowhere', async () => {
    const page = await stage.enter('requestor', '/no/such/page');
    await page.getByText('There is nothing here').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('speaks German, and remembers it', async () => {
    const page = await stage.enter('requestor', '/rehearsal/mailbox');
    await page.getByRole('button', { name: 'Account of Rio Requestor' }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await heading(page, 'Postfach');
    await page.reload();
    await heading(page, 'Postfach');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  test('signs out, here alone', async () => {
    const page = await stage.enter('requestor', '/rehearsal/mailbox');
    const other = await stage.enter('requestor', '/rehearsal/mailbox');
    await page.getByRole('button', { name: 'Account of Rio Requestor' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await heading(page, 'Who are you today?');
    await other.reload();
    await heading(other, 'Mailbox');
    expect(await h1(page)).toBe('Who are you today?');
  });

  test('begins the rehearsal again with its people only, and signs in there', async () => {
    const page = await stage.stranger('/', { width: 360 });
    await page.getByText('This rehearsal began with the whole design in place.').waitFor();
    await page.getByRole('button', { name: 'Begin again' }).click();
    await page.getByRole('radio', { name: /^The people only/ }).click();
    await picture(page, 'rehearsal-begin-again');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'Take it away and begin again' }).click();
    await page.getByText('This rehearsal began with its people only').waitFor();
    await page.getByRole('button', { name: /^Ada Admin/ }).click();
    await page.getByRole('heading', { level: 1, name: /, Ada$/ }).waitFor();
    const groups = await page.context().request.get('/v1.0/groups');
    expect(await groups.json()).toMatchObject({ value: [] });
  });
});
