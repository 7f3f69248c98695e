import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const dialogOf = (page: Page) => page.getByRole('dialog');
const looks = [
  { width: 360, theme: 'dark' },
  { width: 1920, theme: 'light' },
] as const;

async function dynamicGroup(page: Page) {
  await page.getByRole('button', { name: 'New group' }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel('Name').fill('GRP-DYN-Helpdesk');
  await dialog.getByLabel('Dynamic User').click();
  return dialog;
}

describe('a dynamic group', () => {
  test('is made with the rule builder, tried on people first, and as text alike', async () => {
    const page = await stage.enter('admin', '/admin/groups');
    const dialog = await dynamicGroup(page);
    await dialog.getByLabel('Property, expression 1').selectOption('user.jobTitle');
    await dialog.getByLabel('Value, expression 1').fill('Helpdesk Agent');
    await dialog.getByText('user.jobTitle -eq "Helpdesk Agent"').waitFor();
    await dialog.getByRole('button', { name: 'Add expression' }).click();
    await dialog.getByLabel('Property, expression 2').selectOption('user.userType');
    await dialog.getByLabel('Operator, expression 2').selectOption({ label: 'Has a value' });
    await dialog.getByText('user.jobTitle -eq "Helpdesk Agent" -and user.userType -ne null').waitFor();

    await dialog.getByRole('combobox', { name: 'People to try it on' }).fill('H');
    await page.getByRole('option', { name: /Hal Helpdesk/ }).click();
    await dialog.getByRole('combobox', { name: 'People to try it on' }).fill('Rio');
    await page.getByRole('option', { name: /Rio Requestor/ }).click();
    await dialog.getByText('jobTitle is “IT Administrator”').waitFor();
    const outcome = (name: string) => dialog.locator('summary').filter({ hasText: name }).textContent();
    expect(await outcome('Hal Helpdesk')).toContain('would be in');
    expect(await outcome('Rio Requestor')).toContain('would not be in');
    await picture(page, 'rule-builder');
    expect(await accessibilityProblems(page)).toEqual([]);

    await dialog.getByRole('tab', { name: 'Rule as text' }).click();
    const text = dialog.getByRole('textbox', { name: 'Dynamic membership rule' });
    expect(await text.inputValue()).toBe('user.jobTitle -eq "Helpdesk Agent" -and user.userType -ne null');
    await text.fill('user.jobTitle -eq "Helpdesk Agent"');
    await dialog.getByText('This is a rule.').waitFor();
    await dialog.getByRole('tab', { name: 'Rule builder' }).click();
    expect(await dialog.getByLabel('Value, expression 1').inputValue()).toBe('Helpdesk Agent');
    expect(await dialog.getByLabel('Property, expression 2').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'GRP-DYN-Helpdesk' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Hal Helpdesk' }).waitFor();
    await page.context().close();
  });

  test('keeps as text what the builder cannot show, and says where a text is no rule', async () => {
    const page = await stage.enter('admin', '/admin/groups');
    await page.getByRole('link', { name: 'GRP-DYN-IT-Administrators' }).click();
    await page.getByRole('button', { name: 'Change the rule' }).click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Property, expression 1').waitFor();
    await dialog.getByRole('tab', { name: 'Rule as text' }).click();
    const text = dialog.getByRole('textbox', { name: 'Dynamic membership rule' });
    await text.fill('-not (user.userType -eq "Guest")');
    await dialog.getByText('The rule builder cannot show this rule').waitFor();
    expect(await dialog.getByRole('tab', { name: 'Rule builder' }).isDisabled()).toBe(true);
    await text.fill('user.jobTitel -eq "x"');
    await dialog.getByRole('button', { name: 'Show the place' }).click();
    expect(await text.evaluate((area: { selectionStart: number }) => area.selectionStart)).toBe(0);
    await picture(page, 'rule-text-wrong');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('radio', { name: 'Everybody' }).click();
    await text.fill('user.jobTitle -eq "IT Administrator"');
    await dialog.getByText('2 people would be in.').waitFor();
    await page.context().close();
  });

  test.each(looks)('is made at $width pixels in $theme', async ({ width, theme }) => {
    const page = await stage.enter('admin', '/admin/groups', { width, theme });
    const dialog = await dynamicGroup(page);
    await dialog.getByLabel('Property, expression 1').selectOption('user.department');
    await dialog.getByLabel('Operator, expression 1').selectOption({ label: 'Is one of' });
    await dialog.getByLabel('Value, expression 1').fill('IT\nSupport');
    await dialog.getByText(/user.department -in \["IT", ?"Support"\]/).waitFor();
    await dialog.getByRole('button', { name: 'Add expression' }).click();
    await dialog.getByLabel('Property, expression 2').selectOption('user.city');
    await dialog.getByLabel('Operator, expression 2').selectOption({ label: 'Matches the pattern' });
    await dialog.getByLabel('Value, expression 2').fill('(');
    await dialog.getByText(/at character/).waitFor();
    await picture(page, `rule-builder-${width}-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });
});
