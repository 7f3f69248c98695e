import type { FindAccount, KoaContextWithOIDC } from 'oidc-provider';
import type { Id } from '../../kernel/ids.ts';
import type { Account } from '../model.ts';
import type { Realm } from '../realm.ts';
import { isRevoked, type StandingOf } from '../tokens/standing.ts';
import { contextsOf } from './demands.ts';

/**
 * People as the provider's accounts. One that is disabled or gone is none: it signs in nowhere, and nothing that was
 * given to it before is redeemed; neither is what comes from a sign-in before all of them were revoked.
 */
export function accountsOf(
  realm: Realm,
  { accountOf, standingOf }: { accountOf: (id: Id) => Promise<Account | null>; standingOf: StandingOf },
): FindAccount {
  return async (ctx, id, token) => {
    const [account, standing] = await Promise.all([accountOf(id), standingOf(id)]);
    if (account?.accountEnabled !== true) return undefined;
    const signedInAt = token === undefined ? ctx.oidc.session?.loginTs : signedInFor(token);
    // INVARIANT: rows of what was revoked are gone; one that was written at that very moment is worth nothing either.
    if (signedInAt !== undefined && isRevoked(signedInAt, standing.validFrom)) return undefined;
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

/** The second in which a person signed in, for what they were then given. */
function signedInFor(token: object): number | undefined {
  return 'authTime' in token && typeof token.authTime === 'number' ? token.authTime : undefined;
}

function acrIn({ oidc }: KoaContextWithOIDC): string | undefined {
  return oidc.session?.acr;
}
