import { opened } from '../../entitlements/index.ts';
import { plannedReasons } from '../../grants/index.ts';
import {
  anything,
  bool,
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';
import { named, possible } from '../holding/contract.ts';

export const kinds = ['accessPackage', 'activation'] as const;
export const approvalStates = ['pending', 'approved', 'denied', 'timedOut', 'withdrawn'] as const;
export const subjectTypes = ['accessPackage', 'role', 'group'] as const;
export const decisions = ['approve', 'deny'] as const;

const what = shape({ ...named, type: required(enumOf(subjectTypes)) });

/** One entity of `/sallyport/approvals`: something that the caller can or could decide. */
export const approvalRow = shape({
  id: required(guid()),
  kind: required(enumOf(kinds)),
  /** `pending`: it waits for the caller's decision now. */
  status: required(enumOf(['pending', 'past'])),
  state: required(enumOf(approvalStates)),
  /** The name of what it is about. */
  displayName: required(text()),
  requestorName: required(text()),
  what: required(what),
  requestor: required(shape(named)),
  target: required(shape(named)),
  /** The stage that has been reached, counted from 1. */
  stage: required(int()),
  stages: required(int()),
  createdDateTime: required(instant()),
  /** When the open stage, or the last one, opened. */
  openedDateTime: required(instant()),
  /** Until when the open stage is to be decided; null once nothing is open. */
  deadline: required(nullable(instant())),
  endedDateTime: required(nullable(instant())),
  /** What the caller decided. */
  ownDecision: required(
    nullable(
      shape({ stage: required(int()), decision: required(enumOf(decisions)), decidedDateTime: required(instant()) }),
    ),
  ),
});

export type ApprovalRow = Static<typeof approvalRow>;

const person = shape({
  ...named,
  userPrincipalName: required(nullable(text())),
  jobTitle: required(nullable(text())),
  manager: required(nullable(shape(named))),
});

const decision = shape({
  stage: required(int()),
  decision: required(enumOf(decisions)),
  by: required(shape(named)),
  decidedDateTime: required(instant()),
  justification: required(text()),
  /** When the approver took the approval back, and why. */
  takenBack: required(nullable(shape({ at: required(instant()), reason: required(text()) }))),
});

const stage = shape({
  stage: required(int()),
  id: required(guid()),
  state: required(enumOf(['done', 'current', 'ahead', 'skipped'])),
  isTimedOut: required(bool()),
  openedDateTime: required(nullable(instant())),
  deadline: required(nullable(instant())),
  escalation: required(nullable(instant())),
  isJustificationRequired: required(bool()),
  decision: required(nullable(decision)),
  /** Who decides it, could have decided it, or will be asked as things are. */
  approvers: required(
    listOf(shape({ ...named, source: required(enumOf(['primary', 'fallback', 'alternate', 'alternateFallback'])) })),
  ),
});

const thing = { ...named, isPrivileged: required(bool()) };

/** What `GET /sallyport/approvals/{id}` answers. */
export const approvalAnswer = shape({
  id: required(guid()),
  kind: required(enumOf(kinds)),
  state: required(enumOf(approvalStates)),
  what: required(what),
  requestor: required(person),
  /** Whom it is for, if that is not the requestor. */
  target: required(nullable(person)),
  request: required(
    shape({
      /** Graph's type of the request, or PIM's action: `userAdd`, `userUpdate`, `selfActivate` … */
      type: required(text()),
      createdDateTime: required(instant()),
      justification: required(nullable(text())),
      ticketNumber: required(nullable(text())),
      ticketSystem: required(nullable(text())),
      /** As it was asked for: Graph's `expirationPattern`, and the start. */
      startDateTime: required(nullable(instant())),
      expiration: required(
        shape({
          type: required(enumOf(['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'])),
          duration: required(nullable(text())),
          endDateTime: required(nullable(instant())),
        }),
      ),
    }),
  ),
  /** The questions as they were asked, in their order. */
  answers: required(
    listOf(
      shape({
        questionId: required(guid()),
        text: required(text()),
        isRequired: required(bool()),
        /** Whether the answer may still be changed (`PATCH …/assignmentRequests/{id}`). */
        isEditable: required(bool()),
        value: required(nullable(text())),
        displayValue: required(nullable(text())),
        /** The question in Graph's shape. */
        question: required(anything()),
      }),
    ),
  ),
  /** What it really opens: package or activation → group → role. */
  opens: required(opened),
  /**
   * The access that came of it; while it waits, what it would be if every stage were approved now, and what would stand
   * in the way. Null where nothing came of it and nothing will.
   */
  access: required(
    nullable(
      shape({
        ...possible,
        startDateTime: required(nullable(instant())),
        endDateTime: required(nullable(instant())),
        endsBecause: required(
          shape({
            reason: required(enumOf(plannedReasons)),
            boundById: required(nullable(guid())),
          }),
        ),
      }),
    ),
  ),
  /**
   * What whoever is to receive holds already, by whatever way. For who can decide now, and who may read everybody's
   * access; null for others.
   */
  holds: required(
    nullable(
      listOf(
        shape({
          kind: required(enumOf(['role', 'group-member', 'group-owner'])),
          ...thing,
          mode: required(enumOf(['eligible', 'active'])),
          endDateTime: required(nullable(instant())),
        }),
      ),
    ),
  ),
  /** What whoever is to receive has and the package cannot be had with; null as `holds` is. */
  incompatibleWith: required(nullable(listOf(shape({ kind: required(enumOf(['package', 'group'])), ...named })))),
  stages: required(listOf(stage)),
  /** Whether the caller can decide now; if not, why: the refusal that the decision would meet. */
  mayDecide: required(shape(possible)),
  /** Whether the caller can approve now: separation of duties lets nobody approve, and still lets them deny. */
  mayApprove: required(shape(possible)),
  isJustificationRequired: required(bool()),
  /** Whether the caller can take back now what they approved (`approverRemove` of the request, with a reason). */
  mayTakeBack: required(shape(possible)),
  /** The last decision, whoever made it. */
  decision: required(nullable(decision)),
  /** Where to decide: a `PATCH` of `{ reviewResult: 'Approve' | 'Deny', justification }`. */
  decideAt: required(nullable(shape({ method: required(enumOf(['PATCH'])), path: required(text()) }))),
});

export type ApprovalCase = Static<typeof approvalAnswer>;
export type ApprovalStageSeen = ApprovalCase['stages'][number];
