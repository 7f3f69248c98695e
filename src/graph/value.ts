import { sql } from 'kysely';
import type { Navigation, Property, Row, Sql } from './declaration.ts';
import { badRequest, unknownName } from './errors.ts';
import { stableTypes } from './known-types.ts';
import { parameter } from './literal.ts';
import { sqlTypes } from './properties.ts';
import { castOf, fieldOf, nameIn, navigationOf, propertyOf } from './registry.ts';
import { derivedSide, type Frame, follow, fromClause, guarded, type Node, propertyValue } from './scope.ts';

/** What a name in an expression stands for: an entity, or one element of a collection of values. */
type Place =
  | { readonly is: 'entity'; readonly node: Node }
  | { readonly is: 'property'; readonly row: Row; readonly property: Property; readonly guard: Wrap };

/** Turns SQL that is true at the end of a path into SQL at its start. */
type Wrap = (value: Sql) => Sql;

/** The way along a path: how what is said at its end is said at its start. */
interface Way {
  /** A value; null in SQL where the way leads to no row. */
  readonly value: Wrap;
  /** A condition, as an `exists` that PostgreSQL can join by; null where the way has no such form (casts). */
  readonly holds: Wrap | null;
}

/** Where an expression stands: the entity it is about, and the variables of the lambdas around it. */
export interface Scope {
  readonly root: Node;
  readonly variables: ReadonlyMap<string, Place>;
}

/** A typed value in SQL; `name` is the path by which the caller knows it. */
export interface Value {
  readonly edm: Property['edm'];
  readonly collection: boolean;
  readonly sql: Sql;
  readonly name: string;
  readonly members?: readonly string[] | undefined;
  readonly later?: readonly string[];
  readonly exact?: boolean | undefined;
  /** Whether it is null in no row, for no reader. */
  readonly neverNull?: boolean;
  /** A condition that the value equals a text, where the property declares its own. */
  readonly equals?: ((text: string) => Sql) | undefined;
  /**
   * Set where the value lies at the end of a way through other entities: the value as it is there, and what a condition
   * about it there is as one about the row here.
   */
  readonly beyond?: { readonly value: Value; readonly holds: Wrap } | undefined;
}

/** Where a lambda ranges: rows of a navigation, or elements of a collection. */
export interface Range {
  readonly from: Sql;
  readonly where: Sql;
  readonly place: Place;
  readonly wrap: Wrap;
}

interface Walk {
  readonly frame: Frame;
  readonly segments: readonly string[];
  readonly name: string;
}

/** The most steps of a path in an expression. */
const longestPath = 8;

const same: Wrap = (value) => value;
const here: Way = { value: same, holds: same };

/** The value at the end of a path. Throws a RefusedError (400, the path as target) if it leads to none. */
export function valueAt(frame: Frame, scope: Scope, segments: readonly string[]): Value {
  const name = segments.join('/');
  const walk = { frame, segments, name };
  const start = startOf(walk, scope);
  const end = walkOn(walk, start.place, start.at, here);
  if (end.place.is === 'entity') throw badRequest(`'${name}' is a navigation property: name a property of it.`, name);
  if (end.counted) return { edm: 'int32', collection: false, sql: end.way.value(end.counted), name };
  const value = standingValue(frame, end.place, name);
  const { value: wrap, holds } = end.way;
  if (end.way === here) return value;
  const { equals: _, ...rest } = value;
  return { ...rest, sql: wrap(value.sql), neverNull: false, beyond: holds === null ? undefined : { value, holds } };
}

/** The value of a property where it stands. */
function standingValue(
  frame: Frame,
  { row, property, guard }: Extract<Place, { is: 'property' }>,
  name: string,
): Value {
  const { edm, collection, members, later, exact, equals } = property;
  // A field of a complex value that some may not see is guarded, and null to them.
  const isForAll = guard === same && property.restricted === undefined;
  return {
    edm,
    collection,
    sql: guard(propertyValue(frame, row, property)),
    name,
    members,
    ...(later === undefined ? {} : { later }),
    exact,
    neverNull: isForAll && (property.neverNull ?? false),
    equals: equals && ((text) => guard(guarded(frame, row, property, equals(row, text, frame.context)))),
  };
}

