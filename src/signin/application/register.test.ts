import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { system, type TestRuntime, testRuntime } from '../../../test/runtime.ts';
import { newApp, signinOver } from '../../../test/signin.ts';
import { newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Database } from '../../platform/database.ts';
import { type NewApp, registerApp } from '../index.ts';

describe.each(databaseKinds)('registering an app (%s)', (kind) => {
  let database: Database;
  let runtime: TestRuntime;

  beforeEach(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
  });
  afterEach(() => database.close());

  const register = (wanted: Partial<NewApp>) =>
    runtime.attempt(system, async (tx) =>
      orRefuse(await registerApp(tx, { displayName: 'Pipeline', permissions: [], ...wanted })),
    );

  it('keeps a hash of the secret, and leaves an event', async () => {
    const { app, secret } = await newApp(database, { permissions: ['B.Read.All', 'A.Read.All', 'B.Read.All'] });
    expect(app.permissions).toEqual(['A.Read.All', 'B.Read.All']);
    expect(await signinOver(database).listApps()).toEqual([app]);
    const stored = await sql<{ secret_hash: string }>`select secret_hash from signin_credential`.execute(database.db);
    expect(stored.rows[0]?.secret_hash).not.toContain(secret);
    const events = await sql<{ data: unknown }>`
      select type, subject, data from event`.execute(database.db);
    expect(events.rows).toEqual([
      {
        type: 'app.registered',
        subject: app.id,
        data: { appId: app.appId, permissions: app.permissions, redirectUris: [], isPublic: false },
      },
    ]);
    expect(JSON.stringify(events.rows)).not.toContain(secret);
  });

  it('takes ids and a secret that are known beforehand', async () => {
    const wanted = { id: newId(), appId: newId().toUpperCase(), secret: 'a-secret-of-24-characters' };
    const { app, secret } = orRefuse(await register(wanted));
    expect(app).toMatchObject({ id: wanted.id, appId: wanted.appId.toLowerCase() });
    expect(secret).toBe(wanted.secret);
  });

  it.each([
    ['a weak secret', { secret: 'password' }, 'Request_BadRequest', 'secret'],
    ['an id that is no GUID', { id: 'one' }, 'Request_BadRequest', 'id'],
    ['an application id that is no GUID', { appId: 'one' }, 'Request_BadRequest', 'appId'],
  ])('refuses %s', async (_, wanted, code, target) => {
    expect(await register(wanted)).toMatchObject({ is: 'refused', refusal: { kind: 'invalid', code, target } });
  });

  it('refuses an application id that is taken', async () => {
    const appId = newId();
    orRefuse(await register({ appId }));
    expect(await register({ appId })).toMatchObject({
      refusal: { kind: 'conflict', code: 'Request_MultipleObjectsWithSameKeyValue' },
    });
  });
});
