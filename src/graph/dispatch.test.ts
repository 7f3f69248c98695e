import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../test/postgres.ts';
import { callerOf, contextFor, face, ids, openToy } from '../../test/toy.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Database } from '../platform/database.ts';
import { createGraph, type Graph } from './dispatch.ts';

let toy: Database;
let graph: Graph;
const faults: { fault?: unknown }[] = [];

const rolesOf = (caller: Caller) => (caller.kind === 'user' && caller.id === ids.ben ? ['blind'] : []);

async function send(method: string, url: string, body?: unknown, caller: Caller = callerOf(ids.ada)) {
  const response = await graph.dispatch({
    method,
    url,
    headers: {},
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    caller,
    requestId: 'req-1',
    baseUrl: 'https://toy.example',
  });
  const isJson = response.headers['content-type']?.startsWith('application/json');
  return { ...response, json: isJson ? JSON.parse(response.body ?? '') : null };
}

const get = (url: string, caller?: Caller) => send('GET', url, undefined, caller);
const code = async (url: string) => {
  const { status, json } = await get(url);
  return `${status} ${json?.error?.code ?? ''} ${json?.error?.target ?? ''}`.trim();
};
const names = async (url: string) => {
  const { status, json } = await get(url);
  expect({ status, json }).toMatchObject({ status: 200 });
  return json.value.map((item: { displayName: string | null }) => item.displayName);
};
const filter = (text: string) => `/v1.0/users?$filter=${encodeURIComponent(text)}`;

