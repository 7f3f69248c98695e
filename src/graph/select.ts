import { sql } from 'kysely';
import { compileFilter } from './compile-filter.ts';
import type { EntitySet, Navigation, Sql } from './declaration.ts';
import { badRequest, unknownName } from './errors.ts';
import { orderBy, sortKeys } from './order.ts';
import { jsonObject } from './properties.ts';
import { type Expansion, emptyQuery } from './query.ts';
import { navigationNameOf, navigationOf, propertyOf, type Registry } from './registry.ts';
import { allOf, derivedSide, type Frame, follow, fromClause, type Node, propertyValue, shownTo } from './scope.ts';
import { compileSearch } from './search.ts';

/** What of an entity is written: `$select` and `$expand`. */
export interface Shape {
  readonly select: readonly (readonly string[])[] | null;
  readonly expand: readonly Expansion[];
}

type Entry = readonly [string, Sql];

/**
 * The JSON of an entity: its properties in wire order, then what is expanded. A polymorphic row is written as its
 * own type. Throws a RefusedError (400) that names an unknown property or navigation.
 */
export function render(frame: Frame, node: Node, asked: Shape): Sql {
  const shape = { ...asked, expand: spread(frame.registry, node.set, asked.expand) };
  checkNames(frame.registry, node.set, shape);
  const base = renderAs(frame, node, shape, node.set.writesType ? `#${node.set.type}` : null);
  const typeOf = node.set.typeOf;
  const derived = [...frame.registry.derived(node.set)];
  if (typeOf === undefined || derived.length === 0) return base;
  const branches = derived.map(([type, set]) => {
    const side = derivedSide(frame, node, set);
    const written = node.set.writesType ? type : null;
    const json = side.read(renderAs(frame, side.node, shape, written));
    // Who may not see the entity as what it is still sees that it is there, and of which type, as in Graph.
    return sql`when ${sql.lit(type)} then coalesce(${json}, ${renderAs(frame, node, shape, written)})`;
  });
  return sql`case ${typeOf(node.row)} ${sql.join(branches, sql` `)} else ${base} end`;
}

/**
 * What `$expand` names, with every navigation of the set, and of what is derived from it, in place of `*`: those that
 * are named beside it keep their options.
 */
export function spread(registry: Registry, set: EntitySet, expand: readonly Expansion[]): readonly Expansion[] {
  if (!expand.some(isStar)) return expand;
  const named = expand.filter((expansion) => !isStar(expansion));
  const known = new Set(named.map(({ segments }) => lower(segments)));
  const all = [set, ...registry.derived(set).values()].flatMap((each) => Object.keys(each.navigation ?? {}));
  const others = [...new Set(all)].filter((name) => !known.has(name.toLowerCase()));
  return [...named, ...others.map((name) => ({ ...emptyQuery, segments: [name], ref: false, levels: 1 }))];
}

function isStar({ segments }: Expansion): boolean {
  return segments[0] === '*';
}

function renderAs(frame: Frame, node: Node, shape: Shape, type: string | null): Sql {
  const entries: Entry[] = type === null ? [] : [['@odata.type', sql`${sql.lit(type)}::text`]];
  for (const [name, property] of Object.entries(node.set.properties)) {
    if (isWritten(name, property, shape))
      entries.push([name, shownTo(frame, property, propertyValue(frame, node.row, property))]);
  }
  for (const expansion of [...inlined(node.set, shape), ...shape.expand]) {
    entries.push(...expanded(frame, node, expansion));
  }
  return jsonObject(entries);
}

/** Navigations that are written without being asked for, unless `$expand` names them itself. */
function inlined(set: EntitySet, shape: Shape): Expansion[] {
  const asked = new Set(shape.expand.map((expansion) => lower(expansion.segments)));
  const written = ([name, navigation]: readonly [string, Navigation]) =>
    (navigation.inline ?? false) !== false && !asked.has(name.toLowerCase()) && isWritten(name, {}, shape);
  return Object.entries(set.navigation ?? {})
    .filter(written)
    .map(([name, { inline }]) => {
      const select = inline === 'keys' ? [['id']] : null;
      return { ...emptyQuery, select, segments: [name], ref: false, levels: 1 };
    });
}

