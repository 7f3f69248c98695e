import { sql } from 'kysely';
import { isId } from '../kernel/ids.ts';
import { type Instant, isBefore, parseDuration, parseInstant } from '../kernel/time.ts';
import type { Property, Sql } from './declaration.ts';
import { badRequest } from './errors.ts';
import type { Literal } from './parse.ts';

type Typed = Pick<Property, 'edm' | 'members'>;

const earliest = Temporal.Instant.from('0001-01-01T00:00:00Z');
const latest = Temporal.Instant.from('9999-12-31T23:59:59.999999Z');

/** Parses an instant that both Graph and PostgreSQL can hold (years 1 to 9999); null for others. */
export function boundedInstant(text: string): Instant | null {
  const instant = parseInstant(text);
  return instant === null || isBefore(instant, earliest) || isBefore(latest, instant) ? null : instant;
}

/**
 * The text of a literal as the property's type has it: GUIDs in lower case, enum members in Graph's spelling,
 * instants in UTC. Throws a RefusedError (400, `name` as target) when it is of another type or none of its values.
 */
export function literalText(literal: Literal, property: Typed, name: string): string {
  const text = String(literal.value);
  const converted = convert[property.edm](literal.kind, text, property);
  if (converted === null) {
    const kind = property.edm === 'enum' ? `one of ${property.members?.join(', ')}` : wanted[property.edm];
    throw badRequest(`'${name}' cannot be compared with '${text.slice(0, 64)}': give ${kind}.`, name);
  }
  return converted;
}

const wanted: Readonly<Record<Property['edm'], string>> = {
  string: 'a text in single quotes',
  boolean: 'true or false',
  int32: 'a number',
  dateTimeOffset: 'an instant without quotes, such as 2026-01-31T08:00:00Z',
  duration: "a duration, such as duration'PT8H'",
  enum: 'a member of the enumeration',
  guid: 'a GUID',
  json: 'null',
};

type Convert = (kind: Literal['kind'], text: string, property: Typed) => string | null;

const isText = (kind: Literal['kind']) => kind === 'string' || kind === 'guid';

/** How a literal becomes a text of each type; null if it cannot. */
const convert: Readonly<Record<Property['edm'], Convert>> = {
  string: (kind, text) => (isText(kind) ? text : null),
  boolean: (kind, text) => (kind === 'boolean' ? text : null),
  int32: (kind, text) => (kind === 'number' ? number(text) : null),
  guid: (kind, text) => (isText(kind) && isId(text) ? text.toLowerCase() : null),
  dateTimeOffset: instant,
  duration: (kind, text) =>
    (kind === 'duration' || kind === 'string') && parseDuration(text) !== null ? text.toUpperCase() : null,
  enum: (kind, text, property) => (kind === 'string' ? (memberOf(property.members ?? [], text) ?? null) : null),
  json: () => null,
};

function number(text: string): string | null {
  const value = Number(text);
  return text.length <= 32 && Number.isFinite(value) && Math.abs(value) < 1e18 ? String(value) : null;
}

function instant(kind: Literal['kind'], text: string): string | null {
  if (kind !== 'instant' && kind !== 'date') return null;
  return boundedInstant(kind === 'date' ? `${text}T00:00:00Z` : text)?.toString() ?? null;
}

/** An enum member in Graph's spelling, given in any letter case. */
export function memberOf(members: readonly string[], text: string): string | undefined {
  const lower = text.toLowerCase();
  return members.find((member) => member.toLowerCase() === lower);
}

/**
 * A literal as a parameter of SQL. GUIDs and enum members go without a type, so that PostgreSQL takes the
 * column's own (`uuid` or `text`) and an index on it can serve.
 */
export function parameter(text: string, edm: Property['edm']): Sql {
  switch (edm) {
    case 'boolean':
      return text === 'true' ? sql`true` : sql`false`;
    case 'int32':
      return sql`${text}::text::numeric`;
    case 'dateTimeOffset':
      return sql`${text}::text::timestamptz`;
    case 'duration':
      return sql`${text}::text::interval`;
    case 'string':
      return sql`${text}::text`;
    default:
      return sql`${text}`;
  }
}
