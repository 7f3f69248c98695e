import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleIds } from '../../src/access/index.ts';
import { askGroup, askRole, changeRule, helpdesk, lasting, listed, newGroup, policyIdOf } from '../scenarios/pim.ts';
import type { Actor, Answer } from '../scenarios/play.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const groupName = 'GRP-Two-Roles';
let stage: JourneyStage;
let admin: Actor;
let groupId: string;

beforeAll(async () => {
  stage = await openStage();
  admin = await stage.play.as('admin');
  await buildFaults();
});
afterAll(() => stage?.close());

const good = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
};
const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const section = (page: Page, severity: string) => page.getByRole('region', { name: `${severity} findings` });
const finding = (page: Page, kind: string, about: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: kind, exact: true }) })
    .filter({ hasText: about });

/** A group with two roles, a package whose promise PIM cannot keep, a stage that one person decides. */
async function buildFaults(): Promise<void> {
  const { play } = stage;
  groupId = await newGroup(admin, { displayName: groupName });
  await good(askRole(admin, 'eligible', 'adminAssign', groupId, { scheduleInfo: lasting('P90D') }));
  await good(
    askRole(admin, 'eligible', 'adminAssign', groupId, { scheduleInfo: lasting('P90D') }, roleIds.securityReader),
  );
  const member = play.idOf('helpdesk');
  await good(askGroup(admin, 'eligible', 'adminAssign', member, groupId, { scheduleInfo: lasting('P1D') }));
  const [found] = await listed(admin, `${entitlements}/catalogs?$filter=displayName eq 'General'`);
  const catalog = { id: found?.['id'] };
  const resource = { originId: groupId, originSystem: 'AadGroup' };
  await good(admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog }));
  const made = await good(admin.post(`${entitlements}/accessPackages`, { displayName: 'AP – Two roles', catalog }));
  const packageId = String(made['id']);
  await good(
    admin.post(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
      role: { originId: `EligibleMember_${groupId}`, originSystem: 'AadGroup' },
      scope: resource,
    }),
  );
  const ciso = { '@odata.type': '#microsoft.graph.singleUser', userId: play.idOf('ciso') };
  await good(
    admin.post(`${entitlements}/assignmentPolicies`, {
      displayName: 'Thirty days',
      accessPackage: { id: packageId },
      allowedTargetScope: 'allMemberUsers',
      expiration: { type: 'afterDuration', duration: 'P30D' },
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: true,
        stages: [{ durationBeforeAutomaticDenial: 'P3D', primaryApprovers: [ciso] }],
      },
    }),
  );
  const policy = await policyIdOf(admin, 'member', groupId);
  const limit = { isExpirationRequired: true, maximumDuration: 'P15D' };
  await good(changeRule(admin, policy, 'Expiration_Admin_Eligibility', limit));
  await good(
    changeRule(admin, await policyIdOf(admin, helpdesk), 'Enablement_EndUser_Assignment', { enabledRules: [] }),
  );
}

