import type { Refusal, RefusedError } from '../kernel/outcome.ts';
import { type ErrorContext, envelope, statusOf } from './errors.ts';

/** What goes back over the wire; `body` is undefined for none. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return { status, headers: { 'content-type': jsonType, ...headers }, body: JSON.stringify(body) };
}

export function textResponse(text: string): Response {
  return { status: 200, headers: { 'content-type': 'text/plain;charset=utf-8' }, body: text };
}

export function xmlResponse(text: string): Response {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: text };
}

export function emptyResponse(status: number): Response {
  return { status, headers: {}, body: undefined };
}

/** A refusal in Graph's envelope, with a claims challenge where another token would be let through. */
export function refusalResponse({ refusal }: RefusedError, context: ErrorContext): Response {
  return jsonResponse(statusOf[refusal.kind], envelope(refusal, context), challengeOf(refusal));
}

/** Microsoft's form of a claims challenge: the claims in base64, beside `insufficient_claims`. */
function challengeOf({ claims }: Refusal): Readonly<Record<string, string>> {
  if (claims === undefined) return {};
  return { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"` };
}

/** 405 for a path that has no such method. */
export function methodResponse(allowed: readonly string[], context: ErrorContext): Response {
  const refusal = { code: 'MethodNotAllowed', message: `This path takes ${allowed.join(', ')} only.` };
  return jsonResponse(405, envelope(refusal, context), { allow: allowed.join(', ') });
}

/** 429, for whoever asked for too much: `seconds` is when to come again. */
export function throttledResponse(seconds: number, context: ErrorContext): Response {
  const message = `Too many requests. Please retry after ${seconds} seconds, as the header Retry-After says.`;
  return jsonResponse(429, envelope({ code: 'TooManyRequests', message }, context));
}

/** An opaque 500: what went wrong is in the log, under the request's id. */
export function faultResponse(context: ErrorContext): Response {
  const message = 'An unexpected error occurred. Give the request-id when you report it.';
  return jsonResponse(500, envelope({ code: 'InternalServerError', message }, context));
}
