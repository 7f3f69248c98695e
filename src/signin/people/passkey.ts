import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Instant } from '../../kernel/time.ts';
import type { TokenUser } from '../model.ts';
import type { StoredPasskey } from './store.ts';

/** Where a passkey is used: one of our addresses. A passkey works at the host that it was made for. */
export interface PasskeyPlace {
  readonly origin: string;
  readonly host: string;
}

export function placeOf(baseUrl: string): PasskeyPlace {
  const { origin, hostname } = new URL(baseUrl);
  return { origin, host: hostname };
}

// Some algorithms that every authenticator knows one of; those that only the newest know are left out.
const algorithms = [-8, -7, -257];

/** What a browser makes a passkey from: one that knows whose it is, and asks for a PIN or a finger. */
export function registrationOptions(
  user: TokenUser,
  known: readonly Pick<StoredPasskey, 'id' | 'transports'>[],
  { host }: PasskeyPlace,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: 'Sallyport',
    rpID: host,
    userName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userID: new Uint8Array(Buffer.from(user.id.replaceAll('-', ''), 'hex')),
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
}

/** The passkey that a browser made; null if what it sent is not that, or answers something else than was asked. */
export async function registered(
  response: unknown,
  challenge: string,
  { origin, host }: PasskeyPlace,
): Promise<Pick<StoredPasskey, 'id' | 'publicKey' | 'counter' | 'transports' | 'relyingParty' | 'isSynced'> | null> {
  try {
    const { registrationInfo: made } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (made === undefined) return null;
    return {
      id: made.credential.id,
      publicKey: Buffer.from(made.credential.publicKey).toString('base64url'),
      counter: made.credential.counter,
      transports: made.credential.transports ?? [],
      relyingParty: host,
      isSynced: made.credentialBackedUp,
    };
  } catch {
    return null;
  }
}

/**
 * What a browser signs with a passkey.
 * @param known those of one person; empty for any that the browser has for us, which says by itself whose it is
 */
export function signingOptions(
  known: readonly Pick<StoredPasskey, 'id' | 'transports'>[],
  { host }: PasskeyPlace,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: host,
    userVerification: 'required',
    allowCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
  });
}

/** The passkey's new counter, if it signed the challenge at this place; null if it did not. */
export async function counterOf(
  response: unknown,
  challenge: string,
  passkey: StoredPasskey,
  { origin, host }: PasskeyPlace,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

/** What to call a passkey that its owner gave no name. */
export function defaultName(
  { isSynced, transports }: Pick<StoredPasskey, 'isSynced' | 'transports'>,
  at: Instant,
): string {
  const isOfDevice = isSynced || transports.includes('internal');
  return `${isOfDevice ? 'Passkey' : 'Security key'} ${at.toString().slice(0, 10)}`;
}
