import type { Id } from '../kernel/ids.ts';
import type { Approval } from './model.ts';

/** Who can decide a stage, and whether they were asked in the first place or in someone's stead. */
export interface Approvers {
  readonly userIds: readonly Id[];
  readonly source: 'primary' | 'fallback';
}

/** People whom rules lead to, present or not. */
export interface Candidates {
  readonly primary: readonly Id[];
  readonly fallback: readonly Id[];
}

/**
 * Chooses who can decide a stage now: the people whom the primary rules lead to, or, when none of them could decide,
 * those of the fallback rules.
 *
 * INVARIANT: distinct humans. Never the requestor, never the one who is to receive the privilege, never somebody who
 * has decided another stage of the same approval.
 */
export function chooseApprovers(
  approval: Pick<Approval, 'requestorId' | 'subjectId' | 'votes'>,
  stage: number,
  candidates: Candidates,
  isPresent: (userId: Id) => boolean,
): Approvers {
  const barred = new Set([approval.requestorId, approval.subjectId]);
  for (const vote of approval.votes) if (vote.stage !== stage) barred.add(vote.voterId);
  const able = (ids: readonly Id[]) => [...new Set(ids)].filter((id) => !barred.has(id) && isPresent(id)).sort();
  const primary = able(candidates.primary);
  if (primary.length > 0) return { userIds: primary, source: 'primary' };
  return { userIds: able(candidates.fallback), source: 'fallback' };
}
