import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useRole } from '../scenarios/doors.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { button, choose, heading, pick, press } from './acts.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

/** The rehearsal begins with its people only: all this is built by hand, as the tutorial says. */
const group = 'GRP-ELIG-GlobalAdmin';
const role = 'Global Administrator';
const requestors = 'GRP-DYN-IT-Administrators';
const catalog = 'General';
const accessPackage = 'AP – Global Admin Eligibility Request';

let stage: JourneyStage;
let admin: Page;
let requestor: Page;
let manager: Page;
beforeAll(async () => {
  stage = await openStage({ beginWith: 'people' });
  admin = await stage.enter('admin', '/admin/groups');
});
afterAll(() => stage?.close());

const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
const openTab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name }).click();
const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text }).first();

/** Goes to a page by the navigation, as people do. */
async function go(page: Page, room: string, title: string | RegExp = room): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Navigation' })
    .getByRole('link', { name: room, exact: true })
    .last()
    .click();
  await heading(page, title);
}

/** What a page looks like now, and that everybody can use it. */
async function seen(page: Page, name: string): Promise<void> {
  // Away from where the last click was: what a tooltip says there is not what the page is about.
  await page.mouse.move(0, 0);
  await page.getByRole('tooltip').first().waitFor({ state: 'detached' });
  await picture(page, `design-${name}`);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

describe('an administrator builds the design by hand', () => {
  test('step 1: a role-assignable group, which is so for ever', async () => {
    await button(admin, 'New group').click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Name').fill(group);
    await dialog.getByLabel('Description').fill('Whoever is in this group may activate Global Administrator.');
    await dialog.getByLabel('Microsoft Entra roles can be assigned to the group').click();
    await dialog.getByText('This is for ever').waitFor();
    await seen(admin, '1-group');
    await press(admin, 'Create');
    await heading(admin, group);
    await admin.getByText('Role-assignable').waitFor();
  });

  test('step 2: the group comes under PIM, for ever', async () => {
    await go(admin, 'PIM for Groups');
    await follow(admin, group);
    await button(admin, 'Enable PIM for this group').click();
    await admin.getByText('PIM manages the group from then on, for ever: this cannot be taken back.').waitFor();
    await seen(admin, '2-enable-pim');
    await press(admin, 'Enable PIM for this group');
    await admin.getByText('PIM does not manage this group yet').waitFor({ state: 'hidden' });
    await openTab(admin, 'Settings');
    await admin.getByRole('region', { name: 'Member' }).getByRole('button', { name: 'Change the settings' }).click();
    await admin.getByRole('spinbutton', { name: 'Activation maximum duration' }).fill('4');
    await seen(admin, '2-pim');
    await press(admin, 'Save');
    await admin.getByRole('region', { name: 'Member' }).getByText('4 h', { exact: true }).waitFor();
  });

  test('step 3: the group is eligible for the role, for good; activating takes MFA, a reason, four hours at most', async () => {
    await go(admin, 'Groups');
    await follow(admin, group);
    await openTab(admin, 'Assigned roles');
    await button(admin, 'Add assignments').click();
    await pick(admin, 'Role', role, new RegExp(`^${role}`));
    await admin.getByLabel('Permanent').click();
    await admin.getByLabel('Justification').fill('The role is activated when it is needed, never held.');
    await seen(admin, '3-assign-role');
    await press(admin, 'Assign');
    await row(admin, role).waitFor();
    await seen(admin, '3-assigned-roles');

    await go(admin, 'Roles');
    await admin.getByRole('searchbox').fill(role);
    await follow(admin, role);
    await openTab(admin, 'Settings');
    await button(admin, 'Change the settings').click();
    await admin.getByRole('spinbutton', { name: 'Activation maximum duration' }).fill('4');
    await admin.getByRole('radio', { name: 'Require multifactor authentication', checked: true }).waitFor();
    await admin.getByRole('switch', { name: 'Require justification', checked: true }).first().waitFor();
    await seen(admin, '3-role-settings');
    await press(admin, 'Save');
    await admin.getByText('4 h', { exact: true }).waitFor();
  });

  test('step 4: a dynamic group of those who may ask', async () => {
    await go(admin, 'Groups');
    await button(admin, 'New group').click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Name').fill(requestors);
    await dialog.getByRole('radio', { name: 'Dynamic User' }).click();
    await dialog.getByLabel('Property, expression 1').selectOption('user.jobTitle');
    await dialog.getByLabel('Value, expression 1').fill('IT Administrator');
    await dialog.getByText('user.jobTitle -eq "IT Administrator"').waitFor();
    await dialog.getByRole('radio', { name: 'Everybody' }).click();
    await dialog.getByText('2 people would be in.').waitFor();
    await seen(admin, '4-dynamic-group');
    await press(admin, 'Create');
    await heading(admin, requestors);
    await row(admin, 'Rio Requestor').waitFor();
    await seen(admin, '4-members');
  });

  test('step 5: the group in a catalog', async () => {
    await go(admin, 'Catalogs');
    await follow(admin, catalog);
    await heading(admin, catalog);
    await openTab(admin, 'Resources');
    await button(admin, 'Add resources to the catalog').click();
    await pick(admin, 'Groups and directory roles', group, new RegExp(group));
    await press(admin, 'Add');
    await row(admin, group).waitFor();
    await seen(admin, '5-catalog');
  });

  test('step 5: a package that gives membership of the group, after three stages', async () => {
    await openTab(admin, 'Access packages');
    await admin.getByRole('link', { name: 'New access package' }).click();
    await heading(admin, 'New access package');
    await admin.getByLabel('Name').fill(accessPackage);
    await admin.getByLabel('Description').fill('Makes you eligible for Global Administrator, after three approvals.');
    await admin.locator('.fui-Tag', { hasText: catalog }).waitFor();
    await seen(admin, '5-basics');
    await press(admin, 'Next');
    await choose(admin, 'Add a resource of the catalog', group, new RegExp(group));
    await admin
      .getByRole('combobox', { name: `Role of ${group}` })
      .filter({ hasText: 'Member' })
      .waitFor();
    await seen(admin, '5-resource-roles');
    await press(admin, 'Next');
    await pick(admin, 'Users and groups', requestors, new RegExp(requestors));
    await admin.getByRole('radio', { name: '3', exact: true }).click();
    await pick(admin, 'Fallback approvers', 'Ivo', /Ivo Itmanager/);
    await choose(admin, 'Approvers', 'Cy', /Cy Ciso/, admin.getByRole('region', { name: 'Stage 2' }));
    await choose(admin, 'Approvers', 'Ivo', /Ivo Itmanager/, admin.getByRole('region', { name: 'Stage 2' }));
    await choose(admin, 'Approvers', 'Ida', /Ida Identitylead/, admin.getByRole('region', { name: 'Stage 3' }));
    await admin.getByText('As things are, decided by: Ida Identitylead').waitFor();
    await seen(admin, '5-requests');
    await press(admin, 'Next');
    await button(admin, 'Add question').click();
    await admin.getByRole('textbox', { name: 'Question', exact: true }).fill('ITSM ticket number');
    await seen(admin, '5-requestor-information');
    await press(admin, 'Next');
    await admin.getByRole('radio', { name: 'After a number of hours', checked: true }).waitFor();
    await admin.getByRole('spinbutton', { name: 'After' }).fill('8');
    await admin.getByLabel('Holders may ask to extend').click();
    await seen(admin, '5-lifecycle');
    await press(admin, 'Next');
    await admin.getByText('No custom extensions', { exact: true }).waitFor();
    await seen(admin, '5-custom-extensions');
    await press(admin, 'Next');
    await admin.getByText('ITSM ticket number').waitFor();
    await seen(admin, '5-review');
    await press(admin, 'Create');
    await heading(admin, accessPackage);
    await admin.getByText('Eligible for the role').waitFor();
    await seen(admin, '5-overview');
    await openTab(admin, 'Policies');
    await admin.getByText('Initial policy').waitFor();
    await seen(admin, '5-policies');
  });
});

describe('the first door', () => {
  test('the requestor finds the package, sees what it opens and who decides, and asks', async () => {
    requestor = await stage.enter('requestor', '/', { mfa: false });
    await go(requestor, 'Access packages');
    await follow(requestor, new RegExp(accessPackage));
    await heading(requestor, accessPackage);
    await openTab(requestor, 'Resources');
    await requestor.getByText(group).first().waitFor();
    await seen(requestor, '6-resources');
    await openTab(requestor, 'Request');
    await requestor.getByText('Requesting for').waitFor();
    await button(requestor, 'Copy link').waitFor();
    for (const name of ['Mara Manager', 'Cy Ciso', 'Ida Identitylead'])
      await requestor.getByText(name).first().waitFor();
    await requestor.getByLabel('ITSM ticket number').fill('CHG0042');
    await requestor.getByLabel('Business justification').fill('New hires start on Monday');
    await seen(requestor, '6-request');
    await press(requestor, 'Submit request');
    await requestor.waitForURL(/\/requests\//);
    await requestor.getByText('CHG0042').waitFor();
    await requestor.getByText('Stage 1: waits for a decision').waitFor();
    await seen(requestor, '6-request-history');
  });

  test('nobody is in the group before the last approval', async () => {
    await go(admin, 'Groups');
    await follow(admin, group);
    await admin.getByText('Nobody is in it').waitFor();
    await seen(admin, '6-group-before');
  });

  test('the manager hears of it by mail, and decides from the overview', async () => {
    manager = await stage.enter('manager', '/');
    await follow(manager, 'Mailbox');
    await heading(manager, 'Mailbox');
    await manager.getByRole('listitem').filter({ hasText: accessPackage }).first().waitFor();
    await seen(manager, '7-mail');
    await go(manager, 'Overview', /, Mara$/);
    await manager.getByText('One decision waits for you.').waitFor();
    await seen(manager, '7-overview');
    await follow(manager, new RegExp(`^Review ${accessPackage}`));
    await decide(manager, 'Her team takes the hires in', '7-manager');
    // The requestor's open page follows by itself.
    await requestor.getByText('Stage 1: approved by Mara Manager').waitFor();
    await requestor.getByText('Stage 2: waits for a decision').waitFor();
  });

  test('security and the identity team decide after her, each with the reasons before them', async () => {
    const ciso = await stage.enter('ciso', '/approvals');
    await follow(ciso, /^Review what Rio Requestor asks for/);
    await ciso.getByText('“Her team takes the hires in”').waitFor();
    await decide(ciso, 'The risk is accepted', '7-security');
    const identity = await stage.enter('identity-lead', '/approvals');
    await follow(identity, /^Review what Rio Requestor asks for/);
    await identity.getByText('“The risk is accepted”').waitFor();
    await decide(identity, 'Eligible for a day, no longer', '7-identity');
    await requestor.getByText('Delivered').first().waitFor();
    await seen(requestor, '7-request-delivered');
  });

  test('the administrator sees the assignment, and the request with its history', async () => {
    await go(admin, 'Access packages');
    await follow(admin, accessPackage);
    await openTab(admin, 'Assignments');
    await row(admin, 'Rio Requestor').waitFor();
    await seen(admin, '7-assignments');
    await openTab(admin, 'Requests');
    await button(admin, 'Details of the request for Rio Requestor').click();
    await admin.getByText('“Eligible for a day, no longer”').waitFor();
    await seen(admin, '7-request');
    await button(admin, 'Close').click();
  });
});

/** Decides what the page is about. */
async function decide(page: Page, reason: string, name: string): Promise<void> {
  await page.getByText('CHG0042').waitFor();
  await page.getByLabel('Reason').fill(reason);
  await seen(page, name);
  await press(page, 'Approve');
  await page.getByText(`“${reason}”`).waitFor();
}

describe('the second door', () => {
  test('the requestor has the package, with its end, and is told so', async () => {
    await go(requestor, 'Access packages');
    await openTab(requestor, 'Active');
    await row(requestor, accessPackage)
      .getByRole('button', { name: /^Extend/ })
      .waitFor();
    await seen(requestor, '8-active-package');
    await follow(requestor, 'Mailbox');
    await requestor.getByRole('listitem').filter({ hasText: 'You have' }).first().getByRole('button').click();
    const mail = requestor.frameLocator('iframe');
    await mail.getByText(`You now have access to ${accessPackage}.`).waitFor();
    // It looks as it does in a mail program.
    await mail.locator('body[style*="Segoe UI"]').waitFor();
    await seen(requestor, '8-mail');
  });

  test('activates the role with a proof in between, and holds it', async () => {
    expect(await useRole(await stage.play.as('requestor'))).toBe(403);
    await go(requestor, 'My roles');
    await requestor.getByRole('heading', { name: role }).waitFor();
    await seen(requestor, '8-eligible');
    await button(requestor, 'Activate').click();
    const dialog = requestor.getByRole('dialog');
    await dialog.getByLabel('Justification').fill('CHG0042: roles for the new hires');
    await seen(requestor, '8-activate');
    await dialog.getByRole('link', { name: 'Prove that it is you' }).click();
    await button(requestor, 'It is me').click();
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await openTab(requestor, /^Active/);
    await requestor.getByText(/3 h 59 min left|4 h left/).waitFor();
    await seen(requestor, '8-active');
    expect(await useRole(await stage.play.as('requestor'))).toBe(201);
    await go(requestor, 'Groups');
    await button(requestor, 'New group').waitFor();
    await go(requestor, 'My groups');
    await requestor.getByRole('group', { name: group }).waitFor();
    await seen(requestor, '8-my-groups');
  });

  test('loses the role after four hours and the package after eight, and everybody sees it', async () => {
    await go(requestor, 'My roles');
    await openTab(requestor, /^Active/);
    await requestor
      .getByText(/ left$/)
      .first()
      .waitFor();
    for (let hour = 0; hour < 4; hour += 1) {
      await press(requestor, 'Move the clock by +1 h');
    }
    await requestor.getByText('Nothing is active').waitFor();
    await seen(requestor, '9-role-gone');
    expect(await useRole(await stage.play.as('requestor'))).toBe(403);
    await openTab(requestor, /^Eligible/);
    await requestor.getByRole('heading', { name: role }).waitFor();

    await press(requestor, 'Move the clock by +8 h');
    await requestor.getByText('You are not eligible for anything').waitFor();
    await seen(requestor, '9-package-gone');
    await go(admin, 'Groups');
    await follow(admin, group);
    await admin.getByText('Nobody is in it').waitFor();
    await go(admin, 'Access packages');
    await follow(admin, accessPackage);
    await openTab(admin, 'Assignments');
    await admin.getByText('Nobody has the package').waitFor();
    await admin.getByRole('combobox', { name: 'State' }).click();
    await admin.getByRole('option', { name: 'Ended' }).click();
    await row(admin, 'Rio Requestor').waitFor();
    await seen(admin, '9-assignment-ended');
    await go(admin, 'Audit log');
    await admin.getByRole('searchbox').fill('Fulfill access package');
    await row(admin, 'Fulfill access package').getByRole('link', { name: 'Whole story' }).click();
    await heading(admin, 'One story');
    await seen(admin, '9-audit');
  });
});
