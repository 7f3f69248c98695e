import type { Instant } from '../../kernel/time.ts';

/** An error of the token endpoint, before it gets its wire shape. */
export interface EntraError {
  readonly status: number;
  /** OAuth's code, or Entra's own. */
  readonly error: string;
  /** The number of an `AADSTS…` code. */
  readonly code: number;
  readonly message: string;
}

/** What the OpenID provider said, and what it knew when it said it. */
export interface ProviderRefusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
  readonly clientId: string;
  readonly isKnownClient: boolean;
  /** Whether it was sent a secret or an assertion. */
  readonly hasProof: boolean;
}

/** Codes of Microsoft's `AADSTS` reference, by OAuth's error. */
const codes: Readonly<Record<string, number>> = {
  invalid_request: 900144,
  invalid_scope: 70011,
  invalid_resource: 500011,
  invalid_target: 901002,
  unsupported_grant_type: 70003,
  invalid_tenant: 90002,
  unsupported_response_type: 700054,
  unauthorized_client: 70001,
  invalid_grant: 70000,
  authorization_pending: 70016,
  expired_token: 70020,
  access_denied: 65004,
};

export function entraErrorOf(refusal: ProviderRefusal): EntraError {
  const { status, error, description } = refusal;
  if (error === 'invalid_client') return clientError(refusal);
  // The `resource` parameter belongs to version 1 of the endpoint; OAuth's own code is unknown to Entra's clients.
  if (error === 'invalid_target')
    return { status, error: 'invalid_request', code: codes.invalid_target ?? 0, message: description };
  return entraError(status, error, description);
}

export function entraError(status: number, error: string, message: string): EntraError {
  return { status, error, code: codes[error] ?? 0, message };
}

function clientError({ clientId, isKnownClient, hasProof }: ProviderRefusal): EntraError {
  if (!isKnownClient) {
    const message = `No application with the identifier '${clientId}' is registered in this tenant and enabled.`;
    return { status: 400, error: 'unauthorized_client', code: 700016, message };
  }
  if (!hasProof) {
    const message = 'The request must prove who the application is, with "client_secret" or "client_assertion".';
    return { status: 401, error: 'invalid_client', code: 7000218, message };
  }
  const message = `The secret or assertion is not one of application '${clientId}'. Send the secret itself, not its id.`;
  return { status: 401, error: 'invalid_client', code: 7000215, message };
}

/** The wire shape: OAuth's two members, and what Entra adds to them. */
export function wireError(fault: EntraError, ids: { trace: string; correlation: string }, at: Instant) {
  // "2026-01-31 12:00:00Z", as Entra writes it
  const timestamp = at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString().replace('T', ' ');
  return {
    error: fault.error,
    error_description: fault.code === 0 ? fault.message : `AADSTS${fault.code}: ${fault.message}`,
    error_codes: fault.code === 0 ? [] : [fault.code],
    timestamp,
    trace_id: ids.trace,
    correlation_id: ids.correlation,
  };
}
