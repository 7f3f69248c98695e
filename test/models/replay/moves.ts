import { entitlements } from '../../scenarios/desk.ts';
import { askGroup, askRole, lasting, listed, groups as pim, roles } from '../../scenarios/pim.ts';
import type { Actor, Answer, Json } from '../../scenarios/play.ts';
import { addRole, assignmentsOf, decideOpen, join, question, requestsOf, type Scene } from './scene.ts';

/** Chooses among things by the numbers of a random case, so that a case says all that happens. */
export interface Dice {
  pick<T>(of: readonly T[]): T | undefined;
  chance(percent: number): boolean;
}

/** Something that somebody tries; nothing where there is nobody or nothing to try it with. */
export type Move = (scene: Scene, dice: Dice) => Promise<Answer | null | undefined>;

const needed = { justification: 'As the story goes' };
const idOf = (one: Json | undefined) => String(one?.['id']);

/** A start that lies ahead, a length, or neither. */
async function terms({ desk }: Scene, dice: Dice): Promise<object> {
  if (dice.chance(60)) return {};
  const startDateTime = dice.chance(50) ? await desk.after(30) : null;
  return { schedule: { startDateTime, expiration: { type: 'afterDuration', duration: 'P6D' } } };
}

async function submit(scene: Scene, who: Actor | undefined, body: object): Promise<Answer | null> {
  return who === undefined ? null : scene.desk.ask(who, { ...needed, ...body });
}

async function answersFor(scene: Scene, packageId: string, value: string): Promise<object> {
  const path = `${entitlements}/accessPackages/${packageId}/assignmentPolicies`;
  const asked = (await listed(scene.desk.admin, path)).flatMap(
    (policy) => policy['questions'] as unknown as readonly Json[],
  );
  return { answers: asked.map((one) => ({ value, answeredQuestion: { '@odata.type': question, id: idOf(one) } })) };
}

async function targetOf(scene: Scene, assignment: Json): Promise<Actor | undefined> {
  const id = String(assignment['target']?.['objectId']);
  return scene.people.find((one) => one.id === id);
}

const asking: Readonly<Record<string, Move>> = {
  async asks(scene, dice) {
    const packageId = dice.pick(scene.packages) ?? '';
    const answers = dice.chance(50) ? await answersFor(scene, packageId, 'CHG1') : {};
    const body = { requestType: 'userAdd', assignment: { accessPackageId: packageId }, ...answers };
    return submit(scene, dice.pick(scene.people), { ...body, ...(await terms(scene, dice)) });
  },
  async 'a manager asks for a report'(scene, dice) {
    const [targetId, accessPackageId] = [dice.pick(scene.people)?.id, dice.pick(scene.packages)];
    const body = { requestType: 'onBehalfAdd', assignment: { targetId, accessPackageId } };
    return submit(scene, dice.pick(scene.approvers), body);
  },
  async 'an administrator gives'(scene, dice) {
    const targetId = dice.pick(scene.people)?.id;
    const accessPackageId = dice.pick(scene.packages) ?? '';
    const policies = await listed(
      scene.desk.admin,
      `${entitlements}/accessPackages/${accessPackageId}/assignmentPolicies`,
    );
    const assignment = { targetId, accessPackageId, assignmentPolicyId: idOf(policies[0]) };
    return submit(scene, scene.desk.admin, { requestType: 'adminAdd', assignment, ...(await terms(scene, dice)) });
  },
  async 'asks for a later end'(scene, dice) {
    const assignment = dice.pick(await assignmentsOf(scene));
    if (assignment === undefined) return null;
    const body = { requestType: 'userUpdate', assignment: { id: idOf(assignment) } };
    return submit(scene, await targetOf(scene, assignment), { ...body, ...(await terms(scene, dice)) });
  },
  async 'changes answers'(scene, dice) {
    const assignment = dice.pick(await assignmentsOf(scene));
    if (assignment === undefined) return null;
    const [accessPackageId] = scene.packages;
    const body = { requestType: 'userUpdate', assignment: { id: idOf(assignment) } };
    const answers = await answersFor(scene, accessPackageId ?? '', 'CHG2');
    return submit(scene, await targetOf(scene, assignment), { ...body, ...answers });
  },
  async 'an administrator moves an end'(scene, dice) {
    const id = idOf(dice.pick(await assignmentsOf(scene)));
    return submit(scene, scene.desk.admin, {
      requestType: 'adminUpdate',
      assignment: { id },
      ...(await terms(scene, dice)),
    });
  },
  async 'gives up'(scene, dice) {
    const assignment = dice.pick(await assignmentsOf(scene));
    if (assignment === undefined) return null;
    const by = dice.chance(50) ? await targetOf(scene, assignment) : scene.desk.admin;
    const requestType = by === scene.desk.admin ? 'adminRemove' : 'userRemove';
    return submit(scene, by, { requestType, assignment: { id: idOf(assignment) } });
  },
};

