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
import { expiration } from '../offer/contract.ts';

/** What `explain` is asked with. */
export const explainQuery = shape({ accessPackageId: required(guid()), policyId: guid(), targetId: guid() });

const person = shape({ id: required(guid()), displayName: required(text()) });

/** What `explain` answers. */
export const explainAnswer = shape({
  accessPackage: required(shape({ id: required(guid()), displayName: required(text()) })),
  canRequest: required(bool()),
  /** What stands in the way, by the code with which the request would be refused. */
  blockers: required(
    listOf(shape({ code: required(text()), message: required(text()), target: required(nullable(text())) })),
  ),
  /** What the request must bring. */
  missing: required(
    listOf(
      shape({ property: required(text()), text: required(nullable(text())), questionId: required(nullable(guid())) }),
    ),
  ),
  /** By which policies it may be asked for: what each wants, as Graph tells it (`getApplicablePolicyRequirements`). */
  policies: required(
    listOf(
      shape({
        policyId: required(guid()),
        policyDisplayName: required(text()),
        policyDescription: required(nullable(text())),
        allowCustomAssignmentSchedule: required(bool()),
        isApprovalRequiredForAdd: required(bool()),
        isApprovalRequiredForUpdate: required(bool()),
        isRequestorJustificationRequired: required(bool()),
        schedule: required(
          shape({
            startDateTime: required(nullable(instant())),
            expiration: required(expiration),
            recurrence: required(nullable(anything())),
          }),
        ),
        /** Each in Graph's shape. */
        questions: required(listOf(anything())),
      }),
    ),
  ),
  policy: required(nullable(shape({ id: required(guid()), displayName: required(text()) }))),
  stages: required(
    listOf(
      shape({
        stage: required(int()),
        /** False where the policy does not let those who ask see who decides (`approverInformationVisibility`). */
        areApproversShown: required(bool()),
        approvers: required(listOf(person)),
        approverSource: required(enumOf(['primary', 'fallback'])),
        alternates: required(listOf(person)),
        decisionTime: required(text()),
        latestOpening: required(instant()),
        latestEscalation: required(nullable(instant())),
        latestDeadline: required(instant()),
        isApproverJustificationRequired: required(bool()),
      }),
    ),
  ),
  /** The end of the access if it were given now, and what binds it. */
  endDateTime: required(nullable(instant())),
  endsBecause: required(shape({ reason: required(nullable(text())), boundById: required(nullable(guid())) })),
});

export type Explanation = Static<typeof explainAnswer>;

/** The one true end of what a request asks for. */
export const endAnswer = shape({
  requestId: required(guid()),
  state: required(text()),
  /** Whether it has been delivered; while it waits, the end is that of a delivery now, or at the start asked for. */
  isDelivered: required(bool()),
  startDateTime: required(nullable(instant())),
  endDateTime: required(nullable(instant())),
  endsBecause: required(shape({ reason: required(nullable(text())), boundById: required(nullable(guid())) })),
});
