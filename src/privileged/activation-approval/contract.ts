import { enumOf, guid, listOf, nullable, readOnly, required, type Static, shape, text } from '../../graph/schema.ts';

/** A decision about an activation. */
export const decisionBody = shape(
  {
    reviewResult: required(enumOf(['Approve', 'Deny'])),
    justification: nullable(text({ maxLength: 4096 })),
  },
  { readOnly: readOnly('id', 'displayName', 'assignedToMe', 'reviewedBy', 'reviewedDateTime', 'status') },
);

/** A decision at the approval itself: its only stage, with the decision in it. */
export const approvalDecisionBody = shape(
  {
    stages: required(
      listOf(
        shape(
          {
            id: required(guid()),
            reviewResult: required(enumOf(['Approve', 'Deny'])),
            justification: nullable(text({ maxLength: 4096 })),
          },
          { readOnly: readOnly('displayName', 'assignedToMe', 'reviewedBy', 'reviewedDateTime', 'status') },
        ),
        { minItems: 1, maxItems: 1 },
      ),
    ),
  },
  { readOnly: readOnly('id'), aliases: { steps: 'stages' } },
);

export type ApprovalDecision = Static<typeof approvalDecisionBody>;

export type Decision = Static<typeof decisionBody>;
