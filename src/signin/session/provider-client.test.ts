import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutsideProvider, openOutsideProvider } from '../../../test/outside-provider.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { realClock } from '../../platform/clock.ts';
import { silent } from '../../platform/log.ts';
import { type Certificates, ensureCertificates } from '../../platform/tls.ts';
import { nameIn, proofIn } from './identity.ts';
import { loopbackFetch } from './loopback.ts';
import { type Asked, type ProviderDescription, providerClient } from './provider-client.ts';

describe('what a provider is asked for', () => {
  let provider: OutsideProvider;
  beforeAll(async () => {
    provider = await openOutsideProvider();
    await provider.register(['http://localhost:1']);
  });
  afterAll(() => provider.close());

  const asked: Asked = {
    baseUrl: 'http://localhost:1',
    state: 's',
    nonce: 'n',
    codeVerifier: 'v'.repeat(43),
    mfa: false,
    contexts: [],
    maxAge: null,
    prompt: null,
    loginHint: null,
  };
  const parametersOf = async (mfa: ProviderDescription['mfa'], more: Partial<Asked>) => {
    const { issuer, clientId, clientSecret } = provider;
    const client = providerClient(async () => ({ issuer, clientId, clientSecret, scopes: 'openid', mfa }), silent);
    const url = new URL(orRefuse(await client.authorizeUrl({ ...asked, ...more })));
    return Object.fromEntries(url.searchParams);
  };

  it('is who it is, and nothing more', async () => {
    const parameters = await parametersOf({ claim: 'amr', value: 'mfa' }, {});
    expect(Object.keys(parameters).sort()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'nonce',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ]);
  });

  it('is MFA by the claim that will say it, and contexts', async () => {
    const amr = await parametersOf({ claim: 'amr', value: 'mfa' }, { mfa: true, contexts: ['c2'] });
    expect(JSON.parse(amr['claims'] ?? '')).toEqual({
      id_token: { amr: { essential: true, values: ['mfa'] }, acrs: { essential: true, value: 'c2' } },
    });
    const acr = await parametersOf({ claim: 'acr', value: '2' }, { mfa: true, maxAge: 60, prompt: 'login' });
    expect(acr).toMatchObject({ acr_values: '2', max_age: '60', prompt: 'login' });
    expect(acr['claims']).toBeUndefined();
    const acrs = await parametersOf({ claim: 'acrs', value: 'c1' }, { mfa: true, contexts: ['c1', 'c2'] });
    expect(JSON.parse(acrs['claims'] ?? '')).toEqual({ id_token: { acrs: { essential: true, values: ['c1', 'c2'] } } });
  });
});

describe('what an ID token says', () => {
  const at = Temporal.Instant.fromEpochMilliseconds(1_000_000);

  it.each<[string, object, string]>([
    ['amr', { amr: ['pwd', 'mfa'], auth_time: 1_000, iat: 2_000 }, 'mfa'],
    ['amr', { amr: 'mfa', iat: 1_000 }, 'mfa'],
    ['acr', { acr: '2', auth_time: 1_000.9 }, '2'],
    ['acrs', { acrs: ['c3', 'c1'], auth_time: 1_000 }, 'c1'],
  ])('of MFA, by %s: %j', (claim, claims, value) => {
    expect(proofIn({ ...claims }, { claim, value }).mfaAt).toEqual(at);
  });

  it.each<object>([
    {},
    { amr: ['pwd'], auth_time: 1_000 },
    { amr: ['mfa'] },
    { amr: ['mfa'], auth_time: '1000' },
    { amr: { mfa: true }, auth_time: 1_000 },
    { acr: 'mfa', auth_time: 1_000 },
  ])('not of MFA: %j', (claims) => {
    expect(proofIn({ ...claims }, { claim: 'amr', value: 'mfa' }).mfaAt).toBeNull();
  });

  it('of contexts: those that there can be', () => {
    expect(proofIn({ acrs: ['c1', 'c99', 'c0', 'c100', 'x', 1] }, { claim: 'amr', value: 'mfa' }).contexts).toEqual([
      'c1',
      'c99',
    ]);
    expect(proofIn({ acrs: 'c1' }, { claim: 'amr', value: 'mfa' }).contexts).toEqual(['c1']);
  });

  it('of a name: text, in the claim that is mapped', () => {
    const mapping = { claim: 'oid', attribute: 'employeeId' } as const;
    expect(nameIn({ oid: 'E-1' }, mapping)).toMatchObject({ value: 'E-1' });
    for (const oid of [undefined, '', 1, null, ['E-1'], { a: 'E-1' }]) {
      expect(nameIn({ oid, sub: 'E-1' }, mapping)).toMatchObject({ refusal: { code: 'SignInUserUnknown' } });
    }
  });
});

describe('the way to the built-in provider', () => {
  const publicUrl = 'https://access.example.com';
  let folder: string;
  let certificates: Certificates;
  let port: number;
  let close: () => void;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-loopback-'));
    certificates = await ensureCertificates(folder, realClock.now());
    const server = createServer({ key: certificates.key, cert: certificates.cert }, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        const { method, url, headers } = request;
        response.end(JSON.stringify({ method, url, host: headers.host, body: Buffer.concat(parts).toString() }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    close = () => server.close();
  });
  afterAll(async () => {
    close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (address: string, ca: string, host = '0.0.0.0', body = new URLSearchParams({ a: 'b' })) =>
    loopbackFetch(publicUrl, () => ({ host, port, ca }))(address, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
      redirect: 'manual',
    });

  it('is this very server, under its public name', async () => {
    const answer = await ask(`${publicUrl}/t/token?x=y`, certificates.ca);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: '/t/token?x=y',
      host: 'access.example.com',
      body: 'a=b',
    });
  });

  it('leads nowhere else, and trusts nobody else', async () => {
    for (const elsewhere of ['https://evil.example/', `${publicUrl}.evil.example/`, 'http://access.example.com/']) {
      await expect(ask(elsewhere, certificates.ca)).rejects.toThrow(TypeError);
    }
    const other = await mkdtemp(join(tmpdir(), 'sallyport-loopback-'));
    const { ca } = await ensureCertificates(other, realClock.now());
    await expect(ask(`${publicUrl}/`, ca)).rejects.toThrow();
    await rm(other, { recursive: true, force: true });
  });
});
