import fc from 'fast-check';
import type { EntitySet } from '../../src/graph/declaration.ts';

/** A JSON schema as far as the shapes of bodies use it. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

const durations = ['P1D', 'PT8H', 'P1W2D', '-P1D', 'P999999999D', 'P0D', 'PT0.5S', 'P1Y', 'pt1h', '', 'P'];
const instants = [
  '2030-01-01T00:00:00Z',
  '2030-02-30T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  'tomorrow',
  '0001-01-01',
];
const texts = ['', ' ', 'x', 'Grüße', '\u0000', '\ud800', 'a'.repeat(5000), "'; drop table event; --", '../..', '%00'];
const rules = ['user.department -eq "IT"', 'user.x -eq 1', '(', 'user.displayName -match "(a+)+$"', '('.repeat(300)];

/** Bodies that look like what a shape wants, with something wrong in about half of them. */
export function bodiesOf(schema: unknown, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: some(schema as Schema, ids, 0) }, { weight: 1, arbitrary: fc.jsonValue() });
}

function some(schema: Schema, ids: readonly string[], depth: number): fc.Arbitrary<unknown> {
  const spoilt = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>(...texts, ...rules, null, -1, 1e308));
  return fc.oneof({ weight: 40, arbitrary: plain(schema, ids, depth) }, { weight: 1, arbitrary: spoilt });
}

function plain(schema: Schema, ids: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => some(one, ids, depth)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, ids, depth);
    case 'array':
      return depth > 4 ? fc.constant([]) : fc.array(some(schema.items ?? {}, ids, depth + 1), { maxLength: 3 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.constantFrom(0, 1, 2, 5, -1, 2 ** 31);
    case 'string':
      return textOf(schema.format, ids);
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function textOf(format: string | undefined, ids: readonly string[]): fc.Arbitrary<string> {
  switch (format) {
    case 'guid':
      return fc.oneof(fc.constantFrom(...ids), fc.uuid());
    case 'duration':
      return fc.constantFrom(...durations);
    case 'instant':
    case 'date':
      return fc.constantFrom(...instants, '2030-01-01');
    case 'reference':
      return fc.constantFrom(...ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`), 'x');
    default:
      return fc.oneof(fc.constantFrom(...ids), fc.constantFrom(...texts, ...rules), fc.string({ maxLength: 20 }));
  }
}

function objectOf({ properties = {}, required = [] }: Schema, ids: readonly string[], depth: number) {
  const members = Object.entries(properties).map(([name, one]) => [name, some(one, ids, depth + 1)] as const);
  const unknown = fc.oneof(
    { weight: 30, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 1 }) },
  );
  return fc
    .tuple(fc.record(Object.fromEntries(members), { requiredKeys: [...required] }), unknown)
    .map(([known, more]) => ({ ...known, ...more }));
}

/** Queries over a set, in OData's words: some that mean something, many that do not. */
export function queriesOf(set: EntitySet, ids: readonly string[]): fc.Arbitrary<string> {
  const names = [...Object.keys(set.properties), ...Object.keys(set.navigation ?? {}), 'frob'];
  const name = fc.constantFrom(...names);
  const literal = fc.constantFrom("'x'", 'null', 'true', '1', '2030-01-01T00:00:00Z', ...ids.map((id) => `'${id}'`));
  const comparison = fc.tuple(name, fc.constantFrom('eq', 'ne', 'gt', 'le', 'has', 'in'), literal);
  const filter = fc.oneof(
    comparison.map((parts) => parts.join(' ')),
    fc.tuple(name, literal).map(([of, value]) => `startswith(${of},${value})`),
    fc.tuple(name, name, literal).map(([of, to, value]) => `${of}/any(x: x/${to} eq ${value})`),
    fc.tuple(name, fc.nat({ max: 3 })).map(([of, size]) => `${of}/$count gt ${size}`),
    fc.constantFrom(`${'('.repeat(200)}id eq 'x'${')'.repeat(200)}`, 'not '.repeat(200), "id eq '", ''),
  );
  const options = fc.oneof(
    fc.tuple(filter, filter).map(([a, b]) => `$filter=${encodeURIComponent(`${a} or ${b}`)}`),
    filter.map((one) => `$filter=${encodeURIComponent(one)}`),
    fc.tuple(name, name).map(([a, b]) => `$expand=${a}($expand=${b};$select=id)`),
    fc.array(name, { maxLength: 3 }).map((all) => `$select=${all.join(',')}`),
    name.map((one) => `$orderby=${one} desc`),
    fc.constantFrom(
      '$top=-1',
      '$top=5',
      '$top=1e9',
      '$skip=2',
      '$count=true',
      '$skiptoken=x',
      '$search="a"',
      '$apply=x',
    ),
  );
  // Options that go together are rare among random ones: most queries have one, many have none.
  return fc.array(options, { maxLength: 2 }).map((all) => all.join('&'));
}
