import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Fixtures, fixtures } from './access/fixtures.ts';
import { globalAdministrator } from './doors.ts';
import { type Actor, openPlay, type Play } from './play.ts';
import { type WayIn, waysIn } from './ways-in.ts';

/** The names alone, for the table of tests. */
const names = waysIn({ play: {}, admin: {} } as Fixtures).map(({ name }) => name);

describe.each(databaseKinds)('pain 42: nobody grants to themselves on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let kit: Fixtures;
  let ways: ReadonlyMap<string, WayIn>;
  /** A Global Administrator with a second account, and a group that they are in. */
  let gus: Actor;
  let second: string;
  let team: string;

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    kit = fixtures(play, admin);
    ways = new Map(waysIn(kit).map((way) => [way.name, way]));
    gus = await play.asUser(await kit.user());
    second = await kit.user();
    const role = { roleDefinitionId: globalAdministrator, principalId: gus.id, directoryScopeId: '/' };
    kit.good(await admin.post('/roleManagement/directory/roleAssignments', role));
    await kit.made('/sallyport/linkedAccounts', { accountIds: [gus.id, second] });
    team = await kit.group(true);
    kit.good(await admin.post(`/groups/${team}/members/$ref`, kit.reference(second)));
  });
  afterAll(() => play?.close());

  async function attempt(name: string, principalId: string) {
    const way = ways.get(name);
    if (way === undefined) throw new Error(name);
    const { path, body } = await way.prepare(principalId);
    const { status, body: answer } = await gus[way.method](path, body);
    return { status: status < 300 ? 'done' : status, code: answer?.['error']?.['code'] };
  }

  async function happened(activity: string): Promise<number> {
    const filter = `activityDisplayName eq '${activity}' and result eq 'success'`;
    const { body } = await admin.get(`/auditLogs/directoryAudits?$count=true&$filter=${filter}`);
    return Number(body['@odata.count']);
  }
  const alarm = 'Break-glass account granted to itself';

  test.each(names)('%s: to others alone, never to an account of theirs or a group of theirs', async (name) => {
    const refused = { status: 403, code: 'SelfGrantNotAllowed' };
    expect(await attempt(name, gus.id)).toEqual(refused);
    expect(await attempt(name, second)).toEqual(refused);
    if (ways.get(name)?.takesGroups) expect(await attempt(name, team)).toEqual(refused);
    expect(await attempt(name, await kit.user())).toEqual({ status: 'done', code: undefined });
    expect(await happened(alarm)).toBe(0);
  });

  describe('but for an account that is named for the emergency', () => {
    beforeAll(async () => {
      const own = await gus.patch('/sallyport/settings', { breakGlassAccounts: [second] });
      expect(own).toMatchObject({ status: 403, body: { error: { code: 'SelfGrantNotAllowed' } } });
      kit.good(await admin.patch('/sallyport/settings', { breakGlassAccounts: [gus.id] }));
    });

    test.each(names)('%s, with an alarm', async (name) => {
      const before = await happened(alarm);
      expect(await attempt(name, gus.id)).toEqual({ status: 'done', code: undefined });
      expect(await happened(alarm)).toBe(before + 1);
    });
  });

  test('where the organisation wants it like Entra, it is done and told of', async () => {
    kit.good(await admin.patch('/sallyport/settings', { breakGlassAccounts: [], likeEntra: true }));
    expect(await attempt('a member of a role-assignable group', gus.id)).toMatchObject({ status: 'done' });
    expect(await happened('Account granted to itself as Entra allows')).toBe(1);
  });

  test('whoever turned that on gains nothing by it, with none of their accounts; everybody else does', async () => {
    const refused = { status: 403, code: 'SelfGrantNotAllowed' };
    kit.good(await admin.patch('/sallyport/settings', { likeEntra: false }));
    kit.good(await gus.patch('/sallyport/settings', { likeEntra: true }));
    for (const own of [gus.id, second, team]) {
      expect(await attempt('a member of a role-assignable group', own)).toEqual(refused);
    }
    const other = await play.asUser(await kit.user());
    const role = { roleDefinitionId: globalAdministrator, principalId: other.id, directoryScopeId: '/' };
    kit.good(await admin.post('/roleManagement/directory/roleAssignments', role));
    const group = await kit.group(true);
    expect((await other.post(`/groups/${group}/members/$ref`, kit.reference(other.id))).status).toBe(204);
    // Saying it again changes nothing, and makes nobody else the one who turned it on.
    kit.good(await admin.patch('/sallyport/settings', { likeEntra: true }));
    expect(await attempt('a member of a role-assignable group', gus.id)).toEqual(refused);
    // Turned off and on by a second person, it takes two.
    kit.good(await admin.patch('/sallyport/settings', { likeEntra: false }));
    kit.good(await admin.patch('/sallyport/settings', { likeEntra: true }));
    expect(await attempt('a member of a role-assignable group', gus.id)).toMatchObject({ status: 'done' });
  });

  test('a group that leads nowhere is anybody’s to join who may add to it', async () => {
    kit.good(await admin.patch('/sallyport/settings', { likeEntra: false }));
    const groupId = await kit.group();
    expect((await gus.post(`/groups/${groupId}/members/$ref`, kit.reference(gus.id))).status).toBe(204);
  });

  test('an account that was shut is not opened with another one of the same human', async () => {
    kit.good(await admin.patch(`/users/${second}`, { accountEnabled: false }));
    const opened = await gus.patch(`/users/${second}`, { accountEnabled: true });
    expect(opened).toMatchObject({ status: 403, body: { error: { code: 'SelfGrantNotAllowed' } } });
  });
});
