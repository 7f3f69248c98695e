import type { IncomingMessage } from 'node:http';
import { grantTypes } from './paths.ts';

/** Longer than any request for a token; the provider refuses what is. */
const longest = 64 * 1024;

/**
 * Lets the provider read a request for a token with OAuth's names where Entra has its own: MSAL asks by the grant type
 * `device_code`. The provider reads the body from the request itself, so that is where it is changed.
 */
export function withOAuthNames(raw: IncomingMessage): IncomingMessage {
  const read = raw.iterator.bind(raw);
  // Its length may be another one then: it is read to its end, as if it had not been told. The provider still counts.
  delete raw.headers['content-length'];
  raw.headers['transfer-encoding'] = 'chunked';
  return Object.assign(raw, { iterator: (options?: { destroyOnReturn?: boolean }) => renamed(read(options)) });
}

async function* renamed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > longest) break;
  }
  const body = Buffer.concat(parts);
  const form = new URLSearchParams(body.toString());
  const isAlias = form.getAll('grant_type').join() === 'device_code';
  if (isAlias) form.set('grant_type', grantTypes.device);
  yield isAlias ? Buffer.from(form.toString()) : body;
}
