import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessTable, roleIds, satisfies } from '../../src/access/index.ts';
import { fixtures } from './access/fixtures.ts';
import { type ReadCase, readCases } from './access/reading.ts';
import { askForPackage, seedPackage } from './doors.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const permissions = [...new Set(Object.values(accessTable).flatMap((rule) => [...rule.permissions]))].sort();

/** Somebody who reads: a person with a role or without, an application with a permission or without. */
interface Reader {
  readonly name: string;
  readonly actor: Actor;
  readonly isPerson: boolean;
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

describe('every collection and function', () => {
  let play: Play;
  let cases: ReadCase[];
  let readers: Reader[];
  beforeAll(async () => {
    play = await openPlay('embedded');
    const admin = await play.as('admin');
    const kit = fixtures(play, admin);
    const packageId = await seedPackage(admin);
    const policy = await kit.first(`${entitlements}/accessPackages/${packageId}/assignmentPolicies`);
    const catalog = await kit.made(`${entitlements}/catalogs`, { displayName: 'Catalog' });
    const another = { displayName: 'Other', catalog: { id: catalog } };
    const otherId = await kit.made(`${entitlements}/accessPackages`, another);
    const request = await askForPackage(play, await play.as('requestor'));
    const requestId = String(request.body['id']);
    const scheduled = await kit.first('/roleManagement/directory/roleEligibilityScheduleRequests');
    const scheduleRequestId = String(scheduled?.['id']);
    const policyId = String(policy?.['id']);
    const groupId = await kit.group();
    cases = readCases(play, { packageId, otherId, policyId, requestId, scheduleRequestId, groupId });
    const person = async (role: string | null): Promise<Reader> => {
      const id = await kit.user();
      const assigned = { principalId: id, roleDefinitionId: role, directoryScopeId: '/' };
      if (role !== null) kit.good(await admin.post('/roleManagement/directory/roleAssignments', assigned));
      const roles = new Set(role === null ? [] : [role]);
      return { name: `person ${role}`, actor: await play.asUser(id), isPerson: true, roles, permissions: new Set() };
    };
    const app = async (permission: string | null): Promise<Reader> => {
      const held = permission === null ? [] : [permission];
      const actor = await play.asNewApp(held);
      return { name: `app ${permission}`, actor, isPerson: false, roles: new Set(), permissions: new Set(held) };
    };
    readers = await Promise.all([...[null, ...Object.values(roleIds)].map(person), ...[null, ...permissions].map(app)]);
  });
  afterAll(() => play?.close());

  function isAnswered({ rows, whoever }: ReadCase, { isPerson, ...reader }: Reader): boolean {
    if (whoever === 'all' || (whoever === 'people' && isPerson)) return true;
    if (whoever === 'holders' && reader.roles.size > 0) return true;
    const relations = new Set(isPerson ? (['anyone'] as const) : []);
    return rows.some((row) => satisfies(accessTable[row], { ...reader, relations }));
  }

  // Of one thing alone, which is there or is not: the settings. And what is the caller's own: `desk`.
  const single = [
    '/sallyport/me',
    '/sallyport/me/authentication',
    '/sallyport/me/sessions',
    '/sallyport/overview',
    '/sallyport/privileges',
  ];

  test('has a case', () => {
    const places = ({ mounts, operations }: Play['registry'], root: string) => [
      ...mounts.filter((one) => one.single === null).map(({ path }) => `${root}${path}`),
      ...operations.all.filter(({ method }) => method === 'GET').map(({ path }) => `${root}${path}`),
    ];
    const known = [...places(play.registry, ''), ...places(play.own, '/sallyport')];
    const walked = new Set([...single, ...cases.map(({ place }) => place.replace(/^\/beta/, ''))]);
    expect(known.filter((place) => !walked.has(place))).toEqual([]);
  });

  test('answers those who may read, and tells everybody else so', { timeout: 300_000 }, async () => {
    const answers = await Promise.all(cases.map((one) => asked(one)));
    expect(answers.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(answers.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(cases.length * 10);
  });

  /** Asks as everybody: what was answered otherwise than the table says, and how many were refused. */
  async function asked(one: ReadCase): Promise<{ wrong: unknown[]; refused: number }> {
    const wrong: unknown[] = [];
    let refused = 0;
    for (const reader of readers) {
      const { status, body } = await reader.actor.get(one.path);
      const expected = isAnswered(one, reader) ? 200 : (one.otherwise ?? 403);
      refused += expected === 200 ? 0 : 1;
      if (status !== expected) wrong.push([one.path, reader.name, expected, status, body?.['error']?.['code']]);
    }
    const { status } = await play.withToken('none').get(one.path);
    if (status !== 401) wrong.push([one.path, 'nobody', 401, status]);
    return { wrong, refused };
  }
});
