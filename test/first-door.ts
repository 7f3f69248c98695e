import { approvalSubscribers } from '../src/approval/index.ts';
import { directoryGraph, directorySubscribers, initialiseTenant } from '../src/directory/index.ts';
import {
  entitlementDue,
  entitlementGraph,
  entitlementSubscribers,
  initialiseEntitlements,
  packageApproverPorts,
} from '../src/entitlements/index.ts';
import { pathsTo } from '../src/grants/index.ts';
import type { Caller, UserCaller } from '../src/kernel/caller.ts';
import { type Id, newId } from '../src/kernel/ids.ts';
import { joined } from '../src/platform/transaction.ts';
import { onboardGroup, privilegedGraph, privilegedSubscribers } from '../src/privileged/index.ts';
import { type Answered, graphOver, type Send } from './graph.ts';
import { type DatabaseKind, freshDatabase } from './postgres.ts';
import { person, system, type TestRuntime, testRuntime } from './runtime.ts';

/** The parts of answers that the tests look into; an answer without a body has none of them. */
export interface Body {
  readonly id: Id;
  readonly state: string;
  readonly status: string;
  readonly value: readonly Body[];
  readonly stages: readonly Body[];
  readonly assignment: Body;
}

export const root = '/identityGovernance/entitlementManagement';

/** A tenant with both doors, reached through Graph as whoever is wanted; its clock stands until moved. */
export interface FirstDoor {
  readonly runtime: TestRuntime;
  readonly admin: UserCaller;
  readonly send: Send<Body>;
  hire(name: string, attributes?: object): Promise<UserCaller>;
  group(name: string, attributes?: object): Promise<Id>;
  setManager(of: UserCaller, manager: UserCaller): Promise<void>;
  /** Adds the group to *General* and makes a package that gives one of its roles. Gives the package's id. */
  package(groupId: Id, role?: string): Promise<Id>;
  policy(packageId: Id, changes?: object): Promise<Id>;
  onboard(groupId: Id): Promise<void>;
  ask(caller: Caller, packageId: Id, changes?: object): Promise<Answered<Body>>;
  decide(caller: Caller, requestId: Id, reviewResult?: string, stage?: number): Promise<Answered<Body>>;
  /** Whether somebody is an active or an eligible member of a group now. */
  holds(who: UserCaller, groupId: Id, mode?: 'active' | 'eligible'): Promise<boolean>;
  /** Does a piece of due work at the present. */
  due(kind: string, subject: string): Promise<void>;
  /** Types of the events of a story, in order. */
  story(correlation: Id): Promise<string[]>;
  close(): Promise<void>;
}

/** A stage of approval by these people. */
export function stage(people: readonly UserCaller[], changes: object = {}): object {
  return {
    durationBeforeAutomaticDenial: 'P1D',
    isApproverJustificationRequired: true,
    primaryApprovers: people.map(({ id }) => ({ '@odata.type': '#microsoft.graph.singleUser', userId: id })),
    ...changes,
  };
}