/** The range that a lambda's path names: a navigation to many or a collection. Throws a RefusedError otherwise. */
export function rangeAt(frame: Frame, scope: Scope, segments: readonly string[]): Range {
  const name = segments.join('/');
  const walk = { frame, segments: segments.slice(0, -1), name };
  const last = segments.at(-1);
  if (last === undefined) throw badRequest('any() and all() need a collection before them.', '$filter');
  const start = startOf(walk, scope, segments);
  if (start.at === segments.length) return elements(frame, start.place, same, name);
  const end = walkOn(walk, start.place, start.at, here);
  if (end.place.is === 'entity') {
    const navigation = navigationOf(end.place.node.set, last);
    if (navigation?.many) {
      const { node, where } = follow(frame, end.place.node, navigation);
      return { from: fromClause(frame, node), where, place: { is: 'entity', node }, wrap: end.way.value };
    }
  }
  const next = step({ ...walk, segments }, end.place, segments.length - 1, end.way);
  return elements(frame, next.place, next.way.value, name);
}

function elements(frame: Frame, place: Place, wrap: Wrap, name: string): Range {
  if (place.is === 'entity' || !place.property.collection) throw badRequest(`'${name}' is not a collection.`, name);
  const { property, row, guard } = place;
  const array = arrayOf(guard(propertyValue(frame, row, property)));
  const alias = frame.nextAlias();
  const element: Property = {
    edm: property.edm,
    collection: false,
    sql: (each) =>
      property.edm === 'json' ? each('value') : sql`(${each('value')} #>> '{}')::${sql.raw(sqlTypes[property.edm])}`,
    ...(property.members === undefined ? {} : { members: property.members }),
    ...(property.fields === undefined ? {} : { fields: property.fields }),
  };
  const each: Row = (column) => sql.id(alias, column);
  return {
    from: sql`jsonb_array_elements(${array}) as ${sql.id(alias)}(value)`,
    where: sql`true`,
    place: { is: 'property', row: each, property: element, guard: same },
    wrap,
  };
}

/** A JSON array, empty where the value is none: what is stored must never make a query fail. */
function arrayOf(value: Sql): Sql {
  return sql`(select case when jsonb_typeof(_a.v) = 'array' then _a.v else '[]'::jsonb end from (select ${value}) as _a(v))`;
}

function startOf(walk: Walk, scope: Scope, segments = walk.segments): { place: Place; at: number } {
  if (walk.segments.length > longestPath) {
    throw badRequest(`A path has more than ${longestPath} steps: '${walk.name.slice(0, 200)}'.`, '$filter');
  }
  const variable = scope.variables.get(segments[0] ?? '');
  if (variable !== undefined) return { place: variable, at: 1 };
  return { place: { is: 'entity', node: scope.root }, at: segments[0] === '$it' ? 1 : 0 };
}

interface Step {
  readonly place: Place;
  readonly way: Way;
  /** Whether it is a shortcut, which took the segment after it too. */
  readonly isShortcut?: boolean;
  /** Set when the path ended in `$count`. */
  readonly counted?: Sql;
}

function walkOn(walk: Walk, place: Place, at: number, way: Way): Step {
  let current: Step = { place, way };
  for (let index = at; index < walk.segments.length; index++) {
    if (current.counted) throw unknown(walk, '$count');
    current = step(walk, current.place, index, current.way);
    if (current.isShortcut) index += 1;
  }
  return current;
}

function step(walk: Walk, place: Place, index: number, way: Way): Step {
  const segment = walk.segments[index] ?? '';
  if (place.is === 'entity') return entityStep(walk, place.node, index, segment, way);
  const { property, row, guard } = place;
  if (property.collection) {
    if (segment !== '$count')
      throw badRequest(`'${walk.name}' runs through a collection: use any() or all().`, walk.name);
    const array = arrayOf(guard(propertyValue(walk.frame, row, property)));
    return { place, way, counted: sql`jsonb_array_length(${array})` };
  }
  const type = complexTypeOf(property, segment);
  if (type !== null) {
    const value = propertyValue(walk.frame, row, property);
    const only: Wrap = (inner) => way.value(sql`case when ${value} ->> '@odata.type' = ${type} then ${inner} end`);
    return { place, way: { value: only, holds: null } };
  }
  const field = fieldOf(property, segment);
  if (field === null) throw unknown(walk, segment);
  return {
    place: { is: 'property', row, property: field, guard: (value) => guard(guarded(walk.frame, row, property, value)) },
    way,
  };
}

/** The `@odata.type` that a segment casts a complex value to (`microsoft.graph.singleUser`); null if it is no cast. */
function complexTypeOf({ edm, fields }: Property, segment: string): string | null {
  const name = /^(?:microsoft\.)?graph\.(\w+)$/i.exec(segment)?.[1];
  if (name === undefined || edm !== 'json' || fields === undefined) return null;
  return stableTypes.types.get(name)?.kind === 'complex' ? `#microsoft.graph.${name}` : null;
}

