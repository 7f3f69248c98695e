/** One of our addresses, as a browser uses it. */
export interface OwnAddress {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly origin: string;
  /** Whether it is one of those that we know ourselves by, to which a provider may send a browser back. */
  readonly isKnown: boolean;
}

/**
 * The address at which a browser reached us, from `http(s)://` and the `Host` that it named. Where a proxy takes https
 * off, the host is that of our public address, and what the browser sees is that address.
 */
export function addressOf(reachedAt: string, baseUrls: readonly string[]): OwnAddress {
  const origin = URL.canParse(reachedAt) ? new URL(reachedAt).origin : 'http://unknown.invalid';
  const hosted = (url: string) => new URL(url).host === new URL(origin).host;
  const exact = baseUrls.find((url) => new URL(url).origin === origin);
  const known = exact ?? baseUrls.find((url) => url.startsWith('https:') && hosted(url));
  if (known === undefined) return { baseUrl: origin, origin, isKnown: false };
  return { baseUrl: known, origin: new URL(known).origin, isKnown: true };
}
