import { describe, expect, test } from 'vitest';
import { callerOf, contextFor, face, ids, openToy } from '../../test/toy.ts';
import { parseAddress } from './address.ts';
import { createGraph } from './dispatch.ts';
import { costOf, createThrottle } from './throttle.ts';

const cost = (url: string, method = 'GET') => costOf(method, parseAddress(`/v1.0${url}`));

test.each([
  ['/users', 2],
  ['/users?$select=id', 1],
  ['/users?$select=id&$top=5', 1],
  ['/users?$expand=manager', 3],
  ['/groups/x/members', 3],
  ['/groups/x/transitiveMembers?%24top=5', 4],
  ['/me/memberOf', 2],
  ['/identityGovernance/entitlementManagement/assignments', 1],
])('§9.2 GET %s costs %i', (url, units) => {
  expect(cost(url)).toBe(units);
});

describe('§9.2 a limit', () => {
  const open = (units: number) => {
    const time = { ms: 0 };
    const throttle = createThrottle({ units, seconds: 10 }, { uptimeMs: () => time.ms, tenantId: 't' });
    return { time, throttle };
  };

  test('is each caller’s own, and begins anew when its window ends', () => {
    const { time, throttle } = open(3);
    const [ada, bob] = [callerOf(ids.ada), callerOf(ids.nobody)];
    expect(throttle.take(ada, 2)).toMatchObject({ isRefused: false });
    expect(throttle.take(ada, 2)).toMatchObject({ isRefused: true, retryAfter: 10 });
    expect(throttle.take(bob, 2)).toMatchObject({ isRefused: false });
    time.ms = 9_001;
    expect(throttle.take(ada, 1)).toMatchObject({ isRefused: true, retryAfter: 1 });
    time.ms = 10_000;
    expect(throttle.take(ada, 3)).toMatchObject({ isRefused: false, share: 1 });
  });

  test('lets what is dearer than all of it through once a window', () => {
    const { throttle } = open(1);
    expect(throttle.take(callerOf(ids.ada), 5)).toMatchObject({ isRefused: false });
    expect(throttle.take(callerOf(ids.ada), 1)).toMatchObject({ isRefused: true });
  });
});

test('§9.2 who asks for too much is told when to come again, in a batch request by request', async () => {
  const toy = await openToy('embedded');
  const graph = createGraph({
    faces: [face],
    read: (caller, work) => toy.db.transaction().execute((db) => work(db, contextFor(caller))),
    noteRefusedRead: async () => undefined,
    log: { error: () => undefined },
    wallClock: () => Temporal.Instant.from('2026-01-01T00:00:00Z'),
    throttle: createThrottle({ units: 5, seconds: 10 }, { uptimeMs: () => 0, tenantId: 't' }),
  });
  const send = (method: string, url: string, body?: object) =>
    graph.dispatch({
      method,
      url,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      caller: callerOf(ids.ada),
      requestId: 'r',
      baseUrl: 'https://toy.example',
    });
  const first = await send('GET', '/v1.0/users');
  expect(first).toMatchObject({ status: 200, headers: { 'x-ms-resource-unit': '2' } });
  const requests = [1, 2, 3].map((id) => ({ id: String(id), method: 'GET', url: '/users?$select=id&$top=1' }));
  const batch = JSON.parse((await send('POST', '/v1.0/$batch', { requests })).body ?? '');
  expect(batch.responses.map(({ status }: { status: number }) => status)).toEqual([200, 200, 200]);
  const refused = await send('GET', '/v1.0/users');
  expect(refused).toMatchObject({
    status: 429,
    headers: {
      'retry-after': '10',
      'x-ms-resource-unit': '2',
      'x-ms-throttle-limit-percentage': '1.40',
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    },
  });
  expect(JSON.parse(refused.body ?? '').error).toMatchObject({ code: 'TooManyRequests' });
  const late = JSON.parse((await send('POST', '/v1.0/$batch', { requests: requests.slice(0, 1) })).body ?? '');
  expect(late.responses[0]).toMatchObject({ status: 429, headers: { 'retry-after': '10' } });
  await toy.close();
});
