import { Ajv2020 } from 'ajv/dist/2020.js';
import { describeApi } from '../../src/graph/index.ts';
import type { Registry } from '../../src/graph/registry.ts';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content: { readonly 'application/json': { schema: object } } }>
  >;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

/** What is wrong with an answer of `/sallyport/` by the API's own description; nothing if it keeps to it. */
export function ownProblems(registry: Registry, method: string, url: string, status: number, body: unknown): string[] {
  const described = describeApi(registry, { title: '', version: '', description: '', root: '/sallyport' });
  const { paths, components } = described as unknown as Described;
  const [path = ''] = url.split('?', 1);
  // As OpenAPI has it, a path that is written out goes before one with a name in its place.
  const place = path in paths ? path : Object.keys(paths).find((template) => fits(template, path));
  const operation = place === undefined ? undefined : paths[place]?.[method.toLowerCase()];
  if (operation === undefined) {
    // Properties of what is described, counts and batches are as in Graph.
    const isPart = method === 'GET' && Object.keys(paths).some((template) => fits(template, parentOf(path)));
    return status >= 400 || isPart || path.endsWith('/$batch') ? [] : [`${method} ${path} is not described`];
  }
  if (body === null || body === undefined) return [];
  const { schema } = operation.responses[status < 400 ? '2XX' : '4XX']?.content['application/json'] ?? { schema: {} };
  const check = ajv.compile({ ...schema, components });
  if (check(withoutAnnotations(body))) return [];
  // What is not selected is left out.
  const counts = url.includes('$select=') ? ({ keyword }: { keyword: string }) => keyword !== 'required' : () => true;
  return (check.errors ?? []).filter(counts).map((one) => `${one.instancePath} ${one.message}`);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function fits(template: string, path: string): boolean {
  const parts = template.split('/');
  const given = path.split('/');
  const isName = (part: string, at: number) => part.startsWith('{') && given[at]?.startsWith('$') === false;
  return parts.length === given.length && parts.every((part, index) => isName(part, index) || part === given[index]);
}

/** An entity names its context beside its properties. */
function withoutAnnotations(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name === '@odata.nextLink' || !name.includes('@')));
}
