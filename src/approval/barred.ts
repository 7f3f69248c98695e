import type { Id } from '../kernel/ids.ts';
import type { Approval } from './model.ts';

/** What bars people from deciding a stage follows from. */
export type BarringFacts = Pick<
  Approval,
  'requestorId' | 'subjectId' | 'votes' | 'allowsSameApproverInSeveralStages' | 'accounts'
>;

/** Who may not decide a stage, whatever the rules, the groups and the hour. */
export interface Barred {
  /** Those who ask, and those who are to receive. */
  readonly gaining: ReadonlySet<Id>;
  /** Those who have decided another stage of the same approval, where each stage needs another person. */
  readonly spent: ReadonlySet<Id>;
}

/**
 * Who may not decide a stage. The only place that says so: choosing approvers and judging a decision both ask it.
 *
 * INVARIANT: distinct humans, by all accounts that they have. Nobody decides what they asked for or gain by; nobody
 * counts in two stages of one request, unless the policy that it was made under allows it.
 */
export function barred(approval: BarringFacts, stage: number): Barred {
  const elsewhere = approval.votes.filter((vote) => vote.stage !== stage).map((vote) => vote.voterId);
  const everyAccount = (ids: readonly Id[]) =>
    new Set(ids.flatMap((id) => [id, ...(approval.accounts?.get(id) ?? [])]));
  return {
    gaining: everyAccount([approval.requestorId, approval.subjectId]),
    spent: everyAccount(approval.allowsSameApproverInSeveralStages === true ? [] : elsewhere),
  };
}
