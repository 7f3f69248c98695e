import type { Caller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refused, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Catalog } from '../catalog/model.ts';
import { type Full, fullMessage } from '../limits/decisions.ts';
import type { ExpirationDocument, PolicyDocument } from '../policy/document.ts';
import { type AssignmentPolicy, admits, applicable, type Standing } from '../policy/model.ts';
import { isForOutsiders } from '../policy/outsiders.ts';
import { type Answer, checkAnswers, type SentAnswer } from '../policy/questions.ts';
import { wrong } from '../refusals.ts';
import { type AskedSchedule, askedTerms } from './schedule.ts';

/** Somebody asks for a package. */
export interface Submission {
  readonly policyId: Id | null;
  readonly justification: string | null;
  readonly answers: readonly SentAnswer[];
  readonly schedule: AskedSchedule | null;
}

/** What a submission meets, loaded in the same transaction. */
export interface SubmissionFacts {
  readonly catalog: Pick<Catalog, 'state' | 'isExternallyVisible'>;
  /** The package's policies. */
  readonly policies: readonly AssignmentPolicy[];
  readonly target: Standing;
  readonly isTargetUsable: boolean;
  /** Whether the target waits for the decision of another request for the package. */
  readonly hasPending: boolean;
  /** Whether the target has the package already. */
  readonly hasAssignment: boolean;
  /** Whether nobody more can have the package. */
  readonly full: Full;
}

/** A permitted submission. */
export interface Submitted {
  readonly policy: AssignmentPolicy;
  readonly justification: string | null;
  readonly answers: readonly Answer[];
  /** The start that was asked for, if it lies in the future. */
  readonly startsAt: Instant | null;
  readonly expiration: ExpirationDocument;
  readonly endsBy: 'policy' | 'requested';
  /** Of an update: only answers change. */
  readonly keepsEnd?: boolean;
}

/**
 * The person who asks for themselves, the target if one is named. Refuses with `RequestForOthersNotAllowed` (403) for
 * apps and where somebody else is meant.
 */
export function mayAskAs(caller: Caller, targetId: Id | null): Outcome<Id> {
  const no = (message: string) => refuse('forbidden', 'RequestForOthersNotAllowed', message, 'assignment/targetId');
  if (caller.kind !== 'user') return no('Only a person can ask for themselves. Use adminAdd.');
  if (targetId !== null && targetId !== caller.id) return no('A userAdd is for the caller. Use adminAdd for others.');
  return accept(caller.id);
}

/** Who asks, and for whom. */
export interface OnBehalf {
  readonly requestorId: Id;
  readonly targetId: Id;
}

/** The person who asks for somebody else. Refuses with `RequestForOthersNotAllowed` (403) and `PropertyRequired` (400). */
export function mayAskFor(caller: Caller, targetId: Id | null): Outcome<OnBehalf> {
  const at = 'assignment/targetId';
  if (targetId === null) return wrong('PropertyRequired', 'Say whom the package is for.', at);
  if (caller.kind !== 'user' || caller.id === targetId) {
    const message = 'An onBehalfAdd is for a person who asks for somebody else. Use userAdd for oneself.';
    return refuse('forbidden', 'RequestForOthersNotAllowed', message, at);
  }
  return accept({ requestorId: caller.id, targetId });
}

/**
 * Whether a person may ask for a package for somebody else: by a policy that is for that person, and that lets the
 * asking one ask (`open`). Refuses as `decideUserAdd` does.
 */
export function decideOnBehalfAdd(
  submission: Submission,
  facts: SubmissionFacts & { readonly open: ReadonlySet<Id> },
  now: Instant,
): Outcome<Submitted> {
  const policies = facts.policies
    .filter(({ id }) => facts.open.has(id))
    .map((policy) => ({ ...policy, document: opened(policy.document) }));
  const decided = decideUserAdd(submission, { ...facts, policies }, now);
  if (decided.is === 'refused') return decided;
  const policy = facts.policies.find(({ id }) => id === decided.value.policy.id) ?? decided.value.policy;
  return accept({ ...decided.value, policy });
}

/** The policy as it is to who may ask for another: whether its targets may ask themselves is no matter. */
function opened(document: PolicyDocument): PolicyDocument {
  return { ...document, requestorSettings: { ...document.requestorSettings, enableTargetsToSelfAddAccess: true } };
}

/**
 * Whether a person may ask for a package for themselves. Refuses: `AccountNotUsable`, `RequestorNotInScope`,
 * `CatalogNotPublished`, `CatalogNotExternallyVisible` (403), `PolicyChoiceRequired`, `RequestPending`, `AlreadyAssigned`, `JustificationRequired`,
 * the refusals of answers and schedules (400), and an unknown policy (404).
 */
