import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { type HeldClock, heldClock } from '../../../test/signin.ts';
import { newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Database } from '../../platform/database.ts';
import { type Account, createSessions, type NewSession, portalAppId, type Sessions } from './sessions.ts';
import { sessionStore } from './store.ts';

const baseUrl = 'https://localhost:8443';
const cookieName = '__Host-sallyport-session-8443';
const lifetimes = { idle: Temporal.Duration.from('PT1H'), absolute: Temporal.Duration.from('PT12H') };

describe.each(databaseKinds)('sessions on %s', (kind) => {
  let database: Database;
  let clock: HeldClock;
  let accounts: Map<string, Account>;
  let riley: Account;
  let sessions: Sessions;
  let rows: () => Promise<number>;

  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());

  beforeEach(() => {
    clock = heldClock();
    const id = newId();
    riley = { id, userPrincipalName: 'riley@example.com', displayName: 'Riley', accountEnabled: true };
    accounts = new Map([[id, riley]]);
    sessions = node();
    rows = async () => {
      const kept = sql`select * from signin_session where user_id = ${id}`;
      return (await kept.execute(database.db)).rows.length;
    };
  });

  function node(): Sessions {
    return createSessions({
      store: sessionStore(database.db),
      realClock: clock,
      lifetimes,
      baseUrls: () => [baseUrl],
      accountOf: async (id) => accounts.get(id) ?? null,
      isRehearsal: false,
    });
  }

  const request = (cookie?: string, method = 'GET') => ({
    method,
    baseUrl,
    headers: cookie === undefined ? {} : { cookie: cookie.split(';')[0] },
  });
  const proven = (): NewSession => ({
    account: riley,
    provider: 'builtin',
    mfaAt: clock.now(),
    contexts: ['c1'],
    idToken: null,
  });
  const begin = async (cookie?: string) => (await sessions.begin(request(cookie), proven())).cookie;
  const callerOf = async (cookie: string) => orRefuse(await sessions.callerOf(request(cookie)));

  it('say who calls, at every node', async () => {
    const cookie = await begin();
    const caller = { kind: 'user', id: riley.id, userPrincipalName: 'riley@example.com', displayName: 'Riley' };
    const [{ id: sessionId } = { id: '' }] = await sessionStore(database.db).ofUser(riley.id);
    const how = { appId: portalAppId, mfaAt: clock.now(), authenticationContexts: ['c1'], sessionId };
    expect(await callerOf(cookie)).toEqual({ ...caller, ...how });
    expect(orRefuse(await node().callerOf(request(cookie)))).toEqual({ ...caller, ...how });
    expect(orRefuse(await sessions.callerOf(request()))).toBeNull();
  });

  it('keep no id that could be sent: reading the database signs nobody in', async () => {
    const id = /=([\w-]{43});/.exec(await begin())?.[1] ?? '';
    const { rows: kept } = await sql`select * from signin_session`.execute(database.db);
    expect(id).not.toBe('');
    expect(JSON.stringify(kept)).not.toContain(id);
  });

  it('end an hour after their last use, which is written down by the minute', async () => {
    const cookie = await begin();
    for (let hours = 0; hours < 3; hours += 1) {
      clock.pass(59 * 60);
      expect(await callerOf(cookie)).not.toBeNull();
    }
    clock.pass(59);
    expect(await callerOf(cookie)).not.toBeNull();
    clock.pass(59 * 60);
    expect(await callerOf(cookie)).not.toBeNull();
    clock.pass(60 * 60);
    expect(await callerOf(cookie)).toBeNull();
  });

  it('end twelve hours after the sign-in, also when they are stepped up', async () => {
    let cookie = await begin();
    for (let count = 0; count < 23; count += 1) {
      clock.pass(30 * 60);
      const open = await sessions.find(request(cookie));
      if (open === null) throw new Error(`gone after ${count}`);
      cookie = (await sessions.stepUp(request(cookie), open, { mfaAt: clock.now() })).cookie;
    }
    clock.pass(30 * 60 - 1);
    expect(await callerOf(cookie)).not.toBeNull();
    clock.pass(1);
    expect(await callerOf(cookie)).toBeNull();
  });

  it('are not used by looking at them', async () => {
    const cookie = await begin();
    clock.pass(30 * 60);
    const open = await sessions.find(request(cookie));
    expect(open && sessions.view(open).idleExpiresAt).toBe('2030-01-01T09:00:00Z');
    expect(open && sessions.view(open).expiresAt).toBe('2030-01-01T20:00:00Z');
  });

  it('get a new id at sign-in and at step-up, and the old one is worth nothing', async () => {
    const planted = await begin();
    const signedIn = await begin(planted);
    expect(signedIn).not.toBe(planted);
    expect(await callerOf(planted)).toBeNull();
    const open = await sessions.find(request(signedIn));
    if (open === null) throw new Error('no session');
    const steppedUp = await sessions.stepUp(request(signedIn), open, { contexts: ['c1', 'c2'] });
    expect(await callerOf(signedIn)).toBeNull();
    expect(await callerOf(steppedUp.cookie)).toMatchObject({ authenticationContexts: ['c1', 'c2'] });
    expect(steppedUp.session.csrf).not.toBe(sessions.view(open).csrf);
    expect(await rows()).toBe(1);
  });

  it('take no id that somebody made up', async () => {
    for (const id of ['', 'x', 'a'.repeat(43), `${'a'.repeat(43)}=`]) {
      expect(await callerOf(`${cookieName}=${id}`), id).toBeNull();
    }
  });

  it('are dead at once when the account is disabled or deleted', async () => {
    const cookie = await begin();
    accounts.set(riley.id, { ...riley, accountEnabled: false });
    expect(await callerOf(cookie)).toBeNull();
    accounts.delete(riley.id);
    expect(await callerOf(cookie)).toBeNull();
  });

  it('are swept when somebody signs in', async () => {
    await begin();
    clock.pass(12 * 60 * 60);
    await begin();
    expect(await rows()).toBe(1);
  });

  it('end when they are ended', async () => {
    const cookie = await begin();
    const open = await sessions.find(request(cookie));
    if (open !== null) await sessions.end(open);
    expect(await callerOf(cookie)).toBeNull();
  });
});
