import { readerMay } from '../../../access/index.ts';
import { foreseeStages } from '../../../approval/index.ts';
import { loadPeople } from '../../../directory/index.ts';
import { authorise, loadPowers } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import type { Outcome, Refusal } from '../../../kernel/outcome.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { assignmentTerm } from '../../assignment/model.ts';
import { limitsOf } from '../../assignment/operations/deliver.ts';
import { decideDuties } from '../../duties/decisions.ts';
import { loadExcluding } from '../../duties/operations.ts';
import { loadContents, loadPackage } from '../../package/store.ts';
import { type AssignmentPolicy, admits, applicable, applicableOnBehalf } from '../../policy/model.ts';
import { stagesOf } from '../../policy/stages.ts';
import { loadPolicies } from '../../policy/store.ts';
import { found } from '../../refusals.ts';
import { decideOnBehalfAdd, decideUserAdd, type SubmissionFacts, type Submitted } from '../../request/decisions.ts';
import { packageApproverPorts } from '../../request/operations/approvers.ts';
import { loadFacts } from '../../request/operations/asking.ts';
import { policiesToAskBy } from '../../request/operations/on-behalf.ts';
import { decideReachable } from '../../request/operations/reachable.ts';
import { requirementsOf } from '../../request/operations/requirements.ts';
import type { Explanation } from '../contract.ts';

/** What is to be explained: a wish for a package that nobody has made yet. */
export interface Wish {
  readonly packageId: Id;
  readonly policyId: Id | null;
  readonly targetId: Id;
}

/**
 * What would happen if somebody asked for a package now: which policy applies, who decides in which stage and until
 * when, until when the access would last and why, what is still missing and what stands in the way. Everything is
 * decided by the functions that decide about the request itself; nothing is saved. For oneself, for those whom a policy
 * lets ask for the person, and for those who read entitlements. Absent and none of one's business look alike:
 * `ResourceNotFound` (404).
 */
export async function explain(tx: Tx, wish: Wish): Promise<Explanation> {
  const { known, facts, open } = await asking(tx, wish);
  const outcome = decided({ ...facts, policies: facts.policies.map(withoutDemands) }, wish.policyId, open, tx.now);
  const duties = decideDuties(await loadExcluding(tx, known.id, wish.targetId));
  const submitted = outcome.is === 'accepted' ? outcome.value : null;
  const pair = {
    requestorId: open === null ? wish.targetId : (callerOf(tx) ?? wish.targetId),
    subjectId: wish.targetId,
  };
  const reaching = submitted === null ? null : await reachabilityOf(tx, submitted.policy, pair);
  const blockers = [outcome, duties, ...(reaching === null ? [] : [reaching])].flatMap((one) =>
    one.is === 'refused' ? [blockerOf(one.refusal)] : [],
  );
  const policy = facts.policies.find(({ id }) => id === submitted?.policy.id) ?? null;
  return {
    accessPackage: { id: known.id, displayName: known.displayName },
    canRequest: blockers.length === 0,
    blockers,
    missing: policy === null ? [] : missingIn(policy),
    policies: applicableTo(facts, open).map(requirementsOf) as Explanation['policies'],
    policy: policy === null ? null : { id: policy.id, displayName: policy.document.displayName },
    stages: policy === null ? [] : await stagesFor(tx, policy, pair, await readsExplanations(tx)),
    ...(await endOf(tx, known.id, submitted)),
  };
}

/** The facts of a wish, and by which policies the caller would ask for the person; null where the person would. */
async function asking(tx: Tx, { packageId, targetId }: Wish) {
  const isSelf = callerOf(tx) === targetId;
  const loaded = await loadPackage(tx.db(), packageId);
  const policies = loaded === null || isSelf ? [] : await loadPolicies(tx.db(), packageId);
  const open = await policiesToAskBy(tx, policies, targetId);
  await authorise(tx, 'explanation.read', isSelf ? ['self'] : open.size > 0 ? ['onBehalfRequestor'] : []);
  const known = found(loaded, 'access package', packageId);
  const facts = await loadFacts(tx, known, targetId);
  const isTheirs = facts.policies.some(({ document }) => admits(document, facts.target));
  if (isSelf) found(isTheirs ? known : null, 'access package', known.id);
  return { known, facts, open: open.size === 0 ? null : open };
}

