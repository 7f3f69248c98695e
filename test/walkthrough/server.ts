import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

const repository = join(import.meta.dirname, '../..');

/** A rehearsal server in a process of its own, on free ports and a fresh embedded database. */
export interface RehearsalServer {
  /** `https://localhost:<port>` */
  readonly url: string;
  /** Ends the process as an operator would, and removes its data. Gives the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the server, waits until it says where it is, and trusts its certificate authority in this process. */
export async function startRehearsal(): Promise<RehearsalServer> {
  const data = await mkdtemp(join(tmpdir(), 'sallyport-walkthrough-'));
  const child = spawn(process.execPath, ['src/main.ts', 'rehearse'], {
    cwd: repository,
    env: { ...process.env, PORT: '0', HTTPS_PORT: '0', SALLYPORT_DATA: data, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await addressOf(child);
    const authority = await readFile(join(data, 'ca.pem'), 'utf8');
    setDefaultCACertificates([...getCACertificates('default'), authority]);
    return { url, stop: () => stop(child, data) };
  } catch (fault) {
    await stop(child, data);
    throw fault;
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no output');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /https:\/\/localhost:\d+/.exec(line);
    if (address !== null) {
      child.stdout.resume();
      return address[0];
    }
  }
  throw new Error('The server ended before it said where it is');
}

async function stop(child: ChildProcess, data: string): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(data, { recursive: true, force: true });
  return child.exitCode;
}
