import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from './clock.ts';
import { type HttpServer, startHttp } from './http.ts';
import { silent } from './log.ts';
import { ensureCertificates } from './tls.ts';

describe('the web server', () => {
  let folder: string;
  let server: HttpServer;
  let url: string;
  const stream = new Readable({ read: () => undefined });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-http-'));
    server = await startHttp({
      host: '127.0.0.1',
      port: 0,
      httpsPort: 0,
      publicUrl: 'https://access.example.com:8443',
      tls: await ensureCertificates(folder, realClock.now()),
      log: silent,
      plugins: [],
      ready: async () => {
        throw new Error('the database is gone');
      },
      routes: [
        { path: '/echo/*', handle: async (each) => ({ status: 200, body: { ...each } }) },
        {
          path: '/stream',
          handle: async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, stream }),
        },
        {
          path: '/page',
          handle: async () => ({ status: 200, headers: { 'cache-control': 'max-age=60' }, body: '<p>A page</p>' }),
        },
        {
          path: '/broken',
          handle: async () => {
            throw new Error('a secret of the database');
          },
        },
      ],
    });
    url = `http://127.0.0.1:${server.port}`;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const json = async (path: string, options: RequestInit = {}) => {
    const response = await fetch(url + path, options);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  it('hands the path on as it came, and the body as text', async () => {
    const answer = await json('/echo/a%2Fb?x=%20', { method: 'POST', body: '{not json' });
    expect(answer.body).toMatchObject({ method: 'POST', url: '/echo/a%2Fb?x=%20', body: '{not json', baseUrl: url });
  });

  it('hides neither of two Authorization headers', async () => {
    const headers = ['Host', 'localhost', 'Authorization', 'Bearer a', 'authorization', 'Bearer b'];
    const sent = request(`${url}/echo/me`, { headers });
    sent.end();
    const [response] = await once(sent, 'response');
    const body = JSON.parse((await response.toArray()).join(''));
    expect(body.headers.authorization).toBe('Bearer a, Bearer b');
  });

  it('answers in one shape what is not there, too large or broken, and tells no secrets', async () => {
    expect(await json('/nothing')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    const large = await json('/echo/large', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'BadRequest' } } });
    const long = await json(`/echo/long?${'x'.repeat(20_000)}`);
    expect(long).toMatchObject({ status: 431, body: { error: { code: 'BadRequest' } } });
    const broken = await json('/broken');
    expect(broken).toMatchObject({ status: 500, body: { error: { code: 'InternalServerError' } } });
    expect(JSON.stringify(broken.body)).toContain(broken.headers.get('request-id'));
    expect(JSON.stringify(broken.body)).not.toContain('secret');
  });

  it('tells whoever sends far too much so, however they send it', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024, 'x');
    for (let time = 0; time < 10; time += 1) {
      expect(await json('/echo/large', { method: 'POST', body: large })).toMatchObject({ status: 413 });
    }
    const chunks = Readable.toWeb(Readable.from([large.subarray(0, 700_000), large.subarray(0, 700_000)]));
    const sent = json('/echo/chunked', { method: 'POST', body: chunks, duplex: 'half' } as RequestInit);
    expect(await sent).toMatchObject({ status: 413, body: { error: { code: 'BadRequest' } } });
    const letters = 'é'.repeat(400_000);
    expect((await json('/echo/fits', { method: 'POST', body: letters })).body).toMatchObject({ body: letters });
  });

  it('tells browsers to do nothing with what it answers, unless a route says otherwise', async () => {
    const guards = {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    };
    for (const path of ['/echo/a', '/nothing', '/broken', '/healthz', '/readyz']) {
      const { headers } = await fetch(url + path);
      expect(Object.fromEntries(headers), path).toMatchObject(guards);
      expect(headers.get('strict-transport-security')).toBeNull();
    }
    const { headers } = await fetch(`${url}/page`);
    expect(Object.fromEntries(headers)).toMatchObject({ ...guards, 'cache-control': 'max-age=60' });
  });

  it.each<[string, string | undefined]>([
    ['access.example.com:8443', 'max-age=31536000'],
    ['access.example.com', undefined],
    ['localhost', undefined],
  ])('wants https from now on under its public name alone: %s, %s', async (host, wanted) => {
    const sent = request(`${url}/echo/me`, { headers: { host } });
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    expect(response.headers['strict-transport-security']).toBe(wanted);
  });

  it('sends a stream as it comes, and ends it when the client goes', async () => {
    stream.push('one');
    const leaving = new AbortController();
    const response = await fetch(`${url}/stream`, { signal: leaving.signal });
    expect(response.headers.get('content-type')).toBe('text/plain');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: 'one' });
    stream.push('two');
    expect(await reader?.read()).toEqual({ done: false, value: 'two' });
    reader?.closed.catch(() => undefined);
    leaving.abort();
    await expect.poll(() => stream.destroyed, { timeout: 60_000 }).toBe(true);
  });

  it('lives without being ready', async () => {
    expect((await json('/healthz')).status).toBe(200);
    expect((await json('/readyz')).status).toBe(503);
  });

  it('stops though a client keeps its connection', async () => {
    const agent = new Agent({ keepAlive: true, timeout: 0 });
    const sent = request(`${url}/echo/x`, { agent });
    sent.end();
    const [response] = await once(sent, 'response');
    await response.toArray();
    await server.close();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    agent.destroy();
  });
});
