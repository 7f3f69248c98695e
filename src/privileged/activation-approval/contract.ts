import { enumOf, nullable, readOnly, required, type Static, shape, text } from '../../graph/schema.ts';

/** A decision about an activation. */
export const decisionBody = shape(
  {
    reviewResult: required(enumOf(['Approve', 'Deny'])),
    justification: nullable(text({ maxLength: 4096 })),
  },
  { readOnly: readOnly('id', 'displayName', 'assignedToMe', 'reviewedBy', 'reviewedDateTime', 'status') },
);

export type Decision = Static<typeof decisionBody>;
