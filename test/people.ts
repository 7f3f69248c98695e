import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from './browser.ts';

/** A browser in the middle of a sign-in: what the page is at, and the proofs that it can send. */
export interface SigningIn {
  /** What is asked for now, as `GET …/step` says. */
  step(): Promise<Page>;
  /** Sends a proof, as the page does. */
  show(proof: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** Follows where a finished sign-in leads, up to the page that it was for. */
  follow(done: Page): Promise<URL>;
}

/** Opens an address that leads to signing in, and stops at the page of it. */
export async function signingIn(browser: Browser, address = '/session/sign-in?returnTo=/'): Promise<SigningIn> {
  return atInteraction(browser, await leadTo(browser, address));
}

/** The page of a sign-in that an address leads to. */
export async function leadTo(browser: Browser, address: string): Promise<string> {
  let here = address;
  for (let hops = 0; hops < 10; hops += 1) {
    if (/^\/interaction\/[\w-]+$/.test(here)) return here;
    const { location, status } = await browser.get(here);
    if (location === null) throw new Error(`${here} led nowhere: ${status}`);
    here = location;
  }
  throw new Error(`${address} leads round and round`);
}

export function atInteraction(browser: Browser, page: string): SigningIn {
  return {
    step: () => browser.get(`${page}/step`),
    show: (proof, body = {}, headers = {}) => browser.send('POST', `${page}/${proof}`, body, headers),
    follow: (done) => browser.follow(String(done.body['location'])),
  };
}

/** The code of a refusal; undefined where there is none. */
export function codeOf({ body }: Page): string | undefined {
  const code = body?.['error']?.['code'];
  return code === undefined ? undefined : String(code);
}

/** The code that an authenticator app shows at an instant. */
export function codeAt(secret: string, at: Temporal.Instant): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.epochMilliseconds });
}

/** Somebody with a password and an authenticator app. */
export interface Credentials {
  readonly userPrincipalName: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly recoveryCodes: readonly string[];
}

export const goodPassword = 'correct horse battery staple';

/** Comes in by a one-time link, and registers a password and an authenticator app on the way. */
export async function enrolByLink(
  browser: Browser,
  secret: string,
  userPrincipalName: string,
  now: () => Temporal.Instant,
): Promise<Credentials> {
  const page = await signingIn(browser);
  await page.show('link', { secret });
  await page.show('enrolment/password', { password: goodPassword });
  const { body } = await page.show('enrolment/totp/secret');
  const totpSecret = String(body['secret']);
  const done = await page.show('enrolment/totp', { code: codeAt(totpSecret, now()) });
  if ((done.body['step'] as unknown) !== 'done') throw new Error(`Not enrolled: ${JSON.stringify(done.body)}`);
  await page.follow(done);
  return {
    userPrincipalName,
    password: goodPassword,
    totpSecret,
    recoveryCodes: (done.body['recoveryCodes'] as unknown as string[]) ?? [],
  };
}
