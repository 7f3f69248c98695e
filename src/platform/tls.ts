// The decorators inside @peculiar/x509 need this polyfill to be there first.
import 'reflect-metadata';
import { type webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { Instant } from '../kernel/time.ts';

/** What an HTTPS server needs, and what its clients must trust. All PEM. */
export interface Certificates {
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
  /** Where the CA's certificate lies, for `NODE_EXTRA_CA_CERTS` and the like. */
  readonly caPath: string;
}

/** Thrown when the CA in the data folder cannot be used. It is never replaced silently: clients trust it. */
export class BrokenCaError extends Error {
  constructor(folder: string, what: string) {
    super(
      `The local CA in ${folder} cannot be used: ${what}. Put back ca.pem and ca-key.pem from a backup, ` +
        'or remove both to get a new CA, which every client must then be told to trust.',
    );
    this.name = 'BrokenCaError';
  }
}

interface Authority {
  readonly pem: string;
  readonly subject: string;
  readonly keys: KeyPair;
}

type KeyPair = webcrypto.CryptoKeyPair;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const privateKeyText = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n?/;
const certificateText = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/;

const hour = 3_600_000;
const day = 24 * hour;
const caLifetime = 3650 * day;
// Browsers take nothing above 398 days.
const serverLifetime = 397 * day;
const renewBefore = 30 * day;

/**
 * Gives the server's certificate for `localhost`, `127.0.0.1`, `::1` and the machine's name, signed by a CA of
 * this data folder. Makes what is missing, renews the server's certificate 30 days before its end or when the
 * names change, and keeps the CA's key for ever.
 *
 * Safe against being killed at any moment: each file is replaced as a whole, and the CA's key is written before
 * its certificate, so that a key without a certificate is merely unfinished.
 *
 * @param now real time
 * @throws {BrokenCaError} if the CA's files do not belong together
 */
export async function ensureCertificates(
  folder: string,
  now: Instant,
  machine: string = hostname(),
): Promise<Certificates> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const caPath = join(folder, 'ca.pem');
  const at = now.epochMilliseconds;
  const authority = await ensureAuthority(folder, caPath, at);
  const names = [...new Set(['localhost', machine.toLowerCase()])].filter((name) => name !== '');
  const serverPath = join(folder, 'server.pem');
  const kept = readServer(await read(serverPath), authority, names, at);
  if (kept !== null) return { ca: authority.pem, ...kept, caPath };

  const made = await makeServer(authority, names, at);
  await replace(serverPath, made.key + made.cert, 0o600);
  return { ca: authority.pem, ...made, caPath };
}

async function ensureAuthority(folder: string, caPath: string, at: number): Promise<Authority> {
  const keyPath = join(folder, 'ca-key.pem');
  const [keyPem, pem] = await Promise.all([read(keyPath), read(caPath)]);
  if (keyPem === null) {
    if (pem !== null) throw new BrokenCaError(folder, 'ca-key.pem is missing');
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    await replace(keyPath, await privateKeyPem(keys.privateKey), 0o600);
    return signAuthority(caPath, keys, at);
  }
  const keys = await readKeys(keyPem).catch(() => {
    throw new BrokenCaError(folder, 'ca-key.pem is damaged');
  });
  if (pem === null) return signAuthority(caPath, keys, at);
  const certificate = parse(pem);
  if (certificate === null) throw new BrokenCaError(folder, 'ca.pem is damaged');
  if (!(await belong(certificate, keys))) throw new BrokenCaError(folder, 'ca.pem and ca-key.pem do not match');
  if (isNearEnd(certificate, at)) return signAuthority(caPath, keys, at);
  return { pem, subject: new x509.X509Certificate(pem).subject, keys };
}

async function signAuthority(caPath: string, keys: KeyPair, at: number): Promise<Authority> {
  // The name tells one folder's CA from another's in a list of trusted certificates.
  const subject = `CN=Sallyport local CA ${randomHex(4)}`;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: subject,
    ...validity(at, caLifetime),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pem = `${certificate.toString('pem')}\n`;
  await replace(caPath, pem, 0o644);
  return { pem, subject: certificate.subject, keys };
}

async function makeServer(authority: Authority, names: readonly string[], at: number) {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=localhost',
    issuer: authority.subject,
    ...validity(at, serverLifetime),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  });
  return { key: await privateKeyPem(keys.privateKey), cert: `${certificate.toString('pem')}\n` };
}

/** The stored key and certificate, or null if they must be made anew: damaged, near their end, or another's. */
function readServer(text: string | null, authority: Authority, names: readonly string[], at: number) {
  const key = text?.match(privateKeyText)?.[0];
  const cert = text?.match(certificateText)?.[0];
  const certificate = cert === undefined ? null : parse(cert);
  if (key === undefined || cert === undefined || certificate === null) return null;
  if (isNearEnd(certificate, at) || certificate.validFromDate.getTime() > at) return null;
  if (!certificate.checkIssued(new X509Certificate(authority.pem))) return null;
  const dns = (certificate.subjectAltName ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  const wanted = names.map((name) => `DNS:${name}`);
  return [...dns].sort().join() === [...wanted].sort().join() ? { key, cert } : null;
}

function isNearEnd(certificate: X509Certificate, at: number): boolean {
  return certificate.validToDate.getTime() - at < renewBefore;
}

function parse(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function validity(at: number, lifetime: number) {
  // An hour back, for clients whose clock is behind.
  return { notBefore: new Date(at - hour), notAfter: new Date(at + lifetime) };
}

async function belong(certificate: X509Certificate, keys: KeyPair): Promise<boolean> {
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', keys.publicKey));
  return spki.equals(certificate.publicKey.export({ type: 'spki', format: 'der' }));
}

async function readKeys(pem: string): Promise<KeyPair> {
  const der = x509.PemConverter.decodeFirst(pem);
  const privateKey = await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
  const { d: _secret, key_ops: _use, ...publicPart } = await crypto.subtle.exportKey('jwk', privateKey);
  return { privateKey, publicKey: await crypto.subtle.importKey('jwk', publicPart, algorithm, true, ['verify']) };
}

async function privateKeyPem(key: CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function serialNumber(): string {
  // Positive, and with no leading zeros that DER forbids.
  return `40${randomHex(15)}`;
}

function randomHex(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fault;
  }
}

/** INVARIANT: the file holds the old text or the new one, never a part, and never with wider rights than `mode`. */
async function replace(path: string, text: string, mode: number): Promise<void> {
  const next = `${path}.next`;
  // One left by a killed process may have other rights; a new file has these from its first byte.
  await rm(next, { force: true });
  const file = await open(next, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}
