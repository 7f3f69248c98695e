import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, openKit, startApp } from '../src/app.ts';
import { serveStage } from '../src/cli/serve-stage.ts';
import { findPeople } from '../src/directory/index.ts';
import { readConfig } from '../src/platform/config.ts';
import { silent } from '../src/platform/log.ts';
import { type DatabaseKind, freshPostgres } from './postgres.ts';
import type { Json } from './scenarios/play.ts';

/** A server that governs for real, begun with one administrator; on PostgreSQL there may be several nodes. */
export interface Serving {
  readonly app: App;
  readonly administrator: { readonly id: string; readonly userPrincipalName: string };
  /** Calls the API as the administrator: a path below `/v1.0`, or one that begins with `/sallyport`. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }>;
  /** Another node over the same database. */
  addNode(): Promise<App>;
  close(): Promise<void>;
}

const userPrincipalName = 'ada@contoso.example';

/** Begins a tenant and serves it. */
export async function openServing(
  kind: DatabaseKind,
  environment: NodeJS.ProcessEnv,
  options: Omit<AppOptions, 'log'> = {},
): Promise<Serving> {
  const postgres = kind === 'postgres' ? await freshPostgres() : undefined;
  const folders: string[] = [];
  const configOf = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-serving-'));
    folders.push(folder);
    const database = postgres === undefined ? {} : { DATABASE_URL: postgres.url };
    return readConfig({ PORT: '0', HTTPS_PORT: '0', SALLYPORT_DATA: folder, ...database, ...environment });
  };
  const config = await configOf();
  const { kit } = await openKit(config, serveStage(), silent);
  await kit.initialise({ userPrincipalName, displayName: 'Ada', mailNickname: 'ada', accountEnabled: true });
  await kit.worker.stop();
  await kit.database.close();
  const nodes = [await startApp(config, serveStage(), { log: silent, ...options })];
  const [app] = nodes;
  if (app === undefined) throw new Error('No server');
  const call = async (token: string, method: string, path: string, body?: unknown) => {
    const response = await fetch(app.httpUrl + (path.startsWith('/sallyport') ? path : `/v1.0${path}`), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Json };
  };
  const tokenFor = async (id: string) => {
    const user = { id, userPrincipalName, displayName: 'Ada' };
    const { access_token: token } = await app.kit.signin.issuer.mintUserToken({ user, mfa: true, appId: id });
    return token;
  };
  const { db } = app.kit.database;
  const [ada] = await findPeople(db, app.kit.runtime.clock.now(), 'userPrincipalName', userPrincipalName);
  return {
    app,
    administrator: { id: ada?.id ?? '', userPrincipalName },
    // A token each time: tests let hours pass.
    call: async (method, path, body) => call(await tokenFor(ada?.id ?? ''), method, path, body),
    async addNode() {
      const node = await startApp(await configOf(), serveStage(), { log: silent, ...options });
      nodes.push(node);
      return node;
    },
    async close() {
      for (const node of nodes) await node.close();
      await postgres?.drop();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}
