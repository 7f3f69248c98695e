import { decidedStages } from '../../approval/index.ts';
import { nameTargets, privilegedAmong } from '../../directory/index.ts';
import { type AssignmentRequest, packagesOf } from '../../entitlements/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { earliest, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { ScheduleRequest } from '../../privileged/index.ts';
import { type Holding, holdingsEndingSoon, isSoon } from '../holding/model.ts';
import { loadHoldings } from '../holding/operations.ts';
import { decidableBy, ownAssignments, owner, ownRequests } from '../me/operations.ts';
import type { Overview } from './contract.ts';

/** How many of what waits are listed. */
const atMost = 20;

type PendingRequest = Overview['pendingRequests']['items'][number];
type Names = (id: Id) => string;

/** What needs the caller, what they hold, what of it ends soon and what they wait for: by the functions of `me`. */
export async function readOverview(tx: Tx): Promise<Overview> {
  const caller = await owner(tx);
  const waiting = await decidableBy(tx, caller.id);
  const { requests, scheduleRequests } = await ownRequests(tx, caller.id);
  const assignments = await ownAssignments(tx, caller.id);
  const holdings = await loadHoldings(tx, caller.id);
  const packages = await packagesOf(
    tx,
    assignments.map(({ id }) => id),
  );
  const held = [...holdings.eligible, ...holdings.active].map(({ privilege }) => privilege.id);
  const nameOf = await namesFor(tx, [
    ...held,
    ...waiting.map(({ requestorId }) => requestorId),
    ...requests.map(({ targetId }) => targetId),
    ...scheduleRequests.flatMap(({ privilege, principal }) => [privilege.id, principal.id]),
  ]);
  const privileged = await privilegedAmong(tx, held);
  const packageName = (id: Id) => packages.get(id)?.displayName ?? '';
  return {
    now: tx.now.toString(),
    approvals: {
      count: waiting.length,
      items: waiting.slice(0, atMost).map((one) => ({
        id: one.id,
        kind: one.door === 'package' ? 'accessPackage' : 'activation',
        displayName: one.about?.displayName ?? '',
        requestor: { id: one.requestorId, displayName: nameOf(one.requestorId) },
        stage: one.stage,
        stages: one.stages,
        openedDateTime: one.opensAt.toString(),
        deadline: one.deadline.toString(),
      })),
    },
    pendingRequests: {
      count: requests.length + scheduleRequests.length,
      items: await pendingOf(tx, [...requests], [...scheduleRequests], nameOf),
    },
    packages: assignments.map(({ id, packageId, startsAt, endsAt, endedAt }) => ({
      assignmentId: id,
      accessPackage: { id: packageId, displayName: packageName(id) },
      startDateTime: startsAt.toString(),
      endDateTime: earliest(endsAt, endedAt)?.toString() ?? null,
    })),
    active: holdings.active.map((one) => holdingShown(one, nameOf, privileged)),
    eligible: holdings.eligible.map((one) => holdingShown(one, nameOf, privileged)),
    endsSoon: [
      ...assignments.flatMap(({ id, endsAt, endedAt }) =>
        endingShown('accessPackage', id, packageName(id), earliest(endsAt, endedAt), tx.now),
      ),
      ...(['eligible', 'active'] as const).flatMap((mode) =>
        holdingsEndingSoon({ eligible: [], active: [], [mode]: holdings[mode] }, tx.now).flatMap(
          ({ privilege, endsAt }) => endingShown(mode, privilege.id, nameOf(privilege.id), endsAt, tx.now),
        ),
      ),
    ].sort((one, other) => Temporal.Instant.compare(one.endDateTime, other.endDateTime)),
  };
}

async function namesFor(tx: Tx, ids: readonly Id[]): Promise<Names> {
  const targets = [...new Set(ids)].map((id) => ({ id, type: 'Any' }));
  const names = new Map((await nameTargets(tx.db(), targets)).map(({ id, displayName }) => [id, displayName ?? '']));
  return (id) => names.get(id) ?? '';
}

function endingShown(
  kind: Overview['endsSoon'][number]['kind'],
  id: Id,
  displayName: string,
  end: Instant | null,
  now: Instant,
): Overview['endsSoon'] {
  return isSoon(end, now) ? [{ kind, id, displayName, endDateTime: end.toString() }] : [];
}

function holdingShown({ privilege, endsAt }: Holding, nameOf: Names, privileged: ReadonlySet<Id>) {
  const { kind, id, scope } = privilege;
  if (kind === 'entitlement-role') throw new Error('A role of entitlement management is no business of PIM');
  return {
    privilege: { kind, id, displayName: nameOf(id), scope, isPrivileged: privileged.has(id) },
    endDateTime: endsAt?.toString() ?? null,
  };
}

async function pendingOf(
  tx: Tx,
  requests: readonly AssignmentRequest[],
  scheduleRequests: readonly ScheduleRequest[],
  nameOf: Names,
): Promise<PendingRequest[]> {
  const decided = await decidedStages(
    tx,
    [...requests, ...scheduleRequests].map(({ id }) => id),
  );
  const shown = [
    ...requests.map((request) => packageRequestShown(request, decided, nameOf)),
    ...scheduleRequests.map((request) => scheduleRequestShown(request, decided, nameOf)),
  ];
  return shown
    .sort((one, other) => Temporal.Instant.compare(other.createdDateTime, one.createdDateTime))
    .slice(0, atMost);
}

function packageRequestShown(
  { id, requestType, targetId, createdAt, snapshot, state }: AssignmentRequest,
  decided: ReadonlyMap<Id, number>,
  nameOf: Names,
): PendingRequest {
  if (state.is !== 'pendingApproval' && state.is !== 'scheduled')
    throw new Error(`A request that waits is ${state.is}`);
  const passed = decided.get(id);
  return {
    id,
    kind: 'accessPackage',
    type: requestType,
    displayName: snapshot.packageName,
    target: { id: targetId, displayName: nameOf(targetId) },
    createdDateTime: createdAt.toString(),
    state: state.is,
    stage: state.is === 'pendingApproval' && passed !== undefined ? passed + 1 : null,
    stages: snapshot.stages.length,
    until: (state.is === 'pendingApproval' ? state.until : state.from).toString(),
  };
}

function scheduleRequestShown(
  { id, action, principal, privilege, createdAt, state }: ScheduleRequest,
  decided: ReadonlyMap<Id, number>,
  nameOf: Names,
): PendingRequest {
  if (!('decideBy' in state)) throw new Error(`A request that waits is ${state.is}`);
  const passed = decided.get(id);
  return {
    id,
    kind: 'privilege',
    type: action,
    displayName: nameOf(privilege.id),
    target: { id: principal.id, displayName: nameOf(principal.id) },
    createdDateTime: createdAt.toString(),
    state: state.is,
    stage: passed === undefined ? null : passed + 1,
    stages: passed === undefined ? 0 : 1,
    until: state.decideBy.toString(),
  };
}
