import { sql } from 'kysely';
import { isId } from '../kernel/ids.ts';
import { sortable } from './compile-filter.ts';
import type { Sql } from './declaration.ts';
import { badRequest } from './errors.ts';
import { boundedInstant, parameter } from './literal.ts';
import { type OrderTerm, parseOption } from './parse.ts';
import { keyName } from './registry.ts';
import type { Frame, Node } from './scope.ts';
import { type Value, valueAt } from './value.ts';

/** One term of an order: what is sorted by, and how. Nulls come first when ascending, last when descending. */
export interface SortKey {
  readonly value: Value;
  readonly sql: Sql;
  readonly descending: boolean;
  /** Whether it is null for some row. Where it is not, the order is that of a plain index. */
  readonly nullable: boolean;
}

/**
 * The order of a list: `$orderby`, or the set's own, with the key at the end so that no two rows are equal.
 * Throws a RefusedError (400) for what cannot be sorted by.
 */
export function sortKeys(frame: Frame, node: Node, orderby: readonly OrderTerm[]): readonly SortKey[] {
  const own = node.set.order === undefined ? [] : parseOption('OrderBy', node.set.order, '$orderby');
  const key = keyName(node.set);
  const terms = [...(orderby.length > 0 ? orderby : own), { segments: [key], descending: false }];
  const scope = { root: node, variables: new Map() };
  return terms.map(({ segments, descending }) => {
    const value = valueAt(frame, scope, segments);
    if (value.collection || value.edm === 'json')
      throw badRequest(`$orderby cannot sort by '${value.name}'.`, value.name);
    return { value, sql: sortable(value), descending, nullable: !(value.neverNull || value.name === key) };
  });
}

export function orderBy(keys: readonly SortKey[]): Sql {
  return sql.join(keys.map((key) => sql`${termOf(key)} ${key.descending ? sql`desc` : sql`asc`} ${nulls(key)}`));
}

function nulls({ nullable, descending }: SortKey): Sql {
  if (!nullable) return sql``;
  return descending ? sql`nulls last` : sql`nulls first`;
}

/** PostgreSQL refuses to sort by a bare constant, which the value of a property may be (`isValidationOnly`). */
function termOf({ sql: term, value }: SortKey): Sql {
  return value.edm === 'boolean' ? sql`(${term})::boolean` : term;
}

/** The sort keys of a row as texts, for a `$skiptoken`. */
export function keyTexts(keys: readonly SortKey[]): Sql {
  return sql`json_build_array(${sql.join(keys.map((key) => sql`(${key.sql})::text`))})`;
}

/**
 * The condition that a row comes after the one whose sort keys are given. The first key is compared on its own too, so
 * that an index is read from there on.
 */
export function isAfter(keys: readonly SortKey[], texts: readonly (string | null)[]): Sql {
  const branches = keys.map((key, index) => {
    const equal = keys.slice(0, index).map((earlier, at) => same(earlier, texts[at] ?? null));
    return sql`(${sql.join([...equal, beyond(key, texts[index] ?? null)], sql` and `)})`;
  });
  return sql`(${notBefore(keys[0], texts[0] ?? null)} and (${sql.join(branches, sql` or `)}))`;
}

function notBefore(key: SortKey | undefined, text: string | null): Sql {
  if (key === undefined || text === null || (key.descending && key.nullable)) return sql`true`;
  return sql`${key.sql} ${key.descending ? sql`<=` : sql`>=`} ${typed(key, text)}`;
}

function same(key: SortKey, text: string | null): Sql {
  return text === null ? sql`${key.sql} is null` : sql`${key.sql} = ${typed(key, text)}`;
}

function beyond(key: SortKey, text: string | null): Sql {
  if (key.descending && text === null) return sql`false`;
  if (key.descending && !key.nullable) return sql`${key.sql} < ${typed(key, text ?? '')}`;
  if (key.descending) return sql`(${key.sql} < ${typed(key, text ?? '')} or ${key.sql} is null)`;
  return text === null ? sql`${key.sql} is not null` : sql`${key.sql} > ${typed(key, text)}`;
}

function typed(key: SortKey, text: string): Sql {
  return parameter(text, key.value.edm);
}

/** PostgreSQL's text of an interval of days and below. */
const interval = /^(?:\d{1,6} days? ?)?(?:\d{1,6}:[0-5]\d:[0-5]\d(?:\.\d{1,6})?)?$/;

/** Whether a text can be a value of the sort key, so that a forged token is a 400 and never fails in SQL. */
export function fits(key: SortKey, text: string): boolean {
  switch (key.value.edm) {
    case 'guid':
      return isId(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'int32':
      return /^-?\d{1,18}(?:\.\d{1,18})?$/.test(text);
    case 'dateTimeOffset':
      return boundedInstant(text.replace(' ', 'T')) !== null;
    case 'duration':
      return text !== '' && interval.test(text);
    default:
      return !text.includes('\u0000');
  }
}
