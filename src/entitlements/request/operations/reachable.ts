import { foreseeStages, type StageSnapshot, unreachableStages } from '../../../approval/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { missingIn } from '../../reachability/operations.ts';
import { packageApproverPorts } from './approvers.ts';

/** A request that is about to be made. */
export interface Reaching {
  readonly requestorId: Id;
  readonly subjectId: Id;
  readonly stages: readonly StageSnapshot[];
  readonly allowsSameApproverInSeveralStages: boolean;
}

/**
 * Whether every stage could be decided by somebody: otherwise the request would wait in vain until it times out, as it
 * does in Entra. Refused with `ApproversNotReachable` (400), which names the stages.
 */
export async function decideReachable(tx: Tx, asked: Reaching): Promise<Outcome<void>> {
  const foreseen = await foreseeStages(tx, { door: 'package', ...asked }, packageApproverPorts);
  const candidates = foreseen.map(({ stage, approverIds, alternateIds }) => ({
    stage,
    userIds: [...approverIds, ...alternateIds],
  }));
  const missing = unreachableStages(candidates, asked.allowsSameApproverInSeveralStages);
  if (missing.length === 0) return accept(undefined);
  const who = (await Promise.all(missing.map((stage) => missingIn(tx, asked.stages[stage - 1])))).flat();
  return refuse(
    'invalid',
    'ApproversNotReachable',
    `Nobody could decide stage ${missing.join(' and ')}: its approvers are gone, disabled, the requestor themselves or ` +
      `needed for another stage, and no fallback is left${who.length === 0 ? '' : ` (${who.join(', ')})`}. ` +
      'Ask an administrator to change the policy.',
  );
}
