import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Command, sallyport } from './process.ts';

const address = /(http:\/\/localhost:\d+)\/v1\.0/;

/** Waits until a server takes no new connections. */
async function refusesConnections(url: string): Promise<void> {
  for (;;) {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (!isOpen) return;
  }
}

describe('the sallyport command', () => {
  let folder: string;
  const running: Command[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-life-'));
  });
  afterEach(async () => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  const start = (args: readonly string[], environment: NodeJS.ProcessEnv = {}, nodeArgs: readonly string[] = []) => {
    const command = sallyport(args, { SALLYPORT_DATA: folder, ...environment }, nodeArgs);
    running.push(command);
    return command;
  };
  const people = async (url: string) => {
    const body = (await (await fetch(`${url}/rehearsal`)).json()) as { users: { id: string }[] };
    return body.users.map((user) => user.id);
  };

  it('answers health checks, keeps what it has when killed, and stops cleanly', async () => {
    const first = start(['rehearse']);
    const url = await first.until(address);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const before = await people(url);
    expect(before).toHaveLength(8);
    first.child.kill('SIGKILL');
    await first.ended();

    const second = start(['rehearse']);
    expect(await people(await second.until(address))).toEqual(before);
    second.child.kill('SIGTERM');
    expect(await second.ended()).toMatchObject({ code: 0 });
  });

  it('makes its certificate authority readable by the owner only', async () => {
    await start(['rehearse']).until(address);
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o077).toBe(0);
  });

  it('refuses a data folder that another process uses, and says what to do', async () => {
    await start(['rehearse']).until(address);
    const { code, output } = await start(['rehearse']).ended();
    expect(code).toBe(1);
    expect(output).toContain('SALLYPORT_DATA');
  });

  it('refuses a port that is taken, and a setting that makes no sense', async () => {
    const url = await start(['rehearse']).until(address);
    const other = await mkdtemp(join(folder, 'other-'));
    const taken = await start(['rehearse'], { PORT: new URL(url).port, SALLYPORT_DATA: other }).ended();
    expect(taken).toMatchObject({ code: 1, output: expect.stringContaining('EADDRINUSE') });
    const senseless = await start(['rehearse'], { PORT: 'http', SALLYPORT_DATA: other }).ended();
    expect(senseless).toMatchObject({ code: 1, output: expect.stringContaining('PORT must be a port number') });
  });

  it('answers a request in flight before it stops', async () => {
    const server = start(['rehearse']);
    const url = await server.until(address);
    const headers = { 'content-type': 'application/json', expect: '100-continue' };
    const slow = request(`${url}/rehearsal/token`, { method: 'POST', headers });
    slow.flushHeaders();
    await once(slow, 'continue');
    server.child.kill('SIGTERM');
    await refusesConnections(url);
    slow.end('{"user":"requestor@sallyport.example"}');
    const [response] = await once(slow, 'response');
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(await server.ended()).toMatchObject({ code: 0 });
  });

  it('keeps rehearsal and service apart', async () => {
    const empty = await start(['serve']).ended();
    expect(empty).toMatchObject({ code: 1, output: expect.stringContaining('sallyport init') });
    const init = await start(['init', '--administrator', 'ada@contoso.example']).ended();
    expect(init).toMatchObject({ code: 0, output: expect.stringContaining('Client secret') });
    const again = await start(['init', '--administrator', 'eve@contoso.example']).ended();
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('a tenant already') });
    const rehearsal = await start(['rehearse']).ended();
    expect(rehearsal).toMatchObject({ code: 1, output: expect.stringContaining('belongs to "sallyport serve"') });
  });

  it('serves without ever loading the rehearsal', async () => {
    await start(['init', '--administrator', 'ada@contoso.example']).ended();
    const modules = join(folder, 'modules.txt');
    const server = start(['serve'], { RECORD_MODULES: modules }, ['--import', './test/scenarios/record-modules.ts']);
    const url = await server.until(address);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/rehearsal`)).status).toBe(404);
    const loaded = await readFile(modules, 'utf8');
    expect(loaded).toContain('/src/cli/serve.ts');
    expect(loaded).not.toContain('/src/rehearsal/');
  });
});
