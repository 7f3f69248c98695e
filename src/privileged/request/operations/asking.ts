import { accountsOfCaller, authorise } from '../../../grants/index.ts';
import { type Id, isId, newId } from '../../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../../kernel/outcome.ts';
import { isBefore } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { askingEvent } from '../../activities.ts';
import { decideForSelf } from '../decisions.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import { decideAsking } from '../prolonging.ts';
import { readSchedule, type ScheduleBody } from '../schedule.ts';
import { insertRequest, loadRequest, loadWaiting, type RequestTables } from '../store.ts';
import { askedFor, moveOn } from './answer.ts';
import { authoriseAdministrator } from './assign.ts';
import { evidenceOf, requestFrom } from './command.ts';
import { assignmentFacts, expiredOf, extend, renew } from './prolong.ts';
import { recordRequest } from './record.ts';

/**
 * Asks, as the person, for an extension or a renewal of what is their own (`selfExtend`, `selfRenew`). It waits for
 * an administrator, whoever that is: an extension until the assignment ends, a renewal for as long as it is possible.
 * Refuses as `decideAsking` does.
 */
export async function ask(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const caller = orRefuse(decideForSelf(tx.caller, command.principalId));
  await authorise(tx, 'activation.request', ['self']);
  const schedule = orRefuse(readSchedule(command.schedule));
  const evidence = await evidenceOf(tx, command);
  const facts = {
    ...(await assignmentFacts(tx, command)),
    expired: await expiredOf(tx, command, 'same'),
    isPending: await stillWaits(tx, command),
  };
  const what = askedFor(command);
  const { grant, decideBy } = orRefuse(decideAsking(what, { caller, schedule, evidence }, facts, tx.now));
  const request = requestFrom(tx, command, {
    id: newId(),
    principal: { kind: 'user', id: caller.id },
    state: { is: 'pendingAdminDecision', decideBy },
    startsAt: schedule.startsAt !== null && isBefore(tx.now, schedule.startsAt) ? schedule.startsAt : tx.now,
    schedule,
    correlation: grant.correlation,
    grantId: grant.id,
  });
  await insertRequest(tx.db<RequestTables>(), request);
  await recordRequest(tx, askingEvent(request.privilege.kind, request.mode, what, 'Requested'), request, {
    data: { grantId: grant.id, decideBy: decideBy.toString() },
  });
  await tx.schedule({ kind: 'assignment.decisionTimeout', subject: request.id, at: decideBy });
  return request;
}

// The worker may be late: what nobody answered in time must not stand in the way of a new request.
async function stillWaits(tx: Tx, command: ScheduleCommand): Promise<boolean> {
  const waiting = await loadWaiting(tx.db<RequestTables>(), command);
  for (const request of waiting) await runOut(tx, request);
  return waiting.some(({ state }) => 'decideBy' in state && isBefore(tx.now, state.decideBy));
}

/** When the time in which an administrator could answer is over. */
export async function decisionTimeout(tx: Tx, requestId: string): Promise<void> {
  const request = await loadRequest(tx.db<RequestTables>(), requestId);
  if (request !== null) await runOut(tx, request);
}

async function runOut(tx: Tx, request: ScheduleRequest): Promise<void> {
  const { state } = request;
  if (state.is !== 'pendingAdminDecision' || isBefore(tx.now, state.decideBy)) return;
  await moveOn(tx, request, { is: 'timedOut', at: state.decideBy }, 'TimedOut', null);
}

/** An administrator's answer to a request for an extension or a renewal. */
export interface AskingAnswer {
  readonly justification: string | null;
  /** Another schedule than was asked for. */
  readonly schedule: ScheduleBody | null;
}

/**
 * Grants a person's request as an administrator, with the schedule that it names or another: the same as the
 * administrator's own `adminExtend` or `adminRenew`, and refused like it; besides with
 * `RoleAssignmentRequestNotFound` (404) and `RequestNotPending` (409).
 */
export async function approveAsking(tx: Tx, id: string, answer: AskingAnswer): Promise<ScheduleRequest> {
  const request = await waitingRequest(tx, id);
  const command: ScheduleCommand = {
    action: request.action === 'selfRenew' ? 'adminRenew' : 'adminExtend',
    privilege: request.privilege,
    mode: request.mode,
    principalId: request.principal.id,
    schedule: answer.schedule ?? request.schedule,
    justification: answer.justification,
    ticket: request.ticket,
  };
  return request.action === 'selfRenew' ? renew(tx, command) : extend(tx, command);
}

/**
 * Denies a person's request as an administrator. Refuses as `approveAsking` does where there is nothing to answer, and
 * with `OwnRequestNotDecidable` (403) whose own it is.
 */
export async function denyAsking(tx: Tx, id: string, answer: Pick<AskingAnswer, 'justification'>): Promise<void> {
  const request = await waitingRequest(tx, id);
  if ((await accountsOfCaller(tx)).has(request.principal.id)) {
    refuseNow('forbidden', 'OwnRequestNotDecidable', 'Nobody answers a request of their own. Cancel it instead.');
  }
  await moveOn(tx, request, { is: 'denied', at: tx.now }, 'Denied', answer.justification);
}

async function waitingRequest(tx: Tx, id: Id): Promise<ScheduleRequest> {
  const request = isId(id) ? await loadRequest(tx.db<RequestTables>(), id.toLowerCase()) : null;
  if (request === null) {
    return refuseNow('absent', 'RoleAssignmentRequestNotFound', 'There is no request with this id.');
  }
  await authoriseAdministrator(tx, request);
  const { state } = request;
  if (state.is === 'pendingAdminDecision' && isBefore(tx.now, state.decideBy)) return request;
  return refuseNow('conflict', 'RequestNotPending', 'No administrator has to answer this request, or not any more.');
}
