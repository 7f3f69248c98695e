import { Type } from 'typebox';
import { parseAddress, versioned } from './address.ts';
import { jsonResponse, type Response } from './answer.ts';
import { checkBody, parseJson } from './body.ts';
import { badRequest } from './errors.ts';
import type { Request } from './ports.ts';

/** The most requests that a batch may hold, as Graph has it. */
const mostRequests = 20;

const schema = Type.Object({
  requests: Type.Array(
    Type.Object({
      id: Type.String({ minLength: 1, maxLength: 64 }),
      method: Type.String({ maxLength: 10 }),
      url: Type.String({ minLength: 1 }),
      headers: Type.Optional(Type.Record(Type.String(), Type.String())),
      body: Type.Optional(Type.Unknown()),
      dependsOn: Type.Optional(Type.Array(Type.String(), { maxItems: mostRequests })),
    }),
    { minItems: 1, maxItems: mostRequests },
  ),
});

interface Item {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
}

/**
 * Runs the requests of a `$batch` one after the other, in their order, as the same caller. A request that depends
 * on a failed one is not run: 424. Throws a RefusedError (400) for a batch that is malformed as a whole.
 * Source: Graph's documentation of JSON batching.
 */
export async function runBatch(request: Request, dispatch: (each: Request) => Promise<Response>): Promise<Response> {
  const items = itemsOf(request);
  const statuses = new Map<string, number>();
  const responses = [];
  for (const item of items) {
    const failed = item.dependsOn?.some((id) => (statuses.get(sameId(id)) ?? 500) >= 400) ?? false;
    const response = failed ? dependencyFailed() : await dispatch(single(request, item));
    statuses.set(sameId(item.id), response.status);
    responses.push(rendered(item.id, response));
  }
  return jsonResponse(200, { responses });
}

/** Ids of a batch are the same in any letter case. */
function sameId(id: string): string {
  return id.toLowerCase();
}

function itemsOf(request: Request): readonly Item[] {
  const { requests } = checkBody(parseJson(request.body ?? ''), schema) as { requests: readonly Item[] };
  const seen = new Set<string>();
  for (const { id, url, dependsOn } of requests) {
    if (seen.has(sameId(id))) throw badRequest(`The batch has two requests with the id '${id}'.`, id);
    const early = dependsOn?.find((other) => !seen.has(sameId(other)));
    if (early !== undefined)
      throw badRequest(`Request '${id}' depends on '${early}', which does not come before it.`, id);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) throw badRequest(`The url of request '${id}' must be relative.`, id);
    if (/^\/?(?:(?:v1\.0|beta|sallyport)\/)?(?:\$|%24)batch/i.test(url))
      throw badRequest('A batch cannot hold a batch.', id);
    seen.add(sameId(id));
  }
  return requests;
}

/** A relative address belongs to the version of the batch, unless it names one itself. */
function single(request: Request, item: Item): Request {
  const headers = Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...request,
    method: item.method.toUpperCase(),
    url: versioned(item.url, parseAddress(request.url).version),
    headers: Object.fromEntries(headers),
    body: item.body === undefined || item.body === null ? undefined : JSON.stringify(item.body),
  };
}

function dependencyFailed(): Response {
  const error = { code: 'FailedDependency', message: 'A request that this one depends on failed.' };
  return jsonResponse(424, { error });
}

function rendered(id: string, { status, headers, body }: Response) {
  const type = Object.entries(headers).find(([name]) => name === 'content-type')?.[1] ?? '';
  const parsed = body === undefined ? undefined : type.startsWith('application/json') ? JSON.parse(body) : body;
  return { id, status, headers, ...(parsed === undefined ? {} : { body: parsed }) };
}
