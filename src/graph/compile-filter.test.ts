import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../test/postgres.ts';
import { callerOf, contextFor, face, ids, openToy } from '../../test/toy.ts';
import type { Database } from '../platform/database.ts';
import { compileFilter } from './compile-filter.ts';
import { parseOption } from './parse.ts';
import { createRegistry } from './registry.ts';
import { allOf, frameOf, fromClause } from './scope.ts';
import { wholeSet } from './source.ts';

/** Compares the compiler with a reading of OData that fits on a page: `$filter` over plain objects. */

interface Person {
  readonly id: string;
  readonly displayName: string | null;
  readonly level: number | null;
  readonly accountEnabled: boolean | null;
  readonly createdDateTime: string | null;
  readonly userType: string | null;
  readonly tags: readonly string[];
  readonly manager: Person | null;
}

interface Condition {
  readonly text: string;
  readonly holds: (person: Person) => boolean;
}

const people: Person[] = [];
const names = [null, 'Ada', 'ada', "O'Neil", '', 'a%b_c\\'];
const levels = [null, -1, 0, 2, 2147483647];
const instants = [null, '2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000001Z', '2024-02-29T23:59:59.999999Z'];
const kinds = [null, 'member', 'guest'];
const tagLists = [[], ['red'], ['red', 'blue'], ["it's"]];

const registry = createRegistry([face]);

for (let index = 0; index < 30; index++) people.push(personAt(index));

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T;
}

function personAt(index: number): Person {
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    displayName: pick(names, index),
    level: pick(levels, index * 3 + 1),
    accountEnabled: pick([null, true, false], index),
    createdDateTime: pick(instants, index * 5 + 2),
    userType: pick(kinds, index + Math.floor(index / 7)),
    tags: pick(tagLists, index * 7 + 3),
    manager: index % 4 === 0 ? null : (people[Math.floor(index / 2)] ?? null),
  };
}

async function insert(toy: Database, person: Person): Promise<void> {
  await sql`insert into people (id, name, upn, level, enabled, born, kind, tags, manager_id) values (${person.id},
    ${person.displayName}, ${person.id}, ${person.level}, ${person.accountEnabled}, ${person.createdDateTime}::text::timestamptz,
    ${person.userType}, ${JSON.stringify(person.tags)}::text::jsonb, ${person.manager?.id ?? null})`.execute(toy.db);
}

type Scalar = string | number | boolean | null;

interface Field {
  readonly path: string;
  readonly get: (person: Person) => Scalar;
  readonly literals: readonly (readonly [string, Scalar])[];
  readonly ordered: boolean;
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
const micros = (text: string) => String(Temporal.Instant.from(text).epochNanoseconds).padStart(24, '0');

const fields: readonly Field[] = [
  {
    path: 'displayName',
    get: (person) => person.displayName?.toLowerCase() ?? null,
    literals: [...names, 'ADA', 'b'].map((name) =>
      name === null ? ['null', null] : [quote(name), name.toLowerCase()],
    ),
    ordered: false,
  },
  {
    path: 'manager/displayName',
    get: (person) => person.manager?.displayName?.toLowerCase() ?? null,
    literals: [
      ["'Ada'", 'ada'],
      ['null', null],
    ],
    ordered: false,
  },
  {
    path: 'level',
    get: (person) => person.level,
    literals: [...levels, 1.5, 9999999999].map((level) => [String(level), level]),
    ordered: true,
  },
  {
    path: 'accountEnabled',
    get: (person) => person.accountEnabled,
    literals: [
      ['true', true],
      ['false', false],
      ['null', null],
    ],
    ordered: false,
  },
  {
    path: 'createdDateTime',
    get: (person) => (person.createdDateTime === null ? null : micros(person.createdDateTime)),
    literals: [...instants, '2020-01-01T01:00:00+01:00'].map((at) => (at === null ? ['null', null] : [at, micros(at)])),
    ordered: true,
  },
  {
    path: 'userType',
    get: (person) => person.userType,
    literals: [
      ["'GUEST'", 'guest'],
      ["'member'", 'member'],
      ['null', null],
    ],
    ordered: false,
  },
];

function compares(op: string, a: Scalar, b: Scalar): boolean {
  if (op === 'eq') return a === b;
  if (op === 'ne') return a !== b;
  if (a === null || b === null) return false;
  return op === 'gt' ? a > b : op === 'ge' ? a >= b : op === 'lt' ? a < b : a <= b;
}

const mirror: Readonly<Record<string, string>> = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' };

const comparison: fc.Arbitrary<Condition> = fc.constantFrom(...fields).chain((field) =>
  fc
    .tuple(
      fc.constantFrom(...(field.ordered ? ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] : ['eq', 'ne'])),
      fc.constantFrom(...field.literals),
      fc.boolean(),
    )
    .map(([op, [text, value], swap]) => ({
      text: swap ? `${text} ${mirror[op]} ${field.path}` : `${field.path} ${op} ${text}`,
      holds: (person: Person) => compares(op, field.get(person), value),
    })),
);

