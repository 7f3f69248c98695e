/** Who is signed in on this browser, as `GET /session` answers. */
export type Session =
  | { readonly signedIn: false; readonly rehearsal?: boolean }
  | {
      readonly signedIn: true;
      readonly user: { readonly id: string; readonly displayName: string; readonly userPrincipalName: string };
      readonly csrf: string;
      /** Real time; null if the sign-in had no second factor. */
      readonly mfaAt: string | null;
      readonly authenticationContexts: readonly string[];
      readonly expiresAt: string;
      readonly idleExpiresAt: string;
      readonly rehearsal: boolean;
    };

export type SignedIn = Extract<Session, { signedIn: true }>;

/** What a sign-in has to bring beyond who somebody is. */
export interface StepUp {
  readonly mfa?: boolean;
  /** Authentication context, such as `c1`. */
  readonly acrs?: string;
}

/** Where signing in begins, and leads back from to `returnTo`, a path of this site. */
export function signInPath(returnTo: string, { mfa, acrs }: StepUp = {}): string {
  const query = new URLSearchParams({ returnTo });
  if (mfa === true) query.set('mfa', 'true');
  if (acrs !== undefined) query.set('acrs', acrs);
  return `/session/sign-in?${query}`;
}

/** Where this page is, to come back to. */
export function here(): string {
  return location.pathname + location.search;
}
