import type { Caller } from '../kernel/caller.ts';
import { type Refusal, RefusedError } from '../kernel/outcome.ts';
import { type Address, parseAddress, type Segment, type Version } from './address.ts';
import { advancedQuery } from './advanced.ts';
import {
  faultResponse,
  methodResponse,
  type Response,
  refusalResponse,
  throttledResponse,
  xmlResponse,
} from './answer.ts';
import { runBatch } from './batch.ts';
import { prepareSchema, readBody, readParameters } from './body.ts';
import { badRequest, type ErrorContext, MethodNotAllowed, notBuilt } from './errors.ts';
import { describeMetadata } from './metadata.ts';
import type { Match } from './operation-table.ts';
import { unsealed } from './page.ts';
import { resolvePath } from './path.ts';
import type { Engine, GraphPorts, Request } from './ports.ts';
import { appliedHeaders, type Preferences, preferencesOf } from './prefer.ts';
import { emptyQuery, parseQuery, type Query } from './query.ts';
import { createRegistry, type Registry } from './registry.ts';
import { type Asked, answerOperation, answerRead } from './respond.ts';
import { costHeaders, costOf, refusalHeaders } from './throttle.ts';

/** Microsoft Graph, as the capabilities declared it, without any transport. */
export interface Graph {
  /** Answers a request. Never throws: refusals and faults are answers too. */
  readonly dispatch: (request: Request) => Promise<Response>;
  /** Answers what needs no token, as Graph's `$metadata`; null for all that does. */
  readonly open: (request: Omit<Request, 'caller'>) => Response | null;
  /** A refusal that was found before the engine was asked (no valid token), in the same envelope. */
  readonly refuse: (request: Omit<Request, 'caller'>, refusal: Refusal) => Response;
  readonly registry: Registry;
}

/** Builds the engine. Throws an Error if the declarations do not fit together. */
export function createGraph(ports: GraphPorts): Graph {
  const registry = createRegistry(ports.faces);
  for (const face of ports.faces) {
    for (const { body, query } of face.operations) {
      for (const schema of [body, query]) if (schema !== undefined) prepareSchema(schema);
    }
  }
  const engine = { ports, registry, metadata: describedOnce(registry) };
  return {
    dispatch: (request) => answer(engine, request),
    open: (request) => {
      const response = openAnswer(engine, request);
      return response === null ? null : withIds(response, contextOf(engine, request));
    },
    refuse: (request, refusal) => {
      const context = contextOf(engine, request);
      return withIds(refusalResponse(new RefusedError(refusal), context), context);
    },
    registry,
  };
}

/** The description of each version, made when it is first asked for. */
function describedOnce(registry: Registry): Engine['metadata'] {
  const made = new Map<Version, string>();
  return (version) => {
    const text = made.get(version) ?? describeMetadata(registry, version);
    made.set(version, text);
    return text;
  };
}

function openAnswer(engine: Engine, { method, url }: Pick<Request, 'method' | 'url'>): Response | null {
  if (method !== 'GET' || !/metadata/i.test(url)) return null;
  try {
    const address = parseAddress(url);
    return isMetadata(address) ? xmlResponse(engine.metadata(address.version)) : null;
  } catch {
    return null; // Whoever comes with a token is told what is wrong with the address.
  }
}

async function answer(engine: Engine, request: Request): Promise<Response> {
  const context = contextOf(engine, request);
  return withIds(await metered(engine, request, context), context);
}

/** Counts the request against its caller's limit, if there is one. A batch costs what its requests cost. */
async function metered(engine: Engine, request: Request, context: ErrorContext): Promise<Response> {
  const units = engine.ports.throttle === undefined ? null : unitsOf(request);
  if (engine.ports.throttle === undefined || units === null) return respond(engine, request, context);
  const taken = engine.ports.throttle.take(request.caller, units);
  const response = taken.isRefused
    ? throttledResponse(taken.retryAfter, context)
    : await respond(engine, request, context);
  const more = taken.isRefused ? refusalHeaders(taken) : {};
  return { ...response, headers: { ...response.headers, ...costHeaders(units, taken), ...more } };
}

function unitsOf({ method, url }: Request): number | null {
  try {
    const address = parseAddress(url);
    return isBatch(address) ? null : costOf(method, address);
  } catch {
    return 1; // It is refused for its address, and costs that much.
  }
}

async function respond(engine: Engine, request: Request, context: ErrorContext): Promise<Response> {
  try {
    const address = parseAddress(request.url);
    if (isBatch(address)) {
      if (request.method !== 'POST') throw new MethodNotAllowed(['POST']);
      return await runBatch(request, (each) => answer(engine, each));
    }
    if (isMetadata(address)) {
      if (request.method !== 'GET') throw new MethodNotAllowed(['GET']);
      return xmlResponse(engine.metadata(address.version));
    }
    const preferences = preferencesOf(request.headers.prefer);
    return keptTo(preferences, await route(engine, { request, address, preferences }));
  } catch (error) {
    if (error instanceof RefusedError) return refusalResponse(error, context);
    if (error instanceof MethodNotAllowed) return methodResponse(error.allowed, context);
    const path = request.url.split('?', 1)[0];
    engine.ports.log.error(
      { fault: error, requestId: context.requestId, method: request.method, path },
      'Request failed',
    );
    return faultResponse(context);
  }
}

