import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ForeignDatabaseError, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { silent } from '../../src/platform/log.ts';
import { rehearsalStage } from '../../src/rehearsal/stage.ts';
import { databaseKinds } from '../postgres.ts';
import { type Json, openPlay, type Play } from './play.ts';

const packages = '/identityGovernance/entitlementManagement/accessPackages';

describe.each(databaseKinds)('the beginning of a rehearsal on %s', (kind) => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(kind, { beginWith: 'people' });
  });
  afterAll(() => play?.close());

  const reset = async (body?: object): Promise<{ status: number; body: Json }> => {
    const answer = await fetch(`${play.url}/rehearsal/reset`, {
      method: 'POST',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  /** The administrator as there is one now, in a rehearsal that may have begun anew. */
  const administrator = async () => {
    const { users } = (await (await fetch(`${play.url}/rehearsal`)).json()) as Play['cast'];
    return play.asUser(users.find(({ displayName }) => displayName === 'Ada Admin')?.id ?? '');
  };
  const names = async (path: string) =>
    ((await (await administrator()).get(path)).body['value'] as unknown as { displayName: string }[]).map(
      ({ displayName }) => displayName,
    );
  const newGroup = async () =>
    (await administrator()).post('/groups', {
      displayName: 'Built by hand',
      mailEnabled: false,
      mailNickname: 'by-hand',
      securityEnabled: true,
    });

  it('has the people, their managers and nothing of the design, and is reset to that with the same ids', async () => {
    expect(play.cast.beganWith).toBe('people');
    expect(play.cast.users).toHaveLength(8);
    const [requestor, manager] = ['requestor', 'manager'].map(play.idOf);
    expect(play.cast.users.find(({ id }) => id === requestor)?.managerId).toBe(manager);
    expect([await names('/groups'), await names(packages)]).toEqual([[], []]);
    await newGroup();
    expect(await names('/groups')).toEqual(['Built by hand']);
    const { status, body } = await reset();
    expect(status).toBe(200);
    expect([body['beganWith'], body['users']]).toEqual(['people', play.cast.users]);
    expect(await names('/groups')).toEqual([]);
  });

  it('begins anew with the whole design, and goes back to that from then on', async () => {
    const { body } = await reset({ beginWith: 'design' });
    expect(body['beganWith']).toBe('design');
    expect(await names(packages)).toHaveLength(1);
    await newGroup();
    expect((await reset({ beginWith: 'design' })).body['users']).toEqual(body['users']);
    expect((await reset()).body['users']).toEqual(body['users']);
    expect(await names('/groups')).toHaveLength(2);
  });

  it('begins anew where the copy of the beginning is older than the tables, and nobody is signed in', async () => {
    const signedIn = await fetch(`${play.url}/rehearsal/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'admin' }),
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const isSignedIn = async () => {
      const session = await fetch(`${play.url}/session`, { headers: { cookie } });
      return ((await session.json()) as Json)['signedIn'];
    };
    expect(await isSignedIn()).toBe(true);
    const { db } = play.app.kit.database;
    // As a version without applications, and without a note of its migrations, left it.
    await sql`drop table rehearsal_start.kysely_migration, rehearsal_start.signin_credential`.execute(db);
    const { status, body } = await reset();
    expect([status, body['beganWith']]).toEqual([200, 'design']);
    expect(await names(packages)).toHaveLength(1);
    expect(await isSignedIn()).toBe(false);
    // A copy that knows its migrations, but not the newest of them.
    await sql`delete from rehearsal_start.kysely_migration
              where name = (select max(name) from rehearsal_start.kysely_migration)`.execute(db);
    const again = await reset();
    expect([again.status, (await reset()).body['users']]).toEqual([200, again.body['users']]);
  });

  it('begins anew at its own time, though somebody moves the clock while it is built', async () => {
    await reset({ beginWith: 'people' });
    const start = Date.parse(await play.now());
    await Promise.all([reset({ beginWith: 'design' }), play.move('P100D')]);
    await reset();
    expect(Date.parse(await play.now()) - start).toBeLessThan(86_400_000);
  });

  it('takes two beginnings only', async () => {
    const { status, body } = await reset({ beginWith: 'nothing' });
    expect([status, body['error']?.['code']]).toEqual([400, 'BadRequest']);
  });
});

it('refuses a database that has tables of something else, and leaves them as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-foreign-'));
  const { db, close } = await openDatabase({ folder });
  await sql`create table customer as select 1 as id`.execute(db);
  await close();
  const config = readConfig({ PORT: '0', HTTPS_PORT: '0', SALLYPORT_DATA: folder });
  await expect(startApp(config, rehearsalStage(), { log: silent })).rejects.toThrow(ForeignDatabaseError);
  const again = await openDatabase({ folder });
  expect((await sql`select id from customer`.execute(again.db)).rows).toEqual([{ id: 1 }]);
  await again.close();
  await rm(folder, { recursive: true, force: true });
});
