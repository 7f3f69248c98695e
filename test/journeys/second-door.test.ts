import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passFirstDoor, useRole } from '../scenarios/doors.ts';
import { askGroup, changeRule, lasting, newGroup, outcome, policyIdOf } from '../scenarios/pim.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
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
    // By which group and package it came, not only that it was activated.
    await page.getByText('(by the access package AP – Global Admin Eligibility Request)').waitFor();
    await page.getByText('Why you cannot deactivate it now').waitFor();
    await picture(page, 'roles-active');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await useRole(await stage.play.as('requestor'))).toBe(201);

    await stage.play.move('PT4H');
    await page.getByText('Nothing is active').waitFor();
    expect(await useRole(await stage.play.as('requestor'))).toBe(403);
    await picture(page, 'roles-ended');
  });

  test('is opened for several at once; what is refused is said for each, and the rest is active', async () => {
    const { play } = stage;
    const admin = await play.as('admin');
    const group = await newGroup(admin, { displayName: 'GRP-ELIG-Reports', isAssignableToRole: false });
    const policy = await policyIdOf(admin, 'member', group);
    const shorter = { isExpirationRequired: true, maximumDuration: 'PT2H' };
    expect(outcome(await changeRule(admin, policy, 'Expiration_EndUser_Assignment', shorter))).toBe('204');
    const week = { scheduleInfo: lasting('P7D') };
    const given = await askGroup(admin, 'eligible', 'adminAssign', play.idOf('requestor'), group, week);
    expect(given.status).toBe(201);

    const page = await stage.enter('requestor', '/roles');
    for (const name of ['Choose Global Administrator', 'Choose GRP-ELIG-Reports']) {
      await page.getByRole('checkbox', { name }).click();
    }
    await picture(page, 'roles-several-chosen');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Activate 2' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Activate 2 privileges').waitFor();
    await dialog.getByLabel('Justification').fill('Quarterly reports');
    // More than the group allows, as much as the role does.
    await dialog.getByRole('spinbutton', { name: 'For how long' }).fill('3');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.getByText('GRP-ELIG-Reports was not activated').waitFor();
    await dialog.getByText('it would last longer than allowed').waitFor();
    await dialog.getByText('Request id').waitFor();
    await dialog.getByRole('listitem').filter({ hasText: 'Global Administrator' }).getByText('Done').waitFor();
    await dialog.getByText('Activate 1 privilege').waitFor();
    await picture(page, 'activate-several-refused');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await useRole(await play.as('requestor'))).toBe(201);

    await dialog.getByRole('spinbutton', { name: 'For how long' }).fill('2');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: /^Active/ }).click();
    for (const name of ['Global Administrator', 'GRP-ELIG-Reports']) {
      await page.getByRole('heading', { name }).waitFor();
    }
    await picture(page, 'roles-several-active');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 900 });
    expect(await overflow(page)).toBe(0);
    await picture(page, 'roles-several-active-360');
    await page.setViewportSize({ width: 1280, height: 900 });
    await stage.play.move('PT8H');
    await page.getByText(/^Global Administrator is no longer active: /).waitFor();
    await picture(page, 'roles-ended');
  });
});
