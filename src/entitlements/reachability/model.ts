import type { Id } from '../../kernel/ids.ts';

/** What can be wrong with who decides about requests of a policy. */
export const findingKinds = ['unreachableStage', 'singleApprover', 'requestorsWithoutApprovers'] as const;

export type FindingKind = (typeof findingKinds)[number];

/** Something to put right. */
export interface Finding {
  readonly kind: FindingKind;
  readonly stage: number | null;
  readonly message: string;
  readonly userIds: readonly Id[];
}

/** A stage by those who could decide it for somebody to whom nobody stands in any relation. */
export interface StageReach {
  readonly stage: number;
  readonly userIds: readonly Id[];
  readonly isReachable: boolean;
}

/** Which stages nobody could decide for a person. */
export interface PersonReach {
  readonly userId: Id;
  readonly unreachable: readonly number[];
}

/**
 * What to put right: stages that nobody could decide for anybody, people for whom some stage has nobody, and stages
 * that hang on one person, whose absence stops every request.
 */
export function findingsOf(stages: readonly StageReach[], people: readonly PersonReach[]): Finding[] {
  const lost = people.filter(({ unreachable }) => unreachable.length > 0);
  const isForNobody = (stage: number) =>
    people.length > 0
      ? people.every(({ unreachable }) => unreachable.includes(stage))
      : stages.some((one) => one.stage === stage && !one.isReachable);
  const none = stages.filter(({ stage }) => isForNobody(stage));
  const findings: Finding[] = none.map(({ stage }) => ({
    kind: 'unreachableStage',
    stage,
    message: `Nobody could decide stage ${stage}. Name approvers who are there, or a fallback.`,
    userIds: [],
  }));
  if (none.length === 0 && lost.length > 0) {
    findings.push({
      kind: 'requestorsWithoutApprovers',
      stage: null,
      message: 'For some people of the scope nobody could decide. Give them managers or sponsors, or name a fallback.',
      userIds: lost.map(({ userId }) => userId),
    });
  }
  for (const { stage, userIds } of stages) {
    if (userIds.length !== 1) continue;
    findings.push({
      kind: 'singleApprover',
      stage,
      message: `One person alone decides stage ${stage} where nobody else stands in. Name another.`,
      userIds,
    });
  }
  return findings;
}

/**
 * Whether a policy may be published: somebody could pass all its stages. A stage that follows from the person who asks
 * (their manager, their sponsors) is proved by the people of the scope; where there are none yet, it is left open.
 */
export function isPublishable(
  stages: readonly StageReach[],
  people: readonly PersonReach[],
  hasRelatives: (stage: number) => boolean,
): boolean {
  if (stages.every(({ isReachable }) => isReachable)) return true;
  if (people.length > 0) return people.some(({ unreachable }) => unreachable.length === 0);
  return stages.every(({ stage, isReachable }) => isReachable || hasRelatives(stage));
}
