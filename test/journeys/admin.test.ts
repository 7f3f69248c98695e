import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passFirstDoor } from '../scenarios/doors.ts';
import { newGroup } from '../scenarios/pim.ts';
import { accessibilityProblems } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
  await passFirstDoor(stage.play, await stage.play.as('requestor'));
});
afterAll(() => stage?.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text }).first();

describe('an administrator', () => {
  test('makes a role-assignable group, warned that it is for ever, and makes it eligible for a role', async () => {
    const page = await stage.enter('admin', '/admin/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('GRP-ELIG-SecAdmin');
    await dialog.getByLabel('Microsoft Entra roles can be assigned to the group').click();
    await dialog.getByText('This is for ever').waitFor();
    await picture(page, 'group-new');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await heading(page, 'GRP-ELIG-SecAdmin');
    await page.getByRole('tab', { name: 'Assigned roles' }).click();
    await page.getByRole('button', { name: 'Add assignments' }).click();
    await dialog.getByRole('combobox', { name: 'Role' }).fill('Security Admin');
    await page
      .getByRole('option', { name: /^Security Administrator/ })
      .first()
      .click();
    await dialog.getByLabel('Permanent').click();
    await dialog.getByLabel('Justification').fill('The seed, step 3');
    await picture(page, 'group-assign-role');
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row(page, 'Security Administrator').waitFor();
    await picture(page, 'group-roles');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('finds every group that PIM manages or may manage, and enables PIM for one that holds no role', async () => {
    await newGroup(await stage.play.as('admin'), { displayName: 'Payments operators', isAssignableToRole: false });
    const page = await stage.enter('admin', '/admin/pim-groups');
    await heading(page, 'PIM for Groups');
    await row(page, 'GRP-ELIG-GlobalAdmin').getByText('Managed by PIM').waitFor();
    await row(page, 'Payments operators').getByText('Not managed yet').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'GRP-DYN' }).count()).toBe(0);
    await picture(page, 'pim-groups');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('searchbox').fill('Pay');
    await page.getByRole('row').filter({ hasText: 'GRP-ELIG-GlobalAdmin' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Payments operators' }).click();
    await page.getByRole('button', { name: 'Enable PIM for this group' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enable PIM for this group' }).click();
    await page.getByText('PIM does not manage this group yet').waitFor({ state: 'hidden' });
    await page.goBack();
    await row(page, 'Payments operators').getByText('Managed by PIM').waitFor();
    await page.getByRole('combobox', { name: 'PIM' }).click();
    await page.getByRole('option', { name: 'Not managed yet' }).click();
    await page.getByText('Nothing found').waitFor();
    await picture(page, 'pim-groups-none');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('sees what a person holds, by which way and until when', async () => {
    const page = await stage.enter('admin', '/admin/users');
    await page.getByRole('link', { name: 'Rio Requestor' }).click();
    await row(page, 'Global Administrator').waitFor();
    expect(await row(page, 'Global Administrator').textContent()).toContain('AP – Global Admin Eligibility Request');
    await picture(page, 'user');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('changes what activating a role takes', async () => {
    const page = await stage.enter('admin', '/admin/roles');
    await page.getByRole('searchbox').fill('Security Reader');
    await page.getByRole('link', { name: 'Security Reader' }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Change the settings' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Activation maximum duration', { exact: false }).first().fill('3');
    await picture(page, 'role-settings-edit');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('3 h', { exact: true }).waitFor();
    await picture(page, 'role-settings');
  });

  test('follows one story from the request to the access', async () => {
    const page = await stage.enter('admin', '/admin/audit');
    await page.getByRole('searchbox').fill('Fulfill access package');
    await row(page, 'Fulfill access package').getByRole('link', { name: 'Whole story' }).click();
    await heading(page, 'One story');
    await page.getByText('User requests access package assignment').first().waitFor();
    await picture(page, 'audit-story');
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
