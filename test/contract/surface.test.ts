import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntitySet } from '../../src/graph/declaration.ts';
import type { Mount } from '../../src/graph/registry.ts';
import { databaseKinds } from '../postgres.ts';
import { activate, askForPackage, passFirstDoor } from '../scenarios/doors.ts';
import { type Actor, eventual, openPlay, type Play } from '../scenarios/play.ts';
import { betaProperty } from './beyond.ts';
import { comparablePaths, findingFilters } from './questions.ts';

type Row = Readonly<Record<string, unknown>>;

/** A mounted collection, as it is asked. */
interface Place {
  readonly path: string;
  readonly set: EntitySet;
  /** What the version of the path knows. */
  readonly properties: EntitySet['properties'];
  /** What the collection wants in `$filter` before it lists anything. */
  readonly narrow: string | undefined;
}

/** How many rows of a collection are asked about one by one. */
const sample = 3;

describe.each(databaseKinds)('the surface on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let groupId: string;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = (await play.as('admin')).with(eventual);
    groupId = await furnish(play);
  });
  afterAll(() => play?.close());

  it('answers every question about every collection', async () => {
    const places = play.registry.mounts.flatMap((mount) => placesOf(mount, groupId));
    expect(places.length).toBeGreaterThan(30);
    for (const place of places) await examine(place);
  });

  async function examine(place: Place): Promise<void> {
    const { set, path, properties } = place;
    const names = Object.keys(properties);
    const { rows, count } = await ask(place, { $select: names.join(','), $top: '999' });
    expect(count, path).toBe(rows.length);
    expect((await ask(place, { $top: '1' })).rows).toHaveLength(Math.min(1, rows.length));
    for (const name of names) await ask(place, { $select: name, $top: '5' });
    for (const term of comparablePaths(properties)) await ask(place, { $orderby: `${term} desc`, $top: '5' });
    for (const type of Object.keys(set.derived ?? {})) await read(`${path}/${type.slice(1)}?$top=5`);
    for (const row of rows.slice(0, sample)) await find(place, row);
    for (const name of Object.keys(set.navigation ?? {})) await follow(place, name, rows.slice(0, sample));
  }

  /** A filter finds the row that it was read from. */
  async function find(place: Place, row: Row): Promise<void> {
    const key = keyOf(place.set);
    for (const filter of findingFilters(place.properties, row)) {
      const { rows } = await ask(place, { $filter: filter, $select: key, $top: '999' });
      const found = rows.map((one) => one[key]);
      expect.soft(found, `${place.path} ${filter}`).toContain(row[key]);
    }
  }

  async function follow(place: Place, name: string, rows: readonly Row[]): Promise<void> {
    const { path, set } = place;
    const expected = set.navigation?.[name]?.many ? [200] : [200, 404];
    await ask(place, { $expand: name, $top: '5' });
    for (const row of rows) await read(`${path}/${encodeURIComponent(String(row[keyOf(set)]))}/${name}`, expected);
  }

  /** Whoever asks here fails when the answer breaks the contract: the actor sees to it. */
  async function ask({ path, narrow }: Place, options: Readonly<Record<string, string>>) {
    const filter = [narrow, options['$filter']].filter((part) => part !== undefined).join(' and ');
    const query = new URLSearchParams({ $count: 'true', ...options, ...(filter === '' ? {} : { $filter: filter }) });
    const body = await read(`${path}?${query}`);
    return { rows: (body['value'] ?? []) as readonly Row[], count: body['@odata.count'] };
  }

  async function read(address: string, expected = [200]): Promise<Row> {
    const { status, body } = await admin.get(address);
    expect.soft(expected, `${status} for ${decodeURIComponent(address)}: ${JSON.stringify(body)}`).toContain(status);
    return body;
  }
});

function keyOf(set: EntitySet): string {
  return set.key ?? 'id';
}

/** Where a set is asked: in v1.0, and where beta knows more of it, there too. */
function placesOf({ path, set, single }: Mount, groupId: string): Place[] {
  if (single !== null) return [];
  const needed: Readonly<Record<string, string>> = { groupId, scopeId: '/', scopeType: 'DirectoryRole' };
  const conditions = (set.filterNeeds ?? []).map(([name = '']) => `${name} eq '${needed[name]}'`);
  const narrow = conditions.length === 0 ? undefined : conditions.join(' and ');
  const all = Object.entries(set.properties);
  const stable = all.filter(([name]) => betaProperty(set.type.replace('microsoft.graph.', ''), name) === undefined);
  const beta = { path: `/beta${path}`, set, properties: set.properties, narrow };
  if (set.name === 'roleAssignmentApprovals') return [beta];
  const place = { path, set, properties: Object.fromEntries(stable), narrow };
  return stable.length === all.length ? [place] : [place, beta];
}

/** One of everything: both doors passed, requests and approvals pending, things deleted. Gives a group under PIM. */
async function furnish(play: Play): Promise<string> {
  const admin = await play.as('admin');
  const requestor = await play.as('requestor');
  const send = async (who: Actor, path: string, body: object) => {
    const answer = await who.post(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return String(answer.body['id']);
  };
  const group = (name: string) =>
    send(admin, '/groups', {
      displayName: name,
      mailEnabled: false,
      mailNickname: name,
      securityEnabled: true,
      'owners@odata.bind': [`https://graph.microsoft.com/v1.0/users/${play.idOf('ciso')}`],
    });
  await passFirstDoor(play, requestor);
  expect((await activate(requestor)).status).toBe(201);
  expect((await askForPackage(play, await play.as('colleague'))).status).toBe(201);
  await admin.delete(`/groups/${await group('GRP-DELETED')}`);
  const groupId = await group('GRP-KEPT');
  const about = { accessId: 'member', groupId, principalId: requestor.id, justification: 'To have one of each' };
  const lasting = (duration: string) => ({ scheduleInfo: { expiration: { type: 'afterDuration', duration } } });
  const requests = '/identityGovernance/privilegedAccess/group';
  const eligible = { ...about, ...lasting('P7D'), action: 'adminAssign' };
  await send(admin, `${requests}/eligibilityScheduleRequests`, eligible);
  await send(admin, `${requests}/assignmentScheduleRequests`, { ...eligible, accessId: 'owner' });
  const activation = { ...about, ...lasting('PT1H'), action: 'selfActivate' };
  await send(requestor, `${requests}/assignmentScheduleRequests`, activation);
  return groupId;
}
