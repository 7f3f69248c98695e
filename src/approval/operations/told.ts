import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ReadDb } from '../../platform/events.ts';
import { progressOf } from '../progress.ts';
import { approvalTables, loadApproval, loadApprovers, loadEverAsked, loadParts } from '../store.ts';

/** Who had to do with an approval, for mails about it. */
export interface Concerned {
  /** Who could decide the last stage that opened: its approvers, and alternates once it had escalated. */
  readonly lastAsked: readonly Id[];
  /** Who decided a stage, and the alternates of these stages who were asked. */
  readonly deciders: readonly Id[];
  /** Who can decide now; nobody once it has ended. */
  readonly deciding: readonly Id[];
}

/** Who had to do with an approval until an instant; nobody with one that there is not. */
export async function concernedBy(db: ReadDb, approvalId: Id, at: Instant): Promise<Concerned> {
  const tables = approvalTables(db);
  const approval = await loadApproval(tables, approvalId);
  if (approval === null) return { lastAsked: [], deciders: [], deciding: [] };
  const asked = await loadEverAsked(tables, approvalId, at);
  const last = Math.max(...asked.map(({ stage }) => stage));
  const decided = new Set(approval.votes.map(({ stage }) => stage));
  const alternates = asked.filter(
    ({ stage, source }) => decided.has(stage) && (source === 'alternate' || source === 'alternateFallback'),
  );
  const state = progressOf(approval, at);
  return {
    lastAsked: unique(asked.filter(({ stage }) => stage === last).map(({ userId }) => userId)),
    deciders: unique([...approval.votes.map(({ voterId }) => voterId), ...alternates.map(({ userId }) => userId)]),
    deciding: state.is === 'pending' ? await loadApprovers(tables, approvalId, state.stage, at) : [],
  };
}

/** Who may see some approvals at an instant because they have a part in deciding them, by the approval's id. */
export function partsIn(
  db: ReadDb,
  approvalIds: readonly Id[],
  at: Instant,
): Promise<ReadonlyMap<Id, ReadonlySet<Id>>> {
  return loadParts(approvalTables(db), approvalIds, at);
}

function unique(ids: readonly Id[]): Id[] {
  return [...new Set(ids)];
}