const deciding: Readonly<Record<string, Move>> = {
  async decides(scene, dice) {
    const request = dice.pick(await requestsOf(scene, "state eq 'pendingApproval'"));
    const who = dice.pick(scene.approvers);
    if (request === undefined || who === undefined) return null;
    return decideOpen(scene, who, request, dice.chance(80) ? 'Approve' : 'Deny');
  },
  async 'puts answers right'(scene, dice) {
    const request = dice.pick(await requestsOf(scene, "state eq 'pendingApproval'"));
    if (request === undefined) return null;
    const answers = await answersFor(scene, scene.packages[0] ?? '', 'CHG3');
    return dice.pick(scene.approvers)?.patch(`${entitlements}/assignmentRequests/${idOf(request)}`, answers);
  },
  async 'takes an approval back'(scene, dice) {
    const id = idOf(dice.pick(await requestsOf(scene)));
    return submit(scene, dice.pick(scene.approvers), { requestType: 'approverRemove', assignment: { id } });
  },
  async cancels(scene, dice) {
    const id = idOf(dice.pick(await requestsOf(scene)));
    return dice.pick([...scene.people, scene.desk.admin])?.post(`${entitlements}/assignmentRequests/${id}/cancel`);
  },
  async deletes(scene, dice) {
    return scene.desk.admin.delete(`${entitlements}/assignmentRequests/${idOf(dice.pick(await requestsOf(scene)))}`);
  },
  async reprocesses(scene, dice) {
    const id = idOf(dice.pick(await requestsOf(scene, "state eq 'deliveryFailed'")));
    return scene.desk.admin.post(`${entitlements}/assignmentRequests/${id}/reprocess`);
  },
  async 'reprocesses an assignment'(scene, dice) {
    const id = idOf(dice.pick(await assignmentsOf(scene)));
    return scene.desk.admin.post(`${entitlements}/assignments/${id}/reprocess`);
  },
};

const around: Readonly<Record<string, Move>> = {
  async 'time passes'({ desk }, dice) {
    await desk.play.move(dice.pick(['PT1H', 'PT6H', 'P1D', 'P2D', 'P5D', 'P15D', 'PT25H']) ?? 'PT1H');
    return null;
  },
  'somebody comes into the scope': async ({ desk, people, scopeId }, dice) =>
    join(desk.admin, scopeId, dice.pick(people)?.id ?? ''),
  'somebody leaves the scope': async ({ desk, people, scopeId }, dice) =>
    desk.admin.delete(`/groups/${scopeId}/members/${dice.pick(people)?.id}/$ref`),
  'somebody is taken out of what a package gave': async ({ desk, people, groups }, dice) =>
    desk.admin.delete(`/groups/${dice.pick(groups)}/members/${dice.pick(people)?.id}/$ref`),
  'the council changes': async ({ desk, approvers, councilId }, dice) => {
    const id = dice.pick(approvers)?.id ?? '';
    return dice.chance(60)
      ? join(desk.admin, councilId, id)
      : desk.admin.delete(`/groups/${councilId}/members/${id}/$ref`);
  },
  'somebody changes departments': async ({ desk, people }, dice) =>
    desk.admin.patch(`/users/${dice.pick(people)?.id}`, { department: dice.chance(50) ? 'Replay' : 'Elsewhere' }),
  'somebody has another manager': async ({ desk, people, approvers }, dice) => {
    const path = `/users/${dice.pick(people)?.id}/manager/$ref`;
    if (dice.chance(30)) return desk.admin.delete(path);
    const id = `https://graph.microsoft.com/v1.0/users/${dice.pick(approvers)?.id}`;
    return desk.admin.put(path, { '@odata.id': id });
  },
  'an account is shut or opened': async ({ desk, people, approvers }, dice) =>
    desk.admin.patch(`/users/${dice.pick([...people, ...approvers])?.id}`, { accountEnabled: dice.chance(65) }),
  'a group is deleted and comes back': async ({ desk, groups }, dice) => {
    const id = dice.pick(groups);
    await desk.admin.delete(`/groups/${id}`);
    return desk.admin.post(`/directory/deletedItems/${id}/restore`);
  },
  'somebody is deleted and comes back': async ({ desk, people }, dice) => {
    const id = dice.pick(people)?.id;
    await desk.admin.delete(`/users/${id}`);
    return desk.admin.post(`/directory/deletedItems/${id}/restore`);
  },
  'a package gives more': async ({ desk, extra }) => addRole(desk.admin, extra.packageId, extra.groupId),
  'a package gives less': async ({ desk, extra }) => {
    const path = `${entitlements}/accessPackages/${extra.packageId}`;
    const { body } = await desk.admin.get(`${path}?$expand=resourceRoleScopes($expand=scope)`);
    const scopes = body['resourceRoleScopes'] as unknown as readonly Json[];
    const one = scopes.find((scope) => String(scope['scope']?.['originId']) === extra.groupId);
    return desk.admin.delete(`${path}/resourceRoleScopes/${idOf(one)}`);
  },
};

