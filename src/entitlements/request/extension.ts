import type { Ending } from '../../grants/index.ts';
import { accept, type Outcome, type Refused, refuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import { type Assignment, assignmentState, assignmentTerm, type Term } from '../assignment/model.ts';
import type { ExpirationDocument, PolicyDocument } from '../policy/document.ts';
import { type AssignmentPolicy, admits, type Standing } from '../policy/model.ts';
import { type Answer, checkAnswers, checkEditing } from '../policy/questions.ts';
import { wrong } from '../refusals.ts';
import type { Submission, Submitted } from './decisions.ts';
import { askedTerms, futureStart, recurrenceFault, wantedExpiration } from './schedule.ts';

/** Who wants the end of an assignment to move: its target, one who may ask on their behalf, or an administrator. */
export type Updater = 'target' | 'onBehalf' | 'administrator';

/** What a wish to move the end of an assignment meets, loaded in the same transaction. */
export interface UpdateFacts {
  readonly assignment: Assignment;
  /** The policy that it was given by, as it is now; null if it is gone. */
  readonly policy: AssignmentPolicy | null;
  readonly target: Standing;
  readonly isTargetUsable: boolean;
  /** Whether another request of the target for the package waits. */
  readonly hasPending: boolean;
  /** What PIM allows at most, if given now. */
  readonly limits: readonly Ending[];
  /** What the questions of the policy have been answered with. */
  readonly answers: readonly Answer[];
}

/**
 * Whether the end of an assignment may be moved as it is asked for. People extend what they have where the policy lets
 * them, as long as they are in its scope, and no longer than the policy would give anew (Entra: "Change lifecycle
 * settings"). Administrators may also bring the end nearer. Who sends answers and no schedule changes those alone
 * (Graph: "update answers to questions"); the end stays. Refuses: `AccountNotUsable`, `SelfExtensionNotAllowed`,
 * `RequestorNotInScope` (403), `TargetNotUsable`, `TargetNotInScope`, `AssignmentEnded`, `AssignmentLeaving`,
 * `RequestPending`, `JustificationRequired`, `AnswerNotEditable`, `ExtensionNotLater`, and what answers and schedules are refused with (400).
 */
export function decideUpdate(
  by: Updater,
  submission: Omit<Submission, 'policyId'>,
  facts: UpdateFacts,
  now: Instant,
): Outcome<Submitted> {
  const { policy } = facts;
  if (policy === null) return refuse('absent', 'ResourceNotFound', 'The policy of the assignment is gone.');
  const standing = standingFault(by, facts, policy.document, now);
  if (standing !== null) return standing;
  if (facts.hasPending) return wrong('RequestPending', 'A request for this package is waiting already.');
  const justification = submission.justification?.trim() || null;
  const isDemanded = policy.document.requestApprovalSettings.isRequestorJustificationRequired;
  if (by !== 'administrator' && isDemanded && justification === null) {
    return wrong('JustificationRequired', 'Say why: the policy asks for a justification.', 'justification');
  }
  if (futureStart(submission.schedule, now) !== null) {
    return wrong('ScheduleNotSupported', 'The assignment has started already.', 'schedule/startDateTime');
  }
  // The questions were answered when the package was asked for.
  const optional = policy.document.questions.map((question) => ({ ...question, isRequired: false }));
  const answers = checkAnswers(optional, submission.answers);
  if (answers.is === 'refused') return answers;
  const editable =
    by === 'administrator' ? answers : checkEditing(policy.document.questions, facts.answers, answers.value);
  if (editable.is === 'refused') return editable;
  if (answers.value.length > 0 && isBlank(submission.schedule)) {
    return accept({ policy, justification, answers: answers.value, ...noTerms, keepsEnd: true });
  }
  // Whoever may extend says until when, within what the policy gives.
  const terms = askedTerms(submission.schedule, policy.document, 'administrator', now);
  if (terms.is === 'refused') return terms;
  const moved = decideExtension(
    facts.assignment,
    { ...terms.value, limits: facts.limits, mayShorten: by === 'administrator' },
    now,
  );
  return moved.is === 'refused'
    ? moved
    : accept({ policy, justification, answers: answers.value, ...terms.value, startsAt: null });
}

const noTerms = {
  startsAt: null,
  expiration: { type: 'notSpecified', endDateTime: null, duration: null },
  endsBy: 'requested',
} as const;

/** Whether a schedule says nothing about an end. */
function isBlank(schedule: Submission['schedule']): boolean {
  return recurrenceFault(schedule) === null && wantedExpiration(schedule).type === 'notSpecified';
}

/** Until when an assignment is to last. */
export interface Extension {
  readonly expiration: ExpirationDocument;
  readonly endsBy: 'policy' | 'requested';
  readonly limits: readonly Ending[];
  readonly mayShorten: boolean;
}

/**
 * The term of an assignment whose end moves now. What has ended stays ended. Refuses with `AssignmentEnded`,
 * `AssignmentLeaving`, `ExtensionNotLater` and `ExpirationPassed` (400).
 */
export function decideExtension(assignment: Assignment, extension: Extension, now: Instant): Outcome<Term> {
  const fault = endedFault(assignment, now);
  if (fault !== null) return fault;
  const term = assignmentTerm(extension.expiration, extension.limits, now, extension.endsBy);
  if (term.is === 'refused') return term;
  const { until } = term.value.window;
  const isLater = assignment.endsAt !== null && (until === null || isBefore(assignment.endsAt, until));
  const isEarlier = until !== null && (assignment.endsAt === null || isBefore(until, assignment.endsAt));
  if (isLater || (isEarlier && extension.mayShorten)) return term;
  return wrong(
    'ExtensionNotLater',
    assignment.endsAt === null
      ? 'The assignment has no end that could be moved.'
      : `The assignment lasts until ${assignment.endsAt} already, as long as the policy would give it now or longer.`,
    'schedule/expiration',
  );
}

/** That an assignment keeps its end while its answers change. Refuses with `AssignmentEnded`, `AssignmentLeaving` (400). */
export function decideKeeping(assignment: Assignment, now: Instant): Outcome<null> {
  return endedFault(assignment, now) ?? accept(null);
}

function endedFault(assignment: Assignment, now: Instant): Refused | null {
  if (assignmentState(assignment, now).is === 'expired') {
    return wrong('AssignmentEnded', 'The assignment has ended already.', 'assignment/id');
  }
  if (assignment.endedAt === null) return null;
  return wrong(
    'AssignmentLeaving',
    `The assignment ends at ${assignment.endedAt}, because its holder has left the scope of the policy. Ask anew.`,
    'assignment/id',
  );
}

function standingFault(by: Updater, facts: UpdateFacts, document: PolicyDocument, now: Instant): Refused | null {
  const isAdministrator = by === 'administrator';
  if (!facts.isTargetUsable) {
    return isAdministrator
      ? wrong('TargetNotUsable', 'The account is disabled or deleted.', 'assignment/id')
      : refuse('forbidden', 'AccountNotUsable', 'A disabled account cannot ask for access.');
  }
  const settings = document.requestorSettings;
  const isAllowed =
    isAdministrator ||
    (by === 'target' ? settings.enableTargetsToSelfUpdateAccess : settings.enableOnBehalfRequestorsToUpdateAccess);
  if (!isAllowed) {
    return refuse(
      'forbidden',
      'SelfExtensionNotAllowed',
      'The policy does not let people extend the package themselves. Ask an administrator.',
    );
  }
  const ended = endedFault(facts.assignment, now);
  if (ended !== null) return ended;
  if (document.allowedTargetScope === 'notSpecified' || admits(document, facts.target)) return null;
  return isAdministrator
    ? wrong('TargetNotInScope', 'The policy is not for this person.', 'assignment/id')
    : refuse('forbidden', 'RequestorNotInScope', 'The policy is no longer for this person.');
}
