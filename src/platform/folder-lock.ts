import { createHash } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Thrown when another living process holds the folder. */
export class FolderHeldError extends Error {
  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another Sallyport process. ` +
        'Stop that process, or give this one a folder of its own with SALLYPORT_DATA.',
    );
    this.name = 'FolderHeldError';
  }
}

const longestSocketPath = 100;

/**
 * Holds a folder for this process until the returned function is called. The lock is a listening socket, so the
 * operating system frees it when the process dies, however it dies.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const address = socketAddress(await realpath(folder));
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const server = await listen(address);
    if (server !== null) return () => release(server);
    if (await answers(address)) throw new FolderHeldError(folder);
    // Left behind by a process that was killed: nobody listens any more.
    await rm(address, { force: true });
  }
  throw new FolderHeldError(folder);
}

function socketAddress(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\sallyport-${hash}`;
  const inside = join(folder, 'in-use.sock');
  return inside.length <= longestSocketPath ? inside : join(tmpdir(), `sallyport-${hash}.sock`);
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (fault: NodeJS.ErrnoException) =>
      fault.code === 'EADDRINUSE' ? resolve(null) : reject(fault),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
