import { type Beginnings, beginnings } from './beginnings.ts';
import { dueWork, graphFaces, isRead, ownFaces, subscribers } from './capabilities.ts';
import { nameTargets } from './directory/index.ts';
import { loadPowers } from './grants/index.ts';
import {
  createGraph,
  createThrottle,
  describeApi,
  type Graph,
  type GraphFace,
  type GraphPorts,
  knownOperation,
} from './graph/index.ts';
import { newId } from './kernel/ids.ts';
import { createLive, type Entrance, type Live } from './live/index.ts';
import { createSender, notificationConsumer, openPost, type Sender } from './notifications/index.ts';
import { type Clock, uptimeMs, realClock as wallClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Database, openDatabase } from './platform/database.ts';
import { type HttpHandler, type HttpRequest, type HttpResponse, type HttpRoute, startHttp } from './platform/http.ts';
import { createLog, type Log } from './platform/log.ts';
import { holdsForeignTables, isMigrated, migrate } from './platform/migrate.ts';
import { claimSetting } from './platform/settings.ts';
import { ensureCertificates } from './platform/tls.ts';
import { type Runtime, readOnly, recordRefusal } from './platform/transaction.ts';
import { createWorker, type Worker } from './platform/worker.ts';
import { createSignin, entranceBy, type Loopback, type Signin, setUpSessions } from './signin/index.ts';

/** How a server differs between serving and rehearsing. */
export interface Stage {
  readonly kind: 'serve' | 'rehearse';
  /** Governance time. */
  openClock(database: Database, realClock: Clock): Promise<Clock>;
  /** Prepares an empty or half-prepared database, before the server listens. Throws where it cannot be used. */
  prepare(kit: Kit): Promise<void>;
  /** What is left to do through the server's own API, once it listens. */
  settle?(kit: Kit, url: string): Promise<void>;
  /** Paths beside Graph's. */
  routes(kit: Kit): readonly HttpRoute[];
  gate?(request: HttpRequest): HttpResponse | null;
}

/** The parts of a server, for its stage. */
export interface Kit extends Beginnings {
  readonly config: Config;
  readonly tenantId: string;
  readonly database: Database;
  readonly runtime: Runtime;
  readonly worker: Worker;
  readonly signin: Signin;
  /** Tells open pages what has changed. */
  readonly live: Live;
}

/** A running server. */
export interface App {
  readonly kit: Kit;
  readonly graph: Graph;
  /** What Graph has no word for, under `/sallyport/`. */
  readonly own: Graph;
  /** `https://localhost:8443` */
  readonly url: string;
  /** `http://localhost:8080` */
  readonly httpUrl: string;
  /** Where the certificate authority lies that clients are to trust. */
  readonly caPath: string;
  /** Answers what is in flight, ends the piece of work in hand, closes the database. */
  close(): Promise<void>;
}

/** What a server may be given besides. */
export interface AppOptions {
  readonly log?: Log;
  /** Answers browsers beside the API. */
  readonly site?: HttpHandler;
  /** Real time; the machine's unless given. */
  readonly realClock?: Clock;
}

/** Thrown when a database was used by the other stage: a rehearsal must never touch real data, nor the reverse. */
export class WrongStageError extends Error {
  constructor(used: string, wanted: string) {
    super(
      `This database belongs to "sallyport ${used}" and cannot be used to ${wanted}. ` +
        'Name another one, with SALLYPORT_DATA or DATABASE_URL.',
    );
    this.name = 'WrongStageError';
  }
}

/** Thrown when a rehearsal, which empties every table when it begins, is given a database that something else uses. */
export class ForeignDatabaseError extends Error {
  constructor() {
    super(
      'This database has tables that are not of Sallyport, and a rehearsal would empty them. ' +
        'Name a database of its own in DATABASE_URL, or leave it out.',
    );
    this.name = 'ForeignDatabaseError';
  }
}

/**
 * Opens everything, listens, and starts background work. Rejects, with all closed again, if a part cannot start.
 */
export async function startApp(
  config: Config,
  stage: Stage,
  { log = createLog(config.logLevel), site, realClock = wallClock }: AppOptions = {},
): Promise<App> {
  const { kit, addresses, graph, own } = await openKit(config, stage, log, realClock);
  try {
    await stage.prepare(kit);
    const certificates = await ensureCertificates(config.dataFolder, realClock.now());
    const entrance = entranceBy(kit.signin, graph.refuse);
    const [handle, handleOwn] = [apiHandler(graph, entrance), apiHandler(own, entrance)];
    // A stage is set over the server's own API; until that is done, it answers, but is not ready.
    let settled = false;
    const server = await startHttp({
      host: config.host,
      port: config.port,
      httpsPort: config.httpsPort,
      publicUrl: config.publicUrl,
      tls: certificates,
      log,
      gate: (request) => stage.gate?.(request) ?? null,
      ready: async () => settled && (await isMigrated(kit.database.db)),
      plugins: [kit.signin.plugin],
      routes: [
        { path: '/v1.0/*', handle },
        { path: '/beta/*', handle },
        { path: '/sallyport/openapi.json', handle: async () => ({ status: 200, body: description(own) }) },
        { path: '/sallyport/*', handle: handleOwn },
        kit.live.route(entrance),
        ...kit.signin.sessionRoutes,
        ...stage.routes(kit),
        ...(site === undefined ? [] : [{ path: '/*', handle: site }]),
      ],
    });
    addresses.https = config.publicUrl ?? `https://localhost:${server.httpsPort}`;
    addresses.http = `http://localhost:${server.port}`;
    addresses.portal = config.publicUrl ?? (stage.kind === 'rehearse' ? addresses.http : addresses.https);
    addresses.loopback = { host: config.host, port: server.httpsPort, ca: certificates.ca };
    const sender = senderOf(kit, stage, log);
    const close = async () => {
      // Streams are answers that never end by themselves, and closing waits for answers.
      await kit.live.stop();
      await server.close();
      await sender?.stop();
      await kit.worker.stop();
      await kit.database.close();
    };
    kit.worker.start();
    sender?.start();
    try {
      await stage.settle?.(kit, addresses.http);
      settled = true;
    } catch (fault) {
      await kit.live.stop();
      await server.close();
      throw fault;
    }
    return { kit, graph, own, url: addresses.https, httpUrl: addresses.http, caPath: certificates.caPath, close };
  } catch (fault) {
    await kit.worker.stop();
    await kit.database.close();
    throw fault;
  }
}

