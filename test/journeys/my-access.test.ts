import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, deskIn, stageOf } from '../scenarios/desk.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

const graph = '#microsoft.graph.';
const name = 'Security Reader for audits';

let stage: JourneyStage;
let desk: Desk;
let packageId: string;
beforeAll(async () => {
  stage = await openStage();
  desk = await deskIn(stage.play);
  ({ packageId } = await desk.offer({
    displayName: 'Audit',
    expiration: { type: 'afterDuration', duration: 'P14D' },
    requestorSettings: {
      enableTargetsToSelfAddAccess: true,
      enableTargetsToSelfUpdateAccess: true,
      enableTargetsToSelfRemoveAccess: true,
      allowCustomAssignmentSchedule: true,
      enableOnBehalfRequestorsToAddAccess: true,
      onBehalfRequestors: [{ '@odata.type': `${graph}targetManager`, managerLevel: 1 }],
    },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      isRequestorJustificationRequired: true,
      stages: [stageOf(stage.play, 'ciso', 'identity-lead'), stageOf(stage.play, 'it-manager')],
    },
    questions: [
      {
        '@odata.type': `${graph}accessPackageTextInputQuestion`,
        text: 'Which audit is it for?',
        localizations: [{ languageCode: 'de', text: 'Für welche Prüfung ist es?' }],
        isRequired: true,
        isSingleLineQuestion: true,
        regexPattern: 'AUD-[0-9]{4}',
        sequence: 0,
      },
      {
        '@odata.type': `${graph}accessPackageMultipleChoiceQuestion`,
        text: 'Who ordered it?',
        isRequired: true,
        isMultipleSelectionAllowed: false,
        choices: [
          { actualValue: 'internal', text: 'Internal audit' },
          { actualValue: 'authority', text: 'An authority' },
        ],
        sequence: 1,
      },
      {
        '@odata.type': `${graph}accessPackageMultipleChoiceQuestion`,
        text: 'What does it touch?',
        isRequired: false,
        isMultipleSelectionAllowed: true,
        choices: [
          { actualValue: 'id', text: 'Identity' },
          { actualValue: 'mail', text: 'Mail' },
        ],
        sequence: 2,
      },
    ],
  }));
  await desk.admin.patch(`/identityGovernance/entitlementManagement/accessPackages/${packageId}`, {
    displayName: name,
    description: 'Read everything that security sees.',
  });
});
afterAll(() => stage?.close());

const heading = (page: Page, title: string | RegExp) => page.getByRole('heading', { level: 1, name: title }).waitFor();

