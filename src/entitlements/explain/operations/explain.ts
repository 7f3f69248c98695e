import { readerMay } from '../../../access/index.ts';
import { foreseeStages } from '../../../approval/index.ts';
import { loadPeople } from '../../../directory/index.ts';
import { authorise, loadPowers } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import type { Refusal } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { assignmentTerm } from '../../assignment/model.ts';
import { limitsOf } from '../../assignment/operations/deliver.ts';
import { decideDuties } from '../../duties/decisions.ts';
import { loadExcluding } from '../../duties/operations.ts';
import { loadContents, loadPackage } from '../../package/store.ts';
import { type AssignmentPolicy, admits } from '../../policy/model.ts';
import { stagesOf } from '../../policy/stages.ts';
import { found } from '../../refusals.ts';
import { decideUserAdd, type Submitted } from '../../request/decisions.ts';
import { packageApproverPorts } from '../../request/operations/approvers.ts';
import { loadFacts } from '../../request/operations/asking.ts';
import { decideReachable } from '../../request/operations/reachable.ts';

/** What is to be explained: a wish for a package that nobody has made yet. */
export interface Wish {
  readonly packageId: Id;
  readonly policyId: Id | null;
  readonly targetId: Id;
}

/**
 * What would happen if somebody asked for a package now: which policy applies, who decides in which stage and until
 * when, until when the access would last and why, what is still missing and what stands in the way. Everything is
 * decided by the functions that decide about the request itself; nothing is saved. For oneself, and for those who read
 * entitlements. Absent and none of one's business look alike: `ResourceNotFound` (404).
 */
export async function explain(tx: Tx, wish: Wish) {
  const isSelf = tx.caller.kind === 'user' && tx.caller.id === wish.targetId;
  await authorise(tx, 'explanation.read', isSelf ? ['self'] : []);
  const known = found(await loadPackage(tx.db(), wish.packageId), 'access package', wish.packageId);
  const facts = await loadFacts(tx, known, wish.targetId);
  const isTheirs = facts.policies.some(({ document }) => admits(document, facts.target));
  if (isSelf) found(isTheirs ? known : null, 'access package', known.id);
  const eased = { ...facts, policies: facts.policies.map(withoutDemands) };
  const outcome = decideUserAdd(
    { policyId: wish.policyId, justification: null, answers: [], schedule: null },
    eased,
    tx.now,
  );
  const duties = decideDuties(await loadExcluding(tx, known.id, wish.targetId));
  const submitted = outcome.is === 'accepted' ? outcome.value : null;
  const reaching = submitted === null ? null : await reachabilityOf(tx, submitted.policy, wish.targetId);
  const blockers = [outcome, duties, ...(reaching === null ? [] : [reaching])].flatMap((one) =>
    one.is === 'refused' ? [blockerOf(one.refusal)] : [],
  );
  const policy = facts.policies.find(({ id }) => id === submitted?.policy.id) ?? null;
  return {
    accessPackage: { id: known.id, displayName: known.displayName },
    canRequest: blockers.length === 0,
    blockers,
    missing: policy === null ? [] : missingIn(policy),
    policy: policy === null ? null : { id: policy.id, displayName: policy.document.displayName },
    stages: policy === null ? [] : await stagesFor(tx, policy, wish.targetId, await readsExplanations(tx)),
    ...(await endOf(tx, known.id, submitted)),
  };
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
function reachabilityOf(tx: Tx, { document, allowsSameApproverInSeveralStages }: AssignmentPolicy, targetId: Id) {
  const stages = stagesOf(document, newId);
  return decideReachable(tx, { requestorId: targetId, subjectId: targetId, stages, allowsSameApproverInSeveralStages });
}

/** Whether the caller may have anybody's request explained, and not only their own. */
async function readsExplanations(tx: Tx): Promise<boolean> {
  return readerMay('explanation.read', await loadPowers(tx.db(), tx.caller, tx.now));
}

async function stagesFor(tx: Tx, policy: AssignmentPolicy, targetId: Id, readsAll: boolean) {
  const stages = stagesOf(policy.document, newId);
  const asked = {
    door: 'package',
    requestorId: targetId,
    subjectId: targetId,
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
