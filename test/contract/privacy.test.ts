import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EntitySet, Navigation } from '../../src/graph/declaration.ts';
import { keyName, type Mount } from '../../src/graph/registry.ts';
import { databaseKinds } from '../postgres.ts';
import { activate, askForPackage, passFirstDoor } from '../scenarios/doors.ts';
import { type Actor, eventual, type Json, openPlay, type Play } from '../scenarios/play.ts';
import { comparablePaths, findingFilters } from './questions.ts';

/**
 * What a caller learns by asking is what the caller is shown: for every set and every way from it to another, each
 * question that an administrator's answers suggest has the answer that follows from the caller's own view.
 */

type Row = Readonly<Record<string, unknown>>;
// What needs an index is asked as Graph wants it asked.
const page = '$top=200&$count=true';

/** What filters of this size ask of a row, and of one that nobody is shown. */
function asked(set: EntitySet, row: Row | null): string[] {
  return findingFilters(set.properties, row ?? {}).filter((one) => !one.startsWith('not ') && one.length < 300);
}

/** Asks a collection whole; nothing where the caller may not list it. */
async function rowsOf(actor: Actor, path: string, query: string): Promise<readonly Row[] | undefined> {
  const { status, body } = await actor.get(`${path}?${query}`);
  expect(body['error']?.['code']).not.toBe('Request_UnsupportedQuery');
  if (status === 403 || status === 400) return undefined;
  expect(status, `${path}?${query}: ${JSON.stringify(body)}`).toBe(200);
  return body['value'] as unknown as readonly Row[];
}

const keysOf = (rows: readonly Row[], set: EntitySet) => rows.map((row) => String(row[keyName(set)])).sort();
const selected = (set: EntitySet) => `$select=${Object.keys(set.properties).join(',')}`;

interface Found {
  /** Questions asked. */
  probes: number;
  /** Questions that an administrator's rows would have answered otherwise. */
  secrets: number;
  leaks: string[];
}

const kinds = process.env['SALLYPORT_DEEP'] === '1' ? databaseKinds : (['embedded'] as const);

