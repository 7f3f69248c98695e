/** `unifiedRoleDefinition`, as far as the portal reads it. */
export interface RoleDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly isBuiltIn: boolean;
  readonly isPrivileged?: boolean;
}

export const roleProperties = 'id,displayName,description,isBuiltIn,isPrivileged';
