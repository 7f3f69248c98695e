import { createHash } from 'node:crypto';

/** What is kept of a one-time link's secret, which is long and random. */
export function hashOfLink(secret: string): string {
  return createHash('sha256').update(`link:${secret}`).digest('base64url');
}

/** Where a one-time link leads. The secret stands behind `#`: no browser sends it on its own, and no log keeps it. */
export function addressOfLink(baseUrl: string, secret: string): string {
  return `${baseUrl}/sign-in-link#${secret}`;
}
