import { groupRelations, loadGroup, loadPrincipal, loadRole, mayJoin } from '../../../directory/index.ts';
import { authorise, endGrants, type Grant, giveGrant, openGrants, refuseSelfGrant } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { assignmentEvent } from '../../activities.ts';
import { onboardGroup, rulesOf } from '../../policy/operations.ts';
import { decideAssignment, decideRemoval } from '../decisions.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import { readSchedule } from '../schedule.ts';
import { insertRequest, type RequestTables } from '../store.ts';
import { denyWaiting } from './answer.ts';
import { evidenceOf, requestFrom, revocationOf } from './command.ts';
import { recordRequest } from './record.ts';

/** Makes a principal eligible for a privilege, or active in it, as an administrator. */
export async function assign(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const principal = await principalFor(tx, command);
  const rules = await rulesOf(tx, command.privilege.kind, command.privilege.id);
  const schedule = orRefuse(readSchedule(command.schedule));
  const facts = { rules, held: await heldBy(tx, command), mode: command.mode };
  const window = orRefuse(decideAssignment(schedule, await evidenceOf(tx, command), facts, tx.now));
  const id = newId();
  const request = requestFrom(tx, command, {
    id,
    principal,
    state: { is: 'granted', at: tx.now, startsAt: window.from },
    startsAt: window.from,
    schedule,
    correlation: newId(),
    grantId: id,
  });
  await insertRequest(tx.db<RequestTables>(), request);
  await recordRequest(tx, assignmentEvent(command.privilege.kind, command.mode, 'requested'), request);
  const grant = await giveGrant(tx, {
    id,
    principal,
    privilege: command.privilege,
    mode: command.mode,
    window,
    origin: { kind: 'assigned', id },
    correlation: request.correlation,
  });
  await recordRequest(tx, assignmentEvent(command.privilege.kind, command.mode, 'completed'), request, {
    data: { endsAt: grant.endsAt?.toString() ?? null },
  });
  return request;
}

/** Takes an eligibility or an active assignment away, as an administrator, and with it all that hangs on it. */
export async function remove(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  await authoriseAdministrator(tx, command);
  const grants = orRefuse(decideRemoval(await heldBy(tx, command), tx.now));
  const first = grants[0];
  if (first === undefined) throw new Error('A removal of nothing');
  const request = revocationOf(tx, command, first);
  await insertRequest(tx.db<RequestTables>(), request);
  await recordRequest(tx, assignmentEvent(command.privilege.kind, command.mode, 'removed'), request, {
    data: { grantIds: grants.map((grant) => grant.id) },
  });
  await denyWaiting(tx, command, command.justification);
  await endGrants(tx, grants, 'removed');
  return request;
}

/** What the principal of a command has of the privilege by itself, in its mode, now or later. */
export async function heldBy(tx: Tx, { privilege, principalId, mode }: ScheduleCommand): Promise<Grant[]> {
  const grants = await openGrants(tx, { kind: privilege.kind, privilege: privilege.id, principal: principalId, mode });
  return grants.filter((grant) => grant.privilege.scope === privilege.scope);
}

/** Who shall get it, once it is sure that the caller may give it and that they may have it. */
export async function principalFor(
  tx: Tx,
  command: Pick<ScheduleCommand, 'privilege' | 'mode' | 'principalId'>,
): Promise<ScheduleRequest['principal']> {
  await authoriseAdministrator(tx, command);
  const principal = await loadPrincipal(tx, command.principalId);
  if (principal === null) {
    return refuseNow(
      'invalid',
      'SubjectNotFound',
      'There is no user, group or application with this id.',
      'principalId',
    );
  }
  // INVARIANT: nobody grants to themselves.
  await refuseSelfGrant(tx, command.principalId, command.privilege);
  if (command.privilege.kind === 'role') {
    await demandEnabled(tx, command.privilege.id);
    if (principal.kind === 'group') await demandRoleAssignable(tx, principal.id);
    return { kind: principal.kind, id: principal.id };
  }
  await onboardGroup(tx, command.privilege.id);
  const group = await loadGroup(tx, command.privilege.id);
  if (group === null) throw new Error('An onboarded group has gone');
  const as = command.privilege.kind === 'group-owner' ? 'owner' : 'member';
  orRefuse(mayJoin({ group, principal, as, mode: command.mode }));
  return { kind: principal.kind, id: principal.id };
}

/** Graph: `isEnabled` of unifiedRoleDefinition is about new assignments; who has the role keeps it. */
async function demandEnabled(tx: Tx, roleId: Id): Promise<void> {
  if ((await loadRole(tx, roleId))?.isEnabled !== false) return;
  refuseNow('invalid', 'RoleNotEnabled', 'The role is not enabled.', 'roleDefinitionId');
}

async function demandRoleAssignable(tx: Tx, groupId: string): Promise<void> {
  const group = await loadGroup(tx, groupId);
  if (group?.isAssignableToRole) return;
  refuseNow(
    'invalid',
    'GroupNotAssignableToRole',
    'Roles go to groups that were created with isAssignableToRole, and to no other groups.',
    'principalId',
  );
}

/** Refuses unless the caller administers the privilege, and with 400 or 404 if there is no such privilege. */
export async function authoriseAdministrator(
  tx: Tx,
  { privilege, mode }: Pick<ScheduleCommand, 'privilege' | 'mode'>,
): Promise<void> {
  if (privilege.kind === 'role') {
    await authorise(tx, mode === 'eligible' ? 'roleEligibility.manage' : 'roleAssignmentSchedule.manage');
    if ((await loadRole(tx, privilege.id)) === null) {
      refuseNow('invalid', 'RoleDefinitionDoesNotExist', 'There is no role with this id.', 'roleDefinitionId');
    }
    return;
  }
  const group = await loadGroup(tx, privilege.id);
  const subject = mode === 'eligible' ? 'groupEligibility' : 'groupAssignment';
  const operation = group?.isAssignableToRole
    ? (`${subject}.manageRoleAssignable` as const)
    : (`${subject}.manage` as const);
  await authorise(tx, operation, await groupRelations(tx, privilege.id));
  if (group === null || group.deletedAt !== null) {
    refuseNow('absent', 'ResourceNotFound', 'There is no such group.', 'groupId');
  }
}
