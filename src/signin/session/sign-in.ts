import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { HttpRequest } from '../../platform/http.ts';
import type { Log } from '../../platform/log.ts';
import { isFresh } from '../../requirement/index.ts';
import type { RealClock } from '../model.ts';
import { addressOf } from './address.ts';
import { methodsIn, nameIn, type Proof, proofIn, type UserMapping, unknownUser } from './identity.ts';
import { localPath, type Session, type SessionProvider } from './model.ts';
import type { ProviderClient, ProviderDescription } from './provider-client.ts';
import { hashOf, isSecret, newSecret } from './secrets.ts';
import type { Account, Sessions } from './sessions.ts';
import type { Attempt, AttemptStore } from './store.ts';

/** A provider, and how it is spoken with. */
export interface Provider {
  readonly kind: Exclude<SessionProvider, 'rehearsal'>;
  readonly client: ProviderClient;
  readonly user: UserMapping;
  readonly mfa: ProviderDescription['mfa'];
  /** Records that somebody has signed in by these methods, where the provider itself is not ours to do so. */
  readonly record: (account: Account, methods: readonly string[], request: HttpRequest) => Promise<void>;
  /** Ends the session that a browser has at the provider, or says where the browser has to go for that. */
  readonly endSession: (session: Session, request: HttpRequest, baseUrl: string) => Promise<string | null>;
}

export interface SignInPorts {
  readonly sessions: Sessions;
  readonly pending: AttemptStore;
  readonly provider: Provider;
  readonly realClock: RealClock;
  readonly log: Log;
  readonly baseUrls: () => readonly string[];
  /** Accounts that are not deleted and have this value, letter case aside for names. */
  readonly accountsBy: (attribute: UserMapping['attribute'], value: string) => Promise<readonly Account[]>;
  /** How long ago multifactor authentication may have been proven; null for as long as a session lasts. */
  readonly mfaFreshness: () => Promise<Temporal.Duration | null>;
}

