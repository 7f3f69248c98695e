import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm start` as a newcomer runs it: comes up from nothing, answers, and stops cleanly when it is told to.
 * Ends with 0 if all of that holds, else says what does not.
 */

const patienceMs = 120_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  console.log(`✓ ${what}`);
}

const data = mkdtempSync(join(tmpdir(), 'sallyport-smoke-'));
const port = await freePort();
const url = `http://localhost:${port}`;
const server = spawn('npm', ['start'], {
  env: { ...process.env, PORT: String(port), HTTPS_PORT: '0', SALLYPORT_DATA: data },
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
});
const ended = once(server, 'exit');

try {
  await until('alive', async () => {
    if (server.exitCode !== null) throw new Error(`npm start ended with ${server.exitCode}`);
    return answers(`${url}/healthz`);
  });
  await until('ready', () => answers(`${url}/readyz`));
  await until('the rehearsal tells who is who', () => answers(`${url}/rehearsal`));
  server.kill('SIGTERM');
  const [code, signal] = await ended;
  if (code !== 0) throw new Error(`stopped with ${code ?? signal} instead of 0`);
  console.log('✓ stopped cleanly');
} catch (fault) {
  console.error(`✗ ${fault instanceof Error ? fault.message : fault}`);
  process.exitCode = 1;
} finally {
  if (server.exitCode === null && server.signalCode === null) server.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
}
