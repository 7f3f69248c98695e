import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { openidScopes } from './paths.ts';

const ownScopes: ReadonlySet<string> = new Set(openidScopes);

/**
 * What a person lets an application do: all that it asks for. Applications are registered by administrators, whose
 * consent is everybody's, and what a person may do is decided by their roles whatever the scopes say.
 */
export async function grantAll(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { provider, client, account, session } = ctx.oidc;
  if (client === undefined || account === undefined || session === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const before = known === undefined ? undefined : await provider.Grant.find(known);
  const isTheirs = before?.accountId === account.accountId && before.clientId === client.clientId;
  const grant =
    before !== undefined && isTheirs
      ? before
      : new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  const scopes = [...ctx.oidc.requestParamScopes];
  grant.addOIDCScope(scopes.filter((scope) => ownScopes.has(scope)).join(' '));
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {})) {
    grant.addResourceScope(resource, scopes.filter((scope) => !ownScopes.has(scope)).join(' '));
  }
  await grant.save();
  return grant;
}