/** Sends mails, where a server is named for it. What a rehearsal writes is nobody's mail. */
function senderOf({ config, database, runtime }: Kit, stage: Stage, log: Log): Sender | null {
  const { smtpUrl: url, mailFrom: from } = config;
  if (stage.kind === 'rehearse' || url === undefined || from === undefined) return null;
  const now = () => runtime.clock.now();
  return createSender({ db: database.db, post: openPost({ url, from }), log, now, realNow: runtime.realClock.now });
}

/** Where the server is reached; known once it listens. */
interface Addresses {
  https: string;
  http: string;
  /** Where people open it: in a rehearsal without the certificate that their browser does not know. */
  portal: string;
  loopback: Loopback;
}

/** Opens the parts of a server without listening: for a server's start, and for the verbs that only set up. */
export async function openKit(
  config: Config,
  stage: Pick<Stage, 'kind' | 'openClock'>,
  log: Log,
  realClock = wallClock,
): Promise<{ kit: Kit; addresses: Addresses; graph: Graph; own: Graph }> {
  const database = await openDatabase({ url: config.databaseUrl, folder: config.dataFolder });
  try {
    // INVARIANT: a rehearsal empties only what a rehearsal filled.
    if (stage.kind === 'rehearse' && (await holdsForeignTables(database.db))) throw new ForeignDatabaseError();
    await migrate(database.db);
    const used = await claimSetting(database.db, 'stage', stage.kind);
    if (used !== stage.kind) throw new WrongStageError(used, stage.kind);
    const tenantId = await claimSetting(database.db, 'tenant', newId());
    const clock = await stage.openClock(database, realClock);
    const addresses: Addresses = { https: '', http: '', portal: '', loopback: { host: '', port: 0, ca: '' } };
    const isRehearsal = stage.kind === 'rehearse';
    const { db } = database;
    const nudge = () => {
      worker.nudge();
      live.nudge();
    };
    const runtime: Runtime = { db, clock, realClock, log, nameTargets, subscribers: subscribers(), nudge };
    const live = createLive({ db, now: () => clock.now(), log, isSilent: isRead });
    const worker = createWorker(runtime, {
      due: dueWork,
      consumers: new Map([['notifications', notificationConsumer(() => addresses.portal)]]),
    });
    const signin = createSignin({
      db,
      realClock,
      log,
      tenantId,
      issuerBase: () => addresses.https,
      otherBaseUrls: () => [addresses.http],
      sessions: setUpSessions(runtime, config, { isRehearsal, loopback: () => addresses.loopback }),
    });
    const { throttle } = config;
    const limited = throttle === 'off' ? {} : { throttle: createThrottle(throttle, { uptimeMs, tenantId }) };
    return {
      kit: { config, tenantId, database, runtime, worker, signin, live, ...beginnings(runtime, tenantId) },
      addresses,
      graph: compose(runtime, tenantId, graphFaces(runtime, tenantId), { knownOperation, ...limited }),
      own: compose(runtime, tenantId, [...ownFaces(runtime, isRehearsal), ...signin.own], limited),
    };
  } catch (fault) {
    await database.close();
    throw fault;
  }
}

/** What is under `/sallyport/`, as OpenAPI. */
function description({ registry }: Graph) {
  return describeApi(registry, {
    title: 'Sallyport',
    version: '1.0.0',
    description: 'What Microsoft Graph has no word for. Same tokens, errors and query options as Graph has.',
    root: '/sallyport',
  });
}

function compose(
  runtime: Runtime,
  tenantId: string,
  faces: readonly GraphFace[],
  more: Partial<GraphPorts> = {},
): Graph {
  return createGraph({
    faces,
    read: (caller, work) =>
      readOnly(runtime.db, async (db) => {
        const now = runtime.clock.now();
        return work(db, { now, tenantId, reader: { caller, ...(await loadPowers(db, caller, now)) } });
      }),
    noteRefusedRead: ({ caller, requestId, path, refusal }) =>
      recordRefusal(runtime, { caller, requestId, attempts: 'collection.listed', subject: path }, refusal),
    log: runtime.log,
    wallClock: runtime.realClock.now,
    ...more,
  });
}

function apiHandler(api: Graph, entrance: Entrance): HttpHandler {
  return async (request): Promise<HttpResponse> => {
    const open = api.open(request);
    if (open !== null) return open;
    const caller = await entrance.authenticate(request, false);
    if (caller.is === 'accepted') return api.dispatch({ ...request, caller: caller.value });
    return entrance.refuse(request, caller.refusal);
  };
}
