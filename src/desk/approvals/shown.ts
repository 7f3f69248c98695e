import type { ApprovalSeen } from '../../approval/index.ts';
import type { Binding } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import { possibilityOf } from '../holding/shown.ts';
import type { ApprovalCase, ApprovalStageSeen } from './contract.ts';

/** The name of a user, group, role or package. */
export type NameOf = (id: Id) => string;

type Stage = ApprovalSeen['stages'][number];

/** A stage of an approval, on the wire. */
export function stageShown(seen: Stage, nameOf: NameOf): ApprovalStageSeen {
  return {
    stage: seen.stage,
    id: seen.id,
    state: seen.place,
    isTimedOut: seen.isTimedOut,
    openedDateTime: seen.opensAt?.toString() ?? null,
    deadline: seen.deadline?.toString() ?? null,
    escalation: seen.escalatesAt?.toString() ?? null,
    isJustificationRequired: seen.isJustificationRequired,
    decision: decisionShown(seen),
    approvers: seen.approvers
      .map(({ userId, source }) => ({ id: userId, displayName: nameOf(userId), source }))
      .sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
  };
}

/** The decision about a stage, by the name that its voter had then; null before there is one. */
export function decisionShown({ vote }: Stage): ApprovalCase['decision'] {
  if (vote === null) return null;
  const { stage, voterId, voterName, decision, justification, at, takenBackAt, takenBackReason } = vote;
  return {
    stage,
    decision,
    by: { id: voterId, displayName: voterName },
    decidedDateTime: at.toString(),
    justification,
    takenBack: takenBackAt === null ? null : { at: takenBackAt.toString(), reason: takenBackReason ?? '' },
  };
}

interface Term {
  readonly from: Instant;
  readonly until: Instant | null;
  readonly binding: Binding | null;
}

/** The access that came or would come of a request, on the wire. */
export function accessShown(access: Outcome<Term> | null): ApprovalCase['access'] {
  if (access === null) return null;
  const none = { startDateTime: null, endDateTime: null, endsBecause: { reason: 'unknown', boundById: null } } as const;
  if (access.is === 'refused') return { ...possibilityOf(access), ...none };
  const { from, until, binding } = access.value;
  return {
    ...possibilityOf(access),
    startDateTime: from.toString(),
    endDateTime: until?.toString() ?? null,
    endsBecause: {
      reason: until === null ? 'never' : (binding?.by ?? 'unknown'),
      boundById: until === null ? null : (binding?.id ?? null),
    },
  };
}
