import {
  type ApproverPorts,
  type ApproverRule,
  foreseeStages,
  type StageSnapshot,
  unreachableStages,
} from '../../approval/index.ts';
import { isUsable, loadPeople, nameTargets, takenInBy, usersIn } from '../../directory/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { accept, type Outcome, orRefuse, refuse } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { authoriseFor } from '../delegation/operations/authority.ts';
import { type AssignmentPolicy, admits } from '../policy/model.ts';
import { stagesOf } from '../policy/stages.ts';
import { loadPolicy } from '../policy/store.ts';
import { found } from '../refusals.ts';
import { packageApproverPorts } from '../request/operations/approvers.ts';
import { loadStanding } from '../request/operations/asking.ts';
import { findingsOf, isPublishable, type PersonReach, type StageReach } from './model.ts';

/** People of a scope who are looked at, at most, to answer and to publish. */
const lookedAtMost = 200;
const lookedAtToPublish = 50;

/** A policy, as far as it says who decides for whom. */
type Deciding = Pick<AssignmentPolicy, 'document' | 'allowsSameApproverInSeveralStages'>;

/**
 * Who can decide requests by a policy, as things are, for each of the people it is for, by the functions that open an
 * approval. For those who may read the policy's catalog; others meet `ResourceNotFound` (404) like everybody.
 */
export async function reachabilityOf(tx: Tx, policyId: Id) {
  const named = await loadPolicy(tx.db(), policyId);
  await authoriseFor(tx, 'entitlements.readAll', named?.packageId);
  const policy = found(named, 'assignment policy', policyId);
  return { policy: { id: policy.id, displayName: policy.document.displayName }, ...(await reachOf(tx, policy)) };
}

/** Who can decide requests by a policy, which need not be kept yet. Asks for no right. */
export async function reachOf(tx: Tx, policy: Deciding) {
  const { stages, reach } = await stageReach(tx, policy);
  const { people, isComplete } =
    stages.length === 0 ? { people: [], isComplete: true } : await scopeReach(tx, policy, stages, lookedAtMost);
  const findings = findingsOf(reach, people);
  const everybody = [...reach.flatMap((one) => [...one.userIds]), ...findings.flatMap(({ userIds }) => userIds)];
  const names = new Map(
    (await loadPeople(tx.db(), tx.now, [...new Set(everybody)])).map((one) => [one.id, one.displayName]),
  );
  const called = (ids: readonly Id[]) => ids.map((id) => ({ id, displayName: names.get(id) ?? '' }));
  const described = [];
  for (const one of reach) {
    described.push({
      stage: one.stage,
      approvers: called(one.approverIds),
      approverSource: one.source,
      alternates: called(one.alternateIds),
      isReachable: one.isReachable,
      missing: await missingIn(tx, stages[one.stage - 1]),
    });
  }
  return {
    isReachable: findings.every(({ kind }) => kind === 'singleApprover'),
    stages: described,
    peopleLookedAt: people.length,
    isComplete,
    findings: findings.map(({ userIds, ...finding }) => ({ ...finding, people: called(userIds) })),
  };
}

/**
 * Whether a policy can be published: refused with `ApproversNotReachable` (400), which names the stage and who is
 * missing, where nobody could ever pass. Who has no manager meets that when they ask.
 */
export async function decidePublishable(tx: Tx, policy: Deciding): Promise<Outcome<void>> {
  const { stages, reach } = await stageReach(tx, policy);
  const isClear = reach.every(({ isReachable }) => isReachable);
  const { people } = isClear ? { people: [] } : await scopeReach(tx, policy, stages, lookedAtToPublish);
  const hasRelatives = (stage: number) => rulesOf(stages[stage - 1]).some(({ is }) => is !== 'user' && is !== 'group');
  if (isPublishable(reach, people, hasRelatives)) return accept(undefined);
  const [first] = reach.filter(({ isReachable }) => !isReachable);
  const missing = await missingIn(tx, stages[(first?.stage ?? 1) - 1]);
  return refuse(
    'invalid',
    'ApproversNotReachable',
    `Nobody could decide stage ${first?.stage} for anybody: ${missing.join(', ') || 'each of its approvers is needed for another stage'}.`,
    `requestApprovalSettings/stages/${(first?.stage ?? 1) - 1}`,
  );
}

/** Who stands in a stage and could not decide, in words: accounts out of use, groups of nobody, relations. */
export async function missingIn(tx: Tx, stage: StageSnapshot | undefined): Promise<string[]> {
  const words: string[] = [];
  for (const rule of rulesOf(stage)) {
    const word = await wordFor(tx, rule);
    if (word !== null) words.push(word);
  }
  return [...new Set(words)];
}

