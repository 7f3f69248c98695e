import { type Refusal, type RefusalKind, RefusedError } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { isKnownProperty } from './known-types.ts';

/** HTTP status of a refusal. */
export const statusOf: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  tooMany: 429,
  notImplemented: 501,
  unavailable: 503,
};

/** A refusal of a request that is not well-formed: 400 `BadRequest`. */
export function badRequest(message: string, target?: string): RefusedError {
  return new RefusedError({
    kind: 'invalid',
    code: 'BadRequest',
    message,
    ...(target === undefined ? {} : { target }),
  });
}

/** The refusal of a query of directory objects that needs something beside it. */
export function unsupportedQuery(what: string, needs: string): RefusedError {
  return new RefusedError({
    kind: 'invalid',
    code: 'Request_UnsupportedQuery',
    message: `${what} is supported for directory objects only with ${needs}: see https://learn.microsoft.com/graph/aad-advanced-queries.`,
  });
}

/** The refusal of `/$count` of directory objects to who does not take an answer that may lag. */
export function directoryCountRefused(): RefusedError {
  return new RefusedError({
    kind: 'invalid',
    code: 'Request_BadRequest',
    message: '/$count of directory objects needs the header ConsistencyLevel: eventual.',
    target: '$count',
  });
}

/** The refusal of a path that names nothing: 400, as Graph answers. */
export function unknownSegment(segment: string): RefusedError {
  return badRequest(`Resource not found for the segment '${segment}'.`, segment);
}

/** The refusal for a key that is not there, or not for this caller. */
export function notFound(key: string, code = 'Request_ResourceNotFound'): RefusedError {
  return new RefusedError({
    kind: 'absent',
    code,
    message: `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
  });
}

/** The refusal of a list to whom it is none of their business. */
export function notListable(path: string): RefusedError {
  return new RefusedError({
    kind: 'forbidden',
    code: 'Authorization_RequestDenied',
    message: `Insufficient privileges to list ${path}. It needs a directory role that is active now or a permission.`,
  });
}

/** The refusal of an operation that Microsoft's contract has and this server has not. */
export function notBuilt(operation: string): RefusedError {
  return new RefusedError({
    kind: 'notImplemented',
    code: 'NotImplemented',
    message: `${operation} is an operation of Microsoft Graph that this server does not have.`,
  });
}

/** The refusal of a name that this server does not know: 501 if Graph has such a property or navigation, else 400. */
export function unknownName(type: string, name: string, path = name): RefusedError {
  const shown = name.slice(0, 64);
  if (!isKnownProperty(type, name)) {
    const where = path === name ? ` on type '${type}'` : ` in '${path.slice(0, 200)}'`;
    return badRequest(`Could not find a property named '${shown}'${where}.`, name);
  }
  const message = `'${shown}' is a property of ${type} that this server does not have.`;
  return new RefusedError({ kind: 'notImplemented', code: 'NotImplemented', message, target: name });
}

/** Thrown for a path that exists, but not with this method. */
export class MethodNotAllowed extends Error {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super('The method is not allowed on this path.');
    this.name = 'MethodNotAllowed';
    this.allowed = allowed;
  }
}

/** What an error envelope says about its request. */
export interface ErrorContext {
  readonly date: Instant;
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Graph's error envelope. */
export function envelope(refusal: Pick<Refusal, 'code' | 'message' | 'target'>, context: ErrorContext) {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...(refusal.target === undefined ? {} : { target: refusal.target }),
      innerError: {
        date: context.date.toString({ smallestUnit: 'second' }),
        'request-id': context.requestId,
        'client-request-id': context.clientRequestId,
      },
    },
  };
}
