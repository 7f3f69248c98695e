import { type Kysely, sql } from 'kysely';
import { compileFilter } from './compile-filter.ts';
import type { EntitySet, ReadContext, Row, Sql } from './declaration.ts';
import { badRequest, notFound, notListable } from './errors.ts';
import { isAfter, keyTexts, orderBy, sortKeys } from './order.ts';
import { readToken, writeToken } from './page.ts';
import type { Expression } from './parse.ts';
import type { Resolved, Step } from './path.ts';
import type { Query } from './query.ts';
import { keyName, propertyOf, type Registry } from './registry.ts';
import { allOf, type Frame, frameOf, fromClause, keyOf, nodeOf, propertyValue, shownTo } from './scope.ts';
import { compileSearch } from './search.ts';
import { render } from './select.ts';
import { keyMatches, type Source, sourceOf, wholeSet } from './source.ts';
import { valueAt } from './value.ts';

/** A connection in the middle of the transaction that a read runs in. */
export type Database = Kysely<unknown>;

/** What a read runs with: the declarations, the transaction, and who reads. */
export interface Reading {
  readonly registry: Registry;
  readonly db: Database;
  readonly context: ReadContext;
  /** Whether enum members that Graph added later are shown as they are. */
  readonly showsLaterMembers: boolean;
}

/** One page of a list. */
export interface Page {
  readonly value: readonly unknown[];
  readonly count: number | null;
  /** The `$skiptoken` of the next page; null at the end. */
  readonly next: string | null;
}

type Narrow = (row: Row, context: ReadContext) => Sql;

/** Reads a page of the collection that a path leads to. Throws a RefusedError (404) if an entity on the way is absent. */
export async function readCollection(reading: Reading, resolved: Resolved, query: Query, size: number): Promise<Page> {
  const frame = frameOf(reading);
  const page = await readPage(reading, frame, neededSource(frame, resolved, query.filter), query, size);
  if (page.value.length === 0) await checkEmpty(reading, resolved.steps, query.filter);
  return page;
}

/** Reads a page of a whole set, narrowed by SQL. */
export async function readList(reading: Reading, set: EntitySet, narrow: Narrow, query: Query, size: number) {
  const frame = frameOf(reading);
  return readPage(reading, frame, narrowed(frame, set, narrow), query, size);
}

function narrowed(frame: Frame, set: EntitySet, narrow: Narrow): Source {
  const { node, where } = wholeSet(frame, set);
  return { node, where: [...where, sql`(${narrow(node.row, frame.context)})`] };
}

async function readPage(reading: Reading, frame: Frame, source: Source, query: Query, size: number): Promise<Page> {
  const { node } = source;
  const where = [...source.where, ...conditionsOf(frame, source, query)];
  const keys = sortKeys(frame, node, query.orderby);
  const token = query.skiptoken === null ? null : readToken(query.skiptoken, keys);
  const after = token === null ? [] : [isAfter(keys, token)];
  // The rows of the page come first, and what is written of them then: never of all rows of the list.
  const alias = sql.id(node.alias);
  const rowsOfPage = sql`select ${alias}.* from ${fromClause(frame, node)} where ${allOf([...where, ...after])}
    order by ${orderBy(keys)} limit ${sql.lit(size + 1)} offset ${sql.lit(token === null ? query.skip : 0)}`;
  const statement = sql<{ item: unknown; token: readonly (string | null)[] }>`
    select ${render(frame, node, query)} as item, ${keyTexts(keys)} as token
    from (${rowsOfPage}) as ${alias} order by ${orderBy(keys)}`;
  const { rows } = await statement.execute(reading.db);
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  const count = query.count ? await countRows(reading, frame, source, where) : null;
  return { value: shown.map((row) => row.item), count, next: last === undefined ? null : writeToken(last.token) };
}

function conditionsOf(frame: Frame, { node }: Source, query: Query): Sql[] {
  const scope = { root: node, variables: new Map() };
  return [
    ...(query.filter ? [compileFilter(frame, scope, query.filter)] : []),
    ...(query.search ? [compileSearch(frame, node, query.search)] : []),
  ];
}

