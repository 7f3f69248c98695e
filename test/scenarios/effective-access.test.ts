import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { activate, globalAdministrator, passFirstDoor } from './doors.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

const path = '/sallyport/effectiveAccess';

describe.each(databaseKinds)('effective access on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  /** Instants of the story. */
  const then: Record<'before' | 'eligible' | 'active' | 'after', string> = {
    before: '',
    eligible: '',
    active: '',
    after: '',
  };

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    requestor = await play.as('requestor');
    then.before = await play.now();
    await play.move('PT1H');
    await passFirstDoor(play, requestor);
    then.eligible = await play.move('PT1H');
    await play.move('PT1H');
    expect((await activate(requestor)).status).toBe(201);
    then.active = await play.move('PT1H');
    then.after = await play.move('PT8H');
  });
  afterAll(() => play?.close());

  async function access(actor: Actor, query: Readonly<Record<string, string>>): Promise<readonly Json[]> {
    const { status, body } = await actor.get(`${path}?${new URLSearchParams(query)}`);
    expect([status, body]).toMatchObject([200, {}]);
    return body['value'] as unknown as readonly Json[];
  }

  const role = (ways: readonly Json[]) =>
    ways.filter((way) => String(way['privilege']?.['id']) === globalAdministrator);

  test('pain 26, pain 44: answers who had what last Tuesday, by which way and why it ended', async () => {
    const of = { principalId: requestor.id };
    expect(role(await access(admin, { ...of, at: then.before }))).toEqual([]);
    expect(role(await access(admin, { ...of, at: then.eligible }))).toMatchObject([
      { mode: 'eligible', activationsNeeded: 1, endsBecause: { reason: 'policy' } },
    ]);
    const [active, ...others] = role(await access(admin, { ...of, at: then.active })).filter((way) => way['isActive']);
    expect(others).toEqual([]);
    expect(active).toMatchObject({
      principal: { displayName: 'Rio Requestor' },
      privilege: { displayName: 'Global Administrator', kind: 'role' },
      endsBecause: { reason: 'requested' },
    });
    const hours = Temporal.Instant.from(String(active?.['endDateTime'])).since(
      Temporal.Instant.from(String(active?.['startDateTime'])),
    );
    expect(hours.total('hours')).toBe(4);
    expect(role(await access(admin, { ...of, at: then.after })).filter((way) => way['isActive'])).toEqual([]);
  });

  test('answers who can be and who is Global Administrator', async () => {
    const ways = await access(admin, { privilege: globalAdministrator, at: then.active });
    const mine = ways.filter((way) => String(way['principal']?.['id']) === requestor.id);
    expect(mine.map((way) => String(way['mode'])).sort()).toEqual(['active', 'eligible']);
    const now = await access(admin, { privilege: globalAdministrator });
    expect(now.map((way) => String(way['principal']?.['id']))).toContain(admin.id);
  });

  test('names the package that a link came by', async () => {
    const [way] = role(await access(admin, { principalId: requestor.id, at: then.eligible }));
    const path = (way?.['path'] ?? []) as unknown as readonly Json[];
    const names = path.map((link) => link['accessPackage']?.['displayName']);
    expect(names.some((name) => String(name).startsWith('AP – Global'))).toBe(true);
  });

  test('lets people ask about themselves and nobody else', async () => {
    expect(role(await access(requestor, { principalId: requestor.id, at: then.active }))).not.toEqual([]);
    for (const query of [`principalId=${admin.id}`, `privilege=${globalAdministrator}`, '']) {
      expect(await requestor.get(`${path}?${query}`)).toMatchObject({
        status: 403,
        body: { error: { code: 'Authorization_RequestDenied' } },
      });
    }
  });

  test.each([
    ['principalId=me', 'principalId'],
    ['at=yesterday', 'at'],
    ['user=x', 'user'],
  ])('refuses ?%s and names what is wrong', async (query, target) => {
    expect(await admin.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { error: { target } } });
  });

  test('wants to know of whom or of what', async () => {
    expect(await admin.get(path)).toMatchObject({ status: 400, body: { error: { code: 'PropertyRequired' } } });
  });
});
