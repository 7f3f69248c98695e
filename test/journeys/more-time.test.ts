import { afterAll, beforeAll, expect, test } from 'vitest';
import { askRole, helpdesk, lasting, outcome } from '../scenarios/pim.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('somebody asks for more time of a role, and an administrator gives it', async () => {
  const { play } = stage;
  const admin = await play.as('admin');
  const person = play.idOf('colleague');
  // As long as an eligibility may last at most: it can be extended all the same.
  const given = await askRole(admin, 'eligible', 'adminAssign', person, { scheduleInfo: lasting('P365D') });
  expect(outcome(given)).toBe('201');
  await play.move('P360D');

  const colleague = await stage.enter('colleague', '/roles');
  await colleague.getByRole('button', { name: 'Extend' }).click();
  const asking = colleague.getByRole('dialog');
  await asking.getByLabel('Justification').fill('The help desk stays mine');
  await picture(colleague, 'more-time-ask');
  expect(await accessibilityProblems(colleague)).toEqual([]);
  await asking.getByRole('button', { name: 'Extend' }).click();
  await asking.waitFor({ state: 'hidden' });

  const page = await stage.enter('admin', `/admin/roles/${helpdesk}`, { width: 360, theme: 'dark' });
  await page.getByRole('heading', { name: 'Asked for: more time to be eligible' }).waitFor();
  const wish = page.getByRole('row').filter({ hasText: 'The help desk stays mine' });
  expect(await wish.textContent()).toContain('Extension, until');
  await picture(page, 'more-time-answer');
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await wish.getByRole('button', { name: 'Approve' }).click();
  const answering = page.getByRole('dialog');
  await answering.getByLabel('Justification').fill('Agreed with the team');
  await answering.getByRole('button', { name: 'Approve' }).click();
  await wish.waitFor({ state: 'hidden' });

  await colleague.getByText('in 34 d').first().waitFor();
  await picture(colleague, 'more-time-given');
});
