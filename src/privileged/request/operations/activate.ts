import { approvalState, openApproval } from '../../../approval/index.ts';
import { approverPorts } from '../../../directory/index.ts';
import { authorise, type Grant, giveGrant, grantById, openGrants, type Path, pathsTo } from '../../../grants/index.ts';
import { newId } from '../../../kernel/ids.ts';
import { type Outcome, orRefuse } from '../../../kernel/outcome.ts';
import { after, isBefore, type Window } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { activationEvent } from '../../activities.ts';
import { isContextPublished } from '../../authentication-context/operations.ts';
import { rulesOf } from '../../policy/operations.ts';
import { demandedContext } from '../../policy/requirements.ts';
import type { Rules } from '../../policy/rule.ts';
import { type ActivationFacts, decideActivation, decideForSelf, decideStart, linksOf, storyOf } from '../decisions.ts';
import { moved } from '../machine.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import { readSchedule } from '../schedule.ts';
import { insertRequest, loadPending, type RequestTables, updateRequest } from '../store.ts';
import { evidenceOf, requestFrom } from './command.ts';
import { privilegeTarget, recordRequest } from './record.ts';
import { activationStage, approvalTime } from './stage.ts';

/**
 * Activates an eligibility of the caller: at once, or as soon as somebody approves. The activation hangs on the
 * eligibility and on every membership on the way to it, and ends with the first of them.
 */
export async function activate(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const caller = orRefuse(decideForSelf(tx.caller, command.principalId));
  await authorise(tx, 'activation.request', ['self']);
  await endWaitingInVain(tx, command);
  const schedule = orRefuse(readSchedule(command.schedule));
  const facts = await activationFacts(tx, command);
  const activation = orRefuse(decideActivation(schedule, await evidenceOf(tx, command), facts, tx.now));
  const memberships = await membershipsOf(tx, activation.path);
  const made = {
    id: newId(),
    principal: { kind: 'user', id: caller.id },
    startsAt: activation.window.from,
    schedule,
    correlation: storyOf(activation.path, memberships) ?? newId(),
    eligibilityId: activation.path.grant.id,
  } as const;
  if (activation.needsApproval) {
    const state = { is: 'pendingApproval', decideBy: after(tx.now, approvalTime) } as const;
    return waitForApproval(tx, requestFrom(tx, command, { ...made, state }), facts.rules);
  }
  const state = { is: 'granted', at: tx.now, startsAt: activation.window.from } as const;
  const request = requestFrom(tx, command, { ...made, state, grantId: made.id });
  await insertRequest(tx.db<RequestTables>(), request);
  await recordRequest(tx, activationEvent(command.privilege.kind, 'requested'), request);
  await give(tx, request, activation.window, activation.path, memberships);
  return request;
}

async function activationFacts(tx: Tx, command: ScheduleCommand): Promise<ActivationFacts> {
  const { privilege, principalId } = command;
  const rules = await rulesOf(tx, privilege.kind, privilege.id);
  const context = demandedContext(rules);
  return {
    rules,
    isContextPublished: context !== null && (await isContextPublished(tx, context)),
    ...(await startFacts(tx, command)),
    isPending: (await loadPending(tx.db<RequestTables>(), principalId, privilege)) !== null,
  };
}

async function startFacts(
  tx: Tx,
  { privilege, principalId }: Pick<ScheduleCommand, 'privilege' | 'principalId'>,
): Promise<Pick<ActivationFacts, 'paths' | 'held'>> {
  const of = { kind: privilege.kind, privilege: privilege.id };
  const isInScope = ({ privilege: held }: Grant) => held.scope === privilege.scope;
  const paths = await pathsTo(tx, principalId, { ...of, mode: 'eligible' });
  const held = await openGrants(tx, { ...of, principal: principalId, mode: 'active' });
  return { paths: paths.filter((path) => isInScope(path.grant)), held: held.filter(isInScope) };
}

async function membershipsOf(tx: Tx, path: Path): Promise<Grant[]> {
  const grants = await Promise.all(path.through.map((id) => grantById(tx, id)));
  return grants.filter((grant) => grant !== null);
}

