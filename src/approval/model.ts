import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/** Which door an approval guards: the first (access packages) or the second (activation). */
export type Door = 'package' | 'activation';

/**
 * Who approves: a person, anyone in a group (nested or not), the requestor's manager of a level (1 = direct), the
 * sponsors of the one who is to receive, or those of the connected organization that the requestor comes from.
 */
export type ApproverRule =
  | { readonly is: 'user'; readonly userId: Id }
  | { readonly is: 'group'; readonly groupId: Id }
  | { readonly is: 'manager'; readonly level: number }
  | { readonly is: 'sponsors' }
  | { readonly is: 'connectedSponsors'; readonly side: SponsorSide };

/** A connected organization has sponsors of ours (`internal`) and of its own (`external`). */
export type SponsorSide = 'internal' | 'external';

/** One stage, as it was when the request was made. */
export interface StageSnapshot {
  readonly id: Id;
  readonly primary: readonly ApproverRule[];
  /** Asked when the primary rules lead to nobody who could decide. */
  readonly fallback: readonly ApproverRule[];
  /** ISO 8601 duration in which the stage must be decided. */
  readonly decisionTime: string;
  readonly isApproverJustificationRequired: boolean;
  /** Whether those who ask are not told who decides; they are unless it is said. */
  readonly hidesApprovers?: boolean;
  /** Who may decide besides, and from when on; absent where nobody may. */
  readonly escalation?: Escalation;
}

/** Alternates may decide a stage from its escalation on; the approvers asked before still can. */
export interface Escalation {
  /** ISO 8601 duration from the opening of the stage; shorter than its decision time. */
  readonly after: string;
  readonly alternates: readonly ApproverRule[];
  /** Asked when the alternates' rules lead to nobody who could decide. */
  readonly fallback: readonly ApproverRule[];
}

/** What an approval is about, carried into its events. */
export interface About {
  readonly id: Id;
  readonly type: string;
  readonly displayName: string;
}

/** A decision of one person about one stage (counted from 1). */
export interface Vote {
  readonly stage: number;
  readonly voterId: Id;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
  readonly at: Instant;
  /** When the voter took an approval back, while later stages were still to decide. */
  readonly takenBackAt?: Instant | null;
}

/** Everything that the outcome of an approval follows from, but for the instant. */
export interface Approval {
  readonly id: Id;
  readonly door: Door;
  readonly requestorId: Id;
  readonly subjectId: Id;
  readonly stages: readonly StageSnapshot[];
  /** Whether one person may decide several stages; false unless the policy says so. */
  readonly allowsSameApproverInSeveralStages?: boolean;
  readonly about: About | null;
  /** What the requestor said it is for. */
  readonly justification: string | null;
  readonly openedAt: Instant;
  readonly withdrawnAt: Instant | null;
  readonly correlation: Id;
  readonly votes: readonly Vote[];
  /** The accounts of those who ask, gain or have voted, where a human has several; absent means one each. */
  readonly accounts?: ReadonlyMap<Id, ReadonlySet<Id>>;
}

/** How an approval stands at an instant. Stages are counted from 1. */
export type ApprovalState =
  | {
      readonly is: 'pending';
      readonly stage: number;
      readonly opensAt: Instant;
      readonly deadline: Instant;
      /** When alternates may decide too; null where the stage has none. */
      readonly escalatesAt: Instant | null;
    }
  | { readonly is: 'approved'; readonly at: Instant }
  | { readonly is: 'denied'; readonly at: Instant; readonly by: Id; readonly stage: number }
  | { readonly is: 'timedOut'; readonly at: Instant; readonly stage: number }
  | { readonly is: 'withdrawn'; readonly at: Instant; readonly stage: number };