function contextOf(engine: Engine, request: Omit<Request, 'caller'>): ErrorContext {
  const { requestId } = request;
  const given = request.headers['client-request-id'];
  const clientRequestId = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : requestId;
  return { date: engine.ports.wallClock(), requestId, clientRequestId };
}

function withIds(response: Response, { requestId, clientRequestId }: ErrorContext): Response {
  const ids = { 'request-id': requestId, 'client-request-id': clientRequestId };
  return { ...response, headers: { ...response.headers, ...ids } };
}

function isBatch({ segments }: Address): boolean {
  return segments.length === 1 && segments[0]?.text.toLowerCase() === '$batch';
}

function isMetadata({ segments, version }: Address): boolean {
  return version !== 'sallyport' && segments.length === 1 && segments[0]?.text.toLowerCase() === '$metadata';
}

/** An answer that tells which preferences it kept to; one without a body has kept to none. */
function keptTo(preferences: Preferences, response: Response): Response {
  if (response.body === undefined) return response;
  return { ...response, headers: { ...response.headers, ...appliedHeaders(preferences) } };
}

async function route(engine: Engine, { request, address: asWritten, preferences }: Asked): Promise<Response> {
  const given = inPresentWords(engine, asWritten);
  const isDeclared = engine.registry.operations.methods(given.segments, given.version === 'beta').length > 0;
  const address = isDeclared ? given : { ...given, segments: withoutMe(given.segments, request.caller) };
  const asked: Asked = { request, address, preferences };
  const found = findOperation(engine, request.method, address);
  if (found !== null) {
    const query = queryOf(address);
    const { operation } = found.match;
    const body = readBody(request.body, operation.body, operation.bodyIsOptional);
    const call = {
      caller: request.caller,
      requestId: request.requestId,
      ...pick(found.match),
      query: readParameters(address.query, operation.query),
      body: body as never,
      createsIfMissing: preferences.createsIfMissing,
    };
    const outcome = await operation.run(call);
    return answerOperation(engine, asked, outcome, request.method === 'GET' ? query : shapeOnly(query), found.counts);
  }
  const methods = engine.registry.operations.methods(address.segments, address.version === 'beta');
  const unbuilt = engine.ports.knownOperation?.(request.method, address.segments) ?? null;
  const resolved = resolveOr(engine, address, methods, unbuilt);
  if (request.method !== 'GET' && unbuilt !== null) throw notBuilt(unbuilt);
  if (request.method !== 'GET') throw new MethodNotAllowed([...new Set(['GET', ...methods])]);
  const query = advancedQuery(resolved, queryOf(address), request.headers);
  return noted(engine, request, () => answerRead(engine, asked, resolved, query));
}

function inPresentWords({ registry }: Engine, address: Address): Address {
  return address.version === 'v1.0' ? { ...address, segments: registry.inPresentWords(address.segments) } : address;
}

function queryOf(address: Address): Query {
  const query = parseQuery(address.query);
  return query.skiptoken === null ? query : { ...query, skiptoken: unsealed(query.skiptoken, address) };
}

/** Notes a read that was refused to its caller, and refuses it all the same. */
async function noted(engine: Engine, request: Request, read: () => Promise<Response>): Promise<Response> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'forbidden') {
      const { caller, requestId, url } = request;
      const path = (url.split('?', 1)[0] ?? '').slice(0, 200);
      await engine.ports.noteRefusedRead({ caller, requestId, path, refusal: error.refusal });
    }
    throw error;
  }
}

function pick({ path, parameters }: Match) {
  return { path, parameters };
}

/** Of a write's query only what shapes the answer counts. */
function shapeOnly({ select, expand }: Query): Query {
  return { ...emptyQuery, select, expand };
}

/** The operation that a request means; `counts` if a function's list is asked for its `$count` only. */
function findOperation(engine: Engine, method: string, { segments, version }: Address) {
  const beta = version === 'beta';
  const match = engine.registry.operations.find(method, segments, beta);
  if (match !== null) return { match, counts: false };
  if (method !== 'GET' || segments.at(-1)?.text !== '$count') return null;
  const counted = engine.registry.operations.find('GET', segments.slice(0, -1), beta);
  return counted === null || counted.operation.method !== 'GET' ? null : { match: counted, counts: true };
}

/**
 * A path that only operations know is known all the same: the method is what is wrong then. One that Microsoft's
 * contract has and this server has not is said to be just that.
 */
function resolveOr(engine: Engine, address: Address, methods: readonly string[], unbuilt: string | null) {
  try {
    return resolvePath(engine.registry, address.segments, address.version === 'beta');
  } catch (error) {
    if (unbuilt !== null && error instanceof RefusedError) throw notBuilt(unbuilt);
    if (methods.length > 0 && error instanceof RefusedError) throw new MethodNotAllowed(methods);
    throw error;
  }
}

/** `/me` stands for `/users/{the caller's id}`, and so does Kiota's placeholder should it arrive unreplaced. */
function withoutMe(segments: readonly Segment[], caller: Caller): readonly Segment[] {
  const [first, second, ...rest] = segments;
  const token = first?.text.toLowerCase() === 'users' && second?.text === 'me-token-to-replace';
  if (first?.text.toLowerCase() !== 'me' && !token) return segments;
  if (caller.kind !== 'user') throw badRequest('/me is valid only for a signed-in user.', 'me');
  const self = [
    { text: 'users', named: null },
    { text: caller.id, named: null },
  ];
  return token ? [...self, ...rest] : [...self, ...segments.slice(1)];
}