async function give(tx: Tx, request: ScheduleRequest, window: Window, path: Path, memberships: readonly Grant[]) {
  const grant = await giveGrant(tx, {
    id: request.id,
    principal: request.principal,
    privilege: request.privilege,
    mode: 'active',
    window,
    origin: { kind: 'activation', id: path.grant.id },
    correlation: request.correlation,
    links: linksOf(path, memberships),
  });
  await recordRequest(tx, activationEvent(request.privilege.kind, 'completed'), request, {
    data: { grantId: grant.id, endsAt: grant.endsAt?.toString() ?? null },
  });
}

async function waitForApproval(tx: Tx, request: ScheduleRequest, rules: Rules): Promise<ScheduleRequest> {
  await insertRequest(tx.db<RequestTables>(), request);
  await recordRequest(tx, activationEvent(request.privilege.kind, 'requested'), request);
  const target = await privilegeTarget(tx, request);
  const state = await openApproval(tx, {
    id: request.id,
    door: 'activation',
    requestorId: request.principal.id,
    subjectId: request.principal.id,
    stages: [await activationStage(tx, request.privilege, rules)],
    about: { id: target.id, type: target.type, displayName: target.displayName ?? '' },
    correlation: request.correlation,
    justification: request.justification,
    ports: approverPorts,
  });
  if (state.is !== 'pending') throw new Error(`A new approval is ${state.is}`);
  await tx.schedule({ kind: 'activation.approvalTimeout', subject: request.id, at: state.deadline });
  return request;
}

/**
 * For which window a request that waits would be given if it were approved now, and the end of what it would hang on.
 * Nothing is saved.
 */
export async function foreseeStart(
  tx: Tx,
  request: ScheduleRequest,
): Promise<Outcome<{ readonly window: Window; readonly path: Path }>> {
  const schedule = readSchedule(request.schedule);
  if (schedule.is === 'refused') return schedule;
  const command = { privilege: request.privilege, principalId: request.principal.id };
  return decideStart(schedule.value, await startFacts(tx, command), tx.now);
}

/**
 * Starts an approved activation, in the transaction of the decision. The person must still be eligible and their
 * account usable: if not, the request has failed, and nothing is given.
 */
export async function startApproved(tx: Tx, request: ScheduleRequest): Promise<void> {
  const { kind } = request.privilege;
  await recordRequest(tx, activationEvent(kind, 'approved'), request, { reason: null });
  const start = await foreseeStart(tx, request);
  if (start.is === 'refused') {
    const { code, message } = start.refusal;
    const state = moved(request.state, { is: 'failed', at: tx.now, code });
    await updateRequest(tx.db<RequestTables>(), { ...request, state });
    await recordRequest(tx, activationEvent(kind, 'failed'), request, { reason: message, data: { code } });
    return;
  }
  const { window, path } = start.value;
  const state = moved(request.state, { is: 'granted', at: tx.now, startsAt: window.from });
  const started = { ...request, state, startsAt: window.from, grantId: request.id, eligibilityId: path.grant.id };
  await updateRequest(tx.db<RequestTables>(), started);
  await give(tx, started, window, path, await membershipsOf(tx, path));
}

/** Ends a request that nobody decided in time; it has been without effect since its deadline. */
export async function timeOut(tx: Tx, request: ScheduleRequest): Promise<void> {
  if (request.state.is !== 'pendingApproval' || isBefore(tx.now, request.state.decideBy)) return;
  const approval = await approvalState(tx, request.id);
  if (approval.is !== 'timedOut') throw new Error(`Request ${request.id} waits, its approval is ${approval.is}`);
  const state = moved(request.state, { is: 'timedOut', at: approval.at });
  await updateRequest(tx.db<RequestTables>(), { ...request, state });
  await recordRequest(tx, activationEvent(request.privilege.kind, 'timedOut'), request, { reason: null });
}

// The worker may be late: what has timed out must not stand in the way of a new request.
async function endWaitingInVain(tx: Tx, { principalId, privilege }: ScheduleCommand): Promise<void> {
  const waiting = await loadPending(tx.db<RequestTables>(), principalId, privilege);
  if (waiting !== null) await timeOut(tx, waiting);
}
