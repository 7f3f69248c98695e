import type { Id } from '../../kernel/ids.ts';
import { after, type Instant, longestDuration, parseDuration } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Approval } from '../model.ts';
import { escalationOf } from '../progress.ts';
import { type ApproverPorts, resolveApprovers } from './approvers.ts';
import type { OpenApproval } from './decide.ts';

/** What a stage would be like if the approval were opened now: who could decide it, and until when at the latest. */
export interface ForeseenStage {
  readonly stage: number;
  readonly decisionTime: string;
  readonly approverIds: readonly Id[];
  readonly source: 'primary' | 'fallback';
  readonly alternateIds: readonly Id[];
  /** If every stage before it takes as long as it may. */
  readonly latestOpening: Instant;
  readonly latestEscalation: Instant | null;
  readonly latestDeadline: Instant;
  readonly isJustificationRequired: boolean;
  /** Whether those who ask are not told who decides. */
  readonly hidesApprovers: boolean;
}

/** Foresees the stages of an approval by the functions that open it, and saves nothing. */
export async function foreseeStages(
  tx: Tx,
  asked: Pick<OpenApproval, 'door' | 'requestorId' | 'subjectId' | 'stages' | 'allowsSameApproverInSeveralStages'>,
  ports: ApproverPorts,
): Promise<ForeseenStage[]> {
  const approval: Approval = {
    id: '',
    ...asked,
    allowsSameApproverInSeveralStages: asked.allowsSameApproverInSeveralStages ?? false,
    about: null,
    justification: null,
    openedAt: tx.now,
    withdrawnAt: null,
    correlation: '',
    votes: [],
  };
  const foreseen: ForeseenStage[] = [];
  let opening = tx.now;
  for (const [index, snapshot] of asked.stages.entries()) {
    const chosen = await resolveApprovers(tx, approval, index + 1, ports);
    const deadline = after(opening, parseDuration(snapshot.decisionTime) ?? longestDuration);
    foreseen.push({
      stage: index + 1,
      decisionTime: snapshot.decisionTime,
      approverIds: chosen.userIds,
      source: chosen.source,
      alternateIds: chosen.alternateIds,
      latestOpening: opening,
      latestEscalation: escalationOf(snapshot, opening),
      latestDeadline: deadline,
      isJustificationRequired: snapshot.isApproverJustificationRequired,
      hidesApprovers: snapshot.hidesApprovers ?? false,
    });
    opening = deadline;
  }
  return foreseen;
}
