import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor, root } from '../../../test/first-door.ts';
import { databaseKinds } from '../../../test/postgres.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import {
  limits,
  mayBeFull,
  roomForCatalog,
  roomForOrganization,
  roomForPackage,
  roomForPolicy,
  roomForResource,
} from './decisions.ts';

/** The numbers are Microsoft's: "Microsoft Entra ID Governance service limits". */
describe('§9.1 there is room', () => {
  test.each([
    ['CatalogLimitReached', 1_500, roomForCatalog],
    ['ResourceLimitReached', 50, roomForResource],
    ['ConnectedOrganizationLimitReached', 2_500, roomForOrganization],
    ['AccessPackageLimitReached', 4_000, (inAll: number) => roomForPackage({ inCatalog: 0, inAll })],
    ['AccessPackageLimitReached', 50, (inCatalog: number) => roomForPackage({ inCatalog, inAll: 0 })],
    ['AssignmentPolicyLimitReached', 5_000, (inAll: number) => roomForPolicy({ ofPackage: 0, inAll })],
    ['AssignmentPolicyLimitReached', 10, (ofPackage: number) => roomForPolicy({ ofPackage, inAll: 0 })],
  ] as const)('until %s at %i', (code, limit, roomFor) => {
    expect(roomFor(limit - 1)).toMatchObject({ is: 'accepted' });
    expect(roomFor(limit)).toMatchObject({ is: 'refused', refusal: { kind: 'invalid', code } });
  });

  test('and all are counted once a part of them is as large as four fifths of the limit would make it', () => {
    expect([mayBeFull(499, 16, 10_000), mayBeFull(500, 16, 10_000)]).toEqual([false, true]);
  });
});

/** Rows as there would be after years; their ids are spread like random ones. */
const spread = (what: string) => sql`md5(${what} || n)::uuid`;
const now = sql`'2029-01-01T00:00:00Z'::timestamptz`;

function filled(door: FirstDoor, count: number, insert: RawBuilder<unknown>) {
  return sql`with filled as (select n from generate_series(1, ${count}::int) as n) ${insert}`.execute(door.runtime.db);
}

async function fillAssignments(door: FirstDoor, packageId: Id, policyId: Id, count: number): Promise<void> {
  await filled(
    door,
    count,
    sql`insert into entitlement_subject (id, subject_type, display_name)
      select ${spread('subject')}, 'user', 'Subject ' || n from filled`,
  );
  await filled(
    door,
    count,
    sql`insert into package_assignment (id, package_id, policy_id, target_id, starts_at, correlation_id, answers)
      select ${spread('assignment')}, ${packageId}::uuid, ${policyId}::uuid, ${spread('subject')}, ${now},
        ${spread('story')}, '[]' from filled`,
  );
}

