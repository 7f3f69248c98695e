import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessOperation, accessTable, roleIds, satisfies } from '../../src/access/index.ts';
import type { Rule } from '../../src/access/table.ts';
import { applicationCases } from './access/applications.ts';
import { delegationCases } from './access/delegation.ts';
import { directoryCases } from './access/directory.ts';
import { type AccessCase, fixtures, type Prepared } from './access/fixtures.ts';
import { governanceCases } from './access/governance.ts';
import { ownCases } from './access/own.ts';
import { privilegedCases } from './access/privileged.ts';
import { type Actor, type Answer, openPlay, type Play } from './play.ts';

const allPermissions = [...new Set(Object.values(accessTable).flatMap(({ permissions }) => [...permissions]))].sort();
const deep = process.env['SALLYPORT_DEEP'] === '1';
/** Rows that open reading alone: no write asks them. */
const isRead = (row: string) => /\.read(All|For\w+)?$/.test(row);

/** Somebody who tries: a person with roles, or an application with permissions. */
interface Caller {
  readonly name: string;
  readonly actor: Actor;
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
  readonly isPerson: boolean;
}

describe('every operation', () => {
  let play: Play;
  let admin: Actor;
  let cases: AccessCase[];
  /** One for each role and each permission, and two with nothing. */
  let callers: Caller[];
  const hired = new Map<string, Promise<Caller>>();

  beforeAll(async () => {
    play = await openPlay('embedded');
    admin = await play.as('admin');
    const kit = fixtures(play, admin);
    cases = [
      ...(await directoryCases(kit)),
      ...(await privilegedCases(kit)),
      ...(await governanceCases(kit)),
      ...(await delegationCases(kit)),
      ...(await ownCases(kit)),
      ...applicationCases(kit),
    ];
    callers = await Promise.all([
      person([]),
      app([]),
      ...Object.values(roleIds).map((id) => person([id])),
      ...allPermissions.map((one) => app([one])),
    ]);
  });
  afterAll(() => play?.close());

  function once(key: string, hire: () => Promise<Caller>): Promise<Caller> {
    const known = hired.get(key) ?? hire();
    hired.set(key, known);
    return known;
  }

  function person(roles: readonly string[]): Promise<Caller> {
    return once(`person with ${roles}`, async () => {
      const name = `tries-${hired.size}`;
      const body = { accountEnabled: true, displayName: name, mailNickname: name };
      const made = await admin.post('/users', { ...body, userPrincipalName: `${name}@sallyport.example` });
      const principalId = String(made.body['id']);
      for (const roleDefinitionId of roles) {
        const given = { principalId, roleDefinitionId, directoryScopeId: '/' };
        expect((await admin.post('/roleManagement/directory/roleAssignments', given)).status).toBe(201);
      }
      const actor = await play.asUser(principalId);
      return { name: `person ${roles}`, actor, roles: new Set(roles), permissions: new Set<string>(), isPerson: true };
    });
  }

  function app(permissions: readonly string[]): Promise<Caller> {
    return once(`app with ${permissions}`, async () => {
      const actor = await play.asNewApp(permissions);
      const name = `app ${permissions}`;
      return { name, actor, roles: new Set<string>(), permissions: new Set(permissions), isPerson: false };
    });
  }

  /**
   * Who is to be refused: those with nothing, and for each row that a case asks, a person with all roles and an app
   * with all permissions but those of the row. As any one would be enough, that none of many is tells of each.
   */
  async function outsiders({ rows }: AccessCase): Promise<Caller[]> {
    const asked = typeof rows === 'string' ? [null] : rows.map((row): Rule => accessTable[row]);
    const found = asked.flatMap((rule) => [
      person(Object.entries(roleIds).flatMap(([name, id]) => (rule?.roles.some((one) => one === name) ? [] : [id]))),
      app(allPermissions.filter((one) => !rule?.permissions.includes(one))),
    ]);
    return [...new Set(await Promise.all([person([]), app([]), ...found]))];
  }

  function isAllowed({ rows }: AccessCase, { roles, permissions, isPerson }: Caller): boolean {
    if (rows === 'nobody' || rows === 'all') return rows === 'all';
    if (rows === 'people') return isPerson;
    const relations = new Set(isPerson ? (['anyone'] as const) : []);
    return rows.every((row) => satisfies(accessTable[row], { roles, permissions, relations }));
  }

  function send(actor: Actor, { operation }: AccessCase, { path, body }: Prepared): Promise<Answer> {
    const method = operation.split(' ')[0]?.toLowerCase() as 'post' | 'put' | 'patch' | 'delete';
    return actor[method](path, body);
  }

  async function recorded(result: 'success' | 'failure'): Promise<number> {
    const answer = await admin.get(`/auditLogs/directoryAudits?$count=true&$top=1&$filter=result eq '${result}'`);
    return Number(answer.body['@odata.count']);
  }

  test('has a case for each', () => {
    const namesOf = ({ operations }: Play['registry'], root: string) =>
      operations.all.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${root}${path}`);
    const known = [...namesOf(play.registry, ''), ...namesOf(play.own, '/sallyport')];
    const missing = known.filter((one) => !cases.some((each) => each.operation === one));
    expect(missing).toEqual([]);
  });

  test('asks every row of the table that is not for reading', () => {
    const asked = new Set<string>(cases.flatMap(({ rows }) => (typeof rows === 'string' ? [] : [...rows])));
    // Of one's own: `nobody` may do it for others, and both doors' stories do it for themselves.
    const own: AccessOperation[] = [
      'activation.request',
      'assignmentRequest.submitForSelf',
      'authenticationMethod.changeOwn',
    ];
    const rows = Object.keys(accessTable) as AccessOperation[];
    expect(rows.filter((row) => !asked.has(row) && !own.includes(row) && !isRead(row))).toEqual([]);
  });

  test('who may not is refused, with a trace and without an effect', async () => {
    const tries: { one: AccessCase; prepared: Prepared; denied: Caller[] }[] = [];
    for (const one of cases) {
      const denied = (await outsiders(one)).filter((caller) => !isAllowed(one, caller));
      tries.push({ one, prepared: await one.prepare(), denied });
    }
    const before = { failure: await recorded('failure'), success: await recorded('success') };
    for (const { one, prepared, denied } of tries) {
      const what = `${one.operation} (${one.about ?? ''})`;
      expect([what, (await send(play.withToken('none'), one, prepared)).status]).toEqual([what, 401]);
      for (const caller of denied) {
        const { status } = await send(caller.actor, one, prepared);
        expect([what, caller.name, status]).toEqual([what, caller.name, status === 404 ? 404 : 403]);
      }
    }
    const count = tries.reduce((sum, { denied }) => sum + denied.length, 0);
    expect(count).toBeGreaterThan(cases.length);
    expect(await recorded('failure')).toBe(before.failure + count);
    expect(await recorded('success')).toBe(before.success);
  });

  test('who may, may', async () => {
    const tried = new Set<string>();
    for (const one of cases) {
      const allowed = callers.filter((each) => isAllowed(one, each));
      // Each role and permission at one operation of its rows; at the others a person and an application.
      const few = [allowed.findLast(({ isPerson }) => isPerson), allowed.find(({ isPerson }) => !isPerson)];
      const isFirst = !tried.has(String(one.rows));
      tried.add(String(one.rows));
      for (const caller of isFirst || deep ? allowed : few.filter((each) => each !== undefined)) {
        const { status, body } = await send(caller.actor, one, await one.prepare());
        const what = [one.operation, one.about, caller.name, status < 300 ? '' : JSON.stringify(body)];
        expect([what, status]).toEqual([what, one.answers ?? Math.min(status, 299)]);
      }
    }
  });
});
