import type { TSchema } from 'typebox';
import { memberOf } from './literal.ts';
import { referencedId } from './reference.ts';

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
  readonly takesTexts?: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Brings a body into the form that its schema describes, as Graph takes bodies: annotations (`@odata.etag`,
 * `x@odata.type`) that are not in the schema and read-only properties are dropped, aliases are renamed, bindings become
 * the ids that they hold, enum members and `@odata.type` names get Graph's spelling. What does not fit stays as it is,
 * for validation to name.
 */
export function normalise(value: unknown, schema: TSchema): unknown {
  return walk(value, schema as Schema, false);
}

/** `takesTexts` says whether truths and numbers may come as texts here. */
function walk(value: unknown, schema: Schema, takesTexts: boolean): unknown {
  if (takesTexts && typeof value === 'string') return spelled(meant(value, schema), schema);
  if (schema.anyOf) return walk(value, schema.anyOf.find((each) => accepts(each, value)) ?? {}, takesTexts);
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => walk(item, items, takesTexts));
  }
  if (!isObject(value)) return spelled(value, schema);
  if (schema.oneOf && schema.discriminator) {
    return chosen(value, schema.oneOf, schema.discriminator.propertyName, takesTexts);
  }
  return schema.properties ? object(value, schema, schema.properties, takesTexts) : value;
}

/** What a text stands for where a truth or a whole number is wanted; itself where none is. */
function meant(text: string, schema: Schema): unknown {
  const types = (schema.anyOf ?? [schema]).map(({ type }) => type);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return types.includes('integer') && /^-?\d{1,9}$/.test(text) ? Number(text) : text;
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

/** An enum member in Graph's spelling; everything else as it is. */
function spelled(value: unknown, schema: Schema): unknown {
  if (typeof value !== 'string') return value;
  const members = (schema.anyOf ?? [schema]).flatMap((one) => one.enum ?? []).filter((one) => typeof one === 'string');
  return memberOf(members, value) ?? value;
}

/** A polymorphic value: its type name, written with or without `#` and in any case, chooses the schema. */
function chosen(value: Json, branches: readonly Schema[], tag: string, takesTexts: boolean): unknown {
  const given = value[tag];
  if (typeof given !== 'string') return value;
  const name = given.startsWith('#') ? given : `#${given}`;
  const branch = branches.find((each) => String(each.properties?.[tag]?.const).toLowerCase() === name.toLowerCase());
  if (branch === undefined) return { ...value, [tag]: name };
  return walk({ ...value, [tag]: branch.properties?.[tag]?.const }, branch, takesTexts);
}

const annotation = /@(?:odata|microsoft\.graph)\./;

function object(value: Json, schema: Schema, properties: Readonly<Record<string, Schema>>, takesTexts: boolean): Json {
  const entries: [string, unknown][] = [];
  const below = takesTexts || schema.takesTexts === true;
  for (const [given, item] of Object.entries(value)) {
    const name = renamed(given, value, schema);
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const bound = inner === undefined ? boundTo(name, item, properties) : null;
    if (bound !== null) entries.push(bound);
    else if (inner !== undefined) entries.push([name, walk(typeName(name, item, inner), inner, below)]);
    else if (!annotation.test(name) && !schema.readOnlyNames?.includes(name)) entries.push([name, item]);
  }
  return Object.fromEntries(entries);
}

const binding = '@odata.bind';

/** `catalog@odata.bind` with an address is `catalog` with the id in it, wherever a thing is named by its id. */
function boundTo(name: string, item: unknown, properties: Readonly<Record<string, Schema>>): [string, Json] | null {
  const property = name.endsWith(binding) ? name.slice(0, -binding.length) : '';
  const schema = Object.hasOwn(properties, property) ? properties[property] : undefined;
  const isNamedById = (schema?.anyOf ?? [schema]).some((one) => one?.properties?.['id'] !== undefined);
  return typeof item === 'string' && isNamedById ? [property, { id: referencedId(item) ?? item }] : null;
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
