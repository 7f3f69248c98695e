import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { type ClientAuth, PrivateKeyJwt } from 'openid-client';

/** A certificate that its owner has signed themselves, and its key. */
export interface OwnCertificate {
  readonly pem: string;
  /** PKCS#8, PEM. */
  readonly key: string;
  /** SHA-256, in hexadecimal. */
  readonly thumbprint: string;
  /** As a client library proves its application with it. */
  proof(): Promise<ClientAuth>;
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** Makes one that begins an hour before an instant and ends some days after it; a day is 24 hours. */
export async function newCertificate(at: Temporal.Instant, { days }: { days: number }): Promise<OwnCertificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString('hex'),
    name: 'CN=Pipeline',
    notBefore: new Date(at.subtract({ hours: 1 }).epochMilliseconds),
    notAfter: new Date(at.add({ hours: days * 24 }).epochMilliseconds),
    signingAlgorithm: algorithm,
    keys,
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const thumbprint = Buffer.from(await certificate.getThumbprint('SHA-256'))
    .toString('hex')
    .toUpperCase();
  const lines = key.match(/.{1,64}/g)?.join('\n') ?? '';
  return {
    pem: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    thumbprint,
    proof: async () => PrivateKeyJwt(keys.privateKey),
  };
}
