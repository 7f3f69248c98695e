import { describe, expect, it } from 'vitest';
import { callerOf, ids } from '../../test/toy.ts';
import { RefusedError } from '../kernel/outcome.ts';
import { emptyResponse, jsonResponse, textResponse } from './answer.ts';
import { runBatch } from './batch.ts';
import type { Request } from './ports.ts';

const request = (body: unknown, url = '/v1.0/$batch'): Request => ({
  method: 'POST',
  url,
  headers: { authorization: 'secret', 'content-type': 'application/json' },
  body: JSON.stringify(body),
  caller: callerOf(ids.ada),
  requestId: 'req-1',
  baseUrl: 'https://toy.example',
});

async function run(requests: unknown, url?: string) {
  const seen: Request[] = [];
  const response = await runBatch(request({ requests }, url), async (each) => {
    seen.push(each);
    if (each.url.endsWith('/fail')) return jsonResponse(404, { error: { code: 'x' } });
    if (each.url.endsWith('/$count')) return textResponse('3');
    return each.method === 'DELETE' ? emptyResponse(204) : jsonResponse(200, { ok: true });
  });
  return { seen, responses: JSON.parse(response.body ?? '').responses };
}

const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });

describe('$batch', () => {
  it('runs each request as the same caller, under its own headers and the version of the batch', async () => {
    const { seen, responses } = await run(
      [
        get('1', '/users?$top=1', { headers: { ConsistencyLevel: 'eventual' } }),
        get('2', 'users/$count'),
        { id: '3', method: 'delete', url: '/v1.0/users/x' },
        { id: '4', method: 'POST', url: '/users', headers: { 'Content-Type': 'application/json' }, body: { a: 1 } },
      ],
      '/beta/%24batch',
    );
    expect(seen.map(({ url }) => url)).toEqual([
      '/beta/users?$top=1',
      '/beta/users/$count',
      '/v1.0/users/x',
      '/beta/users',
    ]);
    expect(seen[0]).toMatchObject({
      headers: { consistencylevel: 'eventual' },
      caller: { id: ids.ada },
      body: undefined,
    });
    expect(seen[0]?.headers['authorization']).toBeUndefined();
    expect(seen[3]?.body).toBe('{"a":1}');
    expect(responses.map(({ id, status, body }: Record<string, unknown>) => [id, status, body])).toEqual([
      ['1', 200, { ok: true }],
      ['2', 200, '3'],
      ['3', 204, undefined],
      ['4', 200, { ok: true }],
    ]);
  });

  it('does not run what depends on a failure', async () => {
    const { seen, responses } = await run([
      get('1', '/fail'),
      get('2', '/a', { dependsOn: ['1'] }),
      get('3', '/b', { dependsOn: ['2'] }),
      get('4', '/c', { dependsOn: [] }),
    ]);
    expect(seen.map(({ url }) => url)).toEqual(['/v1.0/fail', '/v1.0/c']);
    expect(responses.map(({ status }: { status: number }) => status)).toEqual([404, 424, 424, 200]);
  });

  it('knows an id in any letter case', async () => {
    const { responses } = await run([get('One', '/fail'), get('two', '/a', { dependsOn: ['one'] })]);
    expect(responses).toMatchObject([
      { id: 'One', status: 404 },
      { id: 'two', status: 424 },
    ]);
  });

  it.each<[string, unknown]>([
    ['two of the same id', [get('1', '/a'), get('1', '/b')]],
    ['two ids that differ in their letter case alone', [get('one', '/a'), get('One', '/b')]],
    ['more than twenty', Array.from({ length: 21 }, (_, index) => get(String(index), '/a'))],
    ['none', []],
    ['no list', 'x'],
    ['an unknown dependency', [get('1', '/a', { dependsOn: ['2'] })]],
    ['a batch in a batch', [get('1', '/$batch')]],
    ['an absolute address', [get('1', 'https://evil.example/users')]],
    ['no method', [{ id: '1', url: '/a' }]],
  ])('refuses a batch with %s as a whole', async (_what, requests) => {
    await expect(run(requests)).rejects.toThrow(RefusedError);
  });
});
