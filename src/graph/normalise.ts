import type { TSchema } from 'typebox';
import { memberOf } from './literal.ts';

/** What of a JSON Schema the normaliser looks at. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly const?: unknown;
  readonly readOnlyNames?: readonly string[];
  readonly aliases?: Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Brings a body into the form that its schema describes, as Graph takes bodies: annotations (`@odata.etag`,
 * `x@odata.type`) that are not in the schema and read-only properties are dropped, aliases are renamed, enum members
 * and `@odata.type` names get Graph's spelling. What does not fit stays as it is, for validation to name.
 */
export function normalise(value: unknown, schema: TSchema): unknown {
  return walk(value, schema as Schema);
}

function walk(value: unknown, schema: Schema): unknown {
  if (schema.anyOf) return walk(value, schema.anyOf.find((each) => accepts(each, value)) ?? {});
  if (Array.isArray(value)) return schema.items ? value.map((item) => walk(item, schema.items ?? {})) : value;
  if (typeof value === 'string') return spelled(value, schema.enum ?? []);
  if (!isObject(value)) return value;
  if (schema.oneOf && schema.discriminator) return chosen(value, schema.oneOf, schema.discriminator.propertyName);
  return schema.properties ? object(value, schema, schema.properties) : value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function accepts(schema: Schema, value: unknown): boolean {
  if (schema.type === 'null' || value === null) return schema.type === 'null' && value === null;
  if (Array.isArray(value)) return schema.type === 'array';
  if (isObject(value)) return schema.type === 'object' || schema.oneOf !== undefined;
  return schema.type === undefined || schema.type === typeof value;
}

function spelled(text: string, members: readonly unknown[]): string {
  const texts = members.filter((member) => typeof member === 'string');
  return memberOf(texts, text) ?? text;
}

/** A polymorphic value: its type name, written with or without `#` and in any case, chooses the schema. */
function chosen(value: Json, branches: readonly Schema[], tag: string): unknown {
  const given = value[tag];
  if (typeof given !== 'string') return value;
  const name = given.startsWith('#') ? given : `#${given}`;
  const branch = branches.find((each) => String(each.properties?.[tag]?.const).toLowerCase() === name.toLowerCase());
  if (branch === undefined) return { ...value, [tag]: name };
  return walk({ ...value, [tag]: branch.properties?.[tag]?.const }, branch);
}

const annotation = /@(?:odata|microsoft\.graph)\./;

function object(value: Json, schema: Schema, properties: Readonly<Record<string, Schema>>): Json {
  const entries: [string, unknown][] = [];
  for (const [given, item] of Object.entries(value)) {
    const name = renamed(given, value, schema);
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (inner !== undefined) entries.push([name, walk(typeName(name, item, inner), inner)]);
    else if (!annotation.test(name) && !schema.readOnlyNames?.includes(name)) entries.push([name, item]);
  }
  return Object.fromEntries(entries);
}

/** The property that an alias stands for, unless that is there as well: then validation refuses the alias. */
function renamed(given: string, value: Json, schema: Schema): string {
  const aliases = schema.aliases ?? {};
  const name = Object.hasOwn(aliases, given) ? aliases[given] : undefined;
  return name === undefined || Object.hasOwn(value, name) ? given : name;
}

function typeName(name: string, item: unknown, schema: Schema): unknown {
  if (name !== '@odata.type' || typeof item !== 'string' || schema.const !== undefined) return item;
  return item.startsWith('#') ? item : `#${item}`;
}
