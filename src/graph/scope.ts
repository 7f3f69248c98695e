import { sql } from 'kysely';
import type { EntitySet, Navigation, Property, ReadContext, Row, Sql } from './declaration.ts';
import { badRequest } from './errors.ts';
import { wireForm } from './properties.ts';
import { keyName, type Registry } from './registry.ts';

/** One statement under construction: what it reads by, and a source of names that no two nodes share. */
export interface Frame {
  readonly registry: Registry;
  readonly context: ReadContext;
  /** Whether enum members that Graph added later are shown as they are. */
  readonly showsLaterMembers: boolean;
  readonly nextAlias: () => string;
}

/** One entity set in a statement, under an alias of its own. */
export interface Node {
  readonly set: EntitySet;
  readonly alias: string;
  readonly row: Row;
}

/** The most entity sets that one statement may touch, so that nobody asks the database for the impossible. */
const mostNodes = 300;

export function frameOf({ registry, context, showsLaterMembers }: Omit<Frame, 'nextAlias'>): Frame {
  let used = 0;
  return {
    registry,
    context,
    showsLaterMembers,
    nextAlias: () => {
      if (used >= mostNodes) throw badRequest('The query is too complex: filter, sort or expand by less.');
      return `t${used++}`;
    },
  };
}

export function rowOf(alias: string): Row {
  return (column) => sql.id(alias, column);
}

export function nodeOf(frame: Frame, set: EntitySet): Node {
  const alias = frame.nextAlias();
  return { set, alias, row: rowOf(alias) };
}

/** `table as alias`, for a FROM clause. */
export function fromClause(frame: Frame, node: Node): Sql {
  return sql`${node.set.from(frame.context)} as ${sql.id(node.alias)}`;
}

// INVARIANT: every node of every statement is narrowed by this, except the root of a read-back.
export function visible(frame: Frame, node: Node): Sql {
  return sql`(${node.set.visible(node.row, frame.context)})`;
}

/** The value of a property, null where the reader may not see it. Nothing else may read a property's SQL. */
export function propertyValue(frame: Frame, row: Row, property: Property): Sql {
  return guarded(frame, row, property, property.sql(row, frame.context));
}

/** A value in its wire form, as this reader's client knows it. */
export function shownTo(frame: Frame, property: Pick<Property, 'edm' | 'collection' | 'later'>, value: Sql): Sql {
  const { later = [] } = property;
  if (frame.showsLaterMembers || later.length === 0) return wireForm(property, value);
  return sql`(select case when _m.v in (${sql.join(later.map((one) => sql.lit(one)))}) then 'unknownFutureValue' else _m.v end
    from (select (${value})::text) as _m(v))`;
}

/** Any SQL about a property, null where the reader may not see the property. */
export function guarded(frame: Frame, row: Row, property: Property, value: Sql): Sql {
  if (property.restricted === undefined) return value;
  return sql`case when ${property.restricted(row, frame.context)} then ${value} end`;
}

/** The key property of a node's set. */
export function keyProperty(set: EntitySet): Property {
  const property = set.properties[keyName(set)];
  if (property === undefined) throw new Error(`${set.name} has no key.`);
  return property;
}

export function keyOf(frame: Frame, node: Node): Sql {
  return keyProperty(node.set).sql(node.row, frame.context);
}

/** Whether two nodes are the same entity, whatever SQL type their keys have. */
export function sameKey(frame: Frame, a: Node, b: Node): Sql {
  return sql`${keyOf(frame, a)} = ${keyOf(frame, b)}`;
}

/** Follows a navigation: the new node, and the condition that ties it to where it came from and to the reader. */
export function follow(frame: Frame, parent: Node, navigation: Navigation): { node: Node; where: Sql } {
  const node = nodeOf(frame, frame.registry.set(navigation.target));
  const on = navigation.on(parent.row, node.row, frame.context);
  return { node, where: sql`(${on}) and ${visible(frame, node)}` };
}

/**
 * The derived side of a polymorphic node: the same row, or one joined by key; visible in its own right.
 * `read` turns an expression over the derived node into one over the base node.
 */
export function derivedSide(frame: Frame, base: Node, set: EntitySet): { node: Node; read: (value: Sql) => Sql } {
  if (set.from === base.set.from) {
    const node = { ...base, set };
    if (set.visible === base.set.visible) return { node, read: (value) => value };
    return { node, read: (value) => sql`case when ${visible(frame, node)} then ${value} end` };
  }
  const node = nodeOf(frame, set);
  const where = sql`${sameKey(frame, node, base)} and ${visible(frame, node)}`;
  return { node, read: (value) => sql`(select ${value} from ${fromClause(frame, node)} where ${where} limit 1)` };
}

export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