function entityStep(walk: Walk, node: Node, index: number, segment: string, way: Way): Step {
  const { frame } = walk;
  const property = propertyOf(node.set, segment);
  if (property !== null) return { place: { is: 'property', row: node.row, property, guard: same }, way };
  const navigation = navigationOf(node.set, segment);
  if (navigation !== null) {
    const shortcut = navigation.many ? null : shortcutOf(navigation, walk.segments[index + 1] ?? '');
    const { node: child, where } = follow(frame, node, shortcut ?? navigation);
    const from = fromClause(frame, child);
    if (!navigation.many) {
      const { holds } = way;
      const through: Way = {
        value: (value) => way.value(sql`(select ${value} from ${from} where ${where} limit 1)`),
        holds: holds && ((condition) => holds(sql`exists (select 1 from ${from} where ${where} and ${condition})`)),
      };
      return { place: { is: 'entity', node: child }, way: through, isShortcut: shortcut !== null };
    }
    if (walk.segments[index + 1] === '$count') {
      const counted = {
        edm: 'int32',
        collection: false,
        sql: () => sql`(select count(*) from ${from} where ${where})`,
      };
      return countable(counted as Property, node, way);
    }
    throw badRequest(`'${walk.name}' runs through a collection: use any() or all().`, walk.name);
  }
  const cast = castOf(frame.registry, node.set, segment);
  if (cast !== null) {
    const { node: child, read } = derivedSide(frame, node, cast.set);
    const type = node.set.typeOf?.(node.row) ?? sql`null`;
    const value: Wrap = (one) => way.value(sql`case when ${type} = ${cast.type} then ${read(one)} end`);
    return { place: { is: 'entity', node: child }, way: { value, holds: null } };
  }
  return inheritedStep(walk, node, segment, way);
}

/** The shortcut past the target of a navigation to where the next segment leads from there; null if there is none. */
function shortcutOf({ shortcuts = {} }: Navigation, next: string): Navigation | null {
  const name = nameIn(shortcuts, next);
  return name === null ? null : (shortcuts[name] ?? null);
}

/** A navigation's count, as a property whose next segment, `$count`, gives itself. */
function countable(counted: Property, node: Node, way: Way): Step {
  const fields = { $count: counted };
  const property: Property = { edm: 'json', collection: false, sql: counted.sql, fields };
  return { place: { is: 'property', row: node.row, property, guard: same }, way };
}

/** A property that only derived types have (`displayName` of a `directoryObject`): that of the row's own type. */
function inheritedStep(walk: Walk, node: Node, segment: string, way: Way): Step {
  const { frame } = walk;
  const typeOf = node.set.typeOf?.(node.row);
  const branches: Sql[] = [];
  let first: Property | null = null;
  for (const [type, set] of frame.registry.derived(node.set)) {
    const property = propertyOf(set, segment);
    if (property === null || (first !== null && property.edm !== first.edm)) continue;
    first ??= property;
    const side = derivedSide(frame, node, set);
    branches.push(sql`when ${sql.lit(type)} then ${side.read(propertyValue(frame, side.node.row, property))}`);
  }
  if (first === null || typeOf === undefined) throw unknownName(node.set.type, segment, walk.name);
  const value = sql`case ${typeOf} ${sql.join(branches, sql` `)} end`;
  const { members, exact } = first;
  const property: Property = {
    edm: first.edm,
    collection: first.collection,
    sql: () => value,
    ...(members === undefined ? {} : { members }),
    ...(exact === undefined ? {} : { exact }),
  };
  return { place: { is: 'property', row: node.row, property, guard: same }, way };
}

function unknown(walk: Walk, segment: string): Error {
  const path = walk.name === segment ? '' : ` in '${walk.name.slice(0, 200)}'`;
  return badRequest(`Could not find a property named '${segment.slice(0, 64)}'${path}.`, segment);
}

/** The condition that a value equals a text of its type, in a form that an index can serve where there is one. */
export function equalTo(value: Value, text: string): Sql {
  if (value.equals !== undefined) return sql`(${value.equals(text)})`;
  const literal = parameter(text, value.edm);
  if (value.edm === 'string' && !value.exact) return sql`lower(${value.sql}) = lower(${literal})`;
  if (value.edm === 'duration') return sql`(${value.sql})::interval = ${literal}`;
  return sql`(${value.sql}) = ${literal}`;
}
