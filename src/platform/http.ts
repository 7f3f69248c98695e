import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { newId } from '../kernel/ids.ts';
import type { Log } from './log.ts';

/** A request, free of the web framework. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as they came, still encoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as text; undefined if there was none. */
  readonly body: string | undefined;
  readonly requestId: string;
  /** Where the client reached us: `https://localhost:8443`. */
  readonly baseUrl: string;
  /** The network address that the request came from; a proxy's where there is one. */
  readonly address: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts of `Set-Cookie` headers. */
  readonly cookies?: readonly string[];
  /** Text and bytes are sent as they are, anything else as JSON; undefined sends no body. */
  readonly body?: unknown;
  /**
   * Sent in place of a body, as fast as the client takes it; destroyed when the client goes. Who gives one ends it
   * before the server is closed, which waits for answers in flight.
   */
  readonly stream?: Readable;
}

export type HttpMethod = 'GET' | 'POST';

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** A part of the URL space: a path, or everything below it when it ends in `/*`. */
export interface HttpRoute {
  readonly path: string;
  /** The methods that are served there, such as `POST`; all without it. */
  readonly methods?: readonly HttpMethod[];
  readonly handle: HttpHandler;
}

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly httpsPort: number;
  /** The https address under which the world knows us; undefined if it does not. */
  readonly publicUrl?: string | undefined;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly log: Log;
  readonly routes: readonly HttpRoute[];
  /** Parts that bring their own framework plugin (the OpenID provider). */
  readonly plugins: readonly ((app: FastifyInstance) => Promise<void>)[];
  /** Answers instead of the route where a request is not to be let in at all. */
  readonly gate?: (request: HttpRequest) => HttpResponse | null;
  /** Whether the server can do its work: migrated, database answers. */
  readonly ready: () => Promise<boolean>;
}

export interface HttpServer {
  readonly port: number;
  readonly httpsPort: number;
  /** Takes no new requests and resolves when those in flight are answered. */
  close(): Promise<void>;
}

/**
 * What every answer says to browsers, unless its route says something else: take it for what it is called, keep it
 * nowhere, run and load nothing from it, show it in no frame, and tell nobody where it was.
 */
const guards = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const sweepMs = 50;
const bodyLimit = 1024 * 1024;
/** Who sends more than the limit is told so once all is sent, up to here: clients that still send hear no answer. */
const drainLimit = 32 * bodyLimit;

/** Listens on HTTP and HTTPS with the same routes. Rejects if a port is taken. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const strictHost = strictHostOf(options.publicUrl);
  const app = fastify({
    bodyLimit,
    genReqId: () => newId(),
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseClient,
    frameworkErrors: (fault, request, reply) => sendFault(options.log, fault, request, reply),
  });
  app.setErrorHandler((fault: Error, request, reply) => sendFault(options.log, fault, request, reply));
  app.setNotFoundHandler((request, reply) => send(reply, notFound(requestOf(request))));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id).headers(guards);
    if (request.headers.host === strictHost) reply.header('strict-transport-security', 'max-age=31536000');
    const clientId = request.headers['client-request-id'];
    if (typeof clientId === 'string' && /^[\w-]{1,64}$/.test(clientId)) reply.header('client-request-id', clientId);
    const answer = options.gate?.(requestOf(request));
    if (answer) return send(reply, answer);
  });
  addHealth(app, options.ready);
  await app.register(async (scope) => addRoutes(scope, options.routes));
  for (const plugin of options.plugins) await app.register(plugin);
  await app.listen({ host: options.host, port: options.port });
  try {
    const tls = await listenTls(app, options);
    return {
      port: portOf(app.server.address()),
      httpsPort: portOf(tls.address()),
      async close() {
        // A connection that was answering when the closing began stays open after its answer unless it is shut.
        const sweep = setInterval(() => {
          app.server.closeIdleConnections();
          tls.closeIdleConnections();
        }, sweepMs);
        await Promise.all([app.close(), closeTls(tls)]).finally(() => clearInterval(sweep));
      },
    };
  } catch (fault) {
    await app.close();
    throw fault;
  }
}

/** The host that browsers are to reach by https alone from now on. Not this machine: others of it speak plain http. */
function strictHostOf(publicUrl: string | undefined): string | null {
  if (publicUrl === undefined) return null;
  const { host, hostname } = new URL(publicUrl);
  return /^(localhost|[\d.]+|\[.*\])$/.test(hostname) ? null : host;
}

