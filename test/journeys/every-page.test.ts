import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askForPackage, passFirstDoor, seedPackage } from '../scenarios/doors.ts';
import type { Actor, Json } from '../scenarios/play.ts';
import { accessibilityProblems, overflow } from './accessible.ts';
import { watch } from './settled.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const looks = [
  { width: 360, theme: 'dark' },
  { width: 1920, theme: 'light' },
] as const;
/** A page as it is opened is looked at in all four; colours do not depend on the width, nor the layout on the theme. */
const allLooks = [...looks, { width: 360, theme: 'light' }, { width: 1920, theme: 'dark' }] as const;

/** The paths of the router, by the lists that it is made of. */
function pathsIn(files: readonly string[]): readonly { readonly path: string }[] {
  const code = files.map((name) => readFileSync(join(portal, name), 'utf8')).join('\n');
  return [...code.matchAll(/\bpath: '([^']+)'/g)].map(([, path = '']) => ({ path }));
}

const portal = join(import.meta.dirname, '../../portal');
const open = 'open-pages.ts';
const lists = readdirSync(portal).filter((name) => name.endsWith('.ts') && name !== open);
const pages = pathsIn(lists);
/** Looked at where they can be: a step of a sign-in that an application has begun (`sign-in.test.ts`). */
const begunElsewhere = ['/interaction/$uid'];
const openPages = pathsIn([open]).filter(({ path }) => !begunElsewhere.includes(path));

test('all lists of pages are walked', () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(openPages.length).toBeGreaterThan(0);
  // What the router has besides is the page for an address that there is not.
  expect(pathsIn(['router.tsx'])).toEqual([{ path: '$' }]);
});

let stage: JourneyStage;
/** What stands for the parts of a path that are ids. A page with a part that is not here fails: name one. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  stage = await openStage();
  const { play } = stage;
  await passFirstDoor(play, await play.as('requestor'));
  const asked = await askForPackage(play, await play.as('colleague'));
  ids = await idsOf(await play.as('admin'), String(asked.body['id']));
});
afterAll(() => stage?.close());

async function idsOf(admin: Actor, approvalId: string): Promise<Readonly<Record<string, string>>> {
  const first = async (path: string): Promise<string> => {
    const { body } = await admin.get(path);
    return String((body['value'] as unknown as readonly Json[])[0]?.['id']);
  };
  const packageId = await seedPackage(admin);
  return {
    packageId,
    requestId: approvalId,
    approvalId,
    catalogId: await first(`${entitlements}/catalogs`),
    policyId: await first(`${entitlements}/accessPackages/${packageId}/assignmentPolicies`),
    applicationId: await first('/sallyport/applications'),
    userId: stage.play.idOf('requestor'),
    groupId: await first("/groups?$filter=displayName eq 'GRP-ELIG-GlobalAdmin'"),
    roleId: '62e90394-69f5-4237-9190-012177145e10',
  };
}

/** Where a path leads once its ids are filled in. */
function addressOf(path: string): string {
  return path.replace(/\$(\w+)/g, (_whole, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`${path} has a part $${name}: name something for it above`);
    return id;
  });
}

/** Who sees a page: approvals and one's own requests are for those whom they concern. */
function visitorOf(path: string): string {
  if (path === '/approvals/$approvalId') return 'it-manager';
  if (path === '/requests/$requestId') return 'colleague';
  return path.startsWith('/admin/') ? 'admin' : 'requestor';
}

type Looks = typeof looks | typeof allLooks;

async function looksRight(page: Page, name: string, settled: () => Promise<void>, seen: Looks = looks) {
  for (const { width, theme } of seen) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await settled();
    const where = `${name} at ${width} pixels in ${theme}`;
    expect({ where, problems: await lastingProblems(page, settled) }).toEqual({ where, problems: [] });
    expect({ where, overflow: await overflow(page) }).toEqual({ where, overflow: 0 });
    if (theme === (width === 360 ? 'dark' : 'light')) await picture(page, `page${name}-${width}-${theme}`);
  }
}

/** What axe finds once the page has changed its theme and size for good: colours fade from one to the other. */
async function lastingProblems(page: Page, settled: () => Promise<void>): Promise<string[]> {
  const found = await accessibilityProblems(page);
  if (found.length === 0) return found;
  await settled();
  return accessibilityProblems(page);
}

test.each(pages)('$path is for everyone, in each of its tabs', async ({ path }) => {
  const page = await stage.enter(visitorOf(path), '/rehearsal/mailbox', { width: 1920 });
  const settled = watch(page);
  await page.goto(addressOf(path));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled();
  const name = path.replaceAll(/[/$]+/g, '-');
  const tabs = await page.locator('main').getByRole('tab').count();
  await looksRight(page, name, settled, allLooks);
  for (let tab = 1; tab < tabs; tab += 1) {
    await page.locator('main').getByRole('tab').nth(tab).click();
    await settled();
    await looksRight(page, `${name}-tab-${tab + 1}`, settled);
  }
  await page.context().close();
});

test.each(openPages)('$path is for everyone who is not signed in', async ({ path }) => {
  const page = await stage.stranger(addressOf(path), { width: 1920 });
  const settled = watch(page);
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await looksRight(page, path.replaceAll(/[/$]+/g, '-'), settled, allLooks);
  await page.context().close();
});
