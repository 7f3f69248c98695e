import { ApiError, errorOf } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface CallOptions {
  readonly method?: Method;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, to what takes no JSON. */
  readonly form?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

let csrf = '';
let noticeSignedOut: () => void = () => undefined;

/** Tells the client what proves that a change comes from this page. */
export function carryCsrf(token: string): void {
  csrf = token;
}

/** Who is told when the session has ended. */
export function onSignedOut(notice: () => void): void {
  noticeSignedOut = notice;
}

/**
 * Calls the API at a path of this origin, such as `/v1.0/me`. Gives the body as JSON, undefined if there is none.
 * Rejects with an `ApiError`, also when the server cannot be reached.
 */
export async function call<T>(
  path: string,
  { method = 'GET', body, form, headers, signal }: CallOptions = {},
): Promise<T> {
  const response = await reach(path, {
    method,
    credentials: 'same-origin',
    signal: signal ?? null,
    headers: {
      accept: 'application/json',
      // Kinds that Graph has added later shall be seen as what they are.
      prefer: 'include-unknown-enum-members',
      ...(method === 'GET' ? {} : { 'x-sallyport-csrf': csrf }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(form === undefined ? {} : { body: form }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await bodyOf(response);
  if (response.ok) return answer as T;
  if (response.status === 401) noticeSignedOut();
  throw errorOf(response, answer);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw new ApiError({ status: 0, code: 'Unreachable', message: 'The server cannot be reached.' });
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
