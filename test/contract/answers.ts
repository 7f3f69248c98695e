import { parseAddress } from '../../src/graph/address.ts';
import type { Registry } from '../../src/graph/index.ts';
import { type Resolved, resolvePath } from '../../src/graph/path.ts';
import { betaAlone } from './beyond.ts';
import { type GraphVersion, validateBody } from './validate.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What is wrong with an answer of the API by Microsoft's contract, whatever it answers: the type is the one that the
 * declarations give for what its `@odata.context` names. Errors are validated as such. Empty if nothing is wrong.
 */
export function answerProblems(registry: Registry, status: number, body: unknown, version: GraphVersion): string[] {
  if (status >= 400) return validateBody('oDataError', body, version);
  if (!isObject(body)) return [];
  if (Array.isArray(body['responses']))
    return body['responses'].flatMap((one) => problemsInBatch(registry, one, version));
  const context = body['@odata.context'];
  if (typeof context !== 'string') return ['no @odata.context'];
  return contextProblems(registry, context.replace(/^.*\$metadata#/, ''), body, version);
}

function problemsInBatch(registry: Registry, response: unknown, version: GraphVersion): string[] {
  const { status, body } = response as { status: number; body: unknown };
  return answerProblems(registry, status, body, version);
}

function contextProblems(registry: Registry, context: string, body: JsonObject, version: GraphVersion): string[] {
  if (/^(Collection\()?\$ref\)?$/.test(context)) return referenceProblems(body);
  const isEntity = context.endsWith('/$entity');
  // Which properties and navigations were asked for says nothing of the type; a key, unlike them, is quoted.
  const fragment = context.replace(/\/\$entity$/, '').replace(/\([\w./,*()]+\)$/, '');
  const named = /^(Collection\()?(?:microsoft\.graph|Edm)\.(\w+)\)?$/.exec(context);
  if (named !== null) {
    const [, collection, name = ''] = named;
    const isUnknown = name === 'String' || name === 'Boolean' || betaAlone.has(name);
    return isUnknown ? [] : shapeProblems(name, collection === undefined, body, version);
  }
  const resolved = resolvePath(registry, parseAddress(fragment).segments, version === 'beta');
  if (resolved.wanted.is === 'property') return propertyProblems(resolved, body, version);
  // The address of one entity by navigation has no key and yet says $entity; a mounted set says which it is.
  return shapeProblems(typeOf(resolved), isEntity, body, version);
}

function typeOf({ set }: Resolved): string {
  return set.type.replace(/^microsoft\.graph\./, '');
}

function shapeProblems(type: string, isOne: boolean, body: JsonObject, version: GraphVersion): string[] {
  const problems = validateBody(type, body, version);
  if (Array.isArray(body['value']) === isOne) problems.push(`${type}: ${isOne ? 'a collection' : 'one'} instead`);
  return problems;
}

/** A property stands alone as `value`, a complex one without it: validated in its place in the entity. */
function propertyProblems(resolved: Resolved, body: JsonObject, version: GraphVersion): string[] {
  if (resolved.wanted.is !== 'property') return [];
  const [name = '', ...deeper] = resolved.wanted.names;
  if (deeper.length > 0) return [];
  const { '@odata.context': _context, ...rest } = body;
  const { edm, collection } = resolved.wanted.property;
  const value = edm === 'json' && !collection ? rest : rest['value'];
  return validateBody(typeOf(resolved), { [name]: value }, version);
}

function referenceProblems(body: JsonObject): string[] {
  const references = Array.isArray(body['value']) ? body['value'] : [body];
  const isAddress = (one: unknown) => isObject(one) && /^https?:\/\//.test(String(one['@odata.id']));
  return references.every(isAddress) ? [] : ['$ref without @odata.id'];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
