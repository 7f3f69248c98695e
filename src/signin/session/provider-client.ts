import * as openid from 'openid-client';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Log } from '../../platform/log.ts';

/** An OpenID provider that people sign in at, and how its ID tokens are read. The built-in one is described alike. */
export interface ProviderDescription {
  /** Exactly as the provider names itself. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  /** Separated by blanks; `openid` is among them. */
  readonly scopes: string;
  /** The claim that says what is proven beyond who somebody is: multifactor authentication. */
  readonly mfa: { readonly claim: 'amr' | 'acr' | 'acrs'; readonly value: string };
  /** How it is called; `fetch` unless given. */
  readonly fetch?: openid.CustomFetch;
  /** An address of the provider as a browser reaches it that uses some address of ours; the same unless given. */
  readonly seenAt?: (address: string, baseUrl: string) => string;
}

/** What a browser is sent to a provider for. */
export interface Asked {
  /** The address of ours that the browser uses. */
  readonly baseUrl: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly mfa: boolean;
  readonly contexts: readonly string[];
  /** Seconds; how old the proof may be. Null for any. */
  readonly maxAge: number | null;
  readonly prompt: string | null;
  readonly loginHint: string | null;
}

/** What a browser brought back, checked: claims of the ID token, and the token. */
export interface Redeemed {
  readonly claims: openid.IDToken;
  readonly idToken: string;
}

export interface ProviderClient {
  /** Where to send a browser. Refused with `SignInProviderUnavailable`. */
  authorizeUrl(asked: Asked): Promise<Outcome<string>>;
  /**
   * Exchanges the code that a browser came back with, at its whole address, and checks the ID token. Refused with
   * `SignInDenied`, `SignInNotTrusted` and `SignInProviderUnavailable`.
   */
  redeem(
    address: URL,
    asked: Pick<Asked, 'state' | 'nonce' | 'codeVerifier' | 'maxAge'>,
    requestId: string,
  ): Promise<Outcome<Redeemed>>;
  /** Where a browser ends the provider's own session, to come back to us; null if the provider has no such place. */
  endSessionUrl(idToken: string | null, baseUrl: string): Promise<string | null>;
}

/** A client of a provider, whose metadata are read when it is first asked for, and again after a failure. */
export function providerClient(describe: () => Promise<ProviderDescription>, log: Log): ProviderClient {
  let opened: Promise<Opened> | null = null;
  const open = () => {
    opened ??= discover(describe).catch((fault: unknown) => {
      opened = null;
      throw fault;
    });
    return opened;
  };

  /** The provider, or null where it cannot be reached or is not what it should be. */
  async function reach(): Promise<Opened | null> {
    try {
      return await open();
    } catch (fault) {
      log.warn({ fault }, 'The OpenID provider that people sign in at cannot be used');
      return null;
    }
  }

  return {
    async authorizeUrl(asked) {
      const provider = await reach();
      if (provider === null) return unavailable();
      const parameters = await parametersOf(asked, provider.description);
      return accept(seen(provider, openid.buildAuthorizationUrl(provider.configuration, parameters), asked.baseUrl));
    },

    async redeem(address, { state, nonce, codeVerifier, maxAge }, requestId) {
      const provider = await reach();
      if (provider === null) return unavailable();
      try {
        const tokens = await openid.authorizationCodeGrant(provider.configuration, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          ...(maxAge === null ? {} : { maxAge }),
        });
        const [claims, idToken] = [tokens.claims(), tokens.id_token];
        if (claims === undefined || idToken === undefined) throw new Error('The provider gave no ID token');
        return accept({ claims, idToken });
      } catch (fault) {
        log.warn({ fault, requestId }, 'A sign-in was refused');
        return refusalOf(fault);
      }
    },

    async endSessionUrl(idToken, baseUrl) {
      const provider = await reach();
      if (provider?.configuration.serverMetadata().end_session_endpoint === undefined) return null;
      const hint: Record<string, string> = idToken === null ? {} : { id_token_hint: idToken };
      const parameters = { ...hint, post_logout_redirect_uri: `${baseUrl}/` };
      return seen(provider, openid.buildEndSessionUrl(provider.configuration, parameters), baseUrl);
    },
  };
}

interface Opened {
  readonly configuration: openid.Configuration;
  readonly description: ProviderDescription;
}

function seen({ description }: Opened, address: URL, baseUrl: string): string {
  return description.seenAt?.(address.href, baseUrl) ?? address.href;
}

async function discover(describe: () => Promise<ProviderDescription>): Promise<Opened> {
  const description = await describe();
  const { issuer, clientId, clientSecret, fetch } = description;
  const configuration = await openid.discovery(
    new URL(issuer),
    clientId,
    undefined,
    clientSecret === undefined ? openid.None() : openid.ClientSecretPost(clientSecret),
    {
      ...(fetch === undefined ? {} : { [openid.customFetch]: fetch }),
      execute: [
        // Without it the library takes an ID token that came over TLS without looking at its signature.
        openid.enableNonRepudiationChecks,
        ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []),
      ],
    },
  );
  return { configuration, description };
}

async function parametersOf(asked: Asked, description: ProviderDescription): Promise<Record<string, string>> {
  const parameters: Record<string, string> = {
    redirect_uri: `${asked.baseUrl}/session/callback`,
    scope: description.scopes,
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(asked.codeVerifier),
    code_challenge_method: 'S256',
  };
  if (asked.maxAge !== null) parameters['max_age'] = String(asked.maxAge);
  if (asked.prompt !== null) parameters['prompt'] = asked.prompt;
  if (asked.loginHint !== null) parameters['login_hint'] = asked.loginHint;
  const { claim, value } = description.mfa;
  if (asked.mfa && claim === 'acr') parameters['acr_values'] = value;
  const wanted = wantedClaims(asked, description);
  if (Object.keys(wanted).length > 0) parameters['claims'] = JSON.stringify({ id_token: wanted });
  return parameters;
}

/** The part of OpenID's `claims` parameter that asks for more than who somebody is. */
function wantedClaims({ mfa, contexts }: Asked, { mfa: proof }: ProviderDescription): Record<string, object> {
  const wanted: Record<string, object> = {};
  if (mfa && proof.claim === 'amr') wanted['amr'] = { essential: true, values: [proof.value] };
  const [one, ...more] = new Set([...contexts, ...(mfa && proof.claim === 'acrs' ? [proof.value] : [])]);
  // One alone as Entra's documentation writes it.
  if (one !== undefined)
    wanted['acrs'] = { essential: true, ...(more.length > 0 ? { values: [one, ...more] } : { value: one }) };
  return wanted;
}

function unavailable(): Outcome<never> {
  const message = 'The provider that people sign in at does not answer, or not as it should. Try again later.';
  return refuse('unavailable', 'SignInProviderUnavailable', message);
}

/** Which refusal something thrown by the library is. What exactly was wrong is for the log, not for the browser. */
function refusalOf(fault: unknown): Outcome<never> {
  if (fault instanceof openid.AuthorizationResponseError) {
    return refuse('unauthenticated', 'SignInDenied', 'The provider did not sign anybody in.');
  }
  if (fault instanceof openid.ResponseBodyError || fault instanceof openid.ClientError) {
    if (fault.code === 'OAUTH_TIMEOUT') return unavailable();
    return refuse('unauthenticated', 'SignInNotTrusted', 'What the provider says cannot be trusted.');
  }
  return unavailable();
}
