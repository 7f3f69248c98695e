import type { Id } from '../../kernel/ids.ts';

/** A directory role. Its id is the template's, the same in every tenant. */
export interface RoleDefinition {
  readonly id: Id;
  readonly displayName: string;
  readonly description: string;
  readonly isPrivileged: boolean;
}