function addHealth(app: FastifyInstance, ready: () => Promise<boolean>): void {
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const isReady = await ready().catch(() => false);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready' });
  });
}

function addRoutes(scope: FastifyInstance, routes: readonly HttpRoute[]): void {
  // Bodies reach the handlers as text: what is malformed JSON is theirs to say, in their own error shape.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: Readable) => textOf(payload));
  for (const route of routes) {
    scope.route({
      method: route.methods === undefined ? scope.supportedMethods : [...route.methods],
      url: route.path,
      handler: async (request, reply) => send(reply, await route.handle(requestOf(request))),
    });
  }
}

/** A body as text, if it is not too large. What is too large is heard to its end, and kept nowhere. */
async function textOf(payload: Readable): Promise<string> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length <= bodyLimit) kept.push(chunk);
    else kept = [];
    if (length > drainLimit) break;
  }
  if (length <= bodyLimit) return Buffer.concat(kept).toString('utf8');
  throw Object.assign(new Error('The body is larger than 1 MiB. Send less at once.'), { statusCode: 413 });
}

function requestOf(request: FastifyRequest): HttpRequest {
  // Node keeps the first of two `Authorization` headers; told of both, nobody takes one for the other.
  const headers: Record<string, string | undefined> = {};
  for (const [name, values] of Object.entries(request.raw.headersDistinct)) headers[name] = values?.join(', ');
  const body = typeof request.body === 'string' && request.body !== '' ? request.body : undefined;
  return {
    method: request.method,
    url: request.raw.url ?? '/',
    headers,
    body,
    requestId: request.id,
    address: request.ip,
    baseUrl: `${request.protocol}://${request.headers.host ?? 'localhost'}`,
  };
}

function send(reply: FastifyReply, response: HttpResponse): FastifyReply {
  reply.code(response.status);
  for (const [name, value] of Object.entries(response.headers ?? {})) reply.header(name, value);
  if (response.cookies !== undefined) reply.header('set-cookie', [...response.cookies]);
  if (response.stream !== undefined) return reply.send(response.stream);
  if (response.body === undefined) return reply.send();
  if (typeof response.body === 'string' || Buffer.isBuffer(response.body)) return reply.send(response.body);
  if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(JSON.stringify(response.body));
}

/** What is said of an address that has nothing. */
export function notFound({ url, requestId }: HttpRequest): HttpResponse {
  return problem(404, 'NotFound', `There is nothing at ${url.split('?')[0]}.`, requestId);
}

function problem(status: number, code: string, message: string, requestId: string): HttpResponse {
  return { status, body: { error: { code, message, innerError: { 'request-id': requestId } } } };
}

function sendFault(log: Log, fault: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = 'statusCode' in fault && typeof fault.statusCode === 'number' ? fault.statusCode : 500;
  if (status < 500) return send(reply, problem(status, 'BadRequest', fault.message, request.id));
  log.error({ fault, requestId: request.id }, 'Request failed');
  const message = `Something went wrong on our side. Quote the request id ${request.id} when you report it.`;
  return send(reply, problem(500, 'InternalServerError', message, request.id));
}

/** Answers in the same shape what is no request that could be understood: an address of more than 16 KiB, no HTTP. */
function refuseClient(fault: Error & { readonly code?: string }, socket: Duplex): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const isTooLong = fault.code === 'HPE_HEADER_OVERFLOW';
  const status = isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const message = isTooLong
    ? 'The address with its query, or the headers, are too long. Ask for less at once: in a body, or in several requests.'
    : 'This is no HTTP request that can be understood.';
  const body = JSON.stringify(problem(400, 'BadRequest', message, newId()).body);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\nconnection: close\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function listenTls(app: FastifyInstance, options: HttpOptions): Promise<TlsServer> {
  const server = createTlsServer({ key: options.tls.key, cert: options.tls.cert }, (request, response) =>
    app.routing(request, response),
  );
  server.on('clientError', refuseClient);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.httpsPort, options.host, () => resolve(server));
  });
}

function closeTls(server: TlsServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((fault) => (fault ? reject(fault) : resolve()));
    server.closeIdleConnections();
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
