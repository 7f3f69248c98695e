import {
  anything,
  bool,
  duration,
  instant,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';

const passkey = shape({
  id: required(text()),
  displayName: required(text()),
  /** Whether it is kept in more places than one device. */
  isSynced: required(bool()),
  createdDateTime: required(instant()),
  lastUsedDateTime: required(nullable(instant())),
});

/** What somebody signs in with. Instants are real time. */
export const methodsAnswer = shape({
  /** Whether people sign in here, and not at a provider outside, which then looks after all this. */
  isBuiltIn: required(bool()),
  hasPassword: required(bool()),
  hasAuthenticatorApp: required(bool()),
  recoveryCodesLeft: required(int()),
  passkeys: required(listOf(passkey)),
});

export type AuthenticationMethods = Static<typeof methodsAnswer>;

export const passwordBody = shape({ password: required(text({ minLength: 1, maxLength: 1024 })) });

export type PasswordBody = Static<typeof passwordBody>;

/** The address of ours at which the browser is: a passkey works at its host alone. */
export const passkeyOptionsBody = shape({ origin: required(text({ maxLength: 1024 })) });

export type PasskeyOptionsBody = Static<typeof passkeyOptionsBody>;

/** What the browser's `navigator.credentials.create` gave, as JSON. */
export const passkeyBody = shape({
  response: required(anything()),
  displayName: nullable(text({ minLength: 1, maxLength: 100 })),
});

export type PasskeyBody = Static<typeof passkeyBody>;

/** Another name for a passkey. */
export const passkeyName = shape({ displayName: required(text({ minLength: 1, maxLength: 100 })) });

export type PasskeyName = Static<typeof passkeyName>;

export const codeBody = shape({ code: required(text({ minLength: 1, maxLength: 64 })) });

export type CodeBody = Static<typeof codeBody>;

/** A secret for an authenticator app: to type in, and as what a picture shows. */
export const secretAnswer = shape({ secret: required(text()), address: required(text()) });

/** Told this once. */
export const recoveryCodesAnswer = shape({ recoveryCodes: required(listOf(text())) });

export const linkBody = shape({ lasts: duration() });

export type LinkBody = Static<typeof linkBody>;

/** A one-time link; its address is told this once. */
export const linkAnswer = shape({ url: required(text()), expiresDateTime: required(instant()) });
