import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForPackage } from '../scenarios/doors.ts';
import type { Actor, Json } from '../scenarios/play.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { button, heading, pick, press } from './acts.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

const entitlements = '/identityGovernance/entitlementManagement';

let stage: JourneyStage;
let admin: Actor;
beforeAll(async () => {
  stage = await openStage();
  admin = await stage.play.as('admin');
});
afterAll(() => stage?.close());

const values = (body: Json) => body['value'] as unknown as readonly Json[];

async function found(path: string): Promise<Json | undefined> {
  return values((await admin.get(path)).body)[0];
}

const packageNamed = (name: string) =>
  found(`${entitlements}/accessPackages?$filter=displayName eq '${name}'&$expand=resourceRoleScopes($expand=role)`);
const seeded = async () =>
  String((await found(`${entitlements}/accessPackages?$filter=contains(displayName,'Global Admin')`))?.['id']);

/** Fills in the first three steps as the seed shows them. */
async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Description').fill('Makes you eligible for Global Administrator, after two approvals.');
  await page.getByText('General', { exact: true }).waitFor();
  await press(page, 'Next');
  await page.getByRole('combobox', { name: 'Add a resource of the catalog' }).pressSequentially('GRP-ELIG');
  await page.getByRole('option', { name: /GRP-ELIG-GlobalAdmin/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Role of GRP-ELIG-GlobalAdmin' }).waitFor();
  await page.getByText('eligible for Global Administrator').waitFor();
  await press(page, 'Next');
  await pick(page, 'Users and groups', 'GRP-DYN', /GRP-DYN-IT-Administrators/);
  await pick(page, 'Fallback approvers', 'Ivo', /Ivo Itmanager/);
  await pick(page, 'Approvers', 'Cy', /Cy Ciso/);
}

describe('the wizard for access packages', () => {
  test('leads from the name to the review, and says what is wrong where it is', async () => {
    const page = await stage.enter('admin', '/admin/packages');
    await page.getByRole('link', { name: 'New access package' }).click();
    await heading(page, 'New access package');
    await press(page, 'Next');
    await page.getByText('This is needed.').first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await fillIn(page, 'Journey package');
    await page.getByText('As things are, decided by: Cy Ciso').waitFor();
    await page.getByText('Cy Ciso decides this stage alone', { exact: false }).waitFor();
    const time = page.getByRole('spinbutton', { name: 'Decision must be made within' }).first();
    await time.fill('15');
    await page.getByText('A stage is decided within 1 to 14 days.').waitFor();
    await time.fill('1');
    await page.getByText('A stage is decided within 1 to 14 days.').waitFor({ state: 'detached' });
    const who = page.getByRole('group', { name: 'Who can request access' });
    await who.getByRole('checkbox', { name: 'Self', exact: true }).waitFor();
    await who.getByRole('checkbox', { name: 'Manager, on behalf of their people', exact: true }).waitFor();
    await picture(page, 'wizard-requests');
    expect(await accessibilityProblems(page)).toEqual([]);
    await press(page, 'Next');
    await button(page, 'Add question').click();
    await page.getByRole('textbox', { name: 'Question', exact: true }).fill('ITSM ticket number');
    await page.getByLabel('Pattern of answers').fill('^CHG[0-9');
    await page.getByText('This is no regular expression', { exact: false }).waitFor();
    await page.getByLabel('Pattern of answers').fill('^CHG[0-9]{4,}$');
    await page.getByText('This is no regular expression', { exact: false }).waitFor({ state: 'detached' });
    await picture(page, 'wizard-questions');
    await press(page, 'Next');
    await page.getByRole('radio', { name: 'After a number of hours' }).waitFor();
    await page.getByText('Holders may ask to extend').click();
    await picture(page, 'wizard-lifecycle');
    await press(page, 'Next');
    await page.getByText('No custom extensions', { exact: true }).waitFor();
    await press(page, 'Next');
    await page.getByText('ITSM ticket number', { exact: false }).waitFor();
    await picture(page, 'wizard-review');
    expect(await accessibilityProblems(page)).toEqual([]);
    await press(page, 'Create');
    await heading(page, 'Journey package');
    await page.getByText('Eligible for the role').waitFor();
    await picture(page, 'package-overview');

    const made = await packageNamed('Journey package');
    expect(made?.['resourceRoleScopes']).toMatchObject([{ role: { displayName: 'Member' } }]);
    const policy = await found(`${entitlements}/accessPackages/${made?.['id']}/assignmentPolicies`);
    expect(policy).toMatchObject({
      allowedTargetScope: 'specificDirectoryUsers',
      expiration: { type: 'afterDuration', duration: 'PT8H' },
      requestorSettings: { enableTargetsToSelfAddAccess: true, enableTargetsToSelfUpdateAccess: true },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: true,
        isRequestorJustificationRequired: true,
        stages: [
          { durationBeforeAutomaticDenial: 'P1D', primaryApprovers: [{ managerLevel: 1 }] },
          { isApproverJustificationRequired: true, primaryApprovers: [{ userId: stage.play.idOf('ciso') }] },
        ],
      },
      questions: [{ text: 'ITSM ticket number', isRequired: true, regexPattern: '^CHG[0-9]{4,}$' }],
    });
  });

  test('goes on where it was stopped, after a reload too, and makes nothing twice', async () => {
    const page = await stage.enter('admin', '/admin/packages/new');
    await fillIn(page, 'Half-made package');
    await page.route('**/assignmentPolicies', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, contentType: 'application/json', body: '{"error":{"code":"unavailable"}}' })
        : route.continue(),
    );
    await page.getByRole('button', { name: /Review and create/ }).click();
    await press(page, 'Create');
    await page.getByText('Not everything could be made').waitFor();
    await page.getByRole('button', { name: 'Go on', exact: true, disabled: false }).waitFor();
    await picture(page, 'wizard-half-made');
    expect(await accessibilityProblems(page)).toEqual([]);
    const half = await packageNamed('Half-made package');
    expect(half?.['resourceRoleScopes']).toHaveLength(1);

    await page.unroute('**/assignmentPolicies');
    await page.reload();
    await page.getByText('What you typed is still here.', { exact: false }).waitFor();
    await press(page, 'Go on');
    await heading(page, 'Half-made package');
    const { body } = await admin.get(`${entitlements}/accessPackages?$filter=displayName eq 'Half-made package'`);
    expect(values(body)).toMatchObject([{ id: half?.['id'] }]);
    const policies = await admin.get(`${entitlements}/accessPackages/${half?.['id']}/assignmentPolicies`);
    expect(values(policies.body)).toHaveLength(1);
  });
});

