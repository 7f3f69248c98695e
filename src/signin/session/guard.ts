import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** What a browser says about a call that it signs with a cookie. */
export interface CookieCall {
  readonly method: string;
  /** `Sec-Fetch-Site`: which page the browser makes the call for; older browsers do not say. */
  readonly fetchSite: string | undefined;
  /** `Origin` of that page. */
  readonly origin: string | undefined;
  /** The address that the browser reaches us at. */
  readonly ownOrigin: string;
  /** Whether the header `x-sallyport-csrf` is there, and is that of the session. */
  readonly csrf: 'missing' | 'other' | 'right';
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const ownSites: ReadonlySet<string | undefined> = new Set([undefined, 'same-origin', 'none']);

/**
 * Whether a call with a cookie was made by a page of ours. A browser adds the cookie to what any page makes it send, so
 * the cookie alone proves nothing about who wants it. Refused (403): `CrossSiteRequestNotAllowed` for a page of another
 * origin, `OriginNotAllowed`, `CsrfTokenMissing` and `CsrfTokenNotValid` for methods that change something.
 */
export function decideCookieCall(call: CookieCall): Outcome<void> {
  // A page at another port of the same host is "same-site", and none of ours either.
  if (!ownSites.has(call.fetchSite)) {
    return refuse('forbidden', 'CrossSiteRequestNotAllowed', 'Pages of other sites cannot call with the session.');
  }
  if (safeMethods.has(call.method)) return accept(undefined);
  if (call.origin !== call.ownOrigin) {
    const message = `With the session, ${call.method} is for pages of ${call.ownOrigin} alone.`;
    return refuse('forbidden', 'OriginNotAllowed', message);
  }
  if (call.csrf === 'missing') {
    const message = `With the session, ${call.method} needs the header "x-sallyport-csrf". GET /session has its value.`;
    return refuse('forbidden', 'CsrfTokenMissing', message);
  }
  if (call.csrf === 'other') {
    const message = 'The header "x-sallyport-csrf" is not that of the session. Read it again in GET /session.';
    return refuse('forbidden', 'CsrfTokenNotValid', message);
  }
  return accept(undefined);
}
