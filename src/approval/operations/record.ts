import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type ApprovalHappening, approvalEvent } from '../activities.ts';
import type { Approval, ApprovalState } from '../model.ts';
import { type ApprovalTables, type Asked, loadAsked } from '../store.ts';

type Pending = Extract<ApprovalState, { is: 'pending' }>;

/** Records what happened to an approval, with what mails about it need. */
export async function record(
  tx: Tx,
  approval: Approval,
  happening: ApprovalHappening,
  data: Readonly<Record<string, unknown>>,
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

/** A stage as its events tell of it: who is asked, in whose stead, and who has approved the stages before. */
export async function stageData(tx: Tx, approval: Approval, stage: number): Promise<Readonly<Record<string, unknown>>> {
  const asked = await loadAsked(tx.db<ApprovalTables>(), approval.id, stage);
  const earlier = approval.votes.filter((vote) => vote.stage < stage);
  return {
    stage,
    stages: approval.stages.length,
    stageId: approval.stages[stage - 1]?.id ?? null,
    ...askedData(asked),
    earlier: earlier.map((vote) => ({ stage: vote.stage, approverId: vote.voterId, at: vote.at.toString() })),
  };
}

/** Until when an open stage is to be decided, and from when alternates may too. */
export function timesData(state: Pending): Readonly<Record<string, unknown>> {
  return { deadline: state.deadline.toString(), escalatesAt: state.escalatesAt?.toString() ?? null };
}

function askedData(asked: readonly Asked[]): Readonly<Record<string, unknown>> {
  const isMain = ({ source }: Asked) => source === 'primary' || source === 'fallback';
  const ids = (people: readonly Asked[]): Id[] => people.map((one) => one.userId);
  const main = asked.filter(isMain);
  const alternates = asked.filter((one) => !isMain(one));
  return {
    approverIds: ids(main),
    approverSource: main[0]?.source ?? null,
    escalationIds: ids(alternates),
    escalationSource: alternates[0]?.source ?? null,
  };
}