type Open = ReadonlySet<Id> | null;

function decided(facts: SubmissionFacts, policyId: Id | null, open: Open, now: Instant): Outcome<Submitted> {
  const submission = { policyId, justification: null, answers: [], schedule: null };
  return open === null ? decideUserAdd(submission, facts, now) : decideOnBehalfAdd(submission, { ...facts, open }, now);
}

function applicableTo({ policies, target }: SubmissionFacts, open: Open): readonly AssignmentPolicy[] {
  return open === null
    ? applicable(policies, target)
    : applicableOnBehalf(
        policies.filter(({ id }) => open.has(id)),
        target,
      );
}

function callerOf({ caller }: Tx): Id | null {
  return caller.kind === 'user' ? caller.id : null;
}

/** What the request has to bring is told apart: the decision is asked about all the rest. */
function withoutDemands(policy: AssignmentPolicy): AssignmentPolicy {
  const { document } = policy;
  const requestApprovalSettings = { ...document.requestApprovalSettings, isRequestorJustificationRequired: false };
  return { ...policy, document: { ...document, questions: [], requestApprovalSettings } };
}

function blockerOf({ code, message, target }: Refusal) {
  return { code, message, target: target ?? null };
}

function missingIn({ document }: AssignmentPolicy) {
  const asked = document.questions.filter(({ isRequired }) => isRequired);
  const answers = asked.map(({ id, text }) => ({ property: 'answers', text, questionId: id }));
  if (!document.requestApprovalSettings.isRequestorJustificationRequired) return answers;
  return [{ property: 'justification', text: null, questionId: null }, ...answers];
}

/** Whether every stage could be decided by somebody, as the request itself is asked. */
function reachabilityOf(tx: Tx, { document, allowsSameApproverInSeveralStages }: AssignmentPolicy, pair: Pair) {
  return decideReachable(tx, { ...pair, stages: stagesOf(document, newId), allowsSameApproverInSeveralStages });
}

/** Who asks for whom. */
interface Pair {
  readonly requestorId: Id;
  readonly subjectId: Id;
}

/** Whether the caller may have anybody's request explained, and not only their own. */
async function readsExplanations(tx: Tx): Promise<boolean> {
  return readerMay('explanation.read', await loadPowers(tx.db(), tx.caller, tx.now));
}

async function stagesFor(tx: Tx, policy: AssignmentPolicy, pair: Pair, readsAll: boolean) {
  const stages = stagesOf(policy.document, newId);
  const asked = {
    door: 'package',
    ...pair,
    stages,
    allowsSameApproverInSeveralStages: policy.allowsSameApproverInSeveralStages,
  } as const;
  const foreseen = await foreseeStages(tx, asked, packageApproverPorts);
  const ids = foreseen.flatMap(({ approverIds, alternateIds }) => [...approverIds, ...alternateIds]);
  const people = new Map((await loadPeople(tx.db(), tx.now, ids)).map((one) => [one.id, one.displayName]));
  const named = (of: readonly Id[]) => of.map((id) => ({ id, displayName: people.get(id) ?? '' }));
  return foreseen.map((one) => ({
    stage: one.stage,
    areApproversShown: readsAll || !one.hidesApprovers,
    approvers: readsAll || !one.hidesApprovers ? named(one.approverIds) : [],
    approverSource: one.source,
    alternates: readsAll || !one.hidesApprovers ? named(one.alternateIds) : [],
    decisionTime: one.decisionTime,
    latestOpening: one.latestOpening.toString(),
    latestEscalation: one.latestEscalation?.toString() ?? null,
    latestDeadline: one.latestDeadline.toString(),
    isApproverJustificationRequired: one.isJustificationRequired,
  }));
}

async function endOf(tx: Tx, packageId: Id, submitted: Submitted | null) {
  const none = { endDateTime: null, endsBecause: { reason: null, boundById: null } };
  if (submitted === null) return none;
  const limits = await limitsOf(tx, await loadContents(tx.db(), packageId));
  const term = assignmentTerm(submitted.expiration, limits, tx.now, submitted.endsBy);
  if (term.is === 'refused') return none;
  const { window, binding } = term.value;
  const endsBecause = { reason: binding?.by ?? null, boundById: binding?.id ?? null };
  return { endDateTime: window.until?.toString() ?? null, endsBecause };
}
