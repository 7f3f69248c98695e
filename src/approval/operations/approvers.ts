import type { Id } from '../../kernel/ids.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Approvers, chooseApprovers } from '../approvers.ts';
import type { Approval, ApprovalState, ApproverRule, SponsorSide } from '../model.ts';
import { progressOf } from '../progress.ts';
import { type ApprovalTables, type Asked, loadAsked, saveAsked } from '../store.ts';
import { record, stageData, timesData } from './record.ts';

type Pending = Extract<ApprovalState, { is: 'pending' }>;

/** What an approval must know of people; the directory's functions of the same names fit. */
export interface ApproverPorts {
  managerOf(tx: Tx, userId: Id): Promise<Id | null>;
  /** Users in a group, nested or not, their accounts usable or not. */
  usersIn(tx: Tx, groupId: Id): Promise<Id[]>;
  /** A group, and those that it is in, nested or not. */
  groupsAround(tx: Tx, groupId: Id): Promise<Id[]>;
  /** The sponsors of a user. */
  sponsorsOf(tx: Tx, userId: Id): Promise<Id[]>;
  /** The sponsors of the connected organization that a user comes from; nobody for users who come from none. */
  connectedSponsorsOf(tx: Tx, userId: Id, side: SponsorSide): Promise<Id[]>;
  isUsable(tx: Tx, userId: Id): Promise<boolean>;
  /** All accounts of the human to whom an account belongs, those too that were linked at any instant since one. */
  accountsOf(tx: Tx, userId: Id, since: Instant): Promise<ReadonlySet<Id>>;
}

/** An approval with all accounts of the humans who ask, gain or have voted. */
export async function withAccounts(tx: Tx, approval: Approval, ports: ApproverPorts): Promise<Approval> {
  const accounts = new Map<Id, ReadonlySet<Id>>();
  const { requestorId, subjectId, votes, openedAt } = approval;
  for (const id of new Set([requestorId, subjectId, ...votes.map((vote) => vote.voterId)])) {
    accounts.set(id, await ports.accountsOf(tx, id, openedAt));
  }
  return { ...approval, accounts };
}

/** Finds who can decide the open stage, now and from its escalation on, and writes it down. */
export async function findApprovers(
  tx: Tx,
  approval: Approval,
  state: Pending,
  ports: ApproverPorts,
): Promise<readonly Asked[]> {
  const chosen = await resolveApprovers(tx, approval, state.stage, ports);
  const asked = askedOf(chosen, state.escalatesAt, tx.now);
  await saveAsked(tx.db<ApprovalTables>(), approval.id, state.stage, asked, tx.now);
  return asked;
}

/** Alternates are asked from the escalation on, or at once if that has come. */
export function askedOf(chosen: Approvers, escalatesAt: Instant | null, now: Instant): Asked[] {
  const asked: Asked[] = chosen.userIds.map((userId) => ({ userId, source: chosen.source, from: now }));
  if (escalatesAt === null) return asked;
  const from = isBefore(now, escalatesAt) ? escalatesAt : now;
  return [...asked, ...chosen.alternateIds.map((userId) => ({ userId, source: chosen.alternateSource, from }))];
}

/**
 * Finds the approvers of a pending approval anew and tells of a change: who can decide now and could not before
 * (`addedIds`), who cannot any more (`removedIds`), and the event that it follows from, if it is known.
 */
export async function refreshApprovers(
  tx: Tx,
  approval: Approval,
  ports: ApproverPorts,
  cause: Pick<StoredEvent, 'type' | 'subject'> | null = null,
): Promise<void> {
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending') return;
  const before = await loadAsked(tx.db<ApprovalTables>(), approval.id, state.stage);
  const asked = await findApprovers(tx, approval, state, ports);
  const told = (people: readonly Asked[]) =>
    people
      .map(({ userId, source }) => `${userId} ${source}`)
      .sort()
      .join();
  if (told(before) === told(asked)) return;
  const had = new Set(present(before, tx.now));
  const has = new Set(present(asked, tx.now));
  await record(tx, approval, 'approversChanged', {
    ...(await stageData(tx, approval, state.stage)),
    ...timesData(state),
    addedIds: [...has].filter((id) => !had.has(id)),
    removedIds: [...had].filter((id) => !has.has(id)),
    previousSource: before.find(isMain)?.source ?? null,
    isReachable: asked.length > 0,
    cause: cause === null ? null : { type: cause.type, subject: cause.subject },
  });
  if (asked.length > 0) return;
  await record(tx, approval, 'stranded', {
    ...(await stageData(tx, approval, state.stage)),
    ...timesData(state),
    lastIds: [...had],
  });
}

function isMain({ source }: Asked): boolean {
  return source === 'primary' || source === 'fallback';
}

function present(people: readonly Asked[], now: Instant): Id[] {
  return people.filter((one) => !isBefore(now, one.from)).map((one) => one.userId);
}

/** Who could decide a stage now and from its escalation on, by its rules and what is known of people. */
export async function resolveApprovers(
  tx: Tx,
  approval: Approval,
  stage: number,
  ports: ApproverPorts,
): Promise<Approvers> {
  const snapshot = approval.stages[stage - 1];
  const people = (rules: readonly ApproverRule[] = []) => peopleOf(tx, approval, rules, ports);
  const candidates = {
    primary: await people(snapshot?.primary),
    fallback: await people(snapshot?.fallback),
    alternates: await people(snapshot?.escalation?.alternates),
    alternateFallback: await people(snapshot?.escalation?.fallback),
  };
  const usable = new Set<Id>();
  for (const id of new Set(Object.values(candidates).flat())) if (await ports.isUsable(tx, id)) usable.add(id);
  return chooseApprovers(await withAccounts(tx, approval, ports), stage, candidates, (id) => usable.has(id));
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