const roleSet = { eligible: 'roleEligibilityScheduleRequests', active: 'roleAssignmentScheduleRequests' } as const;

function anyMode(dice: Dice): 'eligible' | 'active' {
  return dice.chance(60) ? 'eligible' : 'active';
}

/** What an administrator or a person asks PIM about a role. */
function ofRole(action: string, schedule: (dice: Dice) => object = () => ({})): Move {
  return async ({ desk, people }, dice) => {
    const person = dice.pick(people);
    if (person === undefined) return null;
    const by = action.startsWith('admin') ? desk.admin : person;
    const mode = action === 'selfActivate' || action === 'selfDeactivate' ? 'active' : anyMode(dice);
    return askRole(by, mode, action, person.id, schedule(dice));
  };
}

const aWhile = (dice: Dice) => ({ scheduleInfo: lasting(dice.pick(['P3D', 'P10D', 'P40D']) ?? null) });
const hours = (dice: Dice) => ({ scheduleInfo: lasting(dice.pick(['PT1H', 'PT8H']) ?? null) });

const second: Readonly<Record<string, Move>> = {
  'adminAssign of a role': ofRole('adminAssign', aWhile),
  'adminUpdate of a role': ofRole('adminUpdate', aWhile),
  'adminExtend of a role': ofRole('adminExtend', aWhile),
  'adminRenew of a role': ofRole('adminRenew', aWhile),
  'adminRemove of a role': ofRole('adminRemove'),
  'selfActivate of a role': ofRole('selfActivate', hours),
  'selfDeactivate of a role': ofRole('selfDeactivate'),
  'selfExtend of a role': ofRole('selfExtend', aWhile),
  'selfRenew of a role': ofRole('selfRenew', aWhile),
  async 'activates a membership'({ people, pimGroupId }, dice) {
    const person = dice.pick(people);
    return person && askGroup(person, 'active', 'selfActivate', person.id, pimGroupId, hours(dice));
  },
  async 'is made eligible for a membership'({ desk, people, pimGroupId }, dice) {
    const scheduleInfo = lasting('P2D');
    return askGroup(desk.admin, 'eligible', 'adminAssign', dice.pick(people)?.id ?? '', pimGroupId, { scheduleInfo });
  },
  async 'an activation is decided'({ desk, approvers, pimGroupId }, dice) {
    const path = `${pim}/assignmentScheduleRequests?$filter=groupId eq '${pimGroupId}' and status eq 'PendingApproval'`;
    const id = idOf(dice.pick(await listed(desk.admin, path)));
    const who = dice.chance(70) ? approvers[1] : dice.pick(approvers);
    const approval = await desk.admin.get(`${pim}/assignmentApprovals/${id}?$expand=stages`);
    const stage = idOf(approval.body['stages']?.[0]);
    return who?.patch(`${pim}/assignmentApprovals/${id}/stages/${stage}`, {
      reviewResult: dice.chance(70) ? 'Approve' : 'Deny',
      ...needed,
    });
  },
  async 'a request to PIM is cancelled'({ desk, people, pimGroupId }, dice) {
    const isOfGroup = dice.chance(40);
    const set = roleSet[anyMode(dice)];
    const path = isOfGroup ? `${pim}/assignmentScheduleRequests` : `${roles}/${set}`;
    const filter = isOfGroup ? `?$filter=groupId eq '${pimGroupId}'` : '';
    const id = idOf(dice.pick(await listed(desk.admin, `${path}${filter}`)));
    return dice.pick([...people, desk.admin])?.post(`${path}/${id}/cancel`);
  },
  async 'a wish is answered'({ desk }, dice) {
    const filter = "?$filter=status eq 'PendingAdminDecision'";
    const waiting = [
      ...(await listed(desk.admin, `${roles}/${roleSet.eligible}${filter}`)),
      ...(await listed(desk.admin, `${roles}/${roleSet.active}${filter}`)),
    ];
    const verb = dice.chance(60) ? 'approve' : 'deny';
    return desk.admin.post(`/sallyport/scheduleRequests/${idOf(dice.pick(waiting))}/${verb}`, needed);
  },
};

export const moves: Readonly<Record<string, Move>> = { ...asking, ...deciding, ...around, ...second };

/** Accounts that are shut decide and ask nothing: once in a while all are opened, and everybody signs in anew. */
export async function openAll(scene: Scene): Promise<void> {
  const { desk, people, approvers, realClock } = scene;
  for (const { id } of [...people, ...approvers]) await desk.admin.patch(`/users/${id}`, { accountEnabled: true });
  realClock.pass(1);
  const again = (those: readonly Actor[]) => Promise.all(those.map(({ id }) => desk.play.asUser(id)));
  scene.people = await again(people);
  scene.approvers = await again(approvers);
}
