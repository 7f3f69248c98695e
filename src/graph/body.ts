import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { isId } from '../kernel/ids.ts';
import { parseDuration } from '../kernel/time.ts';
import { badRequest } from './errors.ts';
import { boundedInstant } from './literal.ts';
import { normalise } from './normalise.ts';
import { parametersOf } from './query.ts';
import { referencedId } from './reference.ts';

/** The largest body, in bytes of UTF-8. */
export const largestBody = 1024 * 1024;

/** How deep a body's objects and arrays may nest. */
const deepest = 32;

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

const ajv = new Ajv({
  allErrors: false,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  discriminator: true,
  strict: true,
  // A type's name is required beside the alternatives, which declare it.
  strictRequired: false,
  allowUnionTypes: true,
  ownProperties: true,
  keywords: ['readOnlyNames', 'welcomeNames', 'aliases', 'takesTexts'],
  formats: {
    instant: (text) => boundedInstant(text) !== null,
    duration: (text) => parseDuration(text) !== null,
    date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && boundedInstant(`${text}T00:00:00Z`) !== null,
    guid: isId,
    reference: (text) => referencedId(text) !== null,
  },
});

const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Compiles a schema ahead of time, so that a faulty one fails at start. */
export function prepareSchema(schema: TSchema): void {
  validatorOf(schema);
}

function validatorOf(schema: TSchema): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}

/** Parses a JSON body. Throws a RefusedError (400) for what is no JSON, too large, too deep, or hostile. */
export function parseJson(text: string): unknown {
  if (Buffer.byteLength(text, 'utf8') > largestBody) throw badRequest(`The body is larger than ${largestBody} bytes.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
  inspect(value, '', 0);
  return value;
}

/**
 * Reads a request's body by the operation's schema: normalised (annotations and read-only properties dropped, enum
 * members and type names in Graph's spelling), then validated. An operation without a schema takes no body or `{}`.
 * Throws a RefusedError (400) whose target is the path of the property at fault (`a/b/0/c`).
 */
export function readBody(text: string | undefined, schema: TSchema | undefined, isOptional = false): unknown {
  const empty = text === undefined || text.trim() === '';
  if (schema === undefined) {
    const value = empty ? {} : parseJson(text);
    const isEmpty = value === null || (typeof value === 'object' && Object.keys(value).length === 0);
    if (!isEmpty) throw badRequest('This operation takes no body.');
    return undefined;
  }
  if (empty && !isOptional) throw badRequest('The operation needs a JSON body.');
  return checkBody(empty ? {} : parseJson(text), schema);
}

/**
 * Reads what a request's query says besides OData's options by the operation's schema; nothing without one.
 * Throws a RefusedError (400) that names the parameter at fault.
 */
export function readParameters(query: string, schema: TSchema | undefined): Readonly<Record<string, string>> {
  return schema === undefined ? {} : (checkBody(parametersOf(query), schema) as Readonly<Record<string, string>>);
}

/** Normalises and validates a parsed body. Throws a RefusedError (400) as `readBody` does. */
export function checkBody(body: unknown, schema: TSchema): unknown {
  const value = normalise(body, schema);
  const validate = validatorOf(schema);
  if (validate(value)) return value;
  throw refusalOf(validate.errors ?? []);
}

function inspect(value: unknown, path: string, depth: number): void {
  if (depth > deepest) throw badRequest(`The body is nested deeper than ${deepest} levels.`, path);
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed())) {
    throw badRequest(`'${path}' is not valid text.`, path);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const inner = path === '' ? key : `${path}/${key}`;
    if (forbidden.has(key) || key.includes('\u0000')) throw badRequest(`A property may not be called '${key}'.`, inner);
    inspect(item, inner, depth + 1);
  }
}

/** The fault that lies deepest in the body: with alternatives (null or an object) the others are beside the point. */
function refusalOf(errors: readonly ErrorObject[]): Error {
  const depth = (error: ErrorObject) => pathOf(error).split('/').length;
  const [worst] = errors.filter((error) => error.keyword !== 'anyOf').sort((a, b) => depth(b) - depth(a));
  if (worst === undefined) return badRequest('The body does not fit the operation.');
  const path = pathOf(worst);
  const what = path === '' ? 'The body' : `'${path}'`;
  return badRequest(`${what} ${sayings[worst.keyword]?.(worst.params) ?? worst.message}.`, path);
}

type Params = ErrorObject['params'];

const sayings: Readonly<Record<string, (params: Params) => string>> = {
  additionalProperties: () => 'is not a property that can be sent here',
  required: () => 'must be given',
  type: (params) => `must be of type ${params.type}`,
  enum: (params) => `must be one of ${(params.allowedValues as readonly unknown[]).join(', ')}`,
  format: (params) => `is not a valid ${params.format}`,
  maxLength: (params) => `is longer than ${params.limit} characters`,
  minLength: (params) => `is shorter than ${params.limit} characters`,
  maxItems: (params) => `has more than ${params.limit} items`,
  minItems: (params) => `has fewer than ${params.limit} items`,
  minimum: (params) => `is less than ${params.limit}`,
  maximum: (params) => `is more than ${params.limit}`,
  discriminator: (params) =>
    params.error === 'mapping' ? `names a type that does not fit here: '${params.tagValue}'` : 'must be a type name',
};

function pathOf(error: ErrorObject): string {
  const parts = error.instancePath.split('/').slice(1).map(pointerPart);
  const { additionalProperty, missingProperty, tag } = error.params;
  const last = additionalProperty ?? missingProperty ?? (error.keyword === 'discriminator' ? tag : undefined);
  return [...parts, ...(typeof last === 'string' ? [last] : [])].join('/');
}

function pointerPart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
