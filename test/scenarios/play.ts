import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, startApp } from '../../src/app.ts';
import type { Registry } from '../../src/graph/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silent } from '../../src/platform/log.ts';
import type { MailboxEntry, RehearsalDescription } from '../../src/rehearsal/rehearsal.ts';
import { type RehearsalOptions, rehearsalStage } from '../../src/rehearsal/stage.ts';
import { answerProblems } from '../contract/answers.ts';
import { ownProblems } from '../contract/own.ts';
import { type Ear, listen } from '../ear.ts';
import { type DatabaseKind, freshPostgres } from '../postgres.ts';

/** JSON as it came: looked into by name or index, compared by assertions. */
export interface Json {
  readonly [name: string | number]: Json;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** The header by which Graph lets directory objects be counted, searched and asked about what is rarely asked. */
export const eventual = { ConsistencyLevel: 'eventual' } as const;

/** Calls the API as one caller. Paths are below the version: `/groups`, or start with `/beta` or `/sallyport`. */
export interface Actor {
  readonly id: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The same caller, sending some headers with whatever is asked. */
  with(headers: Readonly<Record<string, string>>): Actor;
  /** Opens a page that listens, from after an event on if one is named. */
  listen(since?: string): Promise<Ear>;
}

/** A rehearsal server in this process, on its own database. */
export interface Play {
  readonly url: string;
  readonly app: App;
  readonly registry: Registry;
  /** What is declared under `/sallyport/`. */
  readonly own: Registry;
  readonly cast: RehearsalDescription;
  idOf(name: string): string;
  /** A person of the cast, with MFA unless said otherwise. */
  as(name: string, options?: { mfa: boolean; acrs?: readonly string[] }): Promise<Actor>;
  /** Anybody, by their id. */
  asUser(id: string): Promise<Actor>;
  asApp(displayName: string): Promise<Actor>;
  /** An application that is registered for the purpose. */
  asNewApp(permissions: readonly string[]): Promise<Actor>;
  withToken(token: string, id?: string): Actor;
  /** Moves the clock: a duration (`PT8H`) or an instant. Gives the new now. */
  move(to: string): Promise<string>;
  now(): Promise<string>;
  /** An access token for a person of the cast, with MFA. */
  tokenOf(name: string): Promise<string>;
  mailTo(name: string): Promise<readonly MailboxEntry[]>;
  /** To anybody, by their id or address; all mails for an empty text. */
  mailsTo(who: string): Promise<readonly MailboxEntry[]>;
  reset(): Promise<void>;
  /** Tells every page that listens of a kind. */
  tellAll(kind: string): void;
  close(): Promise<void>;
}

/** Raises the curtain: the seed's design is in place, unless it is to begin with something else. */
export async function openPlay(
  kind: DatabaseKind,
  { beginWith, ...more }: Omit<AppOptions, 'log'> & RehearsalOptions = {},
): Promise<Play> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-play-'));
  const postgres = kind === 'postgres' ? await freshPostgres() : undefined;
  const environment = {
    PORT: '0',
    HTTPS_PORT: '0',
    SALLYPORT_DATA: folder,
    ...(postgres === undefined ? {} : { DATABASE_URL: postgres.url }),
  };
  const stage = rehearsalStage(beginWith === undefined ? {} : { beginWith });
  const app = await startApp(readConfig(environment), stage, { log: silent, ...more });
  const url = app.httpUrl;
  const rehearsal = (method: string, path: string, body?: unknown) =>
    call(url, undefined, method, `/rehearsal${path}`, body);
  const cast = (await rehearsal('GET', '')).body as unknown as RehearsalDescription;
  const userOf = (name: string) => {
    const user = cast.users.find((one) => one.userPrincipalName === `${name}@sallyport.example`);
    if (user === undefined) throw new Error(`${name} is not of the cast`);
    return user;
  };
  const tokenFor = async (body: object) => {
    const answer = await rehearsal('POST', '/token', body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return String(answer.body['access_token']);
  };
  const mailsTo = async (who: string) => {
    const { body } = await rehearsal('GET', `/mail${who === '' ? '' : `?to=${encodeURIComponent(who)}`}`);
    return body['value'] as unknown as MailboxEntry[];
  };
  return {
    url,
    app,
    registry: app.graph.registry,
    own: app.own.registry,
    cast,
    idOf: (name) => userOf(name).id,
    async as(name, { mfa, acrs = [] } = { mfa: true }) {
      const { id, userPrincipalName } = userOf(name);
      return actor(app, await tokenFor({ user: userPrincipalName, mfa, acrs }), id);
    },
    asUser: async (id) => actor(app, await tokenFor({ user: id, mfa: true }), id),
    async asApp(displayName) {
      const appId = cast.apps.find((one) => one.displayName === displayName)?.appId;
      return actor(app, await tokenFor({ app: appId }), appId ?? '');
    },
    async asNewApp(permissions) {
      const { appId } = await app.kit.register({ displayName: permissions.join(' ') || 'Nothing', permissions });
      return actor(app, await tokenFor({ app: appId }), appId);
    },
    withToken: (token, id = '') => actor(app, token, id),
    async move(to) {
      const moved = await rehearsal('POST', '/clock', to.startsWith('P') ? { advance: to } : { set: to });
      if (moved.status !== 200) throw new Error(JSON.stringify(moved.body));
      return String(moved.body['now']);
    },
    now: async () => String((await rehearsal('GET', '/clock')).body['now']),
    tokenOf: (name) => tokenFor({ user: userOf(name).userPrincipalName, mfa: true }),
    mailTo: (name) => mailsTo(userOf(name).userPrincipalName),
    mailsTo,
    async reset() {
      const answer = await rehearsal('POST', '/reset');
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    tellAll: (kind) => app.kit.live.everybody([kind]),
    async close() {
      await app.close();
      await postgres?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every answer that an actor gets is held against Microsoft's contract. */
function actor(app: App, token: string, id: string, more: Readonly<Record<string, string>> = {}): Actor {
  const { httpUrl, graph, own } = app;
  const send = (method: string) => async (path: string, body?: unknown) => {
    if (path.startsWith('/sallyport/')) {
      const answer = await call(httpUrl, token, method, path, body, more);
      return kept(answer, `${method} ${path}`, ownProblems(own.registry, method, path, answer.status, answer.body));
    }
    const version = path.startsWith('/beta/') ? 'beta' : 'v1.0';
    const answer = await call(httpUrl, token, method, version === 'beta' ? path : `/v1.0${path}`, body, more);
    return kept(answer, `${method} ${path}`, answerProblems(graph.registry, answer.status, answer.body, version));
  };
  return {
    id,
    get: send('GET'),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
    with: (headers) => actor(app, token, id, { ...more, ...headers }),
    listen: (since) =>
      listen(httpUrl, {
        authorization: `Bearer ${token}`,
        ...(since === undefined ? {} : { 'last-event-id': since }),
      }),
  };
}

/** An answer that keeps to its contract. */
function kept(answer: Answer, asked: string, problems: readonly string[]): Answer {
  if (problems.length > 0) throw new Error(`${asked} breaks the contract: ${problems.join('; ')}`);
  return answer;
}

async function call(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}
