import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { newId } from '../../../src/kernel/ids.ts';
import { orRefuse } from '../../../src/kernel/outcome.ts';
import { operate } from '../../../src/platform/transaction.ts';
import { type NewApp, type RegisteredApp, registerApp } from '../../../src/signin/index.ts';
import { type Browser, openBrowser, type Page } from '../../browser.ts';
import { atInteraction, type Credentials, codeAt, leadTo } from '../../people.ts';
import type { DatabaseKind } from '../../postgres.ts';
import { openPeople, type PeopleStage, type Someone } from '../people/stage.ts';

/** Where the applications of these tests are led back to: nothing listens there. */
export const redirectUri = 'http://localhost:51234/back';

/** A server with its provider, and what applications of others need to know of it. */
export interface TokenStage extends PeopleStage {
  readonly issuer: URL;
  readonly tenantId: string;
  /** A person with a password and an authenticator app. */
  newEnrolled(): Promise<Enrolled>;
  register(wanted: Partial<NewApp>): Promise<RegisteredApp>;
  /** A certified client library, set up for an application. */
  client(appId: string, proof?: oidc.ClientAuth): Promise<oidc.Configuration>;
  /** Lets a person sign in to an application by the code flow with PKCE; gives what the library gives. */
  signInTo(config: oidc.Configuration, person: Enrolled, scope: string, more?: Ask): Promise<Tokens>;
  /** Signs in at a page that an address leads to, and gives the address at the application that it ends at. */
  throughSignIn(browser: Browser, address: string, person: Enrolled, end?: string): Promise<URL>;
  /** Lets a device in, as a person who types in its code and signs in. */
  confirmDevice(userCode: string, person: Enrolled): Promise<void>;
  /** A browser at the address that tokens name as their issuer. */
  secureBrowser(): Browser;
  /** What our API says to the bearer of a token. */
  call(token: string, path?: string): Promise<{ readonly status: number; readonly code: string | undefined }>;
}

export interface Enrolled extends Someone {
  readonly credentials: Credentials;
}

export interface Ask {
  readonly browser?: Browser;
  readonly parameters?: Readonly<Record<string, string>>;
}

export type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

export async function openTokens(kind: DatabaseKind): Promise<TokenStage> {
  const people = await openPeople(kind);
  const { app } = people.serving;
  setDefaultCACertificates([...getCACertificates('default'), await readFile(app.caPath, 'utf8')]);
  const { tenantId, runtime } = app.kit;
  const issuer = new URL(`${app.url}/${tenantId}/v2.0`);
  const secureBrowser = () => openBrowser(app.url);

  async function throughSignIn(browser: Browser, address: string, person: Enrolled, end = redirectUri): Promise<URL> {
    const { userPrincipalName, password, totpSecret } = person.credentials;
    const page = atInteraction(browser, await leadTo(browser, address));
    people.clock.pass(30);
    await page.show('password', { userPrincipalName, password });
    const done = await page.show('totp', { code: codeAt(totpSecret, people.clock.now()) });
    return landing(browser, String(done.body['location']), end);
  }

  return {
    ...people,
    issuer,
    tenantId,
    secureBrowser,
    throughSignIn,
    async newEnrolled() {
      const person = await people.newPerson();
      return { ...person, credentials: await people.enrol(person) };
    },
    async register(wanted) {
      const attempt = { caller: { kind: 'system' } as const, requestId: newId(), attempts: 'app.registered' };
      const named = { displayName: 'Peer', permissions: [], ...wanted };
      return orRefuse(await operate(runtime, attempt, async (tx) => orRefuse(await registerApp(tx, named))));
    },
    client: (appId, proof = oidc.None()) => oidc.discovery(issuer, appId, undefined, proof),
    async signInTo(config, person, scope, { browser = secureBrowser(), parameters = {} } = {}) {
      const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...parameters,
      });
      const back = await throughSignIn(browser, address.href, person);
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
      return oidc.authorizationCodeGrant(config, back, checks);
    },
    async confirmDevice(userCode, person) {
      const browser = secureBrowser();
      const told = ({ location }: Page) => new URLSearchParams(new URL(location ?? '', app.url).hash.slice(1));
      const form = told(await browser.get(`/${tenantId}/oauth2/v2.0/deviceauth`));
      const typed = { xsrf: form.get('xsrf') ?? '', user_code: userCode };
      const asked = told(await browser.submit(form.get('action') ?? '', typed));
      const onward = await browser.submit(asked.get('action') ?? '', { ...typed, confirm: 'yes' });
      await throughSignIn(browser, onward.location ?? '', person, `${app.url}/device#`);
    },
    async call(token, path = '/v1.0/me') {
      const response = await fetch(app.httpUrl + path, { headers: { authorization: `Bearer ${token}` } });
      const body = (await response.json()) as { readonly error?: { readonly code: string } };
      return { status: response.status, code: body.error?.code };
    },
  };
}

/** Follows a browser that is led on, up to an address that is none of ours. */
async function landing(browser: Browser, address: string, end: string): Promise<URL> {
  let here = new URL(address, browser.url);
  for (let hops = 0; hops < 10; hops += 1) {
    if (here.href.startsWith(end)) return here;
    const { location, status } = await browser.get(here.href);
    if (location === null) throw new Error(`${here} led nowhere: ${status}`);
    here = new URL(location, here);
  }
  throw new Error(`${address} leads round and round`);
}

/** An application with an API of its own, which knows of us no more than the issuer and our published keys. */
export function verifier(stage: TokenStage, audience: string) {
  const keys = createRemoteJWKSet(new URL(`${stage.serving.app.url}/${stage.tenantId}/discovery/v2.0/keys`));
  return {
    /** The claims of a token, `later` seconds after it was issued; rejects where it cannot be trusted then. */
    async claimsOf(token: string, later = 0): Promise<JWTPayload> {
      const { iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iat: number };
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        typ: 'at+jwt',
        issuer: stage.issuer.href,
        audience,
        currentDate: new Date((iat + later) * 1000),
      });
      return payload;
    },
  };
}