function isWritten(
  name: string,
  property: { readonly onlyOnSelect?: boolean | undefined },
  { select }: Shape,
): boolean {
  if (select === null) return !property.onlyOnSelect;
  return select.some((path) => lower(path) === name.toLowerCase() || (path[0] === '*' && !property.onlyOnSelect));
}

/** The property that a path of `$select` begins with; a type cast before it is skipped. */
function selected(path: readonly string[]): string {
  return (path[0]?.includes('.') ? path[1] : path[0]) ?? '';
}

function lower(path: readonly string[]): string {
  return selected(path).toLowerCase();
}

function checkNames(registry: Registry, set: EntitySet, shape: Shape): void {
  const sets = [set, ...registry.derived(set).values()];
  for (const path of shape.select ?? []) {
    const name = selected(path);
    if (name === '*' || sets.some((each) => propertyOf(each, name) ?? navigationOf(each, name))) continue;
    throw unknownName(set.type, name);
  }
  const seen = new Set<string>();
  for (const { segments, ref } of shape.expand) {
    const name = selected(segments);
    const navigation = sets.map((each) => navigationNameOf(each, name)).find((one) => one !== null) ?? null;
    if (navigation === null) {
      throw unknownName(set.type, name);
    }
    if (seen.has(navigation)) throw badRequest(`'${name}' is expanded twice.`, name);
    if (ref) throw badRequest(`'${name}/$ref' cannot be expanded: expand '${name}'.`, name);
    seen.add(navigation);
  }
}

function expanded(frame: Frame, parent: Node, given: Expansion): Entry[] {
  const name = navigationNameOf(parent.set, selected(given.segments));
  const navigation = name === null ? null : navigationOf(parent.set, name);
  if (name === null || navigation === null) return [];
  const expansion = inner(given);
  const { node, where } = follow(frame, parent, navigation);
  if (!navigation.many) {
    const shape = { select: expansion.select, expand: [...expansion.expand, ...deeper(expansion, parent, node)] };
    const json = render(frame, node, shape);
    return [[name, sql`(select ${json} from ${fromClause(frame, node)} where ${where} limit 1)`]];
  }
  if (expansion.levels > 1) throw badRequest(`$levels cannot follow '${name}', which leads to many.`, '$levels');
  return toMany(frame, node, where, expansion, name);
}

/** `$expand=a/b` as `$expand=a($expand=b)`. */
function inner(given: Expansion): Expansion {
  const cast = given.segments[0]?.includes('.') ? 1 : 0;
  const rest = given.segments.slice(cast + 1);
  if (rest.length === 0) return given;
  return {
    ...emptyQuery,
    segments: given.segments.slice(0, cast + 1),
    ref: false,
    levels: 1,
    expand: [{ ...given, segments: rest }],
  };
}

/** With `$levels`, the same expansion once more, one level less. */
function deeper(expansion: Expansion, parent: Node, child: Node): readonly Expansion[] {
  if (expansion.levels <= 1) return [];
  if (child.set !== parent.set && navigationOf(child.set, selected(expansion.segments)) === null) {
    throw badRequest(`$levels cannot follow '${selected(expansion.segments)}', which does not lead on.`, '$levels');
  }
  return [{ ...expansion, levels: expansion.levels - 1 }];
}

function toMany(frame: Frame, node: Node, where: Sql, expansion: Expansion, name: string): Entry[] {
  const conditions = [where];
  const scope = { root: node, variables: new Map() };
  if (expansion.filter) conditions.push(compileFilter(frame, scope, expansion.filter));
  if (expansion.search) conditions.push(compileSearch(frame, node, expansion.search));
  const from = fromClause(frame, node);
  const rows = sql`select ${render(frame, node, expansion)} as _item from ${from} where ${allOf(conditions)}
    order by ${orderBy(sortKeys(frame, node, expansion.orderby))}
    ${expansion.top === null ? sql`` : sql`limit ${sql.lit(expansion.top)}`} offset ${sql.lit(expansion.skip)}`;
  const entries: Entry[] = [[name, sql`(select coalesce(json_agg(_l._item), '[]'::json) from (${rows}) as _l)`]];
  if (!expansion.count) return entries;
  return [[`${name}@odata.count`, sql`(select count(*) from ${from} where ${allOf(conditions)})`], ...entries];
}
