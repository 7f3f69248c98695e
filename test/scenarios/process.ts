import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** A `sallyport` command in a process of its own. */
export interface Command {
  readonly child: ChildProcess;
  /** Waits until the output has a match, and gives its first group. Rejects if the process ends before. */
  until(pattern: RegExp): Promise<string>;
  /** Waits for the end: exit code (null if it was killed) and everything that was printed. */
  ended(): Promise<{ code: number | null; output: string }>;
}

/** Starts `sallyport <verb>` as npm would, on free ports unless the environment says otherwise. */
export function sallyport(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  nodeArgs: readonly string[] = [],
): Command {
  const child = spawn(process.execPath, [...nodeArgs, 'src/main.ts', ...args], {
    cwd: repository,
    env: { ...process.env, PORT: '0', HTTPS_PORT: '0', DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exit = once(child, 'close').then(() => {
    for (const listener of listeners) listener();
  });
  return {
    child,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match !== null) resolve(match[1] ?? match[0]);
          else if (child.exitCode !== null || child.signalCode !== null) reject(new Error(`It ended:\n${output}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    async ended() {
      await exit;
      return { code: child.exitCode, output };
    },
  };
}