async function countRows(reading: Reading, frame: Frame, { node }: Source, where: readonly Sql[]): Promise<number> {
  const statement = sql<{ count: string }>`select count(*)::text as count from ${fromClause(frame, node)}
    where ${allOf(where)}`;
  return Number((await statement.execute(reading.db)).rows[0]?.count ?? 0);
}

/** Counts the collection that a path leads to, with `$filter` and `$search`. */
export async function countCollection(reading: Reading, resolved: Resolved, query: Query): Promise<number> {
  const frame = frameOf(reading);
  const source = neededSource(frame, resolved, query.filter);
  const where = [...source.where, ...conditionsOf(frame, source, query)];
  const count = await countRows(reading, frame, source, where);
  if (count === 0) await checkEmpty(reading, resolved.steps, query.filter);
  return count;
}

/** Counts a set narrowed by SQL, with `$filter` and `$search`. */
export async function countList(reading: Reading, set: EntitySet, narrow: Narrow, query: Query): Promise<number> {
  const frame = frameOf(reading);
  const source = narrowed(frame, set, narrow);
  return countRows(reading, frame, source, [...source.where, ...conditionsOf(frame, source, query)]);
}

/** Reads the one entity that a path leads to. Throws a RefusedError (404) if it is absent or not for the reader. */
export async function readEntity(reading: Reading, resolved: Resolved, query: Query): Promise<unknown> {
  const frame = frameOf(reading);
  const source = sourceOf(frame, resolved.steps);
  const item = await readOne(reading, frame, source, render(frame, source.node, query));
  if (item === undefined) throw absent(resolved.steps);
  return item;
}

/**
 * Reads back what an operation wrote, even where its writer may not see such a row otherwise (a request for
 * somebody else). Only the root row is exempt: what is expanded is guarded as ever. Undefined if it is not there.
 */
export async function readBack(reading: Reading, set: EntitySet, id: string, query: Query): Promise<unknown> {
  const frame = frameOf(reading);
  const node = nodeOf(frame, set);
  const where = [keyMatches(frame, node, { text: id, property: keyName(set) })];
  return readOne(reading, frame, { node, where }, render(frame, node, query));
}

/** Reads a property of the entity that a path leads to, in wire form. Throws a RefusedError (404) as `readEntity`. */
export async function readProperty(reading: Reading, resolved: Resolved, names: readonly string[]): Promise<unknown> {
  const frame = frameOf(reading);
  const source = sourceOf(frame, resolved.steps);
  const value = valueAt(frame, { root: source.node, variables: new Map() }, names);
  const row = await readOne(reading, frame, source, sql`json_build_array(${shownTo(frame, value, value.sql)})`);
  if (row === undefined) throw absent(resolved.steps);
  return (row as readonly unknown[])[0];
}

/** Reads the keys that `$ref` asks for: of all rows, in order, or of the one entity. */
export async function readKeys(reading: Reading, resolved: Resolved, query: Query, size: number): Promise<Page> {
  const frame = frameOf(reading);
  const source = sourceOf(frame, resolved.steps);
  const name = source.node.set.key ?? 'id';
  const page = await readPage(reading, frame, source, { ...query, select: [[name]], expand: [] }, size);
  if (page.value.length === 0) {
    await checkParents(reading, resolved.steps);
    if (resolved.wanted.is === 'reference') throw absent(resolved.steps);
  }
  return { ...page, value: page.value.map((row) => (row as Record<string, unknown>)[name]) };
}

async function readOne(reading: Reading, frame: Frame, source: Source, value: Sql): Promise<unknown> {
  const statement = sql<{ item: unknown }>`select ${value} as item from ${fromClause(frame, source.node)}
    where ${allOf(source.where)} order by ${keyOf(frame, source.node)} limit 1`;
  return (await statement.execute(reading.db)).rows[0]?.item;
}

/** An empty list is only right if what it hangs on is there, and if the reader has any business with it. */
async function checkEmpty(reading: Reading, steps: readonly Step[], filter: Expression | null): Promise<void> {
  await checkListable(reading, steps, filter);
  await checkParents(reading, steps);
}

