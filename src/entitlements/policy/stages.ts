import type { ApproverRule, Escalation, StageSnapshot } from '../../approval/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Refused } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import { wrong } from '../refusals.ts';
import type { PolicyDocument, StageDocument, SubjectSet } from './document.ts';

/** Kinds of subject sets, as Graph names them. */
export const user = '#microsoft.graph.singleUser';
export const group = '#microsoft.graph.groupMembers';
const manager = '#microsoft.graph.requestorManager';
export const targetManager = '#microsoft.graph.targetManager';
const sponsors = '#microsoft.graph.targetUserSponsors';
const internalSponsors = '#microsoft.graph.internalSponsors';
const externalSponsors = '#microsoft.graph.externalSponsors';

/** Approvers who are found by how they stand to the requestor, in one stage of a policy only. */
const relatives = [manager, sponsors, internalSponsors, externalSponsors];
const sponsorKinds = [sponsors, internalSponsors, externalSponsors];

/** Who may approve, and stand in for approvers, by Microsoft's pages of the kinds. */
const approverKinds = [user, group, ...relatives];
const fallbackKinds = [user, group, ...sponsorKinds];

const days = (count: number) => Temporal.Duration.from({ hours: 24 * count });
const shortestDecision = days(1);
const longestDecision = days(14);
const shortestDecisionWithAlternates = days(4);
const earliestEscalation = days(1);
const { compare } = Temporal.Duration;

type Fault = Refused | null;

/**
 * What is wrong with the stages of a policy: one fault a stage at most. All 400: `StageCountNotValid`,
 * `ApproversNotValid`, `FallbackApproversRequired`, `DecisionTimeNotValid`, `EscalationApproversRequired`,
 * `EscalationDecisionTimeTooShort`, `EscalationTooEarly`, `EscalationTooLate`, `PropertyRequired`.
 */
export function stageFaults(policy: PolicyDocument): Refused[] {
  const path = 'requestApprovalSettings/stages';
  const { stages, isApprovalRequiredForAdd, isApprovalRequiredForUpdate } = policy.requestApprovalSettings;
  if (stages.length > 3) return [wrong('StageCountNotValid', 'There are at most three stages.', path)];
  if ((isApprovalRequiredForAdd || isApprovalRequiredForUpdate) && stages.length === 0) {
    return [wrong('StageCountNotValid', 'Where approval is required there must be a stage.', path)];
  }
  const faults = [...stages.map((stage, index) => stageFault(stage, `${path}/${index}`)), repeated(stages, path)];
  return faults.filter((fault) => fault !== null);
}

/** The same relation in two stages would ask the same people twice, who count only once. */
function repeated(stages: readonly StageDocument[], path: string): Fault {
  for (const kind of relatives) {
    const asking = stages.filter((stage) => [...stage.primaryApprovers, ...alternatesOf(stage)].some(isOf([kind])));
    if (asking.length > 1) return wrong('ApproversNotValid', `${nameOf(kind)} can approve in one stage only.`, path);
  }
  return null;
}

function alternatesOf(stage: StageDocument): readonly SubjectSet[] {
  return stage.isEscalationEnabled ? stage.escalationApprovers : [];
}

function isOf(kinds: readonly string[]): (set: SubjectSet) => boolean {
  return (set) => kinds.includes(set['@odata.type']);
}

