import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForPackage, decide, seedPackage } from '../scenarios/doors.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const ask = async (): Promise<string> => {
  const answer = await askForPackage(stage.play, await stage.play.as('requestor'));
  expect(answer.status).toBe(201);
  return String(answer.body['id']);
};
const review = (page: Page) => page.getByRole('link', { name: /^Review what Rio Requestor asks for/ }).first();

describe('approvals', () => {
  test('lead from the list through both stages, each with its reason for the next', async () => {
    await ask();
    const manager = await stage.enter('manager', '/approvals');
    await review(manager).waitFor();
    await picture(manager, 'approvals-pending');
    expect(await accessibilityProblems(manager)).toEqual([]);
    await review(manager).click();
    await manager.getByText('CHG0042').waitFor();
    await manager.getByText('GRP-ELIG-GlobalAdmin').waitFor();
    await manager.getByText('Reports to Mara Manager').waitFor();
    await manager.getByRole('heading', { name: 'What Rio Requestor has already' }).waitFor();
    await manager.getByText(/^no later: the access package ends then/).waitFor();
    // What the stage asks for is said before anything is sent.
    await manager.getByRole('button', { name: 'Approve' }).click();
    await manager.getByText('This stage asks for a reason.').waitFor();
    expect(await manager.getByLabel('Reason').evaluate((field) => field.matches(':focus'))).toBe(true);
    await picture(manager, 'approval-stage-1');
    expect(await accessibilityProblems(manager)).toEqual([]);
    await manager.getByLabel('Reason').fill('Needed for the migration');
    await manager.getByRole('button', { name: 'Approve' }).click();
    await manager.getByText('Stage 1: approved by Mara Manager').waitFor();
    await picture(manager, 'approval-stage-1-done');
    await manager.getByText('There is nothing for you to decide').waitFor();
    expect(await manager.evaluate('document.activeElement === document.body')).toBe(false);
    // The request waits still, but not for the manager any more.
    await manager.goto('/approvals');
    await manager.getByText('Nothing waits for you').waitFor();
    await manager.getByRole('tab', { name: 'History' }).click();
    await review(manager).waitFor();
    await picture(manager, 'approvals-past');
    expect(await accessibilityProblems(manager)).toEqual([]);

    const ciso = await stage.enter('ciso', '/approvals', { theme: 'dark' });
    await review(ciso).click();
    await ciso.getByText('“Needed for the migration”').waitFor();
    await picture(ciso, 'approval-stage-2');
    expect(await accessibilityProblems(ciso)).toEqual([]);
    await ciso.getByLabel('Reason').fill('The risk is accepted');
    await ciso.getByRole('button', { name: 'Approve' }).click();
    await ciso.getByText('They have it').waitFor();
    await picture(ciso, 'approval-approved');
    expect(await accessibilityProblems(ciso)).toEqual([]);
    // What was approved can be taken back, with a reason; nothing is left of it.
    await ciso.getByRole('button', { name: 'Take your approval back' }).click();
    const asking = ciso.getByRole('dialog', { name: 'Take your approval back?' });
    await asking.getByLabel('Reason').fill('I was deceived');
    await picture(ciso, 'approval-take-back');
    expect(await accessibilityProblems(ciso)).toEqual([]);
    await asking.getByRole('button', { name: 'Take your approval back' }).click();
    await asking.waitFor({ state: 'detached' });
    await ciso.getByRole('button', { name: 'Take your approval back' }).waitFor({ state: 'detached' });
    const requestor = await stage.play.as('requestor');
    const { body } = await requestor.get('/sallyport/overview');
    expect(body).toMatchObject({ packages: [], eligible: [] });
  });

  test('say by name whose request it is and with whom it is, also on its own page and in the lists', async () => {
    const id = await ask();
    const manager = await stage.enter('manager', `/requests/${id}`);
    await manager.getByText('The request for Rio Requestor is with').waitFor();
    expect(await manager.getByText('Your request').count()).toBe(0);
    await picture(manager, 'request-of-another');
    expect(await accessibilityProblems(manager)).toEqual([]);
    await manager.getByRole('link', { name: 'Review' }).click();
    await manager.getByLabel('Reason').waitFor();
    const requestor = await stage.enter('requestor', '/requests');
    await requestor.getByRole('row').filter({ hasText: 'with Mara Manager' }).waitFor();
    await picture(requestor, 'requests-with');
    expect(await accessibilityProblems(requestor)).toEqual([]);
    await requestor.goto(`/requests/${id}`);
    await requestor.getByText('Your request is with').waitFor();
    for (const width of [360, 1280]) {
      await requestor.setViewportSize({ width, height: 900 });
      expect(await overflow(requestor)).toBe(0);
      await picture(requestor, `request-of-mine-${width}`);
    }
    const admin = await stage.enter(
      'admin',
      `/admin/packages/${await seedPackage(await stage.play.as('admin'))}?tab=requests`,
    );
    await admin.getByRole('row').filter({ hasText: 'with Mara Manager' }).waitFor();
    await picture(admin, 'admin-requests-with');
    expect(await accessibilityProblems(admin)).toEqual([]);
    // The open lists follow.
    expect((await decide(await stage.play.as('manager'), id, 'Approve')).status).toBe(204);
    await admin.getByRole('row').filter({ hasText: 'with Cy Ciso or Ivo Itmanager' }).waitFor();
    expect((await decide(await stage.play.as('ciso'), id, 'Deny')).status).toBe(204);
    await admin.getByText('with Cy Ciso or Ivo Itmanager').waitFor({ state: 'detached' });
  });

  test('show what a second person decided at the same moment, not an error', async () => {
    const id = await ask();
    const manager = await stage.play.as('manager');
    expect((await decide(manager, id, 'Approve')).status).toBe(204);
    const page = await stage.enter('ciso', `/approvals/${id}`);
    await page.getByLabel('Reason').fill('I would deny it');
    // The page is kept from hearing of the other decision, as on a slow line.
    await page.context().route('**/live', (route) => route.abort());
    expect((await decide(await stage.play.as('it-manager'), id, 'Approve')).status).toBe(204);
    const deny = page.getByRole('button', { name: 'Deny' });
    if (await deny.isVisible()) await deny.click({ timeout: 2000 }).catch(() => undefined);
    await page.getByText('Ivo Itmanager has approved it a moment ago').waitFor();
    await page.getByText('Stage 2: approved by Ivo Itmanager').waitFor();
    await picture(page, 'approval-overtaken');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.getByText('That did not work').count()).toBe(0);
    await stage.play.move('PT9H');
  });

  test('deny, with a reason, on a narrow window', async () => {
    await ask();
    const page = await stage.enter('manager', '/approvals', { width: 360, theme: 'dark' });
    await review(page).click();
    await page.getByLabel('Reason').fill('Not this week');
    expect(await overflow(page)).toBe(0);
    await picture(page, 'approval-360-dark');
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('Stage 1: denied by Mara Manager').waitFor();
    await picture(page, 'approval-denied-360-dark');
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
