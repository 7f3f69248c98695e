/** What the page of a sign-in shows next: `GET /interaction/{uid}/step`, and the answer to every proof. */
export type SignInStep =
  /** A name and its password, or a passkey. `account` is whose sign-in it is meant to be, where that is known. */
  | { readonly step: 'firstFactor'; readonly app: string; readonly account: string | null }
  /** One more, of those that the person has. */
  | {
      readonly step: 'secondFactor';
      readonly app: string;
      readonly account: string;
      readonly methods: readonly ('passkey' | 'totp' | 'recoveryCode')[];
      /** Whether they are signed in already and only asked to prove it anew. */
      readonly isStepUp: boolean;
    }
  /** The password is right, and there is nothing else to prove it with: an administrator has to give a one-time link. */
  | { readonly step: 'link'; readonly app: string; readonly account: string }
  /** Authentication methods are to be registered: a passkey, or a password and an authenticator app. */
  | {
      readonly step: 'enrolment';
      readonly app: string;
      readonly account: string;
      readonly hasPassword: boolean;
      readonly hasTotp: boolean;
    }
  | { readonly step: 'selectAccount'; readonly app: string; readonly account: string }
  | { readonly step: 'consent'; readonly app: string; readonly account: string }
  /** Where the browser goes next; recovery codes that were just made are shown before. */
  | { readonly step: 'done'; readonly location: string; readonly recoveryCodes: readonly string[] | null };

/** A secret for an authenticator app: to type in, and as what a picture shows. */
export interface TotpEnrolment {
  readonly secret: string;
  readonly address: string;
}
