import { bool, listOf, nullable, readOnly, required, type Static, shape, text } from '../../graph/schema.ts';

const rolePermission = shape({
  allowedResourceActions: required(listOf(text({ minLength: 1, maxLength: 256 }), { maxItems: 200 })),
  excludedResourceActions: nullable(listOf(text({ maxLength: 256 }), { maxItems: 0 })),
  condition: nullable(text({ maxLength: 0 })),
});

const displayName = text({ minLength: 1, maxLength: 256 });
const isEnabled = bool();
const rolePermissions = listOf(rolePermission, { maxItems: 50 });
const rest = {
  description: nullable(text({ maxLength: 1024 })),
  templateId: nullable(text({ maxLength: 128 })),
  version: nullable(text({ maxLength: 64 })),
};
const ignored = { readOnly: readOnly('id', 'isBuiltIn', 'isPrivileged', 'resourceScopes') };

/** `unifiedRoleDefinition` as it is sent, of the directory and of entitlement management alike. */
export const roleDefinitionBody = shape({ ...rest, displayName, isEnabled, rolePermissions }, ignored);

/** A new directory role. Graph: "Create unifiedRoleDefinition" demands these three. */
export const newRoleDefinitionBody = shape(
  {
    ...rest,
    displayName: required(displayName),
    isEnabled: required(isEnabled),
    rolePermissions: required(rolePermissions),
  },
  ignored,
);

/** What may be said of a role. */
export type RoleDefinitionBody = Static<typeof roleDefinitionBody>;

/** What is said of a new role. */
export type NewRoleDefinitionBody = Static<typeof newRoleDefinitionBody>;

/** All resource actions of a role, in the order in which they were sent. */
export function actionsIn(permissions: NonNullable<RoleDefinitionBody['rolePermissions']>): string[] {
  return permissions.flatMap(({ allowedResourceActions }) => allowedResourceActions);
}