describe('the health of the design', () => {
  test.each([
    { width: 360, theme: 'dark' },
    { width: 1280, theme: 'dark' },
    { width: 1920, theme: 'light' },
  ] as const)('is for everyone at $width pixels in $theme', async ({ width, theme }) => {
    const page = await stage.enter('admin', '/admin/health', { width, theme });
    await heading(page, 'Health');
    await finding(page, 'Standing privilege', 'Ada Admin').waitFor();
    await picture(page, `admin-health-${width}-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  test('is told in German too', async () => {
    const page = await stage.enter('admin', '/admin/health', { locale: 'de-DE' });
    await heading(page, 'Zustand');
    const said = await finding(page, 'Fristen passen nicht zusammen', 'Thirty days').textContent();
    expect(said).toContain('30 Tage');
    expect(said).toContain('15 Tage');
    await picture(page, 'admin-health-de');
    await page.context().close();
  });

  test('comes the worst first, and narrows by severity and kind', async () => {
    const page = await stage.enter('admin', '/');
    await page.getByRole('link', { name: 'Health' }).click();
    await heading(page, 'Health');
    await section(page, 'High').waitFor();
    const titles = await page.getByRole('heading', { level: 2, name: 'findings' }).allTextContents();
    expect(titles).toEqual(['High findings', 'Medium findings', 'Low findings']);
    await page.getByRole('button', { name: /^Medium/ }).click();
    await section(page, 'High').waitFor({ state: 'detached' });
    await finding(page, 'Group with several roles', groupName).waitFor();
    expect(new URL(page.url()).searchParams.get('severity')).toBe('medium');
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Expiry mismatch' }).click();
    await finding(page, 'Expiry mismatch', 'Thirty days').waitFor();
    expect(await page.getByRole('listitem').getByRole('heading').count()).toBe(1);
    await picture(page, 'admin-health-filtered');
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Guest with a privilege' }).click();
    await page.getByText('Nothing of this kind').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show all findings' }).click();
    await section(page, 'High').waitFor();
    await page.context().close();
  });

  test.each([
    ['Expiry mismatch', 'Thirty days', 'Policy', /\/admin\/packages\/[^/]+\/policies\/[^/?]+$/],
    ['Expiry mismatch', 'Thirty days', 'PIM settings of the group', /\/admin\/groups\/[^/?]+\?tab=settings$/],
    ['Two activations', 'AP – Two roles', 'Resource roles', /\/admin\/packages\/[^/?]+\?tab=roles$/],
    ['Group with several roles', groupName, 'Roles of the group', /\/admin\/groups\/[^/?]+\?tab=roles$/],
    [
      'Activation without MFA',
      'Helpdesk Administrator',
      'Settings of the role',
      /\/admin\/roles\/[^/?]+\?tab=settings$/,
    ],
    ['Standing privilege', 'Ada Admin', 'Assignments of the role', /\/admin\/roles\/[^/?]+$/],
  ])('%s of %s leads to where it is mended: %s', async (kind, about, link, place) => {
    const page = await stage.enter('admin', '/admin/health');
    await finding(page, kind, about).getByRole('link', { name: link, exact: true }).first().click();
    await page.waitForURL(place);
    expect(new URL(page.url()).pathname).not.toBe('/admin/health');
    await page
      .getByRole('tab', { selected: true })
      .or(page.getByRole('button', { name: 'Save' }))
      .first()
      .waitFor();
    await page.context().close();
  });

  test('what is mended goes from the open page by itself', async () => {
    const page = await stage.enter('admin', '/admin/health?severity=medium');
    const ownerless = finding(page, 'Role group without owner', groupName);
    await ownerless.waitFor();
    await good(admin.post(`/groups/${groupId}/owners/$ref`, reference(stage.play.idOf('helpdesk'))));
    await ownerless.waitFor({ state: 'detached' });
    expect(await finding(page, 'Group with several roles', groupName).count()).toBe(1);
    await page.context().close();
  });

  test('is nobody else’s business', async () => {
    const page = await stage.enter('colleague', '/admin/health');
    await heading(page, 'Health');
    await page.getByRole('alert').or(page.getByText('Request id')).first().waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'Ada Admin' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Health' }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture(page, 'admin-health-refused');
    await page.context().close();
  });
});

describe('health where nothing is wrong', () => {
  test('says so, and that it looks on', async () => {
    const sound = await openStage({ beginWith: 'people' });
    try {
      const { play } = sound;
      const ada = await play.as('admin');
      // Nobody settles for themselves that they may hold a role for ever.
      const hour = { scheduleInfo: lasting('PT1H') };
      await good(askRole(ada, 'active', 'adminAssign', play.idOf('ciso'), hour, roleIds.globalAdministrator));
      const ciso = await play.as('ciso');
      await good(ciso.patch('/sallyport/settings', { breakGlassAccounts: [play.idOf('admin')] }));
      await play.move('PT2H');
      expect(await listed(ada, '/sallyport/findings')).toEqual([]);
      const page = await sound.enter('admin', '/admin/health');
      await page.getByText('All is well').waitFor();
      await picture(page, 'admin-health-well');
      expect(await accessibilityProblems(page)).toEqual([]);
      const narrow = await sound.enter('admin', '/admin/health', { width: 360, theme: 'dark' });
      await narrow.getByText('All is well').waitFor();
      expect(await overflow(narrow)).toBe(0);
      await picture(narrow, 'admin-health-well-360-dark');
      expect(await accessibilityProblems(narrow)).toEqual([]);
    } finally {
      await sound.close();
    }
  });
});
