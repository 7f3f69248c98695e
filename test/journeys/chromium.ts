import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that journeys run in: the one that `CHROMIUM` names, the system's, or Playwright's own; null if none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM'];
  return [...(named === undefined ? [] : [named]), ...usual, chromium.executablePath()].find(existsSync) ?? null;
}

/** Ways to bring a Chromium to this machine, the first that works. */
const ways: readonly (readonly string[])[] = [
  ['sh', '-c', 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium'],
  ['sh', '-c', 'sudo -n apt-get update && sudo -n apt-get install -y --no-install-recommends chromium'],
  [process.execPath, 'node_modules/playwright-core/cli.js', 'install', 'chromium'],
];

/** Brings a Chromium where there is none. Throws, with what each way said, when none of them works. */
export function bringChromium(): string {
  const there = findChromium();
  if (there !== null) return there;
  const said: string[] = [];
  for (const [program = '', ...words] of ways) {
    const { status, stderr } = spawnSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    const brought = findChromium();
    if (brought !== null) return brought;
    said.push(`${program} ${words.join(' ')} (${status}): ${stderr?.trim().slice(-400) ?? ''}`);
  }
  throw new Error(`The journeys need a Chromium; name one in CHROMIUM.\n${said.join('\n')}`);
}