describe('an access package', () => {
  test('has its policy changed with the same forms, and says that waiting requests keep theirs', async () => {
    const asked = await askForPackage(stage.play, await stage.play.as('requestor'));
    expect(asked.status).toBe(201);
    const id = await seeded();
    const page = await stage.enter('admin', `/admin/packages/${id}?tab=policies`);
    await page.getByRole('link', { name: /^Edit IT administrators/ }).click();
    await page.getByText('1 request waits for a decision by this policy', { exact: false }).waitFor();
    await page.getByRole('radio', { name: 'After a number of days' }).click();
    await page.getByRole('spinbutton', { name: 'After' }).fill('2');
    await page.getByText('One person may decide several stages').click();
    await page.getByRole('button', { name: 'Save', exact: true, disabled: false }).waitFor();
    await picture(page, 'policy-edit');
    expect(await accessibilityProblems(page)).toEqual([]);
    await press(page, 'Save');
    await page.getByText('After 2 days').waitFor();
    const policy = await found(`${entitlements}/accessPackages/${id}/assignmentPolicies`);
    expect(policy?.['expiration']).toMatchObject({ duration: 'P2D' });
    expect((await admin.get(`/sallyport/assignmentPolicies/${policy?.['id']}`)).body).toMatchObject({
      allowsSameApproverInSeveralStages: true,
    });
  });

  test('has its requests looked at, canceled and deleted', async () => {
    const page = await stage.enter('admin', `/admin/packages/${await seeded()}?tab=requests`);
    await button(page, 'Details of the request for Rio Requestor').first().click();
    await page.getByText('CHG0042').waitFor();
    await page.getByText('Stage 1: waits for a decision').waitFor();
    await picture(page, 'package-request');
    expect(await accessibilityProblems(page)).toEqual([]);
    await button(page, 'Cancel request').click();
    await page
      .getByRole('dialog', { name: /^Cancel the request/ })
      .getByRole('button', { name: 'Cancel the request' })
      .click();
    await button(page, 'Delete request').click();
    await page
      .getByRole('dialog', { name: /^Delete the request/ })
      .getByRole('button', { name: 'Delete' })
      .click();
    await page.getByText('Nobody has asked yet').waitFor();
  });

  test('is made incompatible with a group and a package, and compatible again', async () => {
    const page = await stage.enter('admin', `/admin/packages/${await seeded()}?tab=duties`);
    await button(page, 'Exclude').click();
    await pick(page, 'Incompatible access packages', 'Journey', /Journey package/);
    await pick(page, 'Incompatible groups', 'GRP-DYN', /GRP-DYN-IT-Administrators/);
    await button(page, 'Add').click();
    await page.getByRole('row', { name: /GRP-DYN-IT-Administrators/ }).waitFor();
    await page.getByRole('row', { name: /Journey package.*Nobody/ }).waitFor();
    await picture(page, 'package-duties');
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const name of ['GRP-DYN-IT-Administrators', 'Journey package']) {
      await button(page, `Remove ${name}`).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('row', { name: new RegExp(name) }).waitFor({ state: 'detached' });
    }
  });

  test('is assigned directly, to all whom the policy is for; its end is moved and access revoked', async () => {
    const page = await stage.enter('admin', `/admin/packages/${await seeded()}?tab=assignments`);
    await button(page, 'Assign').click();
    await pick(page, 'People', 'Cleo', /Cleo Colleague/);
    await pick(page, 'People', 'Hal', /Hal Helpdesk/);
    await page.getByRole('dialog').getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByText('The policy is not for this person.').first().waitFor();
    await picture(page, 'assign-refused');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('as the policy says', { exact: true }).waitFor();
    await picture(page, 'assignments');
    expect(await accessibilityProblems(page)).toEqual([]);

    await button(page, 'Change end for Cleo Colleague').click();
    const soon = Temporal.Instant.from(await stage.play.now()).add({ hours: 2 });
    const local = soon.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' });
    await page.getByRole('textbox', { name: 'End' }).fill(local);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('as it was asked for').waitFor();

    await page.getByRole('checkbox', { name: 'Select Cleo Colleague' }).click();
    await button(page, 'Revoke 1 assignment').click();
    await button(page, 'Revoke now').click();
    await page.getByText('Nobody has the package').waitFor();
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Ended' }).click();
    await page.getByText('removed by an administrator').waitFor();
  });

  test.each([
    { width: 360, theme: 'dark' },
    { width: 1920, theme: 'light' },
  ] as const)('fits $width pixels in $theme, tab by tab', async ({ width, theme }) => {
    const id = await seeded();
    const page = await stage.enter('admin', '/admin/packages', { width, theme });
    await page.getByRole('link', { name: /Global Admin Eligibility Request/ }).click();
    for (const tab of [
      'Overview',
      'Resource roles',
      'Policies',
      'Separation of duties',
      'Assignments',
      'Requests',
      'Where used',
    ]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tab', { name: tab, selected: true }).waitFor();
      await expect.poll(() => page.getByRole('progressbar').count(), { timeout: 60_000 }).toBe(0);
      await picture(page, `package-${tab.toLowerCase().replaceAll(' ', '-')}-${width}-${theme}`);
      expect([tab, await accessibilityProblems(page), await overflow(page)]).toEqual([tab, [], 0]);
    }
    expect(page.url()).toContain(id);
    await page.context().close();
  });
});