const membership: fc.Arbitrary<Condition> = fc.constantFrom(...fields).chain((field) =>
  fc.array(fc.constantFrom(...field.literals), { minLength: 1, maxLength: 3 }).map((list) => ({
    text: `${field.path} in (${list.map(([text]) => text).join(', ')})`,
    holds: (person: Person) => list.some(([, value]) => field.get(person) === value),
  })),
);

const pieces = ['a', 'A', '%', '_', "'", '\\', ''];

const textFunction: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom('startswith', 'endswith', 'contains'), fc.constantFrom(...pieces))
  .map(([name, piece]) => ({
    text: `${name}(displayName, ${quote(piece)})`,
    holds: ({ displayName }: Person) => {
      const [text, wanted] = [displayName?.toLowerCase(), piece.toLowerCase()];
      if (text === undefined) return false;
      if (name === 'contains') return text.includes(wanted);
      return name === 'startswith' ? text.startsWith(wanted) : text.endsWith(wanted);
    },
  }));

const lambda: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom('any', 'all'), fc.constantFrom('eq', 'ne'), fc.constantFrom('red', 'BLUE', "it's"))
  .map(([kind, op, tag]) => ({
    text: `tags/${kind}(t: t ${op} ${quote(tag)})`,
    holds: ({ tags }: Person) => {
      const matches = (each: string) => compares(op, each.toLowerCase(), tag.toLowerCase());
      return kind === 'any' ? tags.some(matches) : tags.every(matches);
    },
  }));

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    membership,
    textFunction,
    lambda,
    fc.tuple(tie('condition'), tie('condition'), fc.boolean()).map(([a, b, both]) => ({
      text: `(${a.text} ${both ? 'and' : 'or'} ${b.text})`,
      holds: (person: Person) => (both ? a.holds(person) && b.holds(person) : a.holds(person) || b.holds(person)),
    })),
    tie('condition').map((of) => ({
      text: `not (${of.text})`,
      holds: (person: Person) => !of.holds(person),
    })),
  ),
}));

async function selected(toy: Database, text: string): Promise<readonly string[]> {
  const frame = frameOf({ registry, context: contextFor(callerOf(ids.ada)), showsLaterMembers: false });
  const { node, where } = wholeSet(frame, registry.set('users'));
  const scope = { root: node, variables: new Map() };
  const filter = compileFilter(frame, scope, parseOption('Filter', text, '$filter'));
  const query = sql<{
    id: string;
  }>`select id from ${fromClause(frame, node)} where ${allOf([...where, filter])} order by id`;
  return (await query.execute(toy.db)).rows.map((row) => row.id);
}

describe.each(databaseKinds)('on %s', (kind) => {
  let toy: Database;

  beforeAll(async () => {
    toy = await openToy(kind);
    await sql`delete from people`.execute(toy.db);
    for (const person of people) await insert(toy, person);
  });

  afterAll(() => toy.close());

  it('selects what the conditions say', async () => {
    await fc.assert(
      fc.asyncProperty(condition, async ({ text, holds }) => {
        expect(await selected(toy, text), text).toEqual(people.filter(holds).map(({ id }) => id));
      }),
    );
  });
});
