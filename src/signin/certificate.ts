import { X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';

/** The public key of a certificate (PEM), as a client's assertions are checked with. Throws for anything else. */
export async function publicKeyOf(pem: string): Promise<JWK> {
  const { publicKey } = new X509Certificate(pem);
  const jwk = await exportJWK(publicKey);
  const isUsable = jwk.kty === 'RSA' || (jwk.kty === 'EC' && jwk.crv === 'P-256');
  if (!isUsable) throw new Error(`A certificate with a key of the kind ${jwk.kty} cannot be used`);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig' };
}