describe('asking for a package', () => {
  test('shows what it opens and who decides, keeps what is typed, and says at the field what is wrong', async () => {
    const page = await stage.enter('requestor', '/packages');
    await page.getByRole('searchbox', { name: 'Search access packages' }).fill('audits');
    await page.getByRole('link', { name: `Request: ${name}` }).click();
    await heading(page, name);
    for (const who of ['Cy Ciso', 'Ida Identitylead', 'Ivo Itmanager']) await page.getByText(who).waitFor();
    await page.getByRole('tab', { name: 'Resources' }).click();
    await page.getByText('Member of the group').waitFor();
    await page.getByText(/^You become a member of/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Request' }).click();

    // Nothing is sent before what is missing is there; the first of it has the focus.
    await page.getByRole('button', { name: 'Submit request' }).click();
    await page.getByText('3 answers are missing.').waitFor();
    const audit = page.getByLabel('Which audit is it for?');
    await expect.poll(() => audit.evaluate((field) => field.matches(':focus'))).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await audit.fill('AUD-26');
    await page.getByLabel('An authority').check();
    await page.getByRole('checkbox', { name: 'Identity' }).check();
    await page.getByRole('checkbox', { name: 'Mail' }).check();
    await page.getByLabel('Business justification').fill('The yearly audit');
    await page.reload();
    expect(await audit.inputValue()).toBe('AUD-26');
    expect(await page.getByRole('checkbox', { name: 'Mail' }).isChecked()).toBe(true);

    // What only the server knows, it says at the field.
    await page.getByRole('button', { name: 'Submit request' }).click();
    await page
      .getByText(/does not match the pattern/)
      .first()
      .waitFor();
    await expect.poll(() => audit.evaluate((field) => field.matches(':focus'))).toBe(true);
    await picture(page, 'request-form');
    await audit.fill('AUD-2026');
    await page.getByRole('button', { name: 'Submit request' }).click();
    await page.waitForURL(/\/requests\//);
    await page.getByText('Identity, Mail').waitFor();
    await page.getByText('An authority').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    // What is asked for once is not asked for twice.
    await page.getByRole('link', { name: 'Open the package' }).click();
    await page.getByText('You have asked for it already').waitFor();
    await page.getByRole('link', { name: 'Follow your request' }).click();
    await page.getByRole('button', { name: 'Cancel the request' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the request' }).click();
    await page.getByText('Your request is canceled.').first().waitFor();
    await page.context().close();
  });

  test('is done by a manager for who reports to them', async () => {
    const page = await stage.enter('manager', `/packages/${packageId}`);
    await page.getByLabel('Somebody else').check();
    await page.getByRole('combobox', { name: /Whom/ }).fill('Rio');
    await page.getByRole('option', { name: /Rio Requestor/ }).click();
    await page.getByLabel('Which audit is it for?').fill('AUD-2027');
    await page.getByLabel('Internal audit').check();
    await page.getByLabel('Business justification').fill('Rio does the audit');
    await picture(page, 'request-on-behalf');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Submit request' }).click();
    await page.waitForURL(/\/requests\//);
    await page.getByText('Request for somebody else').waitFor();
    await page.getByRole('button', { name: 'Cancel the request' }).waitFor();
    await page.context().close();
  });

  test('speaks the language of the person, also in the questions', async () => {
    const page = await stage.enter('colleague', `/packages/${packageId}`, { locale: 'de-DE' });
    await page.getByLabel('Für welche Prüfung ist es?').waitFor();
    await page.getByRole('button', { name: 'Anforderung senden' }).waitFor();
    await picture(page, 'request-german');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });
});

describe('what one has', () => {
  test('is extended, given up, and ends by itself', async () => {
    const { packageId: tools } = await desk.offer({
      displayName: 'Everybody',
      expiration: { type: 'afterDuration', duration: 'P10D' },
      requestorSettings: {
        enableTargetsToSelfAddAccess: true,
        enableTargetsToSelfUpdateAccess: true,
        enableTargetsToSelfRemoveAccess: true,
      },
    });
    const { packageId: archive } = await desk.offer({ displayName: 'Everybody' });
    const graphRoot = '/identityGovernance/entitlementManagement/accessPackages';
    await desk.admin.patch(`${graphRoot}/${tools}`, { displayName: 'Service desk tools' });
    await desk.admin.patch(`${graphRoot}/${archive}`, { displayName: 'Archive' });
    const helpdesk = await stage.play.as('helpdesk');
    for (const id of [tools, archive]) expect((await desk.add(helpdesk, id)).status).toBe(201);
    await stage.play.move('P5D');

    const page = await stage.enter('helpdesk', '/packages?tab=active');
    await page.getByText('5 days left').first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Extend: Service desk tools' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Extend' }).click();
    await page.getByText('10 days left').waitFor();

    await stage.play.move('P5D');
    await page.getByRole('link', { name: 'Archive' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Give up: Service desk tools' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
    await page.getByText('You have no access package now').waitFor();
    await page.getByRole('tab', { name: 'Expired' }).click();
    await page.getByText('you gave it up').waitFor();
    await page.getByText('its time was up').waitFor();
    await picture(page, 'packages-expired');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });
});

test.each([
  { path: '', theme: 'dark', width: 360 },
  { path: '', theme: 'light', width: 1920 },
  { path: '?tab=resources', theme: 'light', width: 360 },
  { path: '?tab=resources', theme: 'dark', width: 1920 },
] as const)('a package$path is for everyone at $width pixels in $theme', async ({ path, theme, width }) => {
  const page = await stage.enter('colleague', `/packages/${packageId}${path}`, { theme, width });
  await heading(page, name);
  await page.getByText(path === '' ? 'Who decides' : 'In words').waitFor();
  await picture(page, `package${path.replace('?tab=', '-')}-${theme}-${width}`);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.context().close();
});
