import type { Page } from 'playwright-core';

/** Waits until the page is about something. */
export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor();

/** A button by its whole name, or by a part of it. */
export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** Presses a button of a form, once the server has looked at what was typed. */
export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true, disabled: false }).click();

/** Picks what the server finds for a text, by keyboard alone. */
export async function pick(page: Page, field: string, text: string, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).pressSequentially(text);
  // What the server found, and no longer what fits among what it found before.
  const list = page.locator('.fui-TagPickerList[aria-busy="false"]');
  await list.locator('.fui-TagPickerOption').first().filter({ hasText: name }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.fui-Tag', { hasText: name }).first().waitFor();
}