describe.each(databaseKinds)('§9.1 over the API on %s', (kind) => {
  let door: FirstDoor;
  let general: Id;
  beforeAll(async () => {
    door = await openFirstDoor(kind);
    const { body } = await door.send(door.admin, 'GET', `${root}/catalogs?$filter=displayName eq 'General'`);
    general = body.value[0]?.id ?? '';
  });
  afterAll(() => door.close());

  const fill = (count: number, insert: RawBuilder<unknown>) => filled(door, count, insert);
  async function codeOf(path: string, body: object, caller: UserCaller = door.admin): Promise<string> {
    const answer = await door.send(caller, 'POST', `${root}${path}`, body);
    const refused = answer.body as unknown as { error?: { code: string } } | null;
    return `${answer.status} ${refused?.error?.code ?? ''}`.trim();
  }
  async function madeBy(path: string, body: object): Promise<Id> {
    const answer = await door.send(door.admin, 'POST', `${root}${path}`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id;
  }
  const fillPackages = (catalogId: Id, count: number) =>
    fill(
      count,
      sql`insert into access_package (id, catalog_id, display_name, is_hidden, created_at, modified_at)
        select ${spread(catalogId)}, ${catalogId}::uuid, 'AP ' || n, false, ${now}, ${now} from filled`,
    );

  test('of catalogs, and of packages in one', async () => {
    const catalogId = await madeBy('/catalogs', { displayName: 'Last but one' });
    await fillPackages(catalogId, limits.accessPackagesPerCatalog - 1);
    const full = await madeBy('/accessPackages', { displayName: 'The last', catalog: { id: catalogId } });
    expect(await codeOf('/accessPackages', { displayName: 'Too many', catalog: { id: catalogId } })).toBe(
      '400 AccessPackageLimitReached',
    );
    expect((await door.send(door.admin, 'DELETE', `${root}/accessPackages/${full}`)).status).toBe(204);
    await madeBy('/accessPackages', { displayName: 'Again', catalog: { id: catalogId } });
    await fill(
      limits.catalogs - 2,
      sql`insert into catalog (id, display_name, catalog_type, state, is_externally_visible, created_at, modified_at)
        select ${spread('catalog')}, 'Catalog ' || n, 'userManaged', 'published', false, ${now}, ${now} from filled`,
    );
    expect(await codeOf('/catalogs', { displayName: 'Too many' })).toBe('400 CatalogLimitReached');
  });

  test('of resources in a catalog, and of policies of a package', async () => {
    const groupId = await door.group('GRP-LAST');
    const packageId = await door.package(groupId);
    const catalog = { id: general };
    await fill(
      limits.resourcesPerCatalog - 1,
      sql`insert into catalog_resource
          (id, catalog_id, origin_system, origin_id, display_name, scope_id, is_onboarded, created_at)
        select ${spread('resource')}, ${general}::uuid, 'AadGroup', ${spread('origin')}, 'GRP ' || n, ${spread('scope')},
          false, ${now} from filled`,
    );
    const resource = { originId: await door.group('GRP-TOO-MANY'), originSystem: 'AadGroup' };
    expect(await codeOf('/resourceRequests', { requestType: 'adminAdd', resource, catalog })).toBe(
      '400 ResourceLimitReached',
    );
    const policy = { displayName: 'Policy', accessPackage: { id: packageId }, allowedTargetScope: 'allMemberUsers' };
    for (let count = 0; count < limits.policiesPerPackage; count += 1) await madeBy('/assignmentPolicies', policy);
    expect(await codeOf('/assignmentPolicies', policy)).toBe('400 AssignmentPolicyLimitReached');
  });

  test('of connected organizations', async () => {
    await fill(
      limits.connectedOrganizations,
      sql`insert into connected_organization (id, display_name, state, identity_sources, created_at, valid_from)
        select ${spread('organization')}, 'Organization ' || n, 'configured', '[]', ${now}, ${now} from filled`,
    );
    expect(await codeOf('/connectedOrganizations', { displayName: 'Too many' })).toBe(
      '400 ConnectedOrganizationLimitReached',
    );
  });

  test('of people who have a package: whoever asks is told, and what was approved meanwhile fails for that', async () => {
    const packageId = await packageIn(await madeGroup());
    const approver = await door.hire(`approver-${newId().slice(0, 8)}`);
    const stages = [
      {
        durationBeforeAutomaticDenial: 'P1D',
        primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: approver.id }],
      },
    ];
    const policyId = await door.policy(packageId, {
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages },
    });
    const waits = await door.hire(`waits-${newId().slice(0, 8)}`);
    const waiting = await door.ask(waits, packageId);
    await fillAssignments(door, packageId, policyId, limits.assignmentsPerPackage);
    const late = await door.hire(`late-${newId().slice(0, 8)}`);
    const adminAdd = { requestType: 'adminAdd', assignment: { targetId: late.id, accessPackageId: packageId } };
    expect(await codeOf('/assignmentRequests', adminAdd)).toBe('400 AssignmentLimitReached');
    expect((await door.ask(late, packageId)).status).toBe(400);
    expect((await door.decide(approver, waiting.body.id)).status).toBe(204);
    const failed = await door.send(door.admin, 'GET', `${root}/assignmentRequests/${waiting.body.id}`);
    expect(failed.body.state).toBe('deliveryFailed');
    await sql`update package_assignment set ended_at = ${now}, end_reason = 'removedByAdministrator'
      where package_id = ${packageId} and id = md5('assignment1')::uuid`.execute(door.runtime.db);
    expect(await codeOf('/assignmentRequests', adminAdd)).toBe('201');
    expect(
      await codeOf('/assignmentRequests', {
        ...adminAdd,
        assignment: { targetId: approver.id, accessPackageId: packageId },
      }),
    ).toBe('400 AssignmentLimitReached');
  });

  async function madeGroup(): Promise<Id> {
    return door.group(`GRP-${newId().slice(0, 8)}`);
  }

  /** A package in a catalog of its own: *General* is full. */
  async function packageIn(groupId: Id): Promise<Id> {
    await sql`update catalog set deleted_at = ${now} where display_name = 'Catalog 1'`.execute(door.runtime.db);
    const catalog = { id: await madeBy('/catalogs', { displayName: 'Another' }) };
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    await madeBy('/resourceRequests', { requestType: 'adminAdd', resource, catalog });
    const id = await madeBy('/accessPackages', { displayName: 'AP full', catalog });
    await madeBy(`/accessPackages/${id}/resourceRoleScopes`, {
      role: { originId: `Member_${groupId}`, originSystem: 'AadGroup' },
      scope: { originId: groupId, originSystem: 'AadGroup' },
    });
    return id;
  }
});

describe('§9.1 all assignments of a tenant', () => {
  let door: FirstDoor;
  beforeAll(async () => {
    door = await openFirstDoor('postgres');
  });
  afterAll(() => door.close());

  test('leave no room for one more, of whichever package', async () => {
    const held = await door.package(await door.group('HELD'));
    const policyId = await door.policy(held);
    const asked = await door.package(await door.group('ASKED'));
    await door.policy(asked);
    await fillAssignments(door, held, policyId, limits.assignments - 1);
    const [last, late] = [await door.hire('last'), await door.hire('late')];
    expect((await door.ask(last, asked)).status).toBe(201);
    const refused = await door.ask(late, asked);
    expect([refused.status, refused.body]).toMatchObject([400, { error: { code: 'AssignmentLimitReached' } }]);
  });
});
