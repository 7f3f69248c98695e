import { guid, nullable, readOnly, required, type Static, shape, text } from '../../graph/schema.ts';

/** A role assignment that PIM does not time. */
export const roleAssignmentBody = shape(
  {
    roleDefinitionId: required(guid()),
    principalId: required(guid()),
    directoryScopeId: nullable(text({ maxLength: 256 })),
    appScopeId: nullable(text({ maxLength: 256 })),
  },
  { readOnly: readOnly('id', 'condition', 'principalOrganizationId') },
);

export type RoleAssignment = Static<typeof roleAssignmentBody>;
