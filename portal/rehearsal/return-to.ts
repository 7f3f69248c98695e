/** What a sign-in was asked for, by the address of its page. */
export interface Asked {
  /** A path of this site. */
  readonly returnTo: string;
  readonly mfa: boolean;
  /** Authentication context, such as `c1`. */
  readonly acrs: string | null;
}

/** Reads what is asked for; a `returnTo` that leads to another site is not followed. */
export function askedFor(search = location.search, origin = location.origin): Asked {
  const query = new URLSearchParams(search);
  const wanted = query.get('returnTo') ?? '/';
  const isOurs = URL.canParse(wanted, origin) && new URL(wanted, origin).origin === origin;
  const { pathname, search: rest, hash } = isOurs ? new URL(wanted, origin) : new URL('/', origin);
  const acrs = query.get('acrs');
  return {
    returnTo: pathname + rest + hash,
    mfa: query.get('mfa') === 'true',
    acrs: acrs !== null && /^c\d{1,2}$/.test(acrs) ? acrs : null,
  };
}
