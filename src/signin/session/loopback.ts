import { request as send } from 'node:https';
import type { CustomFetch } from 'openid-client';

/** Where this server listens, and the certificate authority of its own certificate. */
export interface Loopback {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
}

/**
 * A `fetch` for the built-in provider alone: every address below our public one is asked at this very server, whose
 * certificate is trusted for that and for nothing else. The public address may lie behind a proxy that is not
 * reachable from here, and needs no certificate that this machine trusts.
 */
export function loopbackFetch(publicUrl: string, loopback: () => Loopback): CustomFetch {
  return (address, { method, headers, body, signal }) => {
    if (address !== publicUrl && !address.startsWith(`${publicUrl}/`)) {
      return Promise.reject(new TypeError('The built-in provider has no other address than ours'));
    }
    const { host: listens, port, ca } = loopback();
    const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[listens] ?? listens;
    const path = address.slice(new URL(publicUrl).origin.length) || '/';
    const sent = body === undefined || body === null ? undefined : String(body);
    return new Promise((resolve, reject) => {
      const options = { host, port, ca, path, method, servername: 'localhost', ...(signal ? { signal } : {}) };
      const outgoing = send(options, (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const answered = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
            (values ?? []).map((value): [string, string] => [name, value]),
          );
          const status = incoming.statusCode ?? 502;
          resolve(new Response(status === 204 ? null : Buffer.concat(parts), { status, headers: answered }));
        });
      });
      for (const [name, value] of new Headers(headers)) outgoing.setHeader(name, value);
      // The public name: the provider answers with addresses below it.
      outgoing.setHeader('host', new URL(publicUrl).host);
      outgoing.on('error', reject);
      outgoing.end(sent);
    });
  };
}