/** Where a browser goes next, with the texts of `Set-Cookie` headers. */
export interface Onward {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** How long somebody may take at the provider. */
const attemptTime = { minutes: 30 };
const attemptSeconds = 1_800;

export type SignIn = ReturnType<typeof createSignIn>;

/** Signing in by an OpenID provider, the built-in one or another: out to it, and back. */
export function createSignIn(ports: SignInPorts) {
  const { sessions, pending, provider, realClock, log, baseUrls, accountsBy, mfaFreshness } = ports;

  /**
   * Sends a browser to the provider. What must come back unchanged is kept here, under the hashes of `state` and of a
   * cookie: nobody can finish in one browser what was begun in another. Refused with `SignInProviderUnavailable`.
   */
  async function begin(request: HttpRequest): Promise<Outcome<Onward>> {
    const { baseUrl, isKnown } = addressOf(request.baseUrl, baseUrls());
    // A provider sends people back to addresses that it knows, and so we begin at one of them.
    const { search, searchParams: query } = new URL(request.url, baseUrl);
    if (!isKnown) return accept({ location: `${sameSite(baseUrl, baseUrls())}/session/sign-in${search}`, cookies: [] });
    const wanted = wantedIn(query);
    const freshness = wanted.mfa ? await mfaFreshness() : null;
    const maxAge = freshness === null ? null : Math.floor(freshness.total('seconds'));
    const open = await sessions.find(request);
    const [state, browser] = [newSecret(), newSecret()];
    const attempt: Attempt = { nonce: newSecret(), codeVerifier: newSecret(), baseUrl, maxAge, ...wanted };
    const url = await provider.client.authorizeUrl({
      ...attempt,
      state,
      prompt: promptIn(query),
      loginHint: open?.account.userPrincipalName ?? null,
    });
    if (url.is === 'refused') return url;
    const now = realClock.now();
    const keys = { stateHash: hashOf(state), browserHash: hashOf(browser) };
    await pending.save(keys, attempt, now, now.add(attemptTime));
    const cookie = sessions.cookies(request).set(cookieOf(state), browser, attemptSeconds);
    return accept({ location: url.value, cookies: [cookie] });
  }

  /** Takes a browser back from the provider: signs it in, or lets its session prove more, and leads it where it was. */
  async function finish(request: HttpRequest): Promise<Outcome<Onward>> {
    const outcome = await finished(request);
    if (outcome.is === 'refused') {
      log.warn({ code: outcome.refusal.code, requestId: request.requestId }, 'Somebody could not sign in');
    }
    return outcome;
  }

  async function finished(request: HttpRequest): Promise<Outcome<Onward>> {
    const query = new URL(request.url, request.baseUrl).searchParams;
    const state = query.get('state');
    const attempt = await takeAttempt(request, state);
    if (state === null || attempt === null) return expired();
    const address = new URL(`${attempt.baseUrl}/session/callback?${query}`);
    const redeemed = await provider.client.redeem(address, { ...attempt, state }, request.requestId);
    if (redeemed.is === 'refused') return redeemed;
    const { claims, idToken } = redeemed.value;
    const account = await accountOf(claims);
    if (account.is === 'refused') return account;
    const proof = proofIn(claims, provider.mfa);
    const proven = await decideProof(attempt, proof);
    if (proven.is === 'refused') return proven;
    await provider.record(account.value, methodsIn(claims), request);
    const started = await start(request, attempt, account.value, proof, idToken);
    const cookies = sessions.cookies(request);
    return accept({ location: attempt.returnTo, cookies: [started.cookie, cookies.clear(cookieOf(state))] });
  }

  async function takeAttempt(request: HttpRequest, state: string | null): Promise<Attempt | null> {
    if (!isSecret(state)) return null;
    const browser = sessions.cookies(request).read(cookieOf(state), request.headers['cookie']);
    if (!isSecret(browser)) return null;
    return pending.take({ stateHash: hashOf(state), browserHash: hashOf(browser) }, realClock.now());
  }

  async function accountOf(claims: Readonly<Record<string, unknown>>): Promise<Outcome<Account>> {
    const name = nameIn(claims, provider.user);
    if (name.is === 'refused') return name;
    const [account, another] = await accountsBy(provider.user.attribute, name.value);
    // Two accounts of one employee number: nobody is let in by chance.
    if (account === undefined || another !== undefined) return unknownUser();
    if (account.accountEnabled) return accept(account);
    return refuse('unauthenticated', 'SignInAccountDisabled', 'The account is disabled.');
  }

  /** Whether what was asked for came back. Asked again without end, nobody would get anywhere. */
  async function decideProof({ mfa, contexts }: Attempt, proof: Proof): Promise<Outcome<void>> {
    const isProven = !mfa || isFresh(proof.mfaAt, await mfaFreshness(), realClock.now());
    if (isProven && contexts.every((one) => proof.contexts.includes(one))) return accept(undefined);
    return refuse('unauthenticated', 'SignInProofMissing', 'The provider did not prove what was asked for.');
  }

  async function start(request: HttpRequest, attempt: Attempt, account: Account, proof: Proof, idToken: string) {
    const before = await sessions.find(request);
    const isStepUp = attempt.mfa || attempt.contexts.length > 0;
    if (!isStepUp || before?.account.id !== account.id) {
      return sessions.begin(request, { account, provider: provider.kind, idToken, ...proof });
    }
    const contexts = [...new Set([...before.session.contexts, ...proof.contexts])];
    return sessions.stepUp(request, before, { mfaAt: proof.mfaAt ?? before.session.mfaAt, contexts, idToken });
  }

  return { begin, finish };
}

/** Our address for somebody who used another name: the public one, but for this machine's own plain http. */
function sameSite(reachedAt: string, baseUrls: readonly string[]): string {
  const isPlainLoopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(:|$)/.test(reachedAt);
  const plain = baseUrls.find((url) => url.startsWith('http://localhost'));
  return (isPlainLoopback ? plain : undefined) ?? baseUrls[0] ?? '';
}

/** A cookie of its own for each attempt: signing in in two tabs works in both. */
function cookieOf(state: string): string {
  return `sign-in-${hashOf(state).slice(0, 8)}`;
}

function wantedIn(query: URLSearchParams): Pick<Attempt, 'returnTo' | 'mfa' | 'contexts'> {
  return {
    returnTo: localPath(query.get('returnTo')),
    mfa: query.get('mfa') === 'true',
    contexts: query.getAll('acrs').filter((one) => /^c[1-9]\d?$/.test(one)),
  };
}

const prompts: ReadonlySet<string | null> = new Set(['login', 'select_account']);

function promptIn(query: URLSearchParams): string | null {
  const prompt = query.get('prompt');
  return prompts.has(prompt) ? prompt : null;
}

function expired(): Outcome<never> {
  const message = 'This sign-in was begun in another browser, took too long, or was finished already. Begin again.';
  return refuse('unauthenticated', 'SignInExpired', message);
}
