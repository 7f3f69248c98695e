import { bool, enumOf, guid, int, listOf, nullable, required, type Static, shape, text } from '../../graph/schema.ts';
import { findingKinds } from './model.ts';

/** What `reachability` is asked with. */
export const reachabilityQuery = shape({ policyId: required(guid()) });

const person = shape({ id: required(guid()), displayName: required(text()) });

const reach = {
  /** Whether everybody who was looked at could have every stage decided. */
  isReachable: required(bool()),
  /** By whom each stage can be decided for somebody who has no manager, sponsors or part in the approval. */
  stages: required(
    listOf(
      shape({
        stage: required(int()),
        approvers: required(listOf(person)),
        approverSource: required(enumOf(['primary', 'fallback'])),
        alternates: required(listOf(person)),
        isReachable: required(bool()),
        /** Who stands in the policy and could not decide: accounts out of use, groups of nobody. */
        missing: required(listOf(text())),
      }),
    ),
  ),
  /** How many people of the policy's scope were looked at, and whether that is all of them. */
  peopleLookedAt: required(int()),
  isComplete: required(bool()),
  findings: required(
    listOf(
      shape({
        kind: required(enumOf([...findingKinds])),
        stage: required(nullable(int())),
        message: required(text()),
        people: required(listOf(person)),
      }),
    ),
  ),
};

/** What `reachability` answers. */
export const reachabilityAnswer = shape({
  policy: required(shape({ id: required(guid()), displayName: required(text()) })),
  ...reach,
});

/** Where a policy would be kept that is looked at before, and what Graph has no word for about it. */
export const examinationQuery = shape({
  catalogId: guid(),
  allowsSameApproverInSeveralStages: enumOf(['true', 'false']),
});

/** What the examination of a policy answers that is not kept yet. */
export const examinationAnswer = shape({
  /** All that would keep it from being kept, by the codes with which that would be refused, the first one first. */
  faults: required(
    listOf(shape({ code: required(text()), message: required(text()), target: required(nullable(text())) })),
  ),
  /** Who could decide requests by it; null while it has faults. */
  reachability: required(nullable(shape(reach))),
});

export type Examination = Static<typeof examinationAnswer>;
export type Reachability = Static<typeof reachabilityAnswer>;
