import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passFirstDoor, useRole } from '../scenarios/doors.ts';
import { accessibilityProblems } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
  await passFirstDoor(stage.play, await stage.play.as('requestor'));
});
afterAll(() => stage?.close());

describe('the second door', () => {
  test('is opened with a proof in between that loses nothing typed, and shuts by itself', async () => {
    const page = await stage.enter('requestor', '/roles', { mfa: false });
    await page.getByRole('heading', { name: 'Global Administrator' }).waitFor();
    await picture(page, 'roles-eligible');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Activate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Justification').fill('CHG0042: tenant migration');
    await picture(page, 'activate-step-up');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('link', { name: 'Prove that it is you' }).click();
    await page.getByRole('button', { name: 'It is me' }).click();
    expect(await dialog.getByLabel('Justification').inputValue()).toBe('CHG0042: tenant migration');
    await picture(page, 'activate');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: /Active/ }).click();
    await page.getByText(/3 h 59 min left|4 h left/).waitFor();
    await picture(page, 'roles-active');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await useRole(await stage.play.as('requestor'))).toBe(201);

    await stage.play.move('PT4H');
    await page.getByText('Nothing is active').waitFor();
    expect(await useRole(await stage.play.as('requestor'))).toBe(403);
    await picture(page, 'roles-ended');
  });
});
