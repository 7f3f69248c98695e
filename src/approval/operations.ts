import type { Id } from '../kernel/ids.ts';
import { orRefuse, refuseNow } from '../kernel/outcome.ts';
import type { Subscriber, Tx } from '../platform/transaction.ts';
import { approvalEvent } from './activities.ts';
import { type Approvers, chooseApprovers } from './approvers.ts';
import { decideVote, positionOf } from './decisions.ts';
import type { About, Approval, ApprovalState, ApproverRule, Door, SponsorSide, StageSnapshot } from './model.ts';
import { progressOf } from './progress.ts';
import {
  type ApprovalTables,
  insertApproval,
  insertVote,
  loadApproval,
  loadApprovers,
  loadOpenApprovals,
  markDecided,
  markWithdrawn,
  saveApprovers,
} from './store.ts';

/** What an approval must know of people; the directory's functions of the same names fit. */
export interface ApproverPorts {
  managerOf(tx: Tx, userId: Id): Promise<Id | null>;
  /** Users in a group, nested or not, their accounts usable or not. */
  usersIn(tx: Tx, groupId: Id): Promise<Id[]>;
  /** The sponsors of a user. */
  sponsorsOf(tx: Tx, userId: Id): Promise<Id[]>;
  /** The sponsors of the connected organization that a user comes from; nobody for users who come from none. */
  connectedSponsorsOf(tx: Tx, userId: Id, side: SponsorSide): Promise<Id[]>;
  isUsable(tx: Tx, userId: Id): Promise<boolean>;
}

/** An approval to be opened. */
export interface OpenApproval {
  /** The id of the request, which becomes the approval's. */
  readonly id: Id;
  readonly door: Door;
  readonly requestorId: Id;
  readonly subjectId: Id;
  /** At least one. */
  readonly stages: readonly StageSnapshot[];
  readonly about?: About;
  readonly correlation: Id;
  /** What the requestor says it is for. */
  readonly justification?: string | null;
  readonly ports: ApproverPorts;
}

/** Somebody's decision about a stage. */
export interface StageDecision {
  readonly approvalId: Id;
  readonly stageId: Id;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
  readonly ports: ApproverPorts;
}

/**
 * Opens an approval and its first stage, whose approvers are found now. The door schedules its own work at the
 * deadline of the state that is given.
 */
export async function openApproval(tx: Tx, asked: OpenApproval): Promise<ApprovalState> {
  const approval: Approval = {
    id: asked.id,
    door: asked.door,
    requestorId: asked.requestorId,
    subjectId: asked.subjectId,
    stages: inOrderOfIds(asked.stages),
    about: asked.about ?? null,
    justification: asked.justification ?? null,
    openedAt: tx.now,
    withdrawnAt: null,
    correlation: asked.correlation,
    votes: [],
  };
  await insertApproval(tx.db<ApprovalTables>(), approval);
  await record(tx, approval, 'opened', {}, approval.justification);
  return openStage(tx, approval, asked.ports);
}

/**
 * Decides a stage as the caller. Who may decide is found anew, so that a person who has left the group, has lost
 * their account or is no longer the manager cannot. After an approval the next stage opens at the same instant.
 * Refuses as `decideVote` says, and `ApprovalNotFound` (404), `NotAnApprover` (403) for callers who are no person.
 */
export async function decideStage(tx: Tx, asked: StageDecision): Promise<ApprovalState> {
  const approval = await present(tx, asked.approvalId);
  if (tx.caller.kind !== 'user') {
    return refuseNow('forbidden', 'NotAnApprover', 'Only a person can decide.');
  }
  await refreshApprovers(tx, approval, asked.ports);
  const stage = positionOf(approval, asked.stageId);
  const approvers = new Set((await loadApprovers(tx.db(), approval.id, stage)).map((row) => row.user_id));
  const { stageId, decision, justification } = asked;
  const command = { stageId, voterId: tx.caller.id, decision, justification };
  const vote = orRefuse(decideVote(command, { approval, approvers }, tx.now));
  await insertVote(tx.db(), approval.id, vote, tx.caller.displayName);
  const after = { ...approval, votes: [...approval.votes, vote] };
  const happening = decision === 'approve' ? 'stageApproved' : 'stageDenied';
  await record(tx, after, happening, { ...stageData(after, stage), decision }, vote.justification);
  const state = progressOf(after, tx.now);
  if (state.is === 'pending') return openStage(tx, after, asked.ports);
  await markDecided(tx.db(), approval.id, tx.now);
  return state;
}

/** How an approval stands now. Refuses with `ApprovalNotFound` (404). */
export async function approvalState(tx: Tx, id: Id): Promise<ApprovalState> {
  return progressOf(await present(tx, id), tx.now);
}

/** Ends a pending approval because its request is cancelled; one that has ended is left as it is. */
export async function withdrawApproval(tx: Tx, id: Id): Promise<ApprovalState> {
  const approval = await present(tx, id);
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending') return state;
  await markWithdrawn(tx.db(), id, tx.now);
  const withdrawn = { ...approval, withdrawnAt: tx.now };
  await record(tx, withdrawn, 'withdrawn', stageData(withdrawn, state.stage));
  return progressOf(withdrawn, tx.now);
}

/** Finds the approvers of all pending approvals anew, after a manager, an account or a membership has changed. */
export async function refreshOpenApprovals(tx: Tx, ports: ApproverPorts): Promise<void> {
  for (const id of await loadOpenApprovals(tx.db(), tx.now)) {
    await refreshApprovers(tx, await present(tx, id), ports);
  }
}