async function wordFor(tx: Tx, rule: ApproverRule): Promise<string | null> {
  switch (rule.is) {
    case 'user':
      return (await isUsable(tx, rule.userId)) ? null : `${await nameOf(tx, rule.userId)} is disabled or deleted`;
    case 'group': {
      for (const id of await usersIn(tx, rule.groupId)) if (await isUsable(tx, id)) return null;
      return `${await nameOf(tx, rule.groupId)} has nobody in it who could`;
    }
    case 'manager':
      return 'the manager of the requestor, where they have one';
    case 'sponsors':
    case 'connectedSponsors':
      return 'the sponsors of the requestor, where they have some';
    default:
      return rule satisfies never;
  }
}

async function nameOf(tx: Tx, id: Id): Promise<string> {
  const [named] = await nameTargets(tx.db(), [{ id, type: '' }]);
  return named?.displayName ?? id;
}

function rulesOf(stage: StageSnapshot | undefined): readonly ApproverRule[] {
  if (stage === undefined) return [];
  const { primary, fallback, escalation } = stage;
  return [...primary, ...fallback, ...(escalation?.alternates ?? []), ...(escalation?.fallback ?? [])];
}

/** The stages for somebody who stands in no relation to anybody: what users and groups alone come to. */
export async function stageReach(tx: Tx, policy: Deciding, ports: ApproverPorts = packageApproverPorts) {
  const stages = stagesOf(policy.document, newId);
  const foreseen = await foresee(tx, policy, stages, newId(), ports);
  const missing = unreachableOf(policy, foreseen);
  const reach = foreseen.map((one) => ({
    ...one,
    userIds: [...new Set([...one.approverIds, ...one.alternateIds])],
    isReachable: !missing.includes(one.stage),
  }));
  return { stages, reach: reach satisfies readonly StageReach[] };
}

async function scopeReach(tx: Tx, policy: Deciding, stages: readonly StageSnapshot[], atMost: number) {
  const everybody = await peopleInScope(tx, policy, atMost + 1);
  const people: PersonReach[] = [];
  for (const userId of everybody.slice(0, atMost)) {
    people.push({ userId, unreachable: unreachableOf(policy, await foresee(tx, policy, stages, userId)) });
  }
  return { people, isComplete: everybody.length <= atMost };
}

function foresee(
  tx: Tx,
  policy: Deciding,
  stages: readonly StageSnapshot[],
  userId: Id,
  ports: ApproverPorts = packageApproverPorts,
) {
  const { allowsSameApproverInSeveralStages } = policy;
  const asked = { requestorId: userId, subjectId: userId, stages, allowsSameApproverInSeveralStages };
  return foreseeStages(tx, { door: 'package', ...asked }, ports);
}

function unreachableOf(policy: Deciding, foreseen: Awaited<ReturnType<typeof foresee>>): readonly number[] {
  const candidates = foreseen.map(({ stage, approverIds, alternateIds }) => ({
    stage,
    userIds: [...approverIds, ...alternateIds],
  }));
  return unreachableStages(candidates, policy.allowsSameApproverInSeveralStages);
}

/** People whom a policy is for and whose accounts are in use, so many at most. */
async function peopleInScope(tx: Tx, { document }: Deciding, atMost: number): Promise<Id[]> {
  const people: Id[] = [];
  for (const { id, accountEnabled } of await candidatesFor(tx, { document })) {
    if (people.length === atMost) break;
    if (accountEnabled && admits(document, await loadStanding(tx, id, [document]))) people.push(id);
  }
  return people;
}

async function candidatesFor(tx: Tx, { document }: Pick<Deciding, 'document'>) {
  if (document.allowedTargetScope === 'notSpecified') return [];
  if (document.allowedTargetScope !== 'specificDirectoryUsers') return loadPeople(tx.db(), tx.now);
  const ids = new Set<Id>();
  for (const { userId, groupId, membershipRule } of document.specificAllowedTargets) {
    if (userId !== undefined) ids.add(userId);
    if (groupId !== undefined) for (const id of await usersIn(tx, groupId)) ids.add(id);
    if (membershipRule !== undefined) for (const id of await takenInBy(tx, membershipRule)) ids.add(id);
  }
  return loadPeople(tx.db(), tx.now, [...ids]);
}

/** Leaves the transaction with the refusal of a policy that nobody could ever pass. */
export async function demandPublishable(tx: Tx, policy: Deciding): Promise<void> {
  orRefuse(await decidePublishable(tx, policy));
}
