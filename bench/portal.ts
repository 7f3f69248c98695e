import { type Browser, chromium } from 'playwright-core';
import { builtPortal } from '../src/cli/portal.ts';
import { silent } from '../src/platform/log.ts';
import { findChromium } from '../test/journeys/chromium.ts';
import { startCluster } from '../test/setup/cluster.ts';
import { median, openBenchStage } from './stage.ts';

/** A connection: how much passes in a second, in bytes, and how long until the first byte, in milliseconds. */
interface Connection {
  readonly name: string;
  readonly bytesPerSecond: number;
  readonly latency: number;
}

const connections: readonly Connection[] = [
  { name: 'unthrottled', bytesPerSecond: -1, latency: 0 },
  { name: '10 Mbit/s, 40 ms', bytesPerSecond: 1_250_000, latency: 40 },
  { name: '1.6 Mbit/s, 150 ms', bytesPerSecond: 200_000, latency: 150 },
];
const rooms = ['/', '/packages'] as const;
const say = (line: string) => process.stdout.write(`${line}\n`);

const executablePath = findChromium();
if (executablePath === null) throw new Error('There is no Chromium. "npm run chromium" brings one.');
const portal = await builtPortal(silent);
const cluster = await startCluster();
const stage = await openBenchStage(cluster.url('postgres'), portal);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  say('| page | connection | first visit : unthrottled first visit | later visit : first visit |');
  say('|---|---|---|---|');
  for (const room of rooms) {
    let base = Number.NaN;
    for (const connection of connections) {
      const first = await median(3, () => visit(browser, room, connection, 1));
      const both = await median(3, () => visit(browser, room, connection, 2));
      if (Number.isNaN(base)) base = first;
      const later = Math.max(0, both - first) / first;
      say(`| ${room} | ${connection.name} | ${(first / base).toFixed(1)} | ${later.toFixed(1)} |`);
    }
  }
} finally {
  await browser.close();
  await stage.close();
  await cluster.stop();
}

/** Signs in with nothing kept, and goes to a page as often as said, until its heading is there and can be clicked. */
async function visit(on: Browser, room: string, { bytesPerSecond, latency }: Connection, times: number): Promise<void> {
  const context = await on.newContext({ baseURL: stage.url });
  await context.request.post('/rehearsal/sign-in', { data: { user: 'admin', mfa: true } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  for (let time = 0; time < times; time += 1) {
    await page.goto(room);
    await page.getByRole('heading', { level: 1 }).click();
  }
  await context.close();
}
