import { bool, guid, listOf, nullable, readOnly, required, type Static, shape, text } from '../../graph/schema.ts';

const scope = nullable(text({ maxLength: 256 }));

/** `unifiedRoleAssignment` of entitlement management, as it is sent. */
export const delegationBody = shape(
  {
    roleDefinitionId: required(guid()),
    principalId: required(guid()),
    appScopeId: scope,
    directoryScopeId: scope,
  },
  { readOnly: readOnly('id', 'condition', 'principalOrganizationId') },
);

/** A role that somebody is to have. */
export type DelegationBody = Static<typeof delegationBody>;

/** The same, sent back: nothing of it can be changed. */
export const delegationChangeBody = shape(
  {
    roleDefinitionId: guid(),
    principalId: guid(),
    appScopeId: scope,
    directoryScopeId: scope,
  },
  { readOnly: readOnly('id', 'condition', 'principalOrganizationId') },
);

/** What is said of an assignment that exists. */
export type DelegationChangeBody = Static<typeof delegationChangeBody>;

const rolePermission = shape({
  allowedResourceActions: required(listOf(text({ minLength: 1, maxLength: 256 }), { maxItems: 50 })),
  excludedResourceActions: nullable(listOf(text({ maxLength: 256 }), { maxItems: 0 })),
  condition: nullable(text({ maxLength: 0 })),
});

/** `unifiedRoleDefinition` of entitlement management, as it is sent. */
export const roleBody = shape(
  {
    displayName: text({ minLength: 1, maxLength: 256 }),
    description: nullable(text({ maxLength: 1024 })),
    isEnabled: bool(),
    rolePermissions: listOf(rolePermission, { maxItems: 50 }),
    templateId: nullable(text({ maxLength: 128 })),
    version: nullable(text({ maxLength: 64 })),
  },
  { readOnly: readOnly('id', 'isBuiltIn', 'resourceScopes') },
);

/** What may be said of a role. */
export type RoleBody = Static<typeof roleBody>;
