import { X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import type { Instant } from '../../kernel/time.ts';

/** What of a certificate is kept. */
export interface ReadCertificate {
  /** As a client's assertions are checked with. */
  readonly publicKey: JWK;
  /** SHA-256 of the certificate, in hexadecimal. */
  readonly thumbprint: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Reads a certificate (PEM, or base64 of DER) with an RSA key of at least 2048 bits or a P-256 key. Throws for anything else. */
export async function readCertificate(text: string): Promise<ReadCertificate> {
  const certificate = new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
  const { publicKey } = certificate;
  const jwk = await exportJWK(publicKey);
  const { modulusLength = 0 } = publicKey.asymmetricKeyDetails ?? {};
  const isUsable = (jwk.kty === 'RSA' && modulusLength >= 2048) || (jwk.kty === 'EC' && jwk.crv === 'P-256');
  if (!isUsable) throw new Error(`A certificate with such a key of the kind ${jwk.kty} cannot be used`);
  return {
    publicKey: { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig' },
    thumbprint: certificate.fingerprint256.replaceAll(':', ''),
    startsAt: instantOf(certificate.validFromDate),
    endsAt: instantOf(certificate.validToDate),
  };
}

function instantOf(date: Date): Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime());
}