describe('a catalog', () => {
  test('is made, filled, given to somebody to look after, and deleted', async () => {
    const page = await stage.enter('admin', '/admin/catalogs');
    await button(page, 'New catalog').click();
    await page.getByLabel('Name').fill('Platform');
    await page.getByLabel('Name').press('Enter');
    await heading(page, 'Platform');
    await page.getByRole('tab', { name: 'Resources' }).click();
    await button(page, 'Add resources to the catalog').click();
    await pick(page, 'Groups and directory roles', 'GRP-ELIG', /GRP-ELIG-GlobalAdmin/);
    await button(page, 'Add').click();
    await page.getByText('No package yet').waitFor();
    await picture(page, 'catalog-resources');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Roles and administrators' }).click();
    await button(page, 'Add administrator').click();
    await pick(page, 'Person or group', 'Ivo', /Ivo Itmanager/);
    await button(page, 'Add').click();
    await page.getByRole('row', { name: /Ivo Itmanager Catalog owner/ }).waitFor();
    await picture(page, 'catalog-roles');

    // The owner sees the catalog that is theirs, and what they may do in it.
    const owner = await stage.enter('it-manager', '/admin/catalogs', { width: 360, theme: 'dark' });
    await owner.getByRole('link', { name: 'Platform' }).click();
    await heading(owner, 'Platform');
    await picture(owner, 'catalog-owner-360-dark');
    expect([await accessibilityProblems(owner), await overflow(owner)]).toEqual([[], 0]);
    await owner.context().close();

    await page.getByRole('tab', { name: 'Resources' }).click();
    await button(page, 'Remove GRP-ELIG-GlobalAdmin').click();
    await button(page, 'Remove').click();
    await page.getByText('No resources yet').waitFor();
    await button(page, 'Delete').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await heading(page, 'Catalogs');
    expect(await found(`${entitlements}/catalogs?$filter=displayName eq 'Platform'`)).toBeUndefined();
  });
});
