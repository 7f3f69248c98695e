import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activate, passFirstDoor, seedPackage } from '../scenarios/doors.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
let requestId: string;
let activationId: string;
let packageId: string;
beforeAll(async () => {
  stage = await openStage();
  const requestor = await stage.play.as('requestor');
  requestId = await passFirstDoor(stage.play, requestor);
  activationId = String((await activate(requestor, 'PT1H')).body['id']);
  packageId = await seedPackage(await stage.play.as('admin'));
  await stage.play.move(
    Temporal.Instant.from(await stage.play.now())
      .add({ hours: 9 })
      .toString(),
  );
});
afterAll(() => stage?.close());

/** Waits for the story, and gives how many events it has. */
async function told(page: Page): Promise<number> {
  await page.getByRole('heading', { level: 1, name: 'One story' }).waitFor();
  await page.getByText('User requests access package assignment').first().waitFor();
  return Number(await page.getByRole('table').getAttribute('aria-rowcount'));
}

const follow = (page: Page) => page.getByRole('link', { name: 'Whole story' }).first().click();

describe('one story in one view', () => {
  test.each([
    { width: 360, theme: 'dark' },
    { width: 1920, theme: 'light' },
  ] as const)('is for everyone at $width pixels in $theme', async ({ width, theme }) => {
    const page = await stage.enter('admin', `/admin/audit?story=${activationId}`, { width, theme });
    await told(page);
    await picture(page, `story-${width}-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  test('is reached from the request, the assignment, the approval and any event, and is the same', async () => {
    const page = await stage.enter('admin', `/admin/packages/${packageId}?tab=requests`);
    await page.getByRole('button', { name: 'Rio Requestor' }).first().click();
    await page.getByRole('dialog').getByRole('link', { name: 'Whole story' }).waitFor();
    await picture(page, 'story-from-request');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('link', { name: 'Whole story' }).click();
    const whole = await told(page);
    // Asked, approved twice, delivered, activated, and each of the ends.
    expect(whole).toBeGreaterThan(15);
    await page.getByRole('row').filter({ hasText: 'activation' }).first().waitFor();
    for (const path of [
      `/admin/packages/${packageId}?tab=assignments&state=all`,
      `/approvals/${requestId}`,
      `/requests/${requestId}`,
    ]) {
      await page.goto(path);
      await follow(page);
      expect([path, await told(page)]).toEqual([path, whole]);
    }
    await page.goto('/admin/audit?q=Fulfill access package');
    await follow(page);
    expect(await told(page)).toBe(whole);
    await page.context().close();
  });

  test('is offered to those alone who may read the log', async () => {
    const page = await stage.enter('requestor', `/requests/${requestId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('The request').first().waitFor();
    expect(await page.getByRole('link', { name: 'Whole story' }).count()).toBe(0);
    await page.context().close();
  });
});
