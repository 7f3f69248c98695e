import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { builtPortal } from '../../src/cli/portal.ts';
import { silent } from '../../src/platform/log.ts';
import { sallyport } from '../scenarios/process.ts';
import { type Look, launchChromium, newContext, visit } from './stage.ts';

/** A server that governs for real, begun and started from a shell, and browsers at it. */
export interface RealStage {
  readonly url: string;
  readonly tenantId: string;
  /** What `sallyport init` printed for the first administrator to come in by: a path of the server. */
  readonly firstLink: string;
  /** A browser of somebody's own; its page shows `path`. */
  browser(path: string, look?: Look): Promise<Page>;
  close(): Promise<void>;
}

export const administrator = 'ada@contoso.example';

/** `sallyport init`, then `sallyport serve`, and a Chromium. */
export async function openReal(): Promise<RealStage> {
  await builtPortal(silent);
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-real-'));
  const environment = { SALLYPORT_DATA: folder };
  const init = ['init', '--administrator', administrator, '--display-name', 'Ada Admin'];
  const { code, output } = await sallyport(init, environment).ended();
  if (code !== 0) throw new Error(output);
  const served = sallyport(['serve'], environment);
  const url = await served.until(/Portal\s+(\S+)\/\n/);
  const browser = await launchChromium();
  return {
    url,
    tenantId: /Tenant\s+(\S+)/.exec(output)?.[1] ?? '',
    // Which port is free is known only once the server listens; what comes after it is as it was printed.
    firstLink: /Sign in\s+http:\/\/localhost:0(\S+)/.exec(output)?.[1] ?? '',
    browser: async (path, look = {}) => visit(await newContext(browser, url, look), path),
    async close() {
      await browser.close();
      served.child.kill('SIGTERM');
      await served.ended();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Puts an authenticator into a page's browser: one that keeps passkeys, and takes whoever sits there for their owner. */
export async function plugAuthenticatorIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Sends a change as a page of the browser's person does; gives what came back. */
export async function send(
  page: Page,
  method: 'POST' | 'PATCH',
  path: string,
  data: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { request }: BrowserContext = page.context();
  const { csrf } = (await (await request.get('/session')).json()) as { csrf: string };
  const headers = { 'x-sallyport-csrf': csrf, origin: new URL(page.url()).origin };
  const answer = await request.fetch(path, { method, data, headers });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}
