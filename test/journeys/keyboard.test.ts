import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForPackage, passFirstDoor } from '../scenarios/doors.ts';
import { watch } from './settled.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** What a person would wait for at most; the machine may be slow. */
const patience = { timeout: 60_000 };
/** As often as somebody presses Tab before they give up. */
const mostTabs = 150;
const packageName = 'AP – Global Admin Eligibility Request';

/** Somebody who has a keyboard and nothing else. */
interface Typist {
  readonly page: Page;
  /** Goes on from where the focus is until it is at something; it has to be seen there. */
  tabTo(target: Locator): Promise<void>;
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Waits until all is done that was begun; the focus is then somewhere, and what it is at is in the page. */
  keepsFocus(): Promise<void>;
}

async function typist(name: string, path: string): Promise<Typist> {
  const page = await stage.enter(name, '/rehearsal/mailbox');
  const settled = watch(page);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled();
  const keepsFocus = async () => {
    await settled();
    // What closes gives the focus back a moment later.
    await expect.poll(() => page.evaluate('document.activeElement.tagName'), patience).not.toBe('BODY');
  };
  return {
    page,
    async tabTo(target) {
      await target.waitFor();
      for (let count = 0; count < mostTabs; count += 1) {
        if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) {
          expect(await isSeen(page)).toBe(true);
          return;
        }
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not come to ${target}`);
    },
    async press(key) {
      await page.keyboard.press(key);
      await keepsFocus();
    },
    type: (text) => page.keyboard.type(text),
    keepsFocus,
  };
}

/** Whether who looks at the page sees where the focus is: it is in the window, and not behind anything. */
function isSeen(page: Page): Promise<boolean> {
  return page.evaluate(`(() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  })()`);
}

describe('by keyboard alone', () => {
  test('somebody skips to what the page is about, and goes from room to room', async () => {
    const { page, press, tabTo } = await typist('requestor', '/');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect(await skip.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await isSeen(page)).toBe(true);
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.reload();
    await tabTo(page.getByRole('link', { name: 'My groups' }));
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'My groups' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await tabTo(page.getByRole('tab', { name: /^Member/ }));
    await press('ArrowRight');
    await press('Enter');
    expect(new URL(page.url()).searchParams.get('tab')).toBe('eligible');
    await page.context().close();
  });

  test('a package is asked for', async () => {
    const { page, press, tabTo, type } = await typist('requestor', '/packages');
    await tabTo(page.getByRole('link', { name: new RegExp(packageName) }).first());
    await press('Enter');
    await tabTo(page.getByLabel('ITSM ticket number'));
    await type('CHG0042');
    await tabTo(page.getByLabel(/justification/i));
    await type('Tenant migration tonight');
    await tabTo(page.getByRole('button', { name: /^Submit/ }));
    await press('Enter');
    await page.waitForURL(/\/requests\//);
    await press('Tab');
    await page.context().close();
  });

  test('a request is approved, and the focus outlives the form', async () => {
    const { page, press, tabTo, type, keepsFocus } = await typist('manager', '/approvals');
    await tabTo(page.getByRole('link', { name: /^Review what Rio Requestor asks for/ }).first());
    await press('Enter');
    await tabTo(page.getByLabel('Reason'));
    await type('Needed for the migration');
    await tabTo(page.getByRole('button', { name: 'Approve' }));
    await press('Enter');
    await page
      .getByText(/: approved by /)
      .first()
      .waitFor();
    await keepsFocus();
    await page.context().close();
  });

  test('a role is activated and given back', async () => {
    await stage.play.reset();
    await passFirstDoor(stage.play, await stage.play.as('requestor'));
    const { page, press, tabTo, type, keepsFocus } = await typist('requestor', '/roles');
    await tabTo(page.getByRole('button', { name: 'Activate' }));
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(dialog.getByLabel('Justification'));
    await type('CHG0042: tenant migration');
    await picture(page, 'keyboard-activate');
    await tabTo(dialog.getByRole('button', { name: 'Activate' }));
    await press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await press('Tab');
    await tabTo(page.getByRole('tab', { name: /^Eligible/ }));
    await press('ArrowRight');
    await press('Enter');
    await tabTo(
      page
        .getByRole('button', { name: 'Extend' })
        .or(page.getByRole('button', { name: 'Deactivate' }))
        .first(),
    );
    await press('Enter');
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await keepsFocus();
    await page.context().close();
  });

  test('a role-assignable group is made', async () => {
    const { page, press, tabTo, type, keepsFocus } = await typist('admin', '/admin/groups');
    await tabTo(page.getByRole('button', { name: 'New group' }));
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(dialog.getByLabel('Name'));
    await type('GRP-ELIG-Keyboard');
    await tabTo(dialog.getByLabel('Microsoft Entra roles can be assigned to the group'));
    await press('Space');
    await dialog.getByText('This is for ever').waitFor();
    await tabTo(dialog.getByRole('button', { name: 'Create' }));
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'GRP-ELIG-Keyboard' }).waitFor();
    await keepsFocus();
    await tabTo(page.getByRole('button', { name: 'Add members' }));
    await press('Enter');
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await keepsFocus();
    await page.context().close();
  });
});

describe('what others do', () => {
  test('takes the focus from nobody where the list is read anew', async () => {
    const { page, tabTo, keepsFocus } = await typist('admin', '/admin/groups');
    const link = page.getByRole('link', { name: 'GRP-ELIG-GlobalAdmin' });
    await tabTo(link);
    const admin = await stage.play.as('admin');
    const name = 'GRP-A-Newcomer';
    const made = await admin.post('/groups', {
      displayName: name,
      mailEnabled: false,
      mailNickname: name,
      securityEnabled: true,
    });
    expect(made.status).toBe(201);
    await page.getByText(name).waitFor();
    await keepsFocus();
    expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await page.context().close();
  });

  test('gives the focus to the page where it takes away what had it', async () => {
    await stage.play.reset();
    const requestor = await stage.play.as('requestor');
    const asked = await askForPackage(stage.play, requestor);
    const { page, tabTo } = await typist('manager', '/approvals');
    await tabTo(page.getByRole('link', { name: /^Review what Rio Requestor asks for/ }).first());
    const path = `/identityGovernance/entitlementManagement/assignmentRequests/${String(asked.body['id'])}/cancel`;
    expect((await requestor.post(path)).status).toBe(204);
    await page.getByText('Nothing waits for you').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.id'), patience).toBe('main');
    await page.context().close();
  });
});

test('who wants less motion gets none', async () => {
  const page = await stage.enter('admin', '/admin/groups');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('dialog').waitFor();
  // In milliseconds: nothing that is seen to move.
  const longest = await page.evaluate<number>(
    'Math.max(0, ...document.getAnimations().map((one) => Number(one.effect.getComputedTiming().duration)))',
  );
  expect(longest).toBeLessThanOrEqual(1);
  await page.context().close();
});
