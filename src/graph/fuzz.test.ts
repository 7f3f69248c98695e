import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callerOf, contextFor, face, ids, openToy } from '../../test/toy.ts';
import type { Database } from '../platform/database.ts';
import { parseAddress } from './address.ts';
import { createGraph, type Graph } from './dispatch.ts';
import { sealed } from './page.ts';

/** Garbage in, a refusal out: nothing that can be sent makes a fault. */

let toy: Database;
let graph: Graph;

beforeAll(async () => {
  toy = await openToy('embedded');
  graph = createGraph({
    faces: [face],
    read: (caller, work) => toy.db.transaction().execute((db) => work(db, contextFor(caller))),
    noteRefusedRead: async () => undefined,
    log: { error: () => undefined },
    wallClock: () => Temporal.Instant.from('2026-01-01T00:00:00Z'),
  });
});

afterAll(() => toy.close());

async function statusOf(method: string, url: string, body?: string): Promise<number> {
  const { ada } = ids;
  const call = {
    method,
    url,
    headers: {},
    body,
    caller: callerOf(ada),
    requestId: 'r',
    baseUrl: 'https://toy.example',
  };
  return (await graph.dispatch(call)).status;
}

// Pieces that belong to the language, so that much of what is made of them parses.
const words = [
  ...[
    'displayName',
    'level',
    'id',
    'tags',
    'visits',
    'manager',
    'members',
    'name',
    'first',
    'userType',
    'notice',
    'salary',
  ],
  ...[
    'eq',
    'ne',
    'gt',
    'has',
    'in',
    'and',
    'or',
    'not',
    'any',
    'all',
    'startswith',
    'length',
    'tolower',
    'isof',
    'x',
    't',
  ],
  ...[
    '(',
    ')',
    ',',
    '/',
    ':',
    ' ',
    "'",
    "''",
    "'a'",
    '1',
    '-1e9',
    '1e400',
    'true',
    'null',
    '$count',
    '$it',
    ';',
    '=',
    '*',
  ],
  ...[
    "duration'P1D'",
    '2020-01-01',
    '2020-13-45',
    '2020-01-01T00:00:00Z',
    '9999-12-31T23:59:59-10:00',
    ids.ada,
    'desc',
  ],
  ...[
    '$filter',
    '$expand',
    '$select',
    '$levels',
    'max',
    '"',
    '\\',
    '%',
    '\u{1f600}',
    '\ud800',
    '\u0000',
    '@odata.type',
    '__proto__',
  ],
];

const phrase = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join(' '));
const tight = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join(''));
const garbage = fc.oneof(phrase, tight, fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }));
const option = fc.constantFrom(
  '$filter',
  '$orderby',
  '$select',
  '$expand',
  '$search',
  '$top',
  '$skip',
  '$skiptoken',
  '$count',
);
const set = fc.constantFrom('/users', '/groups', '/directoryObjects', `/groups/${ids.staff}/members`, '/users/$count');

const encode = (text: string) => encodeURIComponent(text.toWellFormed());

it('answers any query option with rows or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(set, option, garbage, async (path, name, text) => {
      const status = await statusOf('GET', `${path}?${name}=${encode(text)}`);
      expect([200, 400], `${path}?${name}=${text}`).toContain(status);
    }),
    { numRuns: 500 },
  );
});

it('answers any $skiptoken that looks like one with rows or a refusal', async () => {
  const value = fc.oneof(
    fc.constant(null),
    garbage,
    fc.constantFrom(
      '1',
      ids.ada,
      'true',
      '1e5',
      '2020-01-01 00:00:00+00',
      '999999 days 999999:59:59',
      '9999999999 days',
      '00:99:00',
    ),
  );
  const orders = fc.constantFrom(
    'level',
    'createdDateTime',
    'notice desc',
    'accountEnabled',
    'userType',
    'displayName',
  );
  await fc.assert(
    fc.asyncProperty(orders, value, value, async (order, first, second) => {
      const url = `/users?$orderby=${encode(order)}`;
      // Whoever knows how they are made can make them.
      const token = sealed(Buffer.from(JSON.stringify([first, second])).toString('base64url'), parseAddress(url));
      const status = await statusOf('GET', `${url}&$skiptoken=${token}`);
      expect([200, 400], JSON.stringify([order, first, second])).toContain(status);
    }),
    { numRuns: 300 },
  );
});

it('answers any path and body with a refusal at worst', async () => {
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'HEAD', 'FROB');
  const segment = fc.oneof(
    garbage,
    fc.constantFrom('users', 'groups', ids.ada, 'manager', '$ref', '$value', '$count', 'me', 'name'),
  );
  const path = fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.map(encode).join('/')}`);
  const body = fc.oneof(fc.constant(undefined), fc.json(), garbage);
  await fc.assert(
    fc.asyncProperty(method, path, body, async (verb, url, text) => {
      expect(await statusOf(verb, url, text), `${verb} ${url}`).toBeLessThan(500);
    }),
    { numRuns: 500 },
  );
});
