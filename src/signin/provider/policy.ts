import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { contextsOf, type Demands, demandsIn } from './demands.ts';

const { Check, Prompt, base } = interactionPolicy;

/**
 * When a person is asked something on the way to an application: who they are, what more they prove, which account they
 * mean, and, if the application wants that, whether they agree.
 * @param longestSignIn seconds after which a sign-in is over, however much it is used
 */
export function promptsOf(longestSignIn: number): interactionPolicy.Prompt[] {
  const policy = base();
  const login = policy.get('login');
  if (login === undefined) throw new Error('The provider has no login prompt to build on');
  // Of OpenID's `acr` we know contexts, and those are asked for below.
  for (const reason of ['claims_id_token_sub_value', 'essential_acrs', 'essential_acr']) login.checks.remove(reason);
  const asked = (ctx: KoaContextWithOIDC) => ctx.oidc.result?.login !== undefined;
  login.checks.add(new Check('too_old', 'the sign-in is too old', (ctx) => isTooOld(ctx, longestSignIn)));
  login.checks.add(new Check('account', 'the account cannot be used', ({ oidc }) => isGone(oidc)));
  login.checks.add(new Check('mfa', 'multifactor authentication', (ctx) => demandsOf(ctx).mfa && !asked(ctx)));
  login.checks.add(new Check('contexts', 'an authentication context', (ctx) => !holdsContexts(ctx)));
  return [
    login,
    new Prompt({ name: 'select_account', requestable: true }),
    // Applications are registered by administrators, who have agreed for everybody.
    new Prompt({ name: 'consent', requestable: true }),
  ];
}

/** What the authorization request of a context demands; `claims` was found to be well-formed when it came. */
export function demandsOf({ oidc }: KoaContextWithOIDC): Demands {
  const { acr_values: acrValues, claims } = oidc.params ?? {};
  return demandsIn(textOf(acrValues), textOf(claims)) ?? { mfa: false, contexts: [] };
}

function isTooOld({ oidc }: KoaContextWithOIDC, longest: number): boolean {
  return oidc.session?.accountId !== undefined && oidc.session.past(longest);
}

function isGone({ session, account }: KoaContextWithOIDC['oidc']): boolean {
  return session?.accountId !== undefined && account === undefined;
}

function holdsContexts(ctx: KoaContextWithOIDC): boolean {
  const held = contextsOf(ctx.oidc.acr);
  return demandsOf(ctx).contexts.every((one) => held.includes(one));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
