import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { adminAdd, type Delegated, delegated, directPolicy, people, type Stocked } from './delegated.ts';
import { openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const assignments = '/roleManagement/entitlementManagement/roleAssignments';

type Part = 'owner' | 'manager' | 'assigner' | 'reader';
type Method = 'post' | 'put' | 'patch' | 'delete';

const owners: readonly Part[] = ['owner'];
const ofPackages: readonly Part[] = ['owner', 'manager'];
const ofAssignments: readonly Part[] = ['owner', 'manager', 'assigner'];

interface Try {
  readonly name: string;
  /** Who may, in their own catalog. */
  readonly may: readonly Part[];
  readonly method: Method;
  /** Makes what the try is about, in a catalog. */
  prepare(stage: Delegated, at: Stocked): Promise<{ readonly path: string; readonly body?: unknown }>;
}

let count = 0;
async function someone({ hire }: Delegated): Promise<string> {
  count += 1;
  return (await hire(`walks-${count}`)).id;
}

async function made({ admin }: Delegated, path: string, body: unknown): Promise<string> {
  const answer = await admin.post(path, body);
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return String(answer.body['id']);
}

const packageIn = (stage: Delegated, { catalogId }: Stocked) =>
  made(stage, `${entitlements}/accessPackages`, { displayName: 'Walked', isHidden: true, catalog: { id: catalogId } });

/** A request of somebody that waits for its approval. */
async function waiting(stage: Delegated, at: Stocked): Promise<string> {
  const packageId = await packageIn(stage, at);
  const targetId = await someone(stage);
  await made(stage, `${entitlements}/assignmentPolicies`, {
    ...directPolicy(packageId),
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.singleUser', userId: targetId }],
    requestorSettings: { enableTargetsToSelfAddAccess: true },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      stages: [
        {
          durationBeforeAutomaticDenial: 'P2D',
          primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: stage.admin.id }],
        },
      ],
    },
  });
  const asker = await stage.as(targetId);
  const answer = await asker.post(`${entitlements}/assignmentRequests`, {
    requestType: 'userAdd',
    assignment: { accessPackageId: packageId },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return String(answer.body['id']);
}

async function canceled(stage: Delegated, at: Stocked): Promise<string> {
  const id = await waiting(stage, at);
  await stage.admin.post(`${entitlements}/assignmentRequests/${id}/cancel`);
  return id;
}

/** A group that everybody of the stage owns, so that nothing but the role in the catalog is at stake. */
const sharedGroup = (stage: Delegated) =>
  stage.group(
    'Shared',
    [],
    Object.values(people(stage)).map(({ id }) => id),
  );

const tries: readonly Try[] = [
  {
    name: 'change the catalog',
    may: owners,
    method: 'patch',
    prepare: async (_stage, at) => ({ path: `catalogs/${at.catalogId}`, body: { description: 'Changed' } }),
  },
  {
    name: 'delete the catalog',
    may: [],
    method: 'delete',
    // Its packages stand in the way even of its owner.
    prepare: async (_stage, at) => ({ path: `catalogs/${at.catalogId}` }),
  },
  {
    name: 'add a group that one owns',
    may: owners,
    method: 'post',
    async prepare(stage, at) {
      const resource = { originId: await sharedGroup(stage), originSystem: 'AadGroup' };
      const body = { requestType: 'adminAdd', resource, catalog: { id: at.catalogId } };
      return { path: 'resourceRequests', body };
    },
  },
  {
    name: 'add a group that somebody else owns',
    may: [],
    method: 'post',
    async prepare(stage, at) {
      const resource = { originId: await stage.group('Foreign'), originSystem: 'AadGroup' };
      const body = { requestType: 'adminAdd', resource, catalog: { id: at.catalogId } };
      return { path: 'resourceRequests', body };
    },
  },
  {
    name: 'add a directory role',
    may: [],
    method: 'post',
    async prepare(_stage, at) {
      const resource = { originId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', originSystem: 'DirectoryRole' };
      return { path: 'resourceRequests', body: { requestType: 'adminAdd', resource, catalog: { id: at.catalogId } } };
    },
  },
  {
    name: 'take out a group that one owns',
    may: owners,
    method: 'post',
    async prepare(stage, at) {
      const originId = await sharedGroup(stage);
      const resource = { originId, originSystem: 'AadGroup' };
      const catalog = { id: at.catalogId };
      await made(stage, `${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog });
      return { path: 'resourceRequests', body: { requestType: 'adminRemove', resource, catalog } };
    },
  },
  {
    name: 'create a package',
    may: ofPackages,
    method: 'post',
    prepare: async (_stage, at) => ({
      path: 'accessPackages',
      body: { displayName: 'New', isHidden: true, catalog: { id: at.catalogId } },
    }),
  },
  {
    name: 'change a package',
    may: ofPackages,
    method: 'patch',
    prepare: async (_stage, at) => ({ path: `accessPackages/${at.packageId}`, body: { description: 'Changed' } }),
  },
  {
    name: 'delete a package',
    may: ofPackages,
    method: 'delete',
    prepare: async (stage, at) => ({ path: `accessPackages/${await packageIn(stage, at)}` }),
  },
  {
    name: 'let a package give a group',
    may: ofPackages,
    method: 'post',
    prepare: async (stage, at) => ({
      path: `accessPackages/${await packageIn(stage, at)}/resourceRoleScopes`,
      body: {
        role: { originId: `Owner_${at.groupId}`, originSystem: 'AadGroup' },
        scope: { originId: at.groupId, originSystem: 'AadGroup' },
      },
    }),
  },
  {
    name: 'stop a package giving a group',
    may: ofPackages,
    method: 'delete',
    async prepare(stage, at) {
      const scopes = `accessPackages/${await packageIn(stage, at)}/resourceRoleScopes`;
      const gives = {
        role: { originId: `Member_${at.groupId}`, originSystem: 'AadGroup' },
        scope: { originId: at.groupId, originSystem: 'AadGroup' },
      };
      return { path: `${scopes}/${await made(stage, `${entitlements}/${scopes}`, gives)}` };
    },
  },
  {
    name: 'create a policy',
    may: ofPackages,
    method: 'post',
    prepare: async (_stage, at) => ({ path: 'assignmentPolicies', body: directPolicy(at.packageId) }),
  },
  {
    name: 'create a policy below its package',
    may: ofPackages,
    method: 'post',
    prepare: async (_stage, at) => ({
      path: `accessPackages/${at.packageId}/assignmentPolicies`,
      body: directPolicy(at.packageId),
    }),
  },
  {
    name: 'replace a policy',
    may: ofPackages,
    method: 'put',
    prepare: async (_stage, at) => ({ path: `assignmentPolicies/${at.policyId}`, body: directPolicy(at.packageId) }),
  },
  {
    name: 'delete a policy',
    may: ofPackages,
    method: 'delete',
    async prepare(stage, at) {
      const body = directPolicy(await packageIn(stage, at));
      return { path: `assignmentPolicies/${await made(stage, `${entitlements}/assignmentPolicies`, body)}` };
    },
  },
  {
    name: 'give somebody a package',
    may: ofAssignments,
    method: 'post',
    prepare: async (stage, at) => ({
      path: 'assignmentRequests',
      body: adminAdd(await someone(stage), at.packageId, at.policyId),
    }),
  },
  {
    name: 'take a package from somebody',
    may: ofAssignments,
    method: 'post',
    async prepare(stage, at) {
      const body = adminAdd(await someone(stage), at.packageId, at.policyId);
      const id = await made(stage, `${entitlements}/assignmentRequests`, body);
      const found = await stage.admin.get(`${entitlements}/assignmentRequests/${id}?$expand=assignment`);
      const assignment = { id: found.body['assignment']?.['id'] };
      return { path: 'assignmentRequests', body: { requestType: 'adminRemove', assignment } };
    },
  },
  {
    name: 'cancel a request',
    may: ofAssignments,
    method: 'post',
    prepare: async (stage, at) => ({ path: `assignmentRequests/${await waiting(stage, at)}/cancel` }),
  },
  {
    name: 'delete a request',
    may: ofAssignments,
    method: 'delete',
    prepare: async (stage, at) => ({ path: `assignmentRequests/${await canceled(stage, at)}` }),
  },
  {
    name: 'decide about a request',
    may: [],
    method: 'patch',
    async prepare(stage, at) {
      const approval = `accessPackageAssignmentApprovals/${await waiting(stage, at)}`;
      const { body } = await stage.admin.get(`${entitlements}/${approval}`);
      return { path: `${approval}/stages/${body['stages']?.[0]?.['id']}`, body: { reviewResult: 'Approve' } };
    },
  },
  {
    name: 'change the settings',
    may: [],
    method: 'patch',
    prepare: async () => ({ path: 'settings', body: { externalUserLifecycleAction: 'none' } }),
  },
  {
    name: 'create another catalog',
    may: [],
    method: 'post',
    prepare: async () => ({ path: 'catalogs', body: { displayName: 'Another' } }),
  },
];

const parts: readonly Part[] = ['owner', 'manager', 'assigner', 'reader'];

describe.each(databaseKinds)('holders of roles in a catalog on %s', (kind) => {
  let play: Play;
  let stage: Delegated;
  beforeAll(async () => {
    play = await openPlay(kind);
    stage = await delegated(play);
  });
  afterAll(() => play?.close());

  test.each(tries.map((one) => [one.name, one] as const))('§3.2 %s, or may not', async (_name, one) => {
    const send = async (part: Part, { path, body }: { path: string; body?: unknown }) =>
      (await stage[part][one.method](`${entitlements}/${path}`, body)).status;
    // Nobody, in a catalog that is not theirs.
    const elsewhere = await one.prepare(stage, stage.theirs);
    for (const part of parts) expect([part, [403, 404].includes(await send(part, elsewhere))]).toEqual([part, true]);
    const denied = await one.prepare(stage, stage.ours);
    for (const part of parts.filter((each) => !one.may.includes(each))) {
      const status = await send(part, denied);
      const isKept = one.name === 'delete the catalog' && part === 'owner' ? 400 : 403;
      expect([part, status === 404 ? 403 : status]).toEqual([part, isKept]);
    }
    for (const part of one.may) {
      expect([part, Math.min(await send(part, await one.prepare(stage, stage.ours)), 299)]).toEqual([
        part,
        expect.toSatisfy((status: number) => status < 300 && status >= 200),
      ]);
    }
  });

  test('assign packages to everyone but themselves', async () => {
    for (const part of ['owner', 'manager', 'assigner'] as const) {
      const actor = stage[part];
      const body = adminAdd(actor.id, stage.ours.packageId, stage.ours.policyId);
      const refused = await actor.post(`${entitlements}/assignmentRequests`, body);
      expect([part, refused.body['error']?.['code']]).toEqual([part, 'SelfGrantNotAllowed']);
    }
  });

  const questions = (at: Stocked): readonly string[] => [
    `catalogs?$filter=id eq '${at.catalogId}'`,
    `catalogs?$filter=accessPackages/any(p: p/id eq '${at.packageId}')`,
    `catalogs?$filter=resources/any(r: r/originId eq '${at.groupId}')`,
    `resources?$filter=originId eq '${at.groupId}'`,
    `catalogs/${at.catalogId}/resources`,
    `catalogs/${at.catalogId}/resourceRoles`,
    `catalogs/${at.catalogId}/resourceScopes`,
    `catalogs/${at.catalogId}/accessPackages`,
    `accessPackages?$filter=catalog/id eq '${at.catalogId}'`,
    `accessPackages?$search="Package of ${at === stage.ours ? 'Ours' : 'Theirs'}"`,
    `accessPackages/${at.packageId}/assignmentPolicies`,
    `accessPackages/${at.packageId}/resourceRoleScopes`,
    `assignmentPolicies?$filter=accessPackage/id eq '${at.packageId}'`,
    `assignmentPolicies?$filter=accessPackage/catalog/displayName eq '${at === stage.ours ? 'Ours' : 'Theirs'}'`,
    `assignments?$filter=accessPackage/id eq '${at.packageId}'&$expand=target,accessPackage`,
    `assignments?$filter=id eq '${at.assignmentId}'`,
    `assignmentRequests?$filter=accessPackage/id eq '${at.packageId}'`,
    `assignmentRequests?$filter=assignment/target/objectId eq '${at.holderId}' and accessPackage/id eq '${at.packageId}'`,
    `resourceRequests?$filter=catalog/id eq '${at.catalogId}'`,
  ];

  test('see all that is in their catalog, and nothing of another', async () => {
    const rows = async (part: Part, question: string): Promise<number | string> => {
      const { status, body } = await stage[part].get(`${entitlements}/${question}`);
      return status === 200 ? (body['value'] as unknown as readonly unknown[]).length : status;
    };
    for (const part of parts) {
      for (const question of questions(stage.ours)) {
        expect([part, question, await rows(part, question)]).not.toEqual([part, question, 0]);
        expect([part, question, typeof (await rows(part, question))]).toEqual([part, question, 'number']);
      }
      for (const question of questions(stage.theirs)) {
        expect([part, question, await rows(part, question)]).toEqual([
          part,
          question,
          expect.toSatisfy((found: unknown) => found === 0 || found === 404),
        ]);
      }
      for (const key of [
        `catalogs/${stage.theirs.catalogId}`,
        `accessPackages/${stage.theirs.packageId}`,
        `assignmentPolicies/${stage.theirs.policyId}`,
        `assignments/${stage.theirs.assignmentId}`,
      ]) {
        expect([part, key, (await stage[part].get(`${entitlements}/${key}`)).status]).toEqual([part, key, 404]);
      }
      const counted = await stage[part].get(
        `${entitlements}/accessPackages/$count?$filter=displayName eq 'Package of Theirs'`,
      );
      expect(Number(counted.body)).toBe(0);
      const roles = await stage[part].get(
        `${assignments}?$filter=appScopeId eq '/AccessPackageCatalog/${stage.theirs.catalogId}'`,
      );
      expect(roles.body['value']).toEqual([]);
    }
  });

  test('find as their own only what is theirs', async () => {
    const own = async (path: string) =>
      (await stage.owner.get(`${entitlements}/${path}`)).body['value'] as unknown as readonly unknown[];
    expect(await own(`assignments/filterByCurrentUser(on='target')`)).toEqual([]);
    expect(await own(`assignmentRequests/filterByCurrentUser(on='target')`)).toEqual([]);
    expect(await own(`assignmentRequests/filterByCurrentUser(on='approver')`)).toEqual([]);
    expect(await own(`accessPackageAssignmentApprovals/filterByCurrentUser(on='approver')`)).toEqual([]);
    const offered = await own(`accessPackages/filterByCurrentUser(on='allowedRequestor')`);
    expect((offered as { id: string }[]).map(({ id }) => id)).not.toContain(stage.ours.packageId);
  });
});