describe.each(databaseKinds)('on %s', (kind) => {
  beforeAll(async () => {
    toy = await openToy(kind);
    graph = createGraph({
      faces: [face],
      read: (caller, work) => toy.db.transaction().execute((db) => work(db, contextFor(caller, ...rolesOf(caller)))),
      noteRefusedRead: async () => undefined,
      log: { error: (fields) => faults.push(fields) },
      wallClock: () => Temporal.Instant.from('2026-01-01T00:00:00Z'),
    });
  });

  afterAll(() => toy.close());

  describe('reading', () => {
    it('writes an entity in wire order, in wire form', async () => {
      const { json, headers, status } = await get(`/v1.0/users/${ids.ada}`);
      expect(status).toBe(200);
      expect(headers['content-type']).toContain('odata.metadata=minimal');
      expect(json).toEqual({
        '@odata.context': 'https://toy.example/v1.0/$metadata#users/$entity',
        id: ids.ada,
        displayName: 'Ada',
        userPrincipalName: 'ada@toy.example',
        level: 3,
        accountEnabled: true,
        createdDateTime: '2020-01-01T00:00:00.123456Z',
        notice: 'PT8H',
        userType: 'member',
        tags: ['red', 'blue'],
        visits: [
          { place: 'Oslo', count: 2 },
          { place: 'Rome', count: 1 },
        ],
        guest: null,
        name: { first: 'Ada', upn: 'ada@toy.example' },
      });
      expect(Object.keys(json).slice(0, 4)).toEqual(['@odata.context', 'id', 'displayName', 'userPrincipalName']);
    });

    it.each([
      ['/v1.0/users', ['Ada', "Ben O'Hara", null]],
      ['/users?$orderby=displayName desc', ["Ben O'Hara", 'Ada', null]],
      ['/beta/users/?$orderby=level', [null, "Ben O'Hara", 'Ada']],
      ['/v1.0/users?$top=1&$skip=1', ["Ben O'Hara"]],
      [
        '/v1.0/users?$orderby=manager/displayName desc,displayName',
        ['Ada', null, 'Ada'].length ? [null, "Ben O'Hara", 'Ada'] : [],
      ],
      ['/v1.0/users?$search="displayName:ad"', ['Ada']],
      ['/v1.0/users?$search="ad" OR "cyd"', ['Ada', null]],
      ['/v1.0/groups', ['Staff']],
      [`/v1.0/users/${ids.ada}/directReports`, ["Ben O'Hara"]],
      ['/v1.0/me/directReports', ["Ben O'Hara"]],
      [`/v1.0/users('${ids.ada}')/memberOf`, ['Staff']],
      [`/v1.0/users/ADA@toy.example/memberOf`, ['Staff']],
      [`/v1.0/users(userPrincipalName='ada@toy.example')/memberOf`, ['Staff']],
      [`/v1.0/groups/${ids.staff}/members/microsoft.graph.user`, ['Ada', "Ben O'Hara"]],
      [`/v1.0/groups/${ids.staff}/members/graph.user?$filter=level gt 2`, ['Ada']],
      [`/v1.0/groups/${ids.staff}/members?$filter=startswith(displayName,'a')`, ['Ada']],
      [`/v1.0/users/filterByCurrentUser(on='x')`, ['Ada']],
      ['/v1.0/users/filterByCurrentUser%28on=%27none%27%29', []],
    ])('lists %s', async (url, expected) => {
      expect(await names(url)).toEqual(expected);
    });

    it('takes names of properties and navigations in any letter case, and answers in its own', async () => {
      const query =
        "$filter = DISPLAYNAME eq 'Ada' and Name/FIRST eq 'Ada'&$select=DisplayName&$expand=DIRECTREPORTS($select=ID)";
      const { json } = await get(`/v1.0/users?${query}&$orderby=DisplayName`);
      expect(json.value).toEqual([{ displayName: 'Ada', directReports: [{ id: ids.ben }] }]);
      expect(await names(`/v1.0/users/${ids.ada}/DirectReports`)).toEqual(["Ben O'Hara"]);
      expect((await get(`/v1.0/users/${ids.ada}/NAME/First/$value`)).body).toBe('Ada');
      expect(await names('/v1.0/users?$search="DISPLAYNAME:ad"')).toEqual(['Ada']);
      const twice = await get('/v1.0/users?$expand=manager,MANAGER');
      expect([twice.status, twice.json.error.target]).toEqual([400, 'MANAGER']);
    });

    it.each([
      ["displayName eq 'ADA'", ['Ada']],
      ["displayName ne 'Ada'", ["Ben O'Hara", null]],
      ["displayName eq 'Ben O''Hara'", ["Ben O'Hara"]],
      ['displayName eq null', [null]],
      ["not (displayName eq 'Ada')", ["Ben O'Hara", null]],
      ['level ge 2 and level lt 3', ["Ben O'Hara"]],
      ['2 lt level', ['Ada']],
      ["userType in ('GUEST', 'member')", ['Ada', "Ben O'Hara"]],
      ["userType eq 'Guest'", ["Ben O'Hara"]],
      [`id eq '${ids.ada.toUpperCase()}'`, ['Ada']],
      [`id eq ${ids.ada}`, ['Ada']],
      ['accountEnabled eq true', ['Ada']],
      ['accountEnabled', ['Ada']],
      ['accountEnabled ne true', ["Ben O'Hara", null]],
      ['createdDateTime gt 2020-12-31', ["Ben O'Hara"]],
      ['createdDateTime le 2020-01-01T01:00:00.123456%2B01:00'.replace('%2B', '+'), ['Ada']],
      ["notice eq duration'PT480M'", ['Ada']],
      ["notice gt 'PT8H'", ["Ben O'Hara"]],
      ["tags/any(t: t eq 'red')", ['Ada']],
      ["tags/all(t: t eq 'blue')", ["Ben O'Hara", null]],
      ['tags/any()', ['Ada', "Ben O'Hara"]],
      ['tags/$count eq 2', ['Ada']],
      ["visits/any(v: v/place eq 'oslo' and v/count ge 2)", ['Ada']],
      ["name/first eq 'ada'", ['Ada']],
      ["guest/name eq 'ada'", []],
      ["startswith(guest/name, 'b')", ["Ben O'Hara"]],
      ['guest/name eq null', ['Ada', null]],
      ["manager/displayName eq 'Ada'", ["Ben O'Hara"]],
      ["manager/manager/displayName eq 'Ada'", [null]],
      ["memberOf/any(g: g/displayName eq 'Staff')", ['Ada', "Ben O'Hara"]],
      ["memberOf/any(g: g/displayName eq 'Secret')", []],
      ["directReports/any(r: r/displayName eq 'Zed')", []],
      ['directReports/$count eq 1', ['Ada', "Ben O'Hara"]],
      ["contains(tolower(displayName),'hara') or endswith(userPrincipalName, 'CYD@toy.example')", ["Ben O'Hara", null]],
      ["startswith(displayName,'%')", []],
      ['length(displayName) eq 3', ['Ada']],
      ["salary eq '100'", ['Ada']],
      ["salary eq '200'", []],
      ["displayName eq ''; drop table people; --'", null],
    ])('filters by %s', async (text, expected) => {
      if (expected === null) expect(await code(filter(text))).toBe('400 BadRequest $filter');
      else expect(await names(filter(text))).toEqual(expected);
    });

    it.each([
      [filter("nope eq 'x'"), '400 BadRequest nope'],
      [filter('displayName eq 5'), '400 BadRequest displayName'],
      [filter("level eq 'x'"), '400 BadRequest level'],
      [filter("createdDateTime ge 'yesterday'"), '400 BadRequest createdDateTime'],
      [filter('createdDateTime ge 0000-01-01'), '400 BadRequest createdDateTime'],
      [filter("userType eq 'owner'"), '400 BadRequest userType'],
      [filter("userType gt 'guest'"), '400 BadRequest userType'],
      [filter("id eq 'x'"), '400 BadRequest id'],
      [filter("tags eq 'x'"), '400 BadRequest tags'],
      [filter("manager eq 'x'"), '400 BadRequest manager'],
      [filter("directReports/displayName eq 'x'"), '400 BadRequest directReports/displayName'],
      [filter("frob(displayName) eq 'x'"), '400 BadRequest frob'],
      [filter('displayName'), '400 BadRequest displayName'],
      [filter("displayName eq 'x"), '400 BadRequest $filter'],
      ['/users?$select=nope', '400 BadRequest nope'],
      ['/users?$expand=nope', '400 BadRequest nope'],
      ['/users?$orderby=nope', '400 BadRequest nope'],
      ['/users?$orderby=tags', '400 BadRequest tags'],
      ['/users?$top=1000', '400 BadRequest $top'],
      ['/users?$frob=1', '400 BadRequest $frob'],
      ['/users?$skiptoken=abc', '400 BadRequest $skiptoken'],
      ['/users?$filter=%00', '400 BadRequest'],
      ['/users/%00', '400 BadRequest'],
      ['/users/%E0%A4%A', '400 BadRequest'],
      ['/nope', '400 BadRequest nope'],
      ['/users/x/nope/y', '400 BadRequest nope'],
      [`/users/${ids.nobody}`, '404 Request_ResourceNotFound'],
      [`/users/${ids.hidden}`, '404 Request_ResourceNotFound'],
      [`/users/${ids.hidden}/memberOf`, '404 Request_ResourceNotFound'],
      [`/groups/${ids.secret}/members`, '404 Request_ResourceNotFound'],
      [`/users/${ids.ada}/manager`, '404 Request_ResourceNotFound'],
      ['/roleManagement/directory/schedules/x', '404 ResourceNotFound'],
      ['/roleManagement/directory/schedules', '400 BadRequest $filter'],
      [`/roleManagement/directory/schedules?$filter=groupId eq '${ids.ada}' or id eq 'x'`, '400 BadRequest $filter'],
      ['/users/x/cancel', '405 MethodNotAllowed'],
    ])('refuses %s', async (url, expected) => {
      expect(await code(url)).toBe(expected);
    });

    it('expands, nested, and guards what it expands', async () => {
      const expand =
        'manager($select=id;$expand=manager($select=displayName)),directReports($select=displayName;$count=true)';
      const { json } = await get(`/v1.0/users?$select=displayName&$expand=${expand}`);
      expect(json.value).toEqual([
        {
          displayName: 'Ada',
          manager: null,
          'directReports@odata.count': 1,
          directReports: [{ displayName: "Ben O'Hara" }],
        },
        {
          displayName: "Ben O'Hara",
          manager: { id: ids.ada, manager: null },
          'directReports@odata.count': 1,
          directReports: [{ displayName: null }],
        },
        {
          displayName: null,
          manager: { id: ids.ben, manager: { displayName: 'Ada' } },
          'directReports@odata.count': 0,
          directReports: [],
        },
      ]);
      expect(json['@odata.context']).toBe(
        'https://toy.example/v1.0/$metadata#users(displayName,manager(id,manager(displayName)),directReports(displayName))',
      );
    });

    it('expands all there is, beside what is named', async () => {
      const { json } = await get(`/groups/${ids.staff}?$select=id&$expand=*,members($select=id)`);
      expect(json['@odata.context']).toBe('https://toy.example/v1.0/$metadata#groups(id,members(id))/$entity');
      expect(json.members).toHaveLength(2);
      const ben = (await get(`/users/${ids.ben}?$expand=*`)).json;
      expect(ben).toMatchObject({ manager: { id: ids.ada }, directReports: [{ id: ids.cyd }] });
      expect(ben['@odata.context']).toContain('#users(manager(),directReports()');
    });

    it('writes inline navigations without being asked', async () => {
      const url = `/groups/${ids.staff}/members/microsoft.graph.user`;
      const teams = async (query: string) => (await get(`${url}?$top=1&${query}`)).json.value[0].teams;
      expect(await teams('')).toEqual([{ id: ids.staff, displayName: 'Staff' }]);
      expect(await teams('$select=teams')).toHaveLength(1);
      expect(await teams('$expand=teams($select=id)')).toEqual([{ id: ids.staff }]);
      expect(await teams('$select=id')).toBeUndefined();
    });

    it('follows $levels', async () => {
      const { json } = await get(`/users/${ids.cyd}?$select=id&$expand=manager($levels=max;$select=displayName)`);
      expect(json.manager).toEqual({ displayName: "Ben O'Hara", manager: { displayName: 'Ada', manager: null } });
      const most = await get(`/users/${ids.cyd}?$select=id&$expand=manager($levels=1000;$select=displayName)`);
      expect(most.json.manager).toEqual(json.manager);
      expect(await code(`/users/${ids.cyd}?$expand=manager($levels=1001)`)).toBe('400 BadRequest $levels');
    });

    it('writes polymorphic rows as their own type', async () => {
      const { json } = await get(`/groups/${ids.staff}/members?$select=id,displayName,userType`);
      expect(json.value).toEqual([
        { '@odata.type': '#microsoft.graph.user', id: ids.ada, displayName: 'Ada', userType: 'member' },
        { '@odata.type': '#microsoft.graph.user', id: ids.ben, displayName: "Ben O'Hara", userType: 'guest' },
      ]);
      expect((await get(`/groups/${ids.staff}?$expand=members($select=id)`)).json.members).toHaveLength(2);
    });

    it('shows no more than the type and the key of what the reader may not see as what it is', async () => {
      const blind = callerOf(ids.ben);
      const members = `/groups/${ids.staff}/members`;
      expect((await get(`${members}?$select=id,displayName`, blind)).json.value).toEqual([
        { '@odata.type': '#microsoft.graph.user', id: ids.ada },
        { '@odata.type': '#microsoft.graph.user', id: ids.ben },
      ]);
      expect((await get(`${members}?$filter=startswith(displayName,'a')`, blind)).json.value).toEqual([]);
      expect((await get(`${members}?$filter=microsoft.graph.user/level eq 3`, blind)).json.value).toEqual([]);
      expect((await get(`${members}?$search="ada"`, blind)).json.value).toEqual([]);
      expect((await get(`${members}/microsoft.graph.user`, blind)).json.value).toEqual([]);
      expect((await get(`${members}/microsoft.graph.user/$count`, blind)).body).toBe('0');
    });

    it('keeps restricted properties to those who may see them', async () => {
      const { json } = await get('/users?$select=displayName,salary&$orderby=salary');
      expect(json.value.map((item: { salary: string | null }) => item.salary)).toEqual([null, null, '100']);
    });

    it('pages with stable links that keep all options', async () => {
      let url: string | undefined = '/v1.0/users?$top=1&$orderby=level desc&$select=displayName&$count=true';
      const seen: unknown[] = [];
      while (url !== undefined) {
        const { json }: { json: { value: unknown[]; '@odata.count': number; '@odata.nextLink'?: string } } =
          await get(url);
        expect(json['@odata.count']).toBe(3);
        seen.push(...json.value);
        url = json['@odata.nextLink']?.replace('https://toy.example', '');
      }
      expect(seen).toEqual([{ displayName: 'Ada' }, { displayName: "Ben O'Hara" }, { displayName: null }]);
    });

    it.each(['createdDateTime', 'notice', 'accountEnabled', 'userType', 'displayName', 'level', 'id', 'guest/name'])(
      'pages by %s',
      async (property) => {
        for (const direction of ['asc', 'desc']) {
          const order = `$select=id&$orderby=${property} ${direction}`;
          const all = (await get(`/users?${order}`)).json.value;
          const seen: unknown[] = [];
          let url: string | undefined = `/users?$top=1&${order}`;
          while (url !== undefined) {
            const { json }: { json: { value: unknown[]; '@odata.nextLink'?: string } } = await get(url);
            seen.push(...json.value);
            url = json['@odata.nextLink']?.replace('https://toy.example', '');
          }
          expect(seen).toEqual(all);
          expect(seen).toHaveLength(3);
        }
      },
    );

    it('counts as plain text', async () => {
      const count = async (url: string) => (await get(url)).body;
      expect(await count('/users/$count')).toBe('3');
      expect(await count(`/users/$count?$filter=level gt 2`)).toBe('1');
      expect(await count(`/groups/${ids.staff}/members/$count`)).toBe('2');
      expect(await count(`/groups/${ids.staff}/members/microsoft.graph.group/$count`)).toBe('0');
      expect(await count(`/users/filterByCurrentUser(on='x')/$count`)).toBe('1');
      expect(await count(`/users/${ids.ada}/tags/$count`)).toBe('2');
    });

    it('reads properties, values and references', async () => {
      expect((await get(`/users/${ids.ada}/displayName`)).json).toMatchObject({ value: 'Ada' });
      expect((await get(`/users/${ids.ada}/displayName/$value`)).body).toBe('Ada');
      expect((await get(`/users/${ids.ada}/createdDateTime/$value`)).body).toBe('2020-01-01T00:00:00.123456Z');
      expect((await get(`/users/${ids.ada}/name/first`)).json).toMatchObject({ value: 'Ada' });
      expect((await get(`/users/${ids.cyd}/displayName`)).status).toBe(204);
      expect((await get('/first')).json).toMatchObject({ displayName: 'Ada' });
      expect((await get(`/groups/${ids.staff}/members/$ref`)).json.value).toEqual([
        { '@odata.id': `https://toy.example/v1.0/directoryObjects/${ids.ada}` },
        { '@odata.id': `https://toy.example/v1.0/directoryObjects/${ids.ben}` },
      ]);
      expect((await get(`/users/${ids.ben}/manager/$ref`)).json).toMatchObject({
        '@odata.id': `https://toy.example/v1.0/users/${ids.ada}`,
      });
    });
  });

  describe('operations', () => {
    it('reads back what was written, even if it is hidden from its writer', async () => {
      const made = await send('POST', '/v1.0/users?$expand=directReports', { displayName: 'Zed', userType: 'GUEST' });
      expect(made.status).toBe(201);
      expect(made.json).toMatchObject({ id: ids.hidden, displayName: 'Zed', directReports: [] });
      expect(made.headers['location']).toBe(`https://toy.example/v1.0/users/${ids.hidden}`);
    });

    it.each([
      [{ displayName: 'Ada', frob: 1 }, 'frob'],
      [{ displayName: 5 }, 'displayName'],
      [{ displayName: 'Adelheid' }, 'displayName'],
      [{}, 'displayName'],
      [{ displayName: 'Ada', userType: 'boss' }, 'userType'],
      [{ displayName: 'Ada', manager: { id: 5 } }, 'manager/id'],
      [{ displayName: 'Ada', 'members@odata.bind': ['https://x/v1.0/users/1', 'nope'] }, 'members@odata.bind/1'],
      ['{"displayName":"Ada","__proto__":{"x":1}}', '__proto__'],
      ['{"displayName":', undefined],
      ['', undefined],
      ['[]', ''],
    ])('refuses the body %j', async (body, target) => {
      const { status, json } = await send('POST', '/users', body);
      expect(`${status} ${json.error.code}`).toBe('400 BadRequest');
      expect(json.error.target).toBe(target);
    });

    it('resolves me, prefixes, versions and methods', async () => {
      expect((await get('/me/say')).json).toMatchObject({ path: { 'user-id': ids.ada } });
      expect((await send('POST', `/users/${ids.ada}/microsoft.graph.cancel`)).status).toBe(204);
      expect((await send('POST', `/users/${ids.ada}/cancel/`, {})).status).toBe(204);
      expect((await send('POST', `/users/${ids.ada}/cancel`, { x: 1 })).status).toBe(400);
      expect((await send('POST', `/v1.0/users/${ids.ada}/onlyBeta`)).status).toBe(400);
      expect((await send('POST', `/beta/users/${ids.ada}/onlyBeta`)).status).toBe(204);
      expect((await send('DELETE', `/groups/${ids.staff}/members/${ids.ada}/$ref`)).status).toBe(204);
      const refused = await send('DELETE', `/users/${ids.ada}`);
      expect([refused.status, refused.headers['allow']]).toEqual([405, 'GET']);
    });

    it('answers a fault with an opaque 500 and logs it', async () => {
      const { status, json } = await send('POST', `/users/${ids.ada}/fail`);
      expect([status, json.error.code, json.error.innerError['request-id']]).toEqual([
        500,
        'InternalServerError',
        'req-1',
      ]);
      expect(JSON.stringify(json)).not.toContain('disk');
      expect(String(faults.at(-1)?.fault)).toContain('disk');
    });
  });
});