function nameOf(kind: string): string {
  return kind.replace(/^#microsoft\.graph\./, '');
}

function stageFault(stage: StageDocument, path: string): Fault {
  const time = parseDuration(stage.durationBeforeAutomaticDenial);
  if (time === null || compare(time, shortestDecision) < 0 || compare(time, longestDecision) > 0) {
    return wrong(
      'DecisionTimeNotValid',
      'A stage is decided within P1D to P14D.',
      `${path}/durationBeforeAutomaticDenial`,
    );
  }
  // Fallback approvers alone are enough: Microsoft's page on creating policies shows such a stage.
  if (stage.primaryApprovers.length === 0 && stage.fallbackPrimaryApprovers.length === 0) {
    return wrong('ApproversNotValid', 'A stage needs approvers.', `${path}/primaryApprovers`);
  }
  return (
    setsFault(stage.primaryApprovers, `${path}/primaryApprovers`, approverKinds, 'ApproversNotValid') ??
    setsFault(stage.fallbackPrimaryApprovers, `${path}/fallbackPrimaryApprovers`, fallbackKinds, 'ApproversNotValid') ??
    fallbackFault(stage.primaryApprovers, stage.fallbackPrimaryApprovers, `${path}/fallbackPrimaryApprovers`) ??
    setsFault(stage.escalationApprovers, `${path}/escalationApprovers`, approverKinds, 'ApproversNotValid') ??
    setsFault(
      stage.fallbackEscalationApprovers,
      `${path}/fallbackEscalationApprovers`,
      fallbackKinds,
      'ApproversNotValid',
    ) ??
    (stage.isEscalationEnabled ? escalationFault(stage, time, path) : null)
  );
}

/** Kinds that stand where they may not, and managers of no level. */
export function setsFault(sets: readonly SubjectSet[], path: string, allowed: readonly string[], code: string): Fault {
  const index = sets.findIndex((set) => !allowed.includes(set['@odata.type']));
  if (index < 0) return null;
  return wrong(code, `${nameOf(sets[index]?.['@odata.type'] ?? '')} cannot stand here.`, `${path}/${index}`);
}

/** Sponsors may be missing: Microsoft's pages of the kinds ask for a user or a group beside them. */
function fallbackFault(asked: readonly SubjectSet[], fallback: readonly SubjectSet[], path: string): Fault {
  if (!asked.some(isOf(sponsorKinds)) || [...asked, ...fallback].some(isOf([user, group]))) return null;
  return wrong('FallbackApproversRequired', 'Name a user or a group for requests where there are no sponsors.', path);
}

/** The bounds of Microsoft's page on alternate approvers. */
function escalationFault(stage: StageDocument, decisionTime: Temporal.Duration, path: string): Fault {
  const alternates = stage.escalationApprovers;
  if (alternates.length === 0) {
    return wrong('EscalationApproversRequired', 'Escalation needs alternates.', `${path}/escalationApprovers`);
  }
  const at = `${path}/durationBeforeEscalation`;
  if (stage.durationBeforeEscalation === null) {
    return wrong('PropertyRequired', 'Say after which time the alternates are asked.', at);
  }
  if (compare(decisionTime, shortestDecisionWithAlternates) < 0) {
    return wrong(
      'EscalationDecisionTimeTooShort',
      'A stage with alternates is decided within P4D or more.',
      `${path}/durationBeforeAutomaticDenial`,
    );
  }
  const time = parseDuration(stage.durationBeforeEscalation);
  if (time === null || compare(time, earliestEscalation) < 0) {
    return wrong('EscalationTooEarly', 'Alternates are asked after P1D at the earliest.', at);
  }
  if (compare(time, decisionTime) >= 0) {
    return wrong('EscalationTooLate', 'Alternates are asked before the time to decide is over.', at);
  }
  return alternatesFault(stage, path);
}

function alternatesFault(stage: StageDocument, path: string): Fault {
  const at = `${path}/fallbackEscalationApprovers`;
  const managers = stage.escalationApprovers.filter(isOf([manager]));
  const same = managers.find(({ managerLevel }) =>
    stage.primaryApprovers.some((set) => isOf([manager])(set) && (set.managerLevel ?? 1) === (managerLevel ?? 1)),
  );
  if (same !== undefined) {
    return wrong('ApproversNotValid', 'This manager approves already.', `${path}/escalationApprovers`);
  }
  if (managers.length > 0 && !stage.fallbackEscalationApprovers.some(isOf([user, group]))) {
    return wrong('FallbackApproversRequired', 'Name a user or a group for requestors who have no such manager.', at);
  }
  return fallbackFault(stage.escalationApprovers, stage.fallbackEscalationApprovers, at);
}

/** The stages that a request for the policy has to pass; none where no approval is required. */
export function stagesOf(policy: PolicyDocument, newId: () => Id): StageSnapshot[] {
  const { isApprovalRequiredForAdd, stages } = policy.requestApprovalSettings;
  return isApprovalRequiredForAdd ? stages.map((stage) => stageSnapshot(stage, newId())) : [];
}

/** The stages that a wish to extend has to pass: the same, where the policy asks for approval of updates. */
export function stagesForUpdate(policy: PolicyDocument, newId: () => Id): StageSnapshot[] {
  const { isApprovalRequiredForUpdate, stages } = policy.requestApprovalSettings;
  return isApprovalRequiredForUpdate ? stages.map((stage) => stageSnapshot(stage, newId())) : [];
}

function stageSnapshot(stage: StageDocument, id: Id): StageSnapshot {
  return {
    id,
    primary: stage.primaryApprovers.flatMap(ruleOf),
    fallback: stage.fallbackPrimaryApprovers.flatMap(ruleOf),
    decisionTime: stage.durationBeforeAutomaticDenial,
    isApproverJustificationRequired: stage.isApproverJustificationRequired,
    ...(stage.approverInformationVisibility === 'notVisible' ? { hidesApprovers: true } : {}),
    ...escalationOf(stage),
  };
}

function escalationOf(stage: StageDocument): { readonly escalation?: Escalation } {
  if (!stage.isEscalationEnabled || stage.durationBeforeEscalation === null) return {};
  return {
    escalation: {
      after: stage.durationBeforeEscalation,
      alternates: stage.escalationApprovers.flatMap(ruleOf),
      fallback: stage.fallbackEscalationApprovers.flatMap(ruleOf),
    },
  };
}

/** The people whom a set stands for; none for a kind that cannot approve, which `stagesFault` refuses. */
export function ruleOf(set: SubjectSet): ApproverRule[] {
  if (set.userId !== undefined) return [{ is: 'user', userId: set.userId }];
  if (set.groupId !== undefined) return [{ is: 'group', groupId: set.groupId }];
  switch (set['@odata.type']) {
    case manager:
      return [{ is: 'manager', level: set.managerLevel ?? 1 }];
    case sponsors:
      return [{ is: 'sponsors' }];
    case internalSponsors:
      return [{ is: 'connectedSponsors', side: 'internal' }];
    case externalSponsors:
      return [{ is: 'connectedSponsors', side: 'external' }];
    default:
      return [];
  }
}
