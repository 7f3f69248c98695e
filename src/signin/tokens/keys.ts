import { createHmac } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { RealClock } from '../model.ts';
import type { SigninStore } from '../store.ts';

/** The one algorithm that access tokens are signed with, as Entra's are. */
export const algorithm = 'RS256';

export interface SigningKeys {
  /** Private, the newest first. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** The newest. */
  readonly signing: { readonly kid: string; readonly key: CryptoKey };
  /** For verification, by `kid`. */
  readonly verifying: ReadonlyMap<string, CryptoKey>;
}

/**
 * Loads the signing keys, and makes the first one if there is none. Nodes that start at the same time end up with
 * the same key, because only one of them gets to save it.
 */
export async function loadKeys(store: SigninStore, clock: RealClock): Promise<SigningKeys> {
  const found = await store.listKeys();
  if (found.length > 0) return importKeys(found);
  await store.addKey(1, await newKey(), clock.now());
  return importKeys(await store.listKeys());
}

/** A secret of our own for one purpose, from the oldest signing key, which stays when others come. */
export function secretFrom({ jwks }: SigningKeys, purpose: string): string {
  const oldest = jwks.keys.at(-1)?.d;
  if (oldest === undefined) throw new Error('There is no private signing key');
  return createHmac('sha256', oldest).update(`sallyport ${purpose}`).digest('base64url');
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' };
}

async function importKeys(jwks: readonly JWK[]): Promise<SigningKeys> {
  const [newest] = jwks;
  if (newest?.kid === undefined) throw new Error('No signing key was found where one was just saved');
  const verifying = await Promise.all(
    jwks.map(async (jwk) => [jwk.kid ?? '', await importRsa(publicPart(jwk))] as const),
  );
  return {
    jwks: { keys: jwks },
    signing: { kid: newest.kid, key: await importRsa(newest) },
    verifying: new Map(verifying),
  };
}

function publicPart({ kty, n, e, kid, alg, use }: JWK): JWK {
  return { kty, n, e, kid, alg, use } as JWK;
}

async function importRsa(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key is not an RSA key');
  return key;
}
