import type { Id } from '../../kernel/ids.ts';

/** A directory role. The id of a built-in one is its template's, the same in every tenant. */
export interface RoleDefinition {
  readonly id: Id;
  readonly displayName: string;
  readonly description: string;
  readonly isBuiltIn: boolean;
  /** Whether it can be assigned. Who has it keeps it. */
  readonly isEnabled: boolean;
  /** Custom roles are taken for privileged: what their actions allow is for other systems to say. */
  readonly isPrivileged: boolean;
  /** Null where the role is its own template. */
  readonly templateId: Id | null;
  readonly version: string | null;
  /** Resource actions of a custom role, as they were sent; none are kept of built-in ones. */
  readonly actions: readonly string[];
}
