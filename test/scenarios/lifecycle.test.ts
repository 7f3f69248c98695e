import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const running: Command[] = [];
afterAll(() => {
  for (const { child } of running) child.kill('SIGKILL');
});

function start(args: readonly string[], environment: NodeJS.ProcessEnv, nodeArgs: readonly string[] = []): Command {
  const command = sallyport(args, environment, nodeArgs);
  running.push(command);
  return command;
}

describe('a rehearsal', () => {
  let folder: string;
  let server: Command;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-life-'));
    server = start(['rehearse'], { SALLYPORT_DATA: folder });
    url = await server.until(address);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const people = async () => {
    const body = (await (await fetch(`${url}/rehearsal`)).json()) as { users: { id: string }[] };
    return body.users.map((user) => user.id);
  };

  it('answers health checks', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('has a certificate authority whose key only the owner can read', async () => {
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o077).toBe(0);
  });

  it('lets no second process into its data folder, and says what to do', async () => {
    const { code, output } = await start(['rehearse'], { SALLYPORT_DATA: folder }).ended();
    expect(code).toBe(1);
    expect(output).toContain('SALLYPORT_DATA');
  });

  it('refuses a port that is taken, and a setting that makes no sense', async () => {
    const other = { SALLYPORT_DATA: join(folder, 'other') };
    const taken = await start(['rehearse'], { ...other, PORT: new URL(url).port }).ended();
    expect(taken).toMatchObject({ code: 1, output: expect.stringContaining('choose others with PORT') });
    const senseless = await start(['rehearse'], { ...other, PORT: 'http' }).ended();
    expect(senseless).toMatchObject({ code: 1, output: expect.stringContaining('PORT must be a port number') });
  });

  it('keeps what it has when it is killed', async () => {
    const before = await people();
    expect(before).toHaveLength(8);
    server.child.kill('SIGKILL');
    await server.ended();
    server = start(['rehearse'], { SALLYPORT_DATA: folder });
    url = await server.until(address);
    expect(await people()).toEqual(before);
  });

  it('answers a request in flight before it stops', async () => {
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
});

describe('a server that governs for real', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-real-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => start(args, { SALLYPORT_DATA: folder }).ended();

  it('begins once, and has nothing to do with rehearsals', async () => {
    const empty = await run('serve');
    expect(empty).toMatchObject({ code: 1, output: expect.stringContaining('sallyport init') });
    const init = await run('init', '--administrator', 'ada@contoso.example');
    expect(init).toMatchObject({ code: 0, output: expect.stringContaining('Client secret') });
    const again = await run('init', '--administrator', 'eve@contoso.example');
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('a tenant already') });
    const rehearsal = await run('rehearse');
    expect(rehearsal).toMatchObject({ code: 1, output: expect.stringContaining('belongs to "sallyport serve"') });
  });

  it('never loads the rehearsal', async () => {
    const modules = join(folder, 'modules.txt');
    const environment = { SALLYPORT_DATA: folder, RECORD_MODULES: modules };
    const server = start(['serve'], environment, ['--import', './test/scenarios/record-modules.ts']);
    const url = await server.until(address);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/rehearsal`)).status).toBe(404);
    const loaded = await readFile(modules, 'utf8');
    expect(loaded).toContain('/src/cli/serve.ts');
    expect(loaded).not.toContain('/src/rehearsal/');
    server.child.kill('SIGTERM');
    expect(await server.ended()).toMatchObject({ code: 0 });
  });
});
