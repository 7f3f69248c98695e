import type { TSchema } from 'typebox';
import type { EntitySet, Operation, Property } from './declaration.ts';
import { keyName, type Mount, type Registry } from './registry.ts';

/** A JSON object of the description. */
type Json = Readonly<Record<string, unknown>>;

/** What the description says of the API as a whole. */
export interface Described {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** What all paths begin with: `/sallyport`. */
  readonly root: string;
}

/** Describes an API as OpenAPI 3.1, from its declarations: what is declared is described, and nothing else. */
export function describeApi(registry: Registry, { title, version, description, root }: Described): Json {
  const sets = new Set(registry.mounts.map(({ set }) => set));
  const paths: Record<string, Record<string, Json>> = {};
  const add = (path: string, method: string, operation: Json) => {
    const place = paths[`${root}${path}`] ?? {};
    place[method] = operation;
    paths[`${root}${path}`] = place;
  };
  for (const mount of registry.mounts) for (const [path, read] of readsOf(mount)) add(path, 'get', read);
  for (const operation of registry.operations.all) {
    add(operation.path, operation.method.toLowerCase(), described(operation, registry));
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: {
        error: errorSchema,
        ...Object.fromEntries([...sets].map((set) => [schemaName(set), entitySchema(set)])),
      },
    },
  };
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        target: { type: 'string' },
        innerError: { type: 'object' },
      },
    },
  },
};

const refused: Json = {
  description: 'Refused: `code` says why, `target` names what is at fault.',
  content: json({ $ref: '#/components/schemas/error' }),
};

const options = ['$select', '$expand'];
const listOptions = [...options, '$filter', '$orderby', '$search', '$top', '$skip', '$count'];

function readsOf({ path, set, single }: Mount): [string, Json][] {
  const entity = { $ref: `#/components/schemas/${schemaName(set)}` };
  const one = answering(`Reads ${set.says ?? set.name}.`, entity, options.map(option));
  if (single !== null) return [[path, one]];
  const list = {
    type: 'object',
    required: ['value'],
    properties: {
      '@odata.context': { type: 'string' },
      '@odata.count': { type: 'integer' },
      '@odata.nextLink': { type: 'string', format: 'uri' },
      value: { type: 'array', items: entity },
    },
  };
  const key = inPath(keyName(set));
  return [
    [path, answering(`Lists ${set.says ?? set.name}.`, list, listOptions.map(option))],
    [`${path}/{${keyName(set)}}`, { ...one, parameters: [key, ...options.map(option)] }],
  ];
}

function described(operation: Operation, registry: Registry): Json {
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => inPath(name));
  const parameters = [...names, ...parametersIn(operation.query)];
  const answer = operation.answers === undefined ? undefined : plain(operation.answers);
  const shared = answering(operation.says ?? operation.path, answer ?? mountedAt(operation, registry), parameters);
  if (operation.body === undefined) return shared;
  return { ...shared, requestBody: { required: true, content: json(plain(operation.body)) } };
}

/** The entity that is mounted where an operation writes; anything where none is. */
function mountedAt(operation: Operation, registry: Registry): Json {
  const place = operation.path.replace(/\/\{[^}]+\}$/, '');
  const mount = registry.mounts.find(({ path }) => path === place);
  return mount === undefined ? {} : { $ref: `#/components/schemas/${schemaName(mount.set)}` };
}

function answering(summary: string, schema: Json, parameters: readonly Json[]): Json {
  return {
    summary,
    parameters,
    responses: { '2XX': { description: 'Done.', content: json(schema) }, '4XX': refused },
  };
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}

function option(name: string): Json {
  return { name, in: 'query', required: false, schema: { type: 'string' } };
}

function inPath(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function parametersIn(schema: TSchema | undefined): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: Json; required?: readonly string[] };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: plain(one as TSchema),
  }));
}

function schemaName({ type }: EntitySet): string {
  return type.split('.').at(-1) ?? type;
}

function entitySchema(set: EntitySet): Json {
  const entries = Object.entries(set.properties).map(([name, property]) => [name, propertySchema(property)]);
  const { says } = set;
  return {
    type: 'object',
    ...(says === undefined ? {} : { description: says }),
    properties: Object.fromEntries(entries),
    required: [keyName(set)],
  };
}

function propertySchema(property: Property): Json {
  const one = valueSchema(property);
  return property.collection ? { type: 'array', items: one } : one;
}

function valueSchema({ edm, members, fields }: Property): Json {
  switch (edm) {
    case 'boolean':
      return { type: ['boolean', 'null'] };
    case 'int32':
      return { type: ['integer', 'null'] };
    case 'dateTimeOffset':
      return { type: ['string', 'null'], format: 'date-time' };
    case 'guid':
      return { type: ['string', 'null'], format: 'uuid' };
    case 'enum':
      return { enum: [...(members ?? []), null] };
    case 'duration':
    case 'string':
      return { type: ['string', 'null'] };
    case 'json':
      return {
        type: ['object', 'array', 'null'],
        properties: Object.fromEntries(
          Object.entries(fields ?? {}).map(([name, field]) => [name, propertySchema(field)]),
        ),
      };
    default:
      return edm satisfies never;
  }
}

const formats: Readonly<Record<string, string>> = { instant: 'date-time', guid: 'uuid', reference: 'uri-reference' };
const own = ['readOnlyNames', 'welcomeNames', 'aliases', 'takesTexts', 'discriminator'];

/** A schema without what only this engine understands. */
function plain(schema: TSchema): Json {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => {
      if (own.includes(key)) return undefined;
      return key === 'format' && typeof value === 'string' ? (formats[value] ?? value) : value;
    }),
  );
}
