import type { DatabaseKind } from '../postgres.ts';
import { type Actor, type Answer, type Json, openPlay, type Play } from './play.ts';

export const entitlements = '/identityGovernance/entitlementManagement';

/** A package with one policy, and the group whose membership it gives. */
export interface Offer {
  readonly groupId: string;
  readonly packageId: string;
  readonly policyId: string;
}

/** The desk at the first door: offers packages, takes wishes, looks things up. */
export interface Desk {
  readonly play: Play;
  readonly admin: Actor;
  /** Somebody new, without a manager unless one of the cast is named. */
  hire(manager?: string): Promise<Actor>;
  group(): Promise<string>;
  /** A package that gives membership of a new group, by a policy for all members without approval unless said. */
  offer(policy?: object): Promise<Offer>;
  /** One more policy of a package. Gives its id. */
  policy(packageId: string, changes?: object): Promise<string>;
  ask(who: Actor, body: object): Promise<Answer>;
  /** Asks for oneself, as a `userAdd` with changes. */
  add(who: Actor, packageId: string, changes?: object): Promise<Answer>;
  request(id: string): Promise<Json>;
  /** The instant some hours after now, as the wire writes it. */
  after(hours: number): Promise<string>;
  /** The assignments of somebody to a package, the latest start first. */
  assignments(who: Actor, packageId: string): Promise<readonly Json[]>;
  isMember(groupId: string, who: Actor): Promise<boolean>;
}

/** A stage that people of the cast decide. */
export function stageOf(play: Play, ...names: readonly string[]): object {
  return {
    durationBeforeAutomaticDenial: 'P3D',
    isApproverJustificationRequired: false,
    primaryApprovers: names.map((name) => ({
      '@odata.type': '#microsoft.graph.singleUser',
      userId: play.idOf(name),
    })),
  };
}

/** The code of a refusal. */
export function codeOf(answer: Answer): string {
  return `${answer.status} ${answer.body?.['error']?.['code']}`;
}

/** Opens a play, and a desk in it. Its clock stands still. */
export async function openDesk(kind: DatabaseKind): Promise<Desk> {
  return deskIn(await openPlay(kind));
}

/** A desk in a play that is open. Its clock stands still from then on. */
export async function deskIn(play: Play): Promise<Desk> {
  // A moved clock stands still.
  await play.move(
    Temporal.Instant.from(await play.now())
      .round({ smallestUnit: 'hour', roundingMode: 'ceil' })
      .toString(),
  );
  const admin = await play.as('admin');
  let number = 0;
  const next = (what: string) => {
    number += 1;
    return `${what}-${number}`;
  };
  async function made(path: string, body: object): Promise<string> {
    const answer = await admin.post(path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return String(answer.body['id']);
  }
  const general = (await admin.get(`${entitlements}/catalogs?$filter=displayName eq 'General'`)).body['value']?.[0];
  const catalog = { id: String(general?.['id']) };

  async function group(): Promise<string> {
    const displayName = next('GRP');
    return made('/groups', { displayName, mailEnabled: false, mailNickname: displayName, securityEnabled: true });
  }

  async function policy(packageId: string, changes: object = {}): Promise<string> {
    return made(`${entitlements}/assignmentPolicies`, {
      displayName: next('Policy'),
      accessPackage: { id: packageId },
      allowedTargetScope: 'allMemberUsers',
      expiration: { type: 'afterDuration', duration: 'P10D' },
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      ...changes,
    });
  }

  return {
    play,
    admin,
    async hire(manager) {
      const name = next('person');
      const id = await made('/users', {
        userPrincipalName: `${name}@sallyport.example`,
        displayName: name,
        mailNickname: name,
        accountEnabled: true,
        passwordProfile: { password: 'not kept', forceChangePasswordNextSignIn: false },
        ...(manager === undefined
          ? {}
          : { 'manager@odata.bind': `https://graph.microsoft.com/v1.0/users/${play.idOf(manager)}` }),
      });
      return play.asUser(id);
    },
    group,
    async offer(changes) {
      const groupId = await group();
      const resource = { originId: groupId, originSystem: 'AadGroup' };
      await made(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog });
      const packageId = await made(`${entitlements}/accessPackages`, { displayName: next('AP'), catalog });
      await made(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
        role: { originId: `Member_${groupId}`, originSystem: 'AadGroup' },
        scope: { originId: groupId, originSystem: 'AadGroup' },
      });
      return { groupId, packageId, policyId: await policy(packageId, changes) };
    },
    policy,
    ask: (who, body) => who.post(`${entitlements}/assignmentRequests`, body),
    add: (who, accessPackageId, changes = {}) =>
      who.post(`${entitlements}/assignmentRequests`, {
        requestType: 'userAdd',
        assignment: { accessPackageId },
        justification: 'Needed',
        ...changes,
      }),
    after: async (hours) =>
      Temporal.Instant.from(await play.now())
        .add({ hours })
        .toString({ fractionalSecondDigits: 6 }),
    request: async (id) => (await admin.get(`${entitlements}/assignmentRequests/${id}`)).body,
    async assignments(who, packageId) {
      const filter = `target/objectId eq '${who.id}' and accessPackage/id eq '${packageId}'`;
      const { body } = await admin.get(`${entitlements}/assignments?$filter=${encodeURIComponent(filter)}`);
      const found = body['value'] as unknown as readonly Json[];
      const startOf = (one: Json) => String(one['schedule']?.['startDateTime']);
      return found.toSorted((a, b) => startOf(b).localeCompare(startOf(a)));
    },
    async isMember(groupId, who) {
      const { body } = await admin.get(`/groups/${groupId}/members?$select=id`);
      return (body['value'] as unknown as readonly Json[]).some((one) => String(one['id']) === who.id);
    },
  };
}
