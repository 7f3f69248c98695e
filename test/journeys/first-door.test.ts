import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const packageName = 'AP – Global Admin Eligibility Request';

describe('the first door', () => {
  test('is asked for, followed, approved by two people and opened, each in a browser of their own', async () => {
    const requestor = await stage.enter('requestor', '/packages');
    await heading(requestor, 'Access packages');
    await requestor.getByText(packageName).first().waitFor();
    await picture(requestor, 'packages');
    expect(await accessibilityProblems(requestor)).toEqual([]);
    await requestor
      .getByRole('link', { name: new RegExp(packageName) })
      .first()
      .click();
    await requestor.getByLabel('ITSM ticket number').fill('CHG0042');
    await requestor.getByLabel(/justification/i).fill('Tenant migration tonight');
    await picture(requestor, 'package-request');
    expect(await accessibilityProblems(requestor)).toEqual([]);
    await requestor.getByRole('button', { name: /^Submit/ }).click();
    await requestor.waitForURL(/\/requests\//);
    await heading(requestor, packageName);
    await requestor.getByText('CHG0042').waitFor();
    await picture(requestor, 'request-timeline');
    expect(await accessibilityProblems(requestor)).toEqual([]);

    for (const [name, reason] of [
      ['manager', 'Needed for the migration'],
      ['ciso', 'The risk is accepted'],
    ] as const) {
      const page = await stage.enter(name, '/approvals');
      await page
        .getByRole('link', { name: /^Review what Rio Requestor asks for/ })
        .first()
        .click();
      await page.getByLabel('Reason').fill(reason);
      await page.getByRole('button', { name: 'Approve' }).click();
      await page
        .getByText(/: approved by /)
        .last()
        .waitFor();
      await page.context().close();
    }
    await requestor.getByRole('link', { name: 'My roles', exact: true }).click();
    await requestor.getByRole('heading', { name: 'Global Administrator' }).waitFor();
    await requestor.goto('/packages?tab=active');
    await requestor.getByText(packageName).first().waitFor();
    await picture(requestor, 'packages-active');
    expect(await accessibilityProblems(requestor)).toEqual([]);
  });

  test.each([
    { path: '/packages', title: 'Access packages', theme: 'dark', width: 360 },
    { path: '/packages', title: 'Access packages', theme: 'light', width: 1920 },
    { path: '/requests', title: 'Request history', theme: 'dark', width: 360 },
    { path: '/requests', title: 'Request history', theme: 'light', width: 1920 },
    { path: '/', title: /, Rio$/, theme: 'dark', width: 360 },
  ] as const)('$path is for everyone at $width pixels in $theme', async ({ path, title, theme, width }) => {
    const page = await stage.enter('requestor', path, { theme, width });
    await heading(page, title);
    await picture(page, `my-access${path.replaceAll('/', '-')}-${theme}-${width}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });
});
