import { guid, nullable, readOnly, reference, required, type Static, shape, text } from '../../graph/schema.ts';

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

/** The address of a directory object that is to get a role. */
export const roleMemberBody = shape({ '@odata.id': required(reference()) });

export type RoleMember = Static<typeof roleMemberBody>;
