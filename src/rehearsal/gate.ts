import type { HttpRequest, HttpResponse } from '../platform/http.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Lets in only what was meant for this machine: a web page of another site that runs in the same browser can reach
 * a loopback server, under a name of its own (DNS rebinding) or with its own `Origin`, and a rehearsal hands out
 * tokens for anyone. Gives the answer to send instead, or null.
 */
export function rehearsalGate(request: Pick<HttpRequest, 'headers'>): HttpResponse | null {
  if (!isLoopback(`http://${request.headers['host'] ?? ''}`)) {
    return refusal('HostNotAllowed', 'A rehearsal answers only to localhost, 127.0.0.1 and [::1].');
  }
  const origin = request.headers['origin'];
  if (origin !== undefined && !isLoopback(origin)) {
    return refusal('OriginNotAllowed', 'A rehearsal takes no calls from pages of other sites.');
  }
  return null;
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && loopbackNames.has(new URL(address).hostname);
}

function refusal(code: string, message: string): HttpResponse {
  return { status: 403, body: { error: { code, message } } };
}
