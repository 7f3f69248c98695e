import type { FindAccount, KoaContextWithOIDC } from 'oidc-provider';
import type { Id } from '../../kernel/ids.ts';
import type { Account } from '../model.ts';
import type { Realm } from '../realm.ts';
import { contextsOf } from './demands.ts';

/**
 * People as the provider's accounts. One that is disabled or gone is none: it signs in nowhere, and nothing that was
 * given to it before is redeemed.
 */
export function accountsOf(realm: Realm, accountOf: (id: Id) => Promise<Account | null>): FindAccount {
  return async (ctx, id, token) => {
    const account = await accountOf(id);
    if (account?.accountEnabled !== true) return undefined;
    const acr = token !== undefined && 'acr' in token ? token.acr : acrIn(ctx);
    const acrs = contextsOf(acr);
    return {
      accountId: id,
      claims: () => ({
        sub: id,
        oid: id,
        tid: realm.tenantId,
        ver: '2.0',
        name: account.displayName,
        preferred_username: account.userPrincipalName,
        email: account.mail ?? undefined,
        ...(acrs.length === 0 ? {} : { acrs }),
      }),
    };
  };
}

function acrIn({ oidc }: KoaContextWithOIDC): string | undefined {
  return oidc.session?.acr;
}
