import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type NamedRole, roleIds } from './roles.ts';
import { type AccessOperation, accessTable, type Relation, type Rule } from './table.ts';

/** What a caller brings: roles active now (template ids), application permissions, relations to the thing. */
export interface Authority {
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
  readonly relations: ReadonlySet<Relation>;
}

/** Whether a rule of the table is met by what a caller brings. */
export function satisfies(rule: Rule, authority: Authority): boolean {
  return (
    rule.roles.some((role: NamedRole) => authority.roles.has(roleIds[role])) ||
    rule.permissions.some((permission) => authority.permissions.has(permission)) ||
    rule.relations.some((relation) => authority.relations.has(relation))
  );
}

/** Whether a row of the table is met by what a reader brings, whatever the object, and by how they stand to it. */
export function readerMay(
  operation: AccessOperation,
  { roles, permissions }: Pick<Authority, 'roles' | 'permissions'>,
  relations: readonly Relation[] = [],
): boolean {
  return satisfies(accessTable[operation], { roles, permissions, relations: new Set(relations) });
}

/** Every application permission that some operation asks for, by its name, with the rows of the table that it meets. */
export const operationsByPermission: ReadonlyMap<string, readonly AccessOperation[]> = byPermission();

/** Every application permission that some operation asks for. */
export const knownPermissions: ReadonlySet<string> = new Set(operationsByPermission.keys());

function byPermission(): ReadonlyMap<string, readonly AccessOperation[]> {
  const known = new Map<string, AccessOperation[]>();
  for (const [operation, { permissions }] of Object.entries(accessTable) as [AccessOperation, Rule][]) {
    for (const one of permissions) known.set(one, [...(known.get(one) ?? []), operation]);
  }
  return new Map([...known].sort(([one], [other]) => one.localeCompare(other)));
}

/** Every row of the table that is met by what somebody brings, in its order. */
export function operationsFor(authority: Authority): AccessOperation[] {
  return (Object.keys(accessTable) as AccessOperation[]).filter((name) => satisfies(accessTable[name], authority));
}

/** Whether the operation is allowed; refused with Graph's `Authorization_RequestDenied` (403) if not. */
export function may(operation: AccessOperation, authority: Authority): Outcome<void> {
  if (satisfies(accessTable[operation], authority)) return accept(undefined);
  return refuse(
    'forbidden',
    'Authorization_RequestDenied',
    `Insufficient privileges to complete the operation (${operation}). ` +
      'It needs a directory role that is active now, an application permission or a relation to the object.',
  );
}
