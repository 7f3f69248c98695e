import type { Id } from '../kernel/ids.ts';
import { type BarringFacts, barred } from './barred.ts';

/** Why somebody can decide a stage: asked in the first place, in someone's stead, or from the escalation on. */
export const approverSources = ['primary', 'fallback', 'alternate', 'alternateFallback'] as const;

export type ApproverSource = (typeof approverSources)[number];

/** Who can decide a stage, and who can besides from its escalation on. Nobody is in both. */
export interface Approvers {
  readonly userIds: readonly Id[];
  readonly source: 'primary' | 'fallback';
  readonly alternateIds: readonly Id[];
  readonly alternateSource: 'alternate' | 'alternateFallback';
}

/** People whom rules lead to, present or not. A stage without escalation has no alternates. */
export interface Candidates {
  readonly primary: readonly Id[];
  readonly fallback: readonly Id[];
  readonly alternates?: readonly Id[];
  readonly alternateFallback?: readonly Id[];
}

/**
 * Chooses who can decide a stage now: the people whom the primary rules lead to, or, when none of them could decide,
 * those of the fallback rules; and in the same way who can besides, from the escalation on.
 *
 * INVARIANT: distinct humans, as `barred` says.
 */
export function chooseApprovers(
  approval: BarringFacts,
  stage: number,
  candidates: Candidates,
  isPresent: (userId: Id) => boolean,
): Approvers {
  const { gaining, spent } = barred(approval, stage);
  const able = (ids: readonly Id[] = []) =>
    [...new Set(ids)].filter((id) => !gaining.has(id) && !spent.has(id) && isPresent(id)).sort();
  const primary = able(candidates.primary);
  const userIds = primary.length > 0 ? primary : able(candidates.fallback);
  const besides = (ids: readonly Id[] = []) => able(ids).filter((id) => !userIds.includes(id));
  const alternates = besides(candidates.alternates);
  return {
    userIds,
    source: primary.length > 0 ? 'primary' : 'fallback',
    alternateIds: alternates.length > 0 ? alternates : besides(candidates.alternateFallback),
    alternateSource: alternates.length > 0 ? 'alternate' : 'alternateFallback',
  };
}
