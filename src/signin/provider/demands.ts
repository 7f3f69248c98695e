/** What a sign-in has to prove beyond who somebody is. */
export interface Demands {
  /** Multifactor authentication, anew. */
  readonly mfa: boolean;
  /** Authentication contexts (`c1` to `c99`). */
  readonly contexts: readonly string[];
}

const context = /^c[1-9]\d?$/;

/**
 * What an authorization request demands, in `acr_values` and in OpenID's `claims` parameter: `acrs` and `amr`, in the
 * part for the ID token or, as Entra's claims challenges have it, for the access token. Null if `claims` is no JSON of
 * that form. What it asks for beyond that is not understood, and left aside as OpenID Connect wants it.
 */
export function demandsIn(acrValues: string | undefined, claims: string | undefined): Demands | null {
  const wanted = partsOf(claims);
  if (wanted === null) return null;
  const contexts = [...(acrValues ?? '').split(' '), ...wanted.flatMap((part) => valuesOf(part['acrs']))];
  return {
    mfa: wanted.some((part) => valuesOf(part['amr']).includes('mfa')),
    contexts: [...new Set(contexts.filter((one) => context.test(one)))].sort(),
  };
}

type Part = Readonly<Record<string, unknown>>;

function partsOf(claims: string | undefined): Part[] | null {
  if (claims === undefined) return [];
  try {
    const all: unknown = JSON.parse(claims);
    return isPart(all) ? [all['id_token'], all['access_token']].filter(isPart) : null;
  } catch {
    return null;
  }
}

function valuesOf(request: unknown): string[] {
  if (!isPart(request)) return [];
  const { value, values } = request;
  return [value, ...(Array.isArray(values) ? values : [])].filter((one) => typeof one === 'string');
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The contexts that a session of the provider has satisfied: it keeps them as its one `acr`. */
export function contextsOf(acr: string | undefined): string[] {
  return (acr ?? '').split(' ').filter((one) => context.test(one));
}

/** The `acr` of a session that has satisfied some contexts; undefined for none. */
export function acrOf(contexts: Iterable<string>): string | undefined {
  const all = [...new Set(contexts)].sort();
  return all.length === 0 ? undefined : all.join(' ');
}
