import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallClock } from '../kernel/time.ts';
import { BrokenCaError, ensureCertificates } from './tls.ts';

const now = wallClock();
const days = (count: number) => now.add({ hours: count * 24 });

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'sallyport-tls-')), 'data');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

function connect(port: number, host: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request({ host, port, ca, family: host === '::1' ? 6 : 4 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.once('error', reject);
    call.end();
  });
}

describe('certificates of the data folder', () => {
  it('are trusted through the CA alone, by every name of this machine', async () => {
    const { ca, key, cert, caPath } = await ensureCertificates(folder, now, 'Workshop');
    expect(await readFile(caPath, 'utf8')).toBe(ca);
    const server = createServer({ key, cert }, (_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(await connect(port, 'localhost', ca)).toBe(200);
      expect(await connect(port, '127.0.0.1', ca)).toBe(200);
      await expect(connect(port, '127.0.0.1', cert)).rejects.toThrow();
    } finally {
      server.close();
    }
    const certificate = new X509Certificate(cert);
    expect(certificate.checkHost('workshop')).toBe('workshop');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(new X509Certificate(ca).publicKey)).toBe(true);
  });

  it('keep private keys to the owner', async () => {
    await ensureCertificates(folder, now);
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await mode(folder)).toBe(0o700);
    expect(await mode(join(folder, 'ca-key.pem'))).toBe(0o600);
    expect(await mode(join(folder, 'server.pem'))).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['ca-key.pem', 'ca.pem', 'server.pem']);
  });

  it('are the same at the next start', async () => {
    const first = await ensureCertificates(folder, now);
    expect(await ensureCertificates(folder, days(300))).toEqual(first);
  });

  it.each([
    ['the end is near', days(380), 'workshop'],
    ['the machine has another name', now, 'bench'],
  ])('are renewed by the same CA when %s', async (_, at, machine) => {
    const first = await ensureCertificates(folder, now, 'workshop');
    const second = await ensureCertificates(folder, at, machine);
    expect(second.ca).toBe(first.ca);
    expect(second.cert).not.toBe(first.cert);
    expect(new X509Certificate(second.cert).checkHost(machine)).toBe(machine);
  });

  it('get a new CA certificate on the same key before the old one ends', async () => {
    const first = await ensureCertificates(folder, now);
    const second = await ensureCertificates(folder, days(3640));
    expect(second.ca).not.toBe(first.ca);
    const spki = (pem: string) => new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'pem' });
    expect(spki(second.ca)).toBe(spki(first.ca));
    expect(new X509Certificate(second.cert).checkIssued(new X509Certificate(second.ca))).toBe(true);
  });

  it.each([
    ['after the CA key', ['ca.pem', 'server.pem'], true],
    ['after the CA', ['server.pem'], false],
  ])('are finished after a kill %s', async (_, missing, newCa) => {
    const first = await ensureCertificates(folder, now);
    for (const name of missing) await rm(join(folder, name));
    await writeFile(join(folder, 'server.pem.next'), 'half a fi', { mode: 0o644 });
    const second = await ensureCertificates(folder, now);
    expect(second.ca !== first.ca).toBe(newCa);
    expect(new X509Certificate(second.cert).checkIssued(new X509Certificate(second.ca))).toBe(true);
    expect((await stat(join(folder, 'server.pem'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).not.toContain('server.pem.next');
  });

  it('are made anew when the server file is damaged', async () => {
    await ensureCertificates(folder, now);
    await writeFile(join(folder, 'server.pem'), 'nothing');
    const { cert, ca } = await ensureCertificates(folder, now);
    expect(new X509Certificate(cert).checkIssued(new X509Certificate(ca))).toBe(true);
  });

  it.each([
    ['its key is missing', async () => rm(join(folder, 'ca-key.pem'))],
    ['its key is damaged', async () => writeFile(join(folder, 'ca-key.pem'), 'nothing')],
    ['its certificate is damaged', async () => writeFile(join(folder, 'ca.pem'), 'nothing')],
    [
      'its files do not match',
      async () => {
        const other = await ensureCertificates(join(folder, 'other'), now);
        await writeFile(join(folder, 'ca.pem'), other.ca);
      },
    ],
  ])('refuse a CA of which %s, instead of replacing it', async (_, damage) => {
    await ensureCertificates(folder, now);
    await damage();
    await expect(ensureCertificates(folder, now)).rejects.toThrow(BrokenCaError);
  });
});
