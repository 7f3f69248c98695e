import { endGrants, expiredGrants, extendGrant, type Grant, giveGrant, shortenGrant } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Instant, Window } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { type AssignmentHappening, assignmentEvent } from '../../activities.ts';
import { rulesOf } from '../../policy/operations.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import { type AssignmentFacts, decideExtension, decideRenewal, decideUpdate, renewalTime } from '../prolonging.ts';
import { readSchedule } from '../schedule.ts';
import { insertRequest, type RequestTables } from '../store.ts';
import { answerWaiting } from './answer.ts';
import { heldBy, principalFor } from './assign.ts';
import { evidenceOf, requestFrom } from './command.ts';
import { recordRequest } from './record.ts';

/**
 * Changes an assignment as an administrator (`adminUpdate`): its end earlier or later; its start too, as long as that
 * lies ahead. Refuses as `decideUpdate` does.
 */
export async function update(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const { principal, schedule, facts, evidence } = await prepared(tx, command);
  const change = orRefuse(decideUpdate(schedule, evidence, facts, tx.now));
  const { grant } = change;
  const id = newId();
  const isNew = change.is === 'replaced';
  const startsAt = isNew ? change.window.from : tx.now;
  const request = requestFrom(tx, command, {
    id,
    principal,
    state: { is: 'granted', at: tx.now, startsAt },
    startsAt,
    schedule,
    correlation: grant.correlation,
    grantId: isNew ? id : grant.id,
  });
  await insertRequest(tx.db<RequestTables>(), request);
  if (change.is === 'extended') await extendGrant(tx, grant, change.endsAt);
  if (change.is === 'shortened') await shortenGrant(tx, grant, change.endsAt);
  if (change.is === 'replaced') {
    await endGrants(tx, [grant], 'removed');
    await give(tx, command, request, change.window);
  }
  const endsAt = isNew ? change.window.until : 'endsAt' in change ? change.endsAt : grant.endsAt;
  await recorded(tx, 'updated', request, endsAt);
  return request;
}

/**
 * Moves the end of an assignment later as an administrator, in the last 14 days before it (`adminExtend`). It answers
 * the person's own request for it, if there is one. Refuses as `decideExtension` does.
 */
export async function extend(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const { principal, schedule, facts, evidence } = await prepared(tx, command);
  const { grant, endsAt } = orRefuse(decideExtension(schedule, evidence, facts, tx.now));
  const request = requestFrom(tx, command, {
    id: newId(),
    principal,
    // The new end holds from now on, whenever the assignment starts: nothing about it can be canceled.
    state: { is: 'granted', at: tx.now, startsAt: tx.now },
    startsAt: tx.now,
    schedule,
    correlation: grant.correlation,
    grantId: grant.id,
  });
  await insertRequest(tx.db<RequestTables>(), request);
  await answerWaiting(tx, command, 'selfExtend', grant.id);
  await extendGrant(tx, grant, endsAt);
  await recorded(tx, 'extended', request, endsAt);
  return request;
}

/**
 * Gives what ended in the last 30 days anew as an administrator, as eligible or active (`adminRenew`). It answers the
 * person's own request for it, if there is one. Refuses as `decideRenewal` does.
 */
export async function renew(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const { principal, schedule, facts, evidence } = await prepared(tx, command);
  const expired = await expiredOf(tx, command, 'any');
  const { before, window } = orRefuse(decideRenewal(schedule, evidence, { ...facts, expired }, tx.now));
  const id = newId();
  const request = requestFrom(tx, command, {
    id,
    principal,
    state: { is: 'granted', at: tx.now, startsAt: window.from },
    startsAt: window.from,
    schedule,
    correlation: before.correlation,
    grantId: id,
  });
  await insertRequest(tx.db<RequestTables>(), request);
  await answerWaiting(tx, command, 'selfRenew', id);
  await give(tx, command, request, window);
  await recorded(tx, 'renewed', request, window.until);
  return request;
}

async function prepared(tx: Tx, command: ScheduleCommand) {
  const principal = await principalFor(tx, command);
  const schedule = orRefuse(readSchedule(command.schedule));
  return { principal, schedule, facts: await assignmentFacts(tx, command), evidence: await evidenceOf(tx, command) };
}

/** What decisions about an assignment look at. */
export async function assignmentFacts(tx: Tx, command: ScheduleCommand): Promise<AssignmentFacts> {
  const { kind, id } = command.privilege;
  return { rules: await rulesOf(tx, kind, id), mode: command.mode, held: await heldBy(tx, command) };
}

/** What the principal had of the privilege in the last 30 days, in the mode of the command or in any. */
export async function expiredOf(
  tx: Tx,
  { privilege, principalId, mode }: ScheduleCommand,
  which: 'same' | 'any',
): Promise<Grant[]> {
  const of = { kind: privilege.kind, privilege: privilege.id, principal: principalId };
  const since = tx.now.subtract(renewalTime.round({ largestUnit: 'hours' }));
  const grants = await expiredGrants(tx, which === 'any' ? of : { ...of, mode }, since);
  return grants.filter((grant) => grant.privilege.scope === privilege.scope);
}

function give(tx: Tx, { privilege, mode }: ScheduleCommand, request: ScheduleRequest, window: Window) {
  const { id, principal, correlation } = request;
  return giveGrant(tx, { id, principal, privilege, mode, window, origin: { kind: 'assigned', id }, correlation });
}

function recorded(tx: Tx, happening: AssignmentHappening, request: ScheduleRequest, endsAt: Instant | null) {
  const data = { grantId: request.grantId as Id, endsAt: endsAt?.toString() ?? null };
  return recordRequest(tx, assignmentEvent(request.privilege.kind, request.mode, happening), request, { data });
}
