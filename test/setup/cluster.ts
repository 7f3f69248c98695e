import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** A PostgreSQL server of our own, for tests alone; its data goes when it stops. */
export interface Cluster {
  /** Where to connect to one of its databases, as the superuser. */
  url(database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server through a keeper of its own, which outlives this process by as long as it takes to stop
 * the server and to clear up: also when the run of tests is interrupted or killed.
 */
export async function startCluster(): Promise<Cluster> {
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'postgres-server.ts')], {
    // Not of our process group: Ctrl+C in a terminal must not end it before it has cleared up.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(keeper, 'exit');
  const complaint = text(keeper.stderr);
  const url = await text(keeper.stdout);
  if (url === '') throw new Error(await complaint);
  return {
    url: (database) => Object.assign(new URL(url), { pathname: `/${database}` }).href,
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}
