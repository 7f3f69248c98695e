import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { directorySubscribers } from '../src/directory/index.ts';
import { setAccount } from '../src/grants/index.ts';
import { type Instant, wallClock } from '../src/kernel/time.ts';
import { readConfig } from '../src/platform/config.ts';
import type { Database } from '../src/platform/database.ts';
import { silent } from '../src/platform/log.ts';
import {
  createSignin,
  type NewApp,
  type RegisteredApp,
  registerApp,
  type Signin,
  type SigninOptions,
  setUpSessions,
} from '../src/signin/index.ts';
import { system, testRuntime } from './runtime.ts';

export const tenantId = '5a11f0e7-0000-4000-8000-00000000cafe';
export const issuerBase = 'https://localhost:8443';

/** Real time in the hands of a test. */
export interface HeldClock {
  now(): Instant;
  pass(seconds: number): void;
}

export function heldClock(start: Instant = Temporal.Instant.from('2030-01-01T08:00:00Z')): HeldClock {
  let now = start;
  return {
    now: () => now,
    pass: (seconds) => {
      now = now.add({ seconds });
    },
  };
}

/** Real time that runs, and that a test can let pass quicker: for what the provider signs by the machine's clock. */
export function quickClock(): HeldClock {
  let ahead = 0;
  return {
    now: () => wallClock().add({ seconds: ahead }),
    pass: (seconds) => {
      ahead += seconds;
    },
  };
}

export interface SigninPlace {
  readonly tenantId?: string;
  readonly issuerBase?: () => string;
  readonly otherBaseUrls?: () => readonly string[];
}

/** Sessions of nobody: for what signs in by tokens. */
function sessionsOver(database: Database): SigninOptions['sessions'] {
  return setUpSessions(testRuntime(database), readConfig({}), {
    isRehearsal: false,
    loopback: () => {
      throw new Error('Nothing listens');
    },
  });
}

export function signinOver(database: Database, realClock: HeldClock = heldClock(), place: SigninPlace = {}): Signin {
  const sessions = sessionsOver(database);
  const options = { db: database.db, realClock, log: silent, tenantId, issuerBase: () => issuerBase, sessions };
  return createSignin({ ...options, ...place });
}

/** Registers an app with one permission, unless told otherwise. */
export function newApp(
  database: Database,
  wanted: Partial<NewApp> = {},
): Promise<RegisteredApp & { readonly secret: string }> {
  return testRuntime(database, directorySubscribers).as(system, async (tx) => {
    const outcome = await registerApp(tx, {
      displayName: 'Pipeline',
      permissions: ['EntitlementManagement.ReadWrite.All'],
      ...wanted,
    });
    if (outcome.is === 'refused') throw new Error(outcome.refusal.message);
    return { ...outcome.value, secret: outcome.value.secret ?? '' };
  });
}

/** Opens or shuts the account of a person of whom nothing more is known. */
export function setStanding(database: Database, id: string, isUsable = true): Promise<void> {
  return testRuntime(database).as(system, (tx) => setAccount(tx, id, isUsable));
}

/** Serves sign-in over HTTPS on a free port of the loopback. */
export async function serveSignin(
  signin: Signin,
  tls: { readonly key: string; readonly cert: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const app = fastify({
    serverFactory: (handler: RequestListener): Server => createServer({ key: tls.key, cert: tls.cert }, handler),
  });
  await app.register(signin.plugin);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
}