/** Changes after which a pending stage may have other approvers. */
const changes = [
  'user.managerChanged',
  'user.sponsorsChanged',
  'connected-organization.updated',
  'connected-organization.deleted',
  'connected-organization.internalSponsorAdded',
  'connected-organization.internalSponsorRemoved',
  'connected-organization.externalSponsorAdded',
  'connected-organization.externalSponsorRemoved',
  'user.disabled',
  'user.enabled',
  'user.deleted',
  'user.restored',
  'group.deleted',
  'group.restored',
  'group-member.active.given',
  'group-member.active.ended',
  'group-member.active.expired',
];

/**
 * Keeps the approvers of pending stages true in the very transaction of the change, so that a request never waits
 * for somebody who has gone while there is a fallback.
 */
export function approvalSubscribers(ports: ApproverPorts): ReadonlyMap<string, readonly Subscriber[]> {
  const refresh: Subscriber = (tx) => refreshOpenApprovals(tx, ports);
  return new Map(changes.map((type) => [type, [refresh]]));
}

/** Hands the stages their ids in ascending order, so that a list in the order of keys is in the order of stages. */
function inOrderOfIds(stages: readonly StageSnapshot[]): StageSnapshot[] {
  const ids = stages.map((stage) => stage.id).sort();
  return stages.map((stage, index) => ({ ...stage, id: ids[index] ?? stage.id }));
}

async function present(tx: Tx, id: Id): Promise<Approval> {
  const approval = await loadApproval(tx.db(), id);
  return approval ?? refuseNow('absent', 'ApprovalNotFound', 'There is no approval with this id.');
}

async function openStage(tx: Tx, approval: Approval, ports: ApproverPorts): Promise<ApprovalState> {
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending') return state;
  const approvers = await resolve(tx, approval, state.stage, ports);
  await saveApprovers(tx.db(), approval.id, state.stage, approvers, tx.now);
  await record(tx, approval, 'stageOpened', {
    ...stageData(approval, state.stage),
    deadline: state.deadline.toString(),
    approverIds: approvers.userIds,
    approverSource: approvers.source,
  });
  return state;
}

async function refreshApprovers(tx: Tx, approval: Approval, ports: ApproverPorts): Promise<void> {
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending') return;
  const before = await loadApprovers(tx.db(), approval.id, state.stage);
  const approvers = await resolve(tx, approval, state.stage, ports);
  const had = new Set(before.map((row) => row.user_id));
  const has = new Set(approvers.userIds);
  const added = approvers.userIds.filter((id) => !had.has(id));
  const removed = [...had].filter((id) => !has.has(id));
  if (added.length === 0 && removed.length === 0) return;
  await saveApprovers(tx.db(), approval.id, state.stage, approvers, tx.now);
  await record(tx, approval, 'approversChanged', {
    ...stageData(approval, state.stage),
    deadline: state.deadline.toString(),
    approverIds: approvers.userIds,
    approverSource: approvers.source,
    addedIds: added,
    removedIds: removed,
  });
}

async function resolve(tx: Tx, approval: Approval, stage: number, ports: ApproverPorts): Promise<Approvers> {
  const snapshot = approval.stages[stage - 1];
  const candidates = {
    primary: await peopleOf(tx, approval, snapshot?.primary ?? [], ports),
    fallback: await peopleOf(tx, approval, snapshot?.fallback ?? [], ports),
  };
  const present = new Set<Id>();
  for (const id of new Set([...candidates.primary, ...candidates.fallback])) {
    if (await ports.isUsable(tx, id)) present.add(id);
  }
  return chooseApprovers(approval, stage, candidates, (id) => present.has(id));
}

async function peopleOf(
  tx: Tx,
  approval: Approval,
  rules: readonly ApproverRule[],
  ports: ApproverPorts,
): Promise<Id[]> {
  const people: Id[] = [];
  for (const rule of rules) people.push(...(await peopleOfRule(tx, approval, rule, ports)));
  return people;
}

async function peopleOfRule(tx: Tx, approval: Approval, rule: ApproverRule, ports: ApproverPorts): Promise<Id[]> {
  switch (rule.is) {
    case 'user':
      return [rule.userId];
    case 'group':
      return ports.usersIn(tx, rule.groupId);
    case 'manager': {
      const manager = await managerAbove(tx, approval.requestorId, rule.level, ports);
      return manager === null ? [] : [manager];
    }
    case 'sponsors':
      return ports.sponsorsOf(tx, approval.subjectId);
    case 'connectedSponsors':
      return ports.connectedSponsorsOf(tx, approval.requestorId, rule.side);
    default:
      return rule satisfies never;
  }
}

async function managerAbove(tx: Tx, userId: Id, level: number, ports: ApproverPorts): Promise<Id | null> {
  let person: Id | null = userId;
  for (let step = 0; step < level && person !== null; step += 1) person = await ports.managerOf(tx, person);
  return person;
}

function stageData(approval: Approval, stage: number): Record<string, unknown> {
  return { stage, stages: approval.stages.length, stageId: approval.stages[stage - 1]?.id ?? null };
}

async function record(
  tx: Tx,
  approval: Approval,
  happening: Parameters<typeof approvalEvent>[1],
  data: Record<string, unknown>,
  reason: string | null = null,
): Promise<void> {
  const { door, requestorId, subjectId, about, justification } = approval;
  await tx.record({
    type: approvalEvent(door, happening),
    subject: approval.id,
    correlation: approval.correlation,
    targets: [
      { id: approval.id, type: 'Approval' },
      { id: subjectId, type: 'User' },
      ...(about === null ? [] : [about]),
    ],
    reason,
    data: { door, requestorId, subjectId, about, justification, ...data },
  });
}
