import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { builtPortal } from '../../src/cli/portal.ts';
import { silent } from '../../src/platform/log.ts';
import { siteHandler } from '../../src/platform/site.ts';
import type { RehearsalOptions } from '../../src/rehearsal/stage.ts';
import { openPlay, type Play } from '../scenarios/play.ts';
import { findChromium } from './chromium.ts';

const pictures = join(import.meta.dirname, '../../dist/journeys');

/** How a browser is set up. */
export interface Look {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** A language tag, such as `de-DE`. */
  readonly locale?: string;
}

/** A rehearsal with its portal, and browsers for its people. */
export interface JourneyStage {
  readonly play: Play;
  /** A person of the cast in a browser of their own, signed in; the page shows `path`. */
  enter(name: string, path?: string, look?: Look & { readonly mfa?: boolean }): Promise<Page>;
  /** A browser in which nobody is signed in. */
  stranger(path: string, look?: Look): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a Chromium. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium. "npm run chromium" brings one.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Builds the portal if it is stale, starts a rehearsal that serves it, and a Chromium. */
export async function openStage(options: RehearsalOptions = {}): Promise<JourneyStage> {
  const built = await builtPortal(silent);
  const play = await openPlay('embedded', { site: siteHandler({ folder: async () => built }), ...options });
  const browser = await launchChromium();
  const open = (look: Look) => newContext(browser, play.url, look);
  return {
    play,
    async enter(name, path = '/', { mfa = true, ...look } = {}) {
      const context = await open(look);
      const answer = await context.request.post('/rehearsal/sign-in', { data: { user: name, mfa } });
      if (!answer.ok()) throw new Error(`${name} cannot sign in: ${await answer.text()}`);
      return visit(context, path);
    },
    stranger: async (path, look = {}) => visit(await open(look), path),
    async close() {
      await browser.close();
      await play.close();
    },
  };
}

/** A browser of somebody's own, at a server. */
export async function newContext(browser: Browser, baseURL: string, look: Look): Promise<BrowserContext> {
  const { theme = 'light', width = 1280, height = 900, locale = 'en-GB' } = look;
  const context = await browser.newContext({
    baseURL,
    colorScheme: theme,
    viewport: { width, height },
    locale,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  // What a person would wait for at most; the machine may be slow.
  context.setDefaultTimeout(60_000);
  return context;
}

/** Opens a page that fails the journey when its own scripts fail or the policy keeps something out. */
export async function visit(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (fault) => {
    throw fault;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy/i.test(message.text())) throw new Error(message.text());
  });
  await page.goto(path);
  return page;
}

/** Leaves a picture of a page as it is now: `dist/journeys/<name>.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}