/** Whoever may not list a set, may know of no row of it, and does not ask for their own is told so. */
async function checkListable(reading: Reading, steps: readonly Step[], filter: Expression | null): Promise<void> {
  const [first, ...rest] = steps;
  if (first?.is !== 'mount' || rest.some((step) => step.is !== 'cast')) return;
  const { set, path } = first.mount;
  if (set.listable === undefined || set.listable(reading.context)) return;
  if (set.ownUnasked !== undefined && lackingOf(set, filter).length > 0) return;
  const { caller } = reading.context.reader;
  if (caller.kind !== 'system' && filter !== null && isAbout(filter, caller.id, set.ownBy ?? [])) return;
  const frame = frameOf(reading);
  if ((await readOne(reading, frame, wholeSet(frame, set), sql`1`)) === undefined) throw notListable(path);
}

async function checkParents(reading: Reading, steps: readonly Step[]): Promise<void> {
  const at = steps.findLastIndex((step) => step.is === 'navigation');
  if (at < 0) return;
  const parents = steps.slice(0, at);
  const frame = frameOf(reading);
  const found = await readOne(reading, frame, sourceOf(frame, parents), sql`1`);
  if (found === undefined) throw absent(parents);
}

function absent(steps: readonly Step[]): Error {
  const key = steps.findLast((step) => step.is === 'key');
  const navigation = steps.findLast((step) => step.is === 'navigation');
  const mount = steps[0]?.is === 'mount' ? steps[0].mount : null;
  const code = mount?.set.notFound ?? navigation?.set.notFound;
  return notFound(key?.is === 'key' ? key.key.text.slice(0, 200) : (navigation?.name ?? mount?.path ?? ''), code);
}

/**
 * Where a list reads. Graph lists some sets only when a property is filtered on, so that nobody reads a whole tenant by
 * accident: without it a person gets their own where the set says so, and else a 400.
 */
function neededSource(frame: Frame, resolved: Resolved, filter: Expression | null): Source {
  const source = sourceOf(frame, resolved.steps);
  const lacking = resolved.steps.length > 1 ? [] : lackingOf(resolved.set, filter);
  if (lacking.length === 0) return source;
  const { caller } = frame.context.reader;
  const { ownUnasked, name } = resolved.set;
  const own = ownUnasked === undefined ? null : propertyOf(resolved.set, ownUnasked);
  if (own !== null && caller.kind === 'user') {
    const mine = sql`${propertyValue(frame, source.node.row, own)} = ${caller.id}::uuid`;
    return { node: source.node, where: [...source.where, mine] };
  }
  throw badRequest(`A $filter on ${lacking[0]?.join(' or ')} is required to list ${name}.`, '$filter');
}

function lackingOf(set: EntitySet, filter: Expression | null): readonly (readonly string[])[] {
  const named = filter === null ? new Set<string>() : equated(filter);
  return (set.filterNeeds ?? []).filter((group) => !group.some((property) => named.has(property.toLowerCase())));
}

/** Whether a filter holds only for what has an id in one of some properties. */
function isAbout(expression: Expression, id: string, properties: readonly string[]): boolean {
  if (expression.is === 'and') return expression.of.some((part) => isAbout(part, id, properties));
  if (expression.is === 'or') return expression.of.every((part) => isAbout(part, id, properties));
  if (expression.is !== 'compare' || expression.op !== 'eq') return false;
  const { left, right } = expression;
  const named = left.is === 'path' && properties.some((name) => name.toLowerCase() === spelled(left.segments));
  return named && right.is === 'literal' && String(right.value).toLowerCase() === id;
}

/** The properties that a filter pins down, in lower case: compared with `eq` or `in` in every way the filter can hold. */
function equated(expression: Expression): Set<string> {
  if (expression.is === 'and') return new Set(expression.of.flatMap((part) => [...equated(part)]));
  if (expression.is === 'or') return expression.of.map(equated).reduce((a, b) => a.intersection(b));
  if (expression.is === 'in' && expression.left.is === 'path') return new Set([spelled(expression.left.segments)]);
  if (expression.is !== 'compare' || expression.op !== 'eq') return new Set();
  const sides = [expression.left, expression.right].filter((side) => side.is === 'path');
  return new Set(sides.map((side) => spelled(side.segments)));
}

/** A path as it is compared with others: names may come in any letter case. */
function spelled(segments: readonly string[]): string {
  return segments.join('/').toLowerCase();
}
