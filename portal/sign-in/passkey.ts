import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

/** Something that a browser could not do with a passkey. */
export class PasskeyFault extends Error {
  /** Given up or without a passkey for here, made already, or not possible in this browser. */
  readonly reason: 'gone' | 'known' | 'impossible';

  constructor(reason: PasskeyFault['reason']) {
    super(reason);
    this.name = 'PasskeyFault';
    this.reason = reason;
  }
}

/** Lets the person sign with a passkey. Rejects with a `PasskeyFault`. */
export function signWithPasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> {
  return explained(() => startAuthentication({ optionsJSON: options }));
}

/** Lets the person make a passkey. Rejects with a `PasskeyFault`. */
export function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> {
  return explained(() => startRegistration({ optionsJSON: options }));
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  if (!('credentials' in navigator) || window.PublicKeyCredential === undefined) throw new PasskeyFault('impossible');
  try {
    return await work();
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : '';
    if (name === 'InvalidStateError') throw new PasskeyFault('known');
    throw new PasskeyFault(name === 'NotAllowedError' || name === 'AbortError' ? 'gone' : 'impossible');
  }
}
