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

/** Looks for something by a text in a field of a form, or of a part of it, and chooses the first that is found. */
export async function choose(page: Page, field: string, text: string, name: RegExp, part = page.locator('body')) {
  await part.getByRole('combobox', { name: field, exact: true }).pressSequentially(text);
  await found(page, name).click();
}

/** The same by keyboard alone; waits until it is named in the field. */
export async function pick(page: Page, field: string, text: string, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).pressSequentially(text);
  await found(page, name).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.fui-Tag', { hasText: name }).first().waitFor();
}

/** The first that the server found, and no longer the first that fits among what it found before. */
const found = (page: Page, name: RegExp) =>
  page
    .locator('.fui-TagPickerList[aria-busy="false"]')
    .locator('.fui-TagPickerOption')
    .first()
    .filter({ hasText: name });
