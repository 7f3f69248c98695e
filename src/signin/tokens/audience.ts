/** Microsoft Graph's address and application id: both name the API that we speak. */
export const graph = 'https://graph.microsoft.com';
export const graphAppId = '00000003-0000-0000-c000-000000000000';

const suffix = '/.default';

/** What a token is asked for. `own` is our API, in which the app has its permissions; `app` is another app's. */
export type Resource =
  | { readonly is: 'own'; readonly audience: string }
  | { readonly is: 'app'; readonly audience: string; readonly appId: string };

/**
 * Reads the resource out of the one `.default` scope that client credentials may ask for, such as
 * `https://graph.microsoft.com/.default`. Gives null if the scope is not of that form or names nothing known.
 */
export function resourceOf(scope: string, baseUrls: readonly string[]): Resource | null {
  if (!isDefaultScope(scope)) return null;
  const name = withoutSlash(scope.slice(0, -suffix.length));
  if (isGraph(name)) return { is: 'own', audience: graph };
  if (baseUrls.some((url) => withoutSlash(url) === name)) return { is: 'own', audience: name };
  const appId = /^api:\/\/([^/]+)$/i.exec(name)?.[1];
  return appId === undefined ? null : { is: 'app', audience: `api://${appId.toLowerCase()}`, appId };
}

/** Whether the text is exactly one scope that ends in `/.default`. */
export function isDefaultScope(scope: string): boolean {
  return scope.endsWith(suffix) && !scope.includes(' ');
}

/** What a person lets an application do: one resource, and permissions on it as they were asked for. */
export interface Delegation {
  readonly resource: Resource;
  /** The scopes that name the permissions, verbatim. */
  readonly scopes: readonly string[];
  /** The permissions alone, such as `User.Read`; `.default` names none. */
  readonly permissions: readonly string[];
}

/**
 * Reads the resource out of the scopes that an application asks for in a person's name, OpenID's own left out: with the
 * resource before them (`api://…/read`, `https://graph.microsoft.com/.default`) or, for Graph, without. None at all is
 * Graph, as in Entra. Null if they name nothing known, or two resources.
 */
export function delegationOf(scopes: readonly string[], baseUrls: readonly string[]): Delegation | null {
  const read = scopes.map((scope) => {
    const [, name = graph, permission = scope] = /^(.+)\/([^/]+)$/.exec(scope) ?? [];
    return { resource: resourceOf(`${withoutSlash(name)}${suffix}`, baseUrls), permission };
  });
  const [first] = read;
  const resource = first === undefined ? resourceOf(`${graph}${suffix}`, baseUrls) : first.resource;
  if (resource === null || read.some((one) => one.resource?.audience !== resource.audience)) return null;
  const permissions = read.map(({ permission }) => permission).filter((permission) => permission !== '.default');
  return { resource, scopes, permissions: [...new Set(permissions)] };
}

/** The audiences whose tokens our API takes. */
export function ownAudiences(baseUrls: readonly string[]): readonly string[] {
  return [graph, graphAppId, ...baseUrls.map(withoutSlash)];
}

function isGraph(name: string): boolean {
  return name.toLowerCase() === graph || name.toLowerCase() === graphAppId;
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
