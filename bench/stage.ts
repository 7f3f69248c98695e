import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/platform/config.ts';
import { silent } from '../src/platform/log.ts';
import { siteHandler } from '../src/platform/site.ts';
import { rehearsalStage } from '../src/rehearsal/stage.ts';

/** A rehearsal in this process, on a database of its own. */
export interface BenchStage {
  readonly url: string;
  /** Sends a request as somebody of the cast, and gives the answer's body. Throws unless it is answered with 2xx. */
  call(who: string, path: string, body?: object, method?: string): Promise<Record<string, unknown>>;
  /** Waits until whatever is done afterwards (mails of events) is done, so that it slows nothing. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a rehearsal; `portal` is the folder of the built portal, for those who look at pages. */
export async function openBenchStage(databaseUrl: string, portal?: string): Promise<BenchStage> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  const environment = { PORT: '0', HTTPS_PORT: '0', SALLYPORT_DATA: folder, DATABASE_URL: databaseUrl };
  const site = portal === undefined ? {} : { site: siteHandler({ folder: async () => portal }) };
  const app = await startApp(readConfig(environment), rehearsalStage(), { log: silent, ...site });
  const tokens = new Map<string, string>();
  const send = async (path: string, token: string, body?: object, method = body === undefined ? 'GET' : 'POST') => {
    const answer = await fetch(path.startsWith('http') ? path : app.httpUrl + path, {
      method,
      headers: {
        'content-type': 'application/json',
        consistencylevel: 'eventual',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
  return {
    url: app.httpUrl,
    async call(who, path, body, method) {
      const known = tokens.get(who);
      const token =
        known ??
        String((await send('/rehearsal/token', '', { user: `${who}@sallyport.example`, mfa: true }))['access_token']);
      tokens.set(who, token);
      return send(path, token, body, method);
    },
    settle: () => app.kit.worker.settle(),
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The median of how long something takes, in milliseconds, after one run that does not count. */
export async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN;
}
