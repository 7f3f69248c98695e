import { alwaysNamed, betaProperty, stableName } from './beyond.ts';
import {
  type Json,
  type Primitive,
  type PropertyShape,
  type Shape,
  type TypeReference,
  typeReference,
} from './shapes.ts';

/** What is found on one walk through a body. */
interface Check {
  readonly problems: string[];
  readonly version: GraphVersion;
}

export type GraphVersion = 'v1.0' | 'beta';

type JsonObject = Readonly<Record<string, unknown>>;

/** Annotations that stand for themselves, and those that follow a property's name (`members@odata.count`). */
const ownAnnotations =
  /^@(odata\.(context|count|nextLink|deltaLink|id|type|etag|editLink|readLink)|microsoft\.graph\.\w+)$/;
const propertyAnnotations = /^(\w+)@odata\.(bind|context|count|nextLink|type|navigationLink|associationLink)$/;

/**
 * What is wrong with a response body by Microsoft's contract, each with the path to it; empty if nothing is.
 *
 * `typeName` is Graph's name of the type without namespace (`accessPackage`, `unifiedRoleAssignment`); for an error
 * body it is `oDataError`. A body with a `value` array is a collection of the type. A body may have fewer properties
 * than the type (`$select`), never others; what only `/beta` has is an error in v1.0. Throws if Microsoft knows no such type, which is a mistake in the test.
 */
export function validateBody(typeName: string, body: unknown, version: GraphVersion = 'v1.0'): string[] {
  const type = typeReference(version === 'beta' ? stableName(typeName) : typeName);
  if (type === null) throw new Error(`Microsoft's contract has no type ${typeName}`);
  const check: Check = { problems: [], version };
  if (isObject(body) && Array.isArray(body.value) && !type.declared.properties.has('value')) {
    checkEnvelope(body, type, check);
  } else {
    checkObject(body, type, typeName, check);
  }
  return check.problems;
}

function checkEnvelope(body: JsonObject, type: TypeReference, check: Check): void {
  for (const [name, value] of Object.entries(body)) {
    if (name === 'value') checkItems(value, { json: { is: 'object', type }, collection: true }, 'value', check);
    else if (name === '@odata.count') checkPrimitive(value, 'number', name, check);
    else if (ownAnnotations.test(name)) checkPrimitive(value, 'string', name, check);
    else check.problems.push(`${name}: not part of a collection`);
  }
}

function checkObject(value: unknown, type: TypeReference, path: string, check: Check): void {
  if (!isObject(value)) {
    check.problems.push(`${path}: ${describe(value)} instead of a ${type.declared.name}`);
    return;
  }
  const shape = actualShape(value, type, path, check);
  if (shape === null) return;
  for (const [name, inner] of Object.entries(value)) checkMember(name, inner, shape, `${path}.${name}`, check);
}

/** The type that the value is of, by its discriminator; null, with the problem noted, if that leads nowhere. */
function actualShape(value: JsonObject, type: TypeReference, path: string, check: Check): Shape | null {
  const discriminator = value['@odata.type'];
  if (discriminator === undefined) {
    if (!alwaysNamed.has(type.declared.name)) return type.declared;
    check.problems.push(`${path}: a ${type.declared.name} without @odata.type`);
    return null;
  }
  const shape = typeof discriminator === 'string' ? type.named(discriminator) : null;
  if (shape === null)
    check.problems.push(`${path}.@odata.type: ${describe(discriminator)} is no ${type.declared.name}`);
  return shape;
}

function checkMember(name: string, value: unknown, shape: Shape, path: string, check: Check): void {
  if (ownAnnotations.test(name)) return;
  const annotated = propertyAnnotations.exec(name)?.[1];
  const property = propertyOf(shape, annotated ?? name, check.version);
  if (property === undefined) check.problems.push(`${path}: ${shape.name} has no such property`);
  else if (annotated === undefined) checkProperty(value, property, path, check);
}

function propertyOf(shape: Shape, name: string, version: GraphVersion): PropertyShape | undefined {
  return shape.properties.get(name) ?? (version === 'beta' ? betaProperty(shape.name, name) : undefined);
}

function checkProperty(value: unknown, property: PropertyShape, path: string, check: Check): void {
  if (property.collection) checkItems(value, property, path, check);
  else if (value !== null) checkValue(value, property.json, path, check);
}

function checkItems(value: unknown, property: PropertyShape, path: string, check: Check): void {
  if (!Array.isArray(value)) check.problems.push(`${path}: ${describe(value)} instead of a collection`);
  else for (const [at, item] of value.entries()) checkValue(item, property.json, `${path}[${at}]`, check);
}

function checkValue(value: unknown, json: Json, path: string, check: Check): void {
  if (json.is === 'object') checkObject(value, json.type, path, check);
  else if (json.is === 'enum') checkEnum(value, json.members, path, check);
  else checkPrimitive(value, json.is, path, check);
}

function checkEnum(value: unknown, members: readonly string[], path: string, check: Check): void {
  // A value of a flags enum is its members with commas between them.
  const given = typeof value === 'string' ? value.split(',') : [];
  if (given.length > 0 && given.every((one) => members.includes(one))) return;
  check.problems.push(`${path}: ${describe(value)} is none of ${members.join(', ')}`);
}

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const date = /^\d{4}-\d\d-\d\d$/;
const time = /^\d\d:\d\d:\d\d(\.\d+)?$/;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$/;
const duration = /^-?P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const base64 = /^[\w+/-]*={0,2}$/;

const primitives: Record<Primitive, (value: unknown) => boolean> = {
  anything: () => true,
  boolean: (value) => typeof value === 'boolean',
  bytes: (value) => matches(value, base64),
  date: (value) => matches(value, date) && isDay(value),
  dateTime: (value) => matches(value, dateTime) && isDay(value),
  duration: (value) => matches(value, duration),
  guid: (value) => matches(value, guid),
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  time: (value) => matches(value, time),
};

function checkPrimitive(value: unknown, is: Primitive, path: string, check: Check): void {
  if (!primitives[is](value)) check.problems.push(`${path}: ${describe(value)} is no ${is}`);
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isDay(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 80);
}
