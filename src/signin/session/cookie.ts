/** Names and attributes of our cookies, at one address that a browser uses. */
export interface CookieJar {
  /** The value of a cookie in a `Cookie` header, as `cookieIn` reads it. */
  read(name: string, header: string | undefined): string | null;
  /** The text of a `Set-Cookie` header; it lasts as long as the browser runs unless it is given a number of seconds. */
  set(name: string, value: string, seconds?: number): string;
  /** The text of a `Set-Cookie` header that takes it away. */
  clear(name: string): string;
}

/** The value of a cookie in a `Cookie` header; null without it, and where two of one name say different things. */
export function cookieIn(header: string | undefined, name: string): string | null {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return new Set(found).size === 1 ? (found[0] ?? null) : null;
}

/**
 * Cookies at an origin such as `https://localhost:8443`. A script cannot read them, another site's page does not send
 * them along (but for links), and over https no other name of the host and no plain http can have set them.
 */
export function cookiesAt(origin: string): CookieJar {
  const { protocol, port } = new URL(origin);
  const isSecure = protocol === 'https:';
  // A browser tells the ports of one host not apart: two servers on one machine would sign each other's people out.
  const nameOf = (name: string) => `${isSecure ? '__Host-' : ''}sallyport-${name}${port === '' ? '' : `-${port}`}`;
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    read: (name, header) => cookieIn(header, nameOf(name)),
    set: (name, value, seconds) =>
      `${nameOf(name)}=${value}${attributes}${seconds === undefined ? '' : `; Max-Age=${seconds}`}`,
    clear: (name) => `${nameOf(name)}=${attributes}; Max-Age=0`,
  };
}
