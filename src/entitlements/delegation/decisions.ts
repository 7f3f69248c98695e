import { accept, type Outcome } from '../../kernel/outcome.ts';
import { wrong } from '../refusals.ts';
import {
  actionOf,
  type EntitlementRole,
  isTenantWide,
  parseScope,
  type ResourceAction,
  type RoleScope,
  resourceActions,
} from './model.ts';

/** Users, groups and apps that one role may be delegated to in one catalog. Entra: "service limits". */
export const delegatesAtMost = 10;

/** The scope of an assignment as it was sent: app scopes are those of entitlement management itself. */
export interface SentScope {
  readonly appScopeId: string | null;
  readonly directoryScopeId: string | null;
}

/**
 * Which scope is meant. One of `appScopeId` and `directoryScopeId` has to be sent; a directory scope can only be `/`.
 * Refuses with `PropertyRequired` and `RoleScopeNotValid` (400).
 */
export function scopeOf({ appScopeId, directoryScopeId }: SentScope): Outcome<RoleScope> {
  const app = appScopeId || null;
  const directory = directoryScopeId || null;
  const text = app ?? directory;
  if (text === null) return wrong('PropertyRequired', 'Say where the role is to hold.', 'appScopeId');
  const scope = parseScope(text);
  if (scope === null || (directory !== null && directory !== '/')) {
    return wrong(
      'RoleScopeNotValid',
      'A role of entitlement management holds in a catalog (/AccessPackageCatalog/{id}) or in all of it (/).',
      app === null ? 'directoryScopeId' : 'appScopeId',
    );
  }
  return accept(scope);
}

/**
 * Whether a role can be assigned in a scope. Roles of a catalog are had in one, the others in all of entitlement
 * management. Refuses with `RoleScopeNotValid`, `RoleNotEnabled`, `RoleAssignmentExists` and
 * `DelegatedUserLimitReached` (400).
 */
export function decideDelegation(
  role: Pick<EntitlementRole, 'displayName' | 'isEnabled' | 'actions'>,
  scope: RoleScope,
  facts: { readonly isHeld: boolean; readonly delegates: number },
): Outcome<void> {
  const isWide = role.actions.some(isTenantWide);
  if (isWide !== (scope.is === 'tenant')) {
    const where = isWide ? 'in all of entitlement management (/)' : 'in one catalog (/AccessPackageCatalog/{id})';
    return wrong('RoleScopeNotValid', `${role.displayName} is had ${where}.`, 'appScopeId');
  }
  if (!role.isEnabled) return wrong('RoleNotEnabled', 'The role is not enabled.', 'roleDefinitionId');
  if (facts.isHeld) {
    return wrong('RoleAssignmentExists', 'The principal has the role in this scope already.', 'principalId');
  }
  if (scope.is === 'catalog' && facts.delegates >= delegatesAtMost) {
    return wrong(
      'DelegatedUserLimitReached',
      `A catalog has at most ${delegatesAtMost} holders of one role. Assign the role to a group.`,
      'principalId',
    );
  }
  return accept(undefined);
}

/**
 * The resource actions of a custom role. They are all about catalogs or all about entitlement management as a whole,
 * and requests and assignments go together: one without the other could not be kept apart.
 * Refuses with `ResourceActionsNotValid` (400).
 */
export function decideActions(names: readonly string[]): Outcome<ResourceAction[]> {
  const target = 'rolePermissions';
  const actions: ResourceAction[] = [];
  for (const name of names) {
    const action = actionOf(name);
    if (action === null) {
      return wrong('ResourceActionsNotValid', `Known actions are ${resourceActions.join(', ')}.`, target);
    }
    if (!actions.includes(action)) actions.push(action);
  }
  if (actions.length === 0) return wrong('ResourceActionsNotValid', 'Say what the role may do.', target);
  if (actions.some(isTenantWide) !== actions.every(isTenantWide)) {
    return wrong('ResourceActionsNotValid', 'Actions in catalogs and beyond them need two roles.', target);
  }
  const ofAssignments = actions.filter((one) => /Grant(Request)?s\/allTasks$/.test(one)).length;
  if (ofAssignments === 1) {
    return wrong('ResourceActionsNotValid', 'GrantRequests/allTasks and Grants/allTasks go together.', target);
  }
  return accept(actions);
}