// What is compared is what the compiler of queries makes; in `npm test` one database is enough for that.
describe.each(kinds)('on %s, what is asked of the API', (kind) => {
  let play: Play;
  let admin: Actor;
  const callers = new Map<string, Actor>();

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = (await play.as('admin')).with(eventual);
    const requestor = await play.as('requestor');
    await passFirstDoor(play, requestor);
    expect((await activate(requestor)).status).toBe(201);
    expect((await askForPackage(play, await play.as('manager'))).status).toBeLessThan(500);
    for (const name of ['manager', 'colleague']) callers.set(name, (await play.as(name)).with(eventual));
    callers.set('app', (await play.asNewApp(['User.ReadBasic.All', 'Group.Read.All'])).with(eventual));
  });
  afterAll(() => play?.close());

  test('in a batch has the same answer as by itself', async () => {
    const paths = ['/users?$select=id,employeeId', '/auditLogs/directoryAudits', '/groups?$expand=members'];
    const requests = paths.map((url, index) => ({ id: String(index), method: 'GET', url }));
    for (const caller of callers.values()) {
      const { body } = await caller.post('/$batch', { requests });
      const responses = body['responses'] as unknown as readonly { id: string; status: number; body: Json }[];
      for (const [index, path] of paths.entries()) {
        const alone = await caller.get(path);
        const together = responses.find(({ id }) => id === String(index));
        expect([together?.status, together?.body['value']]).toEqual([alone.status, alone.body['value']]);
      }
    }
  });

  const lists = (): readonly Mount[] => play.registry.mounts.filter(({ single }) => single === null);

  test.each(['manager', 'colleague', 'app'])('by the %s tells no more than the answer shows', async (name) => {
    const caller = callers.get(name) ?? admin;
    const found: Found = { probes: 0, secrets: 0, leaks: [] };
    for (const { path: below, set } of lists()) {
      // Beta has every property that v1.0 has, and some more.
      const path = `/beta${below}`;
      const own = await rowsOf(caller, path, `${selected(set)}&${page}`);
      const all = await rowsOf(admin, path, `${selected(set)}&${page}`);
      if (own === undefined || all === undefined) continue;
      await compare(caller, path, set, { own, all }, found);
      for (const [by, navigation] of Object.entries(set.navigation ?? {})) {
        await follow(caller, path, set, [by, navigation], found);
      }
    }
    console.log(`${kind}, ${name}: ${found.probes} questions, of which ${found.secrets} touch what is not shown`);
    expect(found.leaks).toEqual([]);
    expect(found.secrets).toBeGreaterThan(10);
  });

  /** Asks after the set's own properties. */
  async function compare(
    caller: Actor,
    path: string,
    set: EntitySet,
    { own, all }: { own: readonly Row[]; all: readonly Row[] },
    found: Found,
  ): Promise<void> {
    const filters = new Set(all.flatMap((row) => asked(set, row)).slice(0, 40));
    for (const filter of filters) {
      const shown = own.filter((row) => matches(asked(set, row), filter));
      const hidden = all.filter((row) => matches(asked(set, row), filter)).length !== shown.length;
      await probe(caller, path, set, { filter, shown, hidden }, found);
    }
    await search(caller, path, set, { own, all }, found);
    for (const by of comparablePaths(set.properties)) {
      await order(caller, path, set, { by, values: own.map((row) => valueAt(row, by)) }, found);
    }
  }

  /** Searches for what an administrator would find: every hit shows, in what the caller is shown, why it is one. */
  async function search(
    caller: Actor,
    path: string,
    set: EntitySet,
    { own, all }: { own: readonly Row[]; all: readonly Row[] },
    found: Found,
  ): Promise<void> {
    const searchable = set.searchable ?? [];
    const words = all.flatMap((row) =>
      searchable.map((name) => String(row[name] ?? '').match(/[\p{L}\p{N}]{3,}/u)?.[0]),
    );
    for (const word of new Set(words.slice(0, 30).filter((one) => one !== undefined))) {
      const query = `$search=${encodeURIComponent(`"${word}"`)}&$select=${keyName(set)}&${page}`;
      const got = await rowsOf(caller, path, query);
      if (got === undefined) return;
      found.probes += 1;
      const mayHit = own.filter((row) => searchable.some((name) => holdsWord(row[name], word)));
      const shown = new Set(keysOf(mayHit, set));
      const beyond = keysOf(got, set).filter((key) => !shown.has(key));
      if (beyond.length > 0) found.leaks.push(`${path}?$search=${word}: ${beyond.join()}`);
    }
  }

  /** Sorts by what looks the same in every row: if the order is another backwards, it tells what is not shown. */
  async function order(
    caller: Actor,
    path: string,
    set: EntitySet,
    { by, values }: { by: string; values: readonly unknown[] },
    found: Found,
  ): Promise<void> {
    if (values.length < 2 || new Set(values).size > 1) return;
    const query = `$select=${keyName(set)}&${page}&$orderby=${by}`;
    const [up, down] = [await rowsOf(caller, path, query), await rowsOf(caller, path, `${query} desc`)];
    if (up === undefined || down === undefined) return;
    found.probes += 1;
    const inOrder = (rows: readonly Row[]) => rows.map((row) => row[keyName(set)]).join();
    if (inOrder(up) !== inOrder(down)) found.leaks.push(`${path}?$orderby=${by} tells rows apart`);
  }

  /** Asks after what lies behind a navigation: by `$expand`, `$filter`, `any()`, `$count` and `$orderby`. */
  async function follow(
    caller: Actor,
    path: string,
    set: EntitySet,
    [by, { target, many }]: [string, Navigation],
    found: Found,
  ): Promise<void> {
    const next = play.registry.set(target);
    const query = `$select=${keyName(set)}&$expand=${by}(${selected(next)})&${page}`;
    const own = await rowsOf(caller, path, query);
    const all = await rowsOf(admin, path, query);
    if (own === undefined || all === undefined) return;
    const ends = (row: Row) => (many ? ((row[by] ?? []) as readonly Row[]) : [(row[by] ?? null) as Row | null]);
    const filters = new Set(all.flatMap((row) => ends(row).flatMap((end) => asked(next, end))).slice(0, 40));
    for (const each of filters) {
      const holds = (row: Row) => ends(row).some((end) => matches(asked(next, end), each));
      const shown = own.filter(holds);
      const hidden = all.filter(holds).length !== shown.length;
      const filter = many ? `${by}/any(x: x/${each})` : `${by}/${each}`;
      await probe(caller, path, set, { filter, shown, hidden }, found);
    }
    if (!many) {
      for (const inner of comparablePaths(next.properties)) {
        const values = own.map((row) => valueAt((row[by] ?? {}) as Row, inner));
        await order(caller, path, set, { by: `${by}/${inner}`, values }, found);
      }
      return;
    }
    for (const size of new Set(all.map((row) => ends(row).length))) {
      const shown = own.filter((row) => ends(row).length === size);
      const hidden = all.filter((row) => ends(row).length === size).length !== shown.length;
      await probe(caller, path, set, { filter: `${by}/$count eq ${size}`, shown, hidden }, found);
    }
  }

  /** Asks one question; what the answer has that the caller was not shown, or the other way round, is a leak. */
  async function probe(
    caller: Actor,
    path: string,
    set: EntitySet,
    { filter, shown, hidden }: { filter: string; shown: readonly Row[]; hidden: boolean },
    found: Found,
  ): Promise<void> {
    const query = `$filter=${encodeURIComponent(filter)}&$select=${keyName(set)}&${page}`;
    const answer = await caller.get(`${path}?${query}`);
    expect(answer.body['error']?.['code']).not.toBe('Request_UnsupportedQuery');
    if (answer.status === 400 || answer.status === 403) return;
    found.probes += 1;
    if (hidden) found.secrets += 1;
    const got = keysOf((answer.body['value'] ?? []) as unknown as readonly Row[], set);
    const due = keysOf(shown, set);
    const counted = Number((answer.body as Json)['@odata.count'] ?? got.length);
    if (got.join() !== due.join() || counted !== got.length) {
      found.leaks.push(`${path}?$filter=${filter}: ${got.length} and ${counted} counted, shown ${due.length}`);
    }
  }
});

/** What stands at a path such as `initiatedBy/user/id`; null where there is nothing. */
function valueAt(row: Row, path: string): unknown {
  return path.split('/').reduce<unknown>((value, name) => (value as Row | null)?.[name] ?? null, row);
}

function holdsWord(value: unknown, word: string): boolean {
  return String(value ?? '')
    .toLowerCase()
    .includes(word.toLowerCase());
}

/** Texts compare without regard to case, as the API does. */
function matches(filters: readonly string[], filter: string): boolean {
  return filters.some((one) => one.toLowerCase() === filter.toLowerCase());
}