export function decideUserAdd(submission: Submission, facts: SubmissionFacts, now: Instant): Outcome<Submitted> {
  if (!facts.isTargetUsable)
    return refuse('forbidden', 'AccountNotUsable', 'A disabled account cannot ask for access.');
  if (facts.catalog.state !== 'published') {
    return refuse('forbidden', 'CatalogNotPublished', 'The catalog of the package is not open for requests.');
  }
  const policy = choosePolicy(submission.policyId, facts);
  if (policy.is === 'refused') return policy;
  if (isForOutsiders(policy.value.document.allowedTargetScope) && !facts.catalog.isExternallyVisible) {
    return refuse('forbidden', 'CatalogNotExternallyVisible', 'The catalog is not open for people from outside.');
  }
  const double = doubled(facts);
  if (double !== null) return double;
  const settings = policy.value.document.requestApprovalSettings;
  const justification = submission.justification?.trim() || null;
  if (settings.isRequestorJustificationRequired && justification === null) {
    return wrong('JustificationRequired', 'Say why: the policy asks for a justification.', 'justification');
  }
  return complete(submission, policy.value, justification, 'requestor', now);
}

/**
 * Whether an administrator may give a package to somebody at once. Approval, justification and questions are for
 * those who ask, as in Entra; the policy's scope holds, where it names one. Refuses: `TargetNotUsable`,
 * `TargetNotInScope`, `PolicyChoiceRequired`, `RequestPending`, `AlreadyAssigned` (400).
 */
export function decideAdminAdd(submission: Submission, facts: SubmissionFacts, now: Instant): Outcome<Submitted> {
  if (!facts.isTargetUsable)
    return wrong('TargetNotUsable', 'The account is disabled or deleted.', 'assignment/targetId');
  const [only, ...more] = facts.policies;
  const policy = submission.policyId === null ? only : facts.policies.find((one) => one.id === submission.policyId);
  if (policy === undefined) return noPolicy();
  if (submission.policyId === null && more.length > 0) return choose(facts.policies);
  const { document } = policy;
  if (document.allowedTargetScope !== 'notSpecified' && !admits(document, facts.target)) {
    return wrong('TargetNotInScope', 'The policy is not for this person.', 'assignment/targetId');
  }
  const double = doubled(facts);
  if (double !== null) return double;
  const optional = document.questions.map((question) => ({ ...question, isRequired: false }));
  const relaxed = { ...policy, document: { ...document, questions: optional } };
  const done = complete(submission, relaxed, submission.justification?.trim() || null, 'administrator', now);
  return done.is === 'refused' ? done : accept({ ...done.value, policy });
}

function complete(
  submission: Submission,
  policy: AssignmentPolicy,
  justification: string | null,
  by: 'requestor' | 'administrator',
  now: Instant,
): Outcome<Submitted> {
  const answers = checkAnswers(policy.document.questions, submission.answers);
  if (answers.is === 'refused') return answers;
  const terms = askedTerms(submission.schedule, policy.document, by, now);
  if (terms.is === 'refused') return terms;
  return accept({ policy, justification, answers: answers.value, ...terms.value });
}

function choosePolicy(policyId: Id | null, facts: SubmissionFacts): Outcome<AssignmentPolicy> {
  if (policyId !== null && !facts.policies.some((one) => one.id === policyId)) return noPolicy();
  const open = applicable(facts.policies, facts.target);
  const chosen = policyId === null ? open : open.filter((one) => one.id === policyId);
  const [first, ...more] = chosen;
  if (first === undefined) {
    return refuse('forbidden', 'RequestorNotInScope', 'No policy of the package lets the caller ask for it.');
  }
  return more.length === 0 ? accept(first) : choose(open);
}

function choose(policies: readonly AssignmentPolicy[]): Refused {
  const ids = policies.map((one) => one.id).join(', ');
  return wrong(
    'PolicyChoiceRequired',
    `Several policies apply: choose one of ${ids}.`,
    'assignment/assignmentPolicyId',
  );
}

function noPolicy(): Refused {
  return refuse('absent', 'ResourceNotFound', 'The package has no such policy.', 'assignment/assignmentPolicyId');
}

function doubled(facts: SubmissionFacts): Refused | null {
  if (facts.hasPending)
    return wrong('RequestPending', 'A request for this package is waiting for its approval already.');
  if (facts.hasAssignment) return wrong('AlreadyAssigned', 'The package is assigned already.');
  if (facts.full !== null) return wrong('AssignmentLimitReached', fullMessage(facts.full));
  return null;
}
