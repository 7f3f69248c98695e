import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { delegated } from '../scenarios/delegated.ts';
import { activate, passFirstDoor } from '../scenarios/doors.ts';
import { type Actor, eventual, type Json, openPlay, type Play } from '../scenarios/play.ts';
import { crowd } from './crowd.ts';
import { type Asked, both, type Listed, listsOf, valueAt } from './lists.ts';

/**
 * Whoever follows the links of a list to its end gets each row of the list once, in its order; a filter leaves the rows
 * that it would leave if it were applied to the whole list by hand; and a list has the rows that can be read by key.
 */

const isDeep = process.env['SALLYPORT_DEEP'] === '1';
const runs = isDeep ? 300 : 24;
const keysTried = isDeep ? 400 : 12;

describe.each(databaseKinds)('a long list on %s', (kind) => {
  let play: Play;
  let callers: ReadonlyMap<string, Actor>;
  let lists: readonly Listed[];
  const wholes = new Map<string, Promise<Whole>>();

  beforeAll(async () => {
    play = await openPlay(kind);
    const requestor = await play.as('requestor');
    const request = await passFirstDoor(play, requestor);
    expect((await activate(requestor)).status).toBe(201);
    // Until the activation is over: who is an administrator sees all.
    await play.move('PT5H');
    const { admin, ours, owner, group } = await delegated(play);
    const groupId = await group('crowded');
    const now = await play.now();
    await crowd(play.app.kit.runtime.db, {
      now,
      groupId,
      packageId: ours.packageId,
      policyId: ours.policyId,
      requestorId: requestor.id,
      approverId: play.idOf('manager'),
    });
    const named = { admin, approver: await play.as('manager'), requestor, owner };
    callers = new Map(Object.entries(named).map(([name, actor]) => [name, actor.with(eventual)]));
    const { body } = await admin.get(
      `/identityGovernance/entitlementManagement/assignmentRequests/${request}?$expand=accessPackage`,
    );
    const seedPackageId = String(body['accessPackage']?.['id']);
    lists = listsOf({ groupId, packageId: ours.packageId, seedPackageId, requestorId: requestor.id, now });
  });
  afterAll(() => play?.close());

  /** All of a list with all that filters look at, as somebody sees it. */
  function wholeOf(list: Listed, who: string): Promise<Whole> {
    const key = `${who} ${list.path}`;
    const found = wholes.get(key) ?? whole(callerOf(who), urlOf(list, { expand: list.looksAt }));
    wholes.set(key, found);
    return found;
  }

  function callerOf(who: string): Actor {
    const caller = callers.get(who);
    if (caller === undefined) throw new Error(`${who} is nobody`);
    return caller;
  }

  it('is the same list in pages of any size', async () => {
    const cases = fc.constantFrom(...lists).chain((list) =>
      fc.record({
        list: fc.constant(list),
        who: fc.constantFrom(...callers.keys()),
        asked: fc.record({
          order: fc.option(fc.constantFrom(...list.orders), { freq: 6 }),
          filter: fc.option(fc.constantFrom(...list.filters), { freq: 3 }),
          search: fc.constantFrom(null, null, null, ...list.searches),
          expand: fc.constantFrom('', ...list.expands),
        }),
        size: fc.integer({ min: 9, max: 60 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ list, who, asked, size }) => {
        const caller = callerOf(who);
        const url = urlOf(list, asked);
        const at = `${who} ${url}`;
        const all = await whole(caller, url);
        if (all.status !== 200) {
          expect(all.status, at).toBe(403);
          return;
        }
        const rows = await followed(caller, `${url}&$top=${size}`, all.count);
        expect(rows.map(idOf), at).toEqual(all.rows.map(idOf));
        expect(rows, at).toEqual(all.rows);
        expect(new Set(rows.map(idOf)).size, at).toBe(rows.length);
        expect(all.count, at).toBe(rows.length);
        if (asked.search === null) {
          const kept = (await wholeOf(list, who)).rows.filter((row) => asked.filter?.[1](row) ?? true);
          expect(rows.map(idOf).toSorted(), at).toEqual(kept.map(idOf).toSorted());
          if (asked.order !== null) expectOrder(await wholeOf(list, who), rows, asked.order);
        }
      }),
      { numRuns: runs },
    );
  });

  it('has for each reader the rows that they get by key', async () => {
    for (const list of lists.filter(({ byKey }) => byKey !== null)) {
      const { rows: known } = await wholeOf(list, 'admin');
      const ids = spread(known.map(idOf), keysTried);
      for (const [who, caller] of callers) {
        const seen = new Set((await wholeOf(list, who)).rows.map(idOf));
        const tried = [...new Set([...ids, ...spread([...seen], 4)])];
        const got = await Promise.all(tried.map(async (id) => [id, (await caller.get(`${list.byKey}/${id}`)).status]));
        const expected = tried.map((id) => [
          id,
          seen.has(id) ? 200 : expect.toSatisfy((status) => [403, 404].includes(status)),
        ]);
        expect(got, `${who} ${list.path}`).toEqual(expected);
      }
    }
  });
});

interface Whole {
  readonly status: number;
  readonly rows: readonly Json[];
  readonly count: number | null;
}

const idOf = (row: Json) => String(row['id']);

function urlOf(list: Listed, { order, filter: asked, search, expand }: Partial<Asked>): string {
  const { path, always, within } = list;
  const filter = asked && within ? both(within, asked) : (asked ?? within);
  const options = [
    '$count=true',
    always,
    order ? `$orderby=${order}` : '',
    filter ? `$filter=${encodeURIComponent(filter[0])}` : '',
    search ? `$search=${encodeURIComponent(search)}` : '',
    expand ? `$expand=${expand}` : '',
  ];
  return `${path}${path.includes('?') ? '&' : '?'}${options.filter((option) => option !== '').join('&')}`;
}

async function whole(caller: Actor, url: string): Promise<Whole> {
  const { status, body } = await caller.get(`${url}&$top=999`);
  if (status !== 200) return { status, rows: [], count: null };
  expect(body['@odata.nextLink'], url).toBeUndefined();
  return { status, rows: body['value'] as unknown as Json[], count: Number(body['@odata.count']) };
}

async function followed(caller: Actor, url: string, count: number | null): Promise<Json[]> {
  const rows: Json[] = [];
  for (let next: string | null = url; next !== null; ) {
    const { status, body } = await caller.get(next);
    expect(status, `${next} ${JSON.stringify(body['error'])}`).toBe(200);
    const value = body['value'] as unknown as Json[];
    if (body['@odata.count'] !== undefined) expect(body['@odata.count'], next).toBe(count);
    rows.push(...value);
    const link = body['@odata.nextLink'];
    if (link !== undefined) expect(value, next).not.toHaveLength(0);
    next = link === undefined ? null : String(link).replace(/^https?:\/\/[^/]+(?:\/v1\.0)?/, '');
  }
  return rows;
}

/** What is missing comes first, or last where it is turned round; instants and numbers follow one another. */
function expectOrder({ rows: known }: Whole, rows: readonly Json[], order: string): void {
  const byId = new Map(known.map((row) => [idOf(row), row]));
  const [first = ''] = order.split(',');
  const [path = '', direction] = first.split(' ');
  const values = rows.map((row) => valueAt(byId.get(idOf(row)), path));
  const turned = direction === 'desc' ? values.toReversed() : values;
  const there = turned.filter((value) => value !== null);
  expect(turned, order).toEqual([...turned.filter((value) => value === null), ...there]);
  if (path.endsWith('DateTime') || path === 'id') expect(there, order).toEqual(there.toSorted());
}

/** Some of many, from all over. */
function spread(ids: readonly string[], count: number): string[] {
  const step = Math.max(1, Math.floor(ids.length / count));
  return ids.filter((_, index) => index % step === 0).slice(0, count);
}
