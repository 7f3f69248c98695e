/** What a call of the API came back with instead of an answer. */
export class ApiError extends Error {
  readonly status: number;
  /** The stable code of the refusal; `Unreachable` when there was no answer at all. */
  readonly code: string;
  /** To be quoted when the failure is reported. */
  readonly requestId: string | null;
  /** The property or thing that is wrong, where the server names one. */
  readonly target: string | null;
  /** What an authentication has to bring, as a claims challenge says it; null if it is about something else. */
  readonly claims: string | null;

  constructor(said: { status: number; code: string; message: string } & Partial<Origin>) {
    super(said.message);
    this.name = 'ApiError';
    this.status = said.status;
    this.code = said.code;
    this.requestId = said.requestId ?? null;
    this.target = said.target ?? null;
    this.claims = said.claims ?? null;
  }
}

interface Origin {
  readonly requestId: string | null;
  readonly target: string | null;
  readonly claims: string | null;
}

interface Envelope {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly target?: string;
    readonly innerError?: { readonly 'request-id'?: string };
  };
}

/** Reads Graph's error envelope; what is no envelope becomes an error of its own. */
export function errorOf(response: Response, body: unknown): ApiError {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as Envelope;
  return new ApiError({
    status: response.status,
    code: error?.code ?? `Http${response.status}`,
    message: error?.message ?? response.statusText,
    requestId: error?.innerError?.['request-id'] ?? response.headers.get('request-id'),
    target: error?.target ?? null,
    claims: claimsOf(response, error?.message ?? ''),
  });
}

/** PIM writes its claims challenge into the message (`…&claims=%7B…`), other services into a header. */
function claimsOf(response: Response, message: string): string | null {
  const inMessage = /&claims=([^&\s]+)/.exec(message)?.[1];
  if (inMessage !== undefined) return decodeURIComponent(inMessage);
  const header = response.headers.get('www-authenticate') ?? '';
  const encoded = /claims="([^"]+)"/.exec(header)?.[1];
  return encoded === undefined ? null : atob(encoded);
}
