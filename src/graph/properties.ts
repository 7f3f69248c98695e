import { sql } from 'kysely';
import type { Edm, Navigation, Property, ReadContext, Row, Sql } from './declaration.ts';

type SqlOf = (row: Row, context: ReadContext) => Sql;

/** Where a property comes from: a column's name, or SQL over the row. */
export type Source = string | SqlOf;

/** What else may be said of a property. */
export type Options = Pick<Property, 'onlyOnSelect' | 'neverNull' | 'restricted' | 'exact' | 'equals' | 'later'>;

type Fields = Readonly<Record<string, Property>>;

function from(source: Source): SqlOf {
  return typeof source === 'string' ? (row) => row(source) : source;
}

function scalar(edm: Edm, source: Source, options: Options): Property {
  return { edm, collection: false, sql: from(source), ...options };
}

/** A string. Compares without regard to case unless `exact` is set. */
export function text(source: Source, options: Options = {}): Property {
  return scalar('string', source, options);
}

/** A GUID, kept as `uuid` or as lower-case text. */
export function guid(source: Source, options: Options = {}): Property {
  return scalar('guid', source, options);
}

export function bool(source: Source, options: Options = {}): Property {
  return scalar('boolean', source, options);
}

/** A whole number. */
export function int(source: Source, options: Options = {}): Property {
  return scalar('int32', source, options);
}

/** A `timestamptz`, written on the wire in UTC at microseconds. */
export function instant(source: Source, options: Options = {}): Property {
  return scalar('dateTimeOffset', source, options);
}

/** An ISO 8601 duration, kept as the text that was sent. */
export function duration(source: Source, options: Options = {}): Property {
  return scalar('duration', source, options);
}

/** An enum whose SQL gives a member in Graph's spelling. `members` in Graph's order. */
export function enumeration(members: readonly string[], source: Source, options: Options = {}): Property {
  return { ...scalar('enum', source, options), members };
}

/**
 * A complex value kept as `jsonb`, already in wire form. `fields` name what `$filter` may look at in it
 * (`initiatedBy/user/id`); their own sources are not used: they are read from the value, so write `text('id')`.
 */
export function complex(source: Source, fields: Fields = {}, options: Options = {}): Property {
  const value = from(source);
  return { edm: 'json', collection: false, sql: value, fields: inside(value, fields), ...options };
}

/** A complex value that is put together from columns of the row; `present` false makes it null, with all in it. */
export function composed(fields: Fields, options: Options & { readonly present?: SqlOf } = {}): Property {
  const { present, ...rest } = options;
  const shown = present === undefined ? fields : onlyIf(present, fields);
  const value: SqlOf = (row, context) => {
    const object = jsonObject(Object.entries(fields).map(([name, field]) => [name, wire(field, row, context)]));
    return present === undefined ? object : sql`case when ${present(row, context)} then ${object} end`;
  };
  return { edm: 'json', collection: false, sql: value, fields: shown, ...rest };
}

/** Fields that are null unless a condition on their row holds. */
function onlyIf(condition: SqlOf, fields: Fields): Fields {
  const entries = Object.entries(fields).map(([name, field]): [string, Property] => {
    const when = (row: Row, context: ReadContext, value: Sql) =>
      sql`case when ${condition(row, context)} then ${value} end`;
    const { equals } = field;
    const gated: Property = { ...field, sql: (row, context) => when(row, context, field.sql(row, context)) };
    const nested = field.fields === undefined || field.collection ? {} : { fields: onlyIf(condition, field.fields) };
    if (equals === undefined) return [name, { ...gated, ...nested }];
    return [
      name,
      { ...gated, ...nested, equals: (row, text, context) => when(row, context, equals(row, text, context)) },
    ];
  });
  return Object.fromEntries(entries);
}

/**
 * `Collection(...)`: the SQL gives a `jsonb` array in wire form. `element` says of what: `text('')`, or
 * `complex('', {...})` with the fields that `any()` and `all()` may look at; its source is not used.
 */
export function collectionOf(element: Property, source: Source, options: Options = {}): Property {
  const value: SqlOf = (row) => row('value');
  const fields = element.fields === undefined ? {} : { fields: inside(value, element.fields) };
  const members = element.members === undefined ? {} : { members: element.members };
  return { edm: element.edm, collection: true, sql: from(source), ...fields, ...members, ...options };
}

/** A property that SQL computes; for enums use `enumeration`, which knows its members. */
export function computed(edm: Exclude<Edm, 'enum'>, source: SqlOf, options: Options = {}): Property {
  return scalar(edm, source, options);
}

/** A property of the type that is always null here; part of the contract, not of this server. */
export function absent(edm: Exclude<Edm, 'enum'>, options: Options = {}): Property {
  return scalar(edm, () => sql`null::${sql.raw(sqlTypes[edm])}`, options);
}

/** Navigation to at most one entity: an object or null. */
export function one(target: string, on: Navigation['on']): Navigation {
  return { many: false, target, on };
}

/** Navigation to many entities: an array. */
export function many(target: string, on: Navigation['on']): Navigation {
  return { many: true, target, on };
}

/** Navigation to many entities whose keys a subquery of one column gives. */
export function manyOf(target: string, targetKeys: NonNullable<Navigation['targetKeys']>): Navigation {
  const on: Navigation['on'] = (parent, child, context) => sql`${child('id')} in ${targetKeys(parent, context)}`;
  return { many: true, target, targetKeys, on };
}

/** The SQL type that a value of each wire type has when it is read out of JSON text. */
export const sqlTypes: Readonly<Record<Edm, string>> = {
  string: 'text',
  enum: 'text',
  duration: 'text',
  guid: 'text',
  boolean: 'boolean',
  int32: 'numeric',
  dateTimeOffset: 'timestamptz',
  json: 'jsonb',
};

/** The SQL of a property as its wire form, to be put into JSON. */
export function wire(property: Property, row: Row, context: ReadContext): Sql {
  return wireForm(property, property.sql(row, context));
}

/** Turns a value in SQL into its wire form. Only instants differ: UTC, microseconds, `Z`. */
export function wireForm(property: Pick<Property, 'edm' | 'collection'>, value: Sql): Sql {
  if (property.edm !== 'dateTimeOffset' || property.collection) return value;
  return sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** A JSON object with its keys in the given order, however many they are (functions take 100 arguments at most). */
export function jsonObject(entries: readonly (readonly [string, Sql])[]): Sql {
  if (entries.length === 0) return sql`'{}'::json`;
  const columns = entries.map(([name, value]) => sql`${value} as ${sql.id(name)}`);
  return sql`(select row_to_json(_o) from (select ${sql.join(columns)}) as _o)`;
}

/** Fields of a JSON value, each read from it by its wire name. */
function inside(value: SqlOf, fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const read: SqlOf =
        field.edm === 'json' || field.collection
          ? (row, context) => sql`(${value(row, context)} -> ${sql.lit(name)})`
          : (row, context) => sql`(${value(row, context)} ->> ${sql.lit(name)})::${sql.raw(sqlTypes[field.edm])}`;
      const nested = field.fields === undefined || field.collection ? field.fields : inside(read, field.fields);
      return [name, { ...field, sql: read, ...(nested === undefined ? {} : { fields: nested }) }];
    }),
  );
}