/** Opens a fresh stage. */
export async function openFirstDoor(kind: DatabaseKind = 'embedded'): Promise<FirstDoor> {
  const database = await freshDatabase(kind);
  const runtime = testRuntime(
    database,
    joined(
      directorySubscribers,
      privilegedSubscribers,
      entitlementSubscribers,
      approvalSubscribers(packageApproverPorts),
    ),
  );
  const tenantId = newId();
  const adminId = await runtime.as(system, async (tx) => {
    const firstAdministrator = { userPrincipalName: 'admin@sallyport.example', displayName: 'Ada Admin' };
    await initialiseEntitlements(tx);
    return initialiseTenant(tx, { tenantId, firstAdministrator });
  });
  const admin = person(adminId, 'admin');
  const faces = [directoryGraph(runtime), privilegedGraph(runtime, tenantId), entitlementGraph(runtime)];
  const send = graphOver<Body>(runtime, tenantId, faces);

  async function made(method: string, path: string, body: object): Promise<Id> {
    const answer = await send(admin, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body?.id ?? '';
  }

  async function general(): Promise<Id> {
    const { body } = await send(admin, 'GET', `${root}/catalogs?$filter=displayName eq 'General'`);
    return body.value[0]?.id ?? '';
  }

  return {
    runtime,
    admin,
    send,
    async hire(name, attributes = {}) {
      const id = await made('POST', '/users', {
        userPrincipalName: `${name}@sallyport.example`,
        displayName: name,
        mailNickname: name,
        accountEnabled: true,
        passwordProfile: { password: 'not kept', forceChangePasswordNextSignIn: false },
        ...attributes,
      });
      return person(id, name);
    },
    group: (name, attributes = {}) =>
      made('POST', '/groups', {
        displayName: name,
        mailEnabled: false,
        mailNickname: name,
        securityEnabled: true,
        isAssignableToRole: true,
        ...attributes,
      }),
    async setManager(of, manager) {
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${manager.id}` };
      await made('PUT', `/users/${of.id}/manager/$ref`, reference);
    },
    async package(groupId, role = 'Member') {
      const catalog = { id: await general() };
      const known = await send(
        admin,
        'GET',
        `${root}/catalogs/${catalog.id}/resources?$filter=originId eq '${groupId}'`,
      );
      if (known.body.value.length === 0) {
        const resource = { originId: groupId, originSystem: 'AadGroup' };
        await made('POST', `${root}/resourceRequests`, { requestType: 'adminAdd', resource, catalog });
      }
      const id = await made('POST', `${root}/accessPackages`, { displayName: `AP ${newId()}`, catalog });
      await made('POST', `${root}/accessPackages/${id}/resourceRoleScopes`, {
        role: { originId: `${role}_${groupId}`, originSystem: 'AadGroup' },
        scope: { originId: groupId, originSystem: 'AadGroup' },
      });
      return id;
    },
    policy: (packageId, changes = {}) =>
      made('POST', `${root}/assignmentPolicies`, {
        displayName: 'Policy',
        accessPackage: { id: packageId },
        allowedTargetScope: 'allMemberUsers',
        expiration: { type: 'afterDuration', duration: 'PT8H' },
        requestorSettings: { enableTargetsToSelfAddAccess: true, enableTargetsToSelfRemoveAccess: true },
        ...changes,
      }),
    onboard: (groupId) => runtime.as(admin, (tx) => onboardGroup(tx, groupId)),
    ask: (caller, packageId, changes = {}) =>
      send(caller, 'POST', `${root}/assignmentRequests`, {
        requestType: 'userAdd',
        assignment: { accessPackageId: packageId },
        justification: 'Needed',
        ...changes,
      }),
    async decide(caller, requestId, reviewResult = 'Approve', position = 0) {
      const approval = `${root}/accessPackageAssignmentApprovals/${requestId}`;
      const seen = await send(admin, 'GET', approval);
      const { stages } = seen.body;
      const open = stages[position - 1] ?? stages.find(({ status }) => status === 'InProgress');
      return send(caller, 'PATCH', `${approval}/stages/${open?.id}`, { reviewResult, justification: 'Looked at it' });
    },
    async holds(who, groupId, mode = 'active') {
      const of = { mode, kind: 'group-member', privilege: groupId } as const;
      return (await runtime.as(system, (tx) => pathsTo(tx, who.id, of))).length > 0;
    },
    due: (kindOfWork, subject) =>
      runtime.as(system, async (tx) => {
        await entitlementDue.get(kindOfWork)?.(tx, subject);
      }),
    async story(correlation) {
      const rows = await database.db
        .withTables<{ event: { type: string; correlation_id: Id; sequence: string } }>()
        .selectFrom('event')
        .select('type')
        .where('correlation_id', '=', correlation)
        .orderBy('sequence')
        .execute();
      return rows.map((row) => row.type);
    },
    close: () => database.close(),
  };
}
