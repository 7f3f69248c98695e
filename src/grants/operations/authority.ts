import { type AccessOperation, may, type Relation } from '../../access/index.ts';
import { type Caller, isCaller } from '../../kernel/caller.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Db, Tx } from '../../platform/transaction.ts';
import { isAccountUsable, loadPaths } from '../store.ts';

/** Directory roles (template ids) that are active for the caller at an instant, and an app's permissions. */
export interface CallerPowers {
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

/**
 * Loads what a caller may use at an instant. Refuses with `InvalidAuthenticationToken` (401) when the account is
 * shut or gone, whatever its token says.
 */
export async function loadPowers(db: Db, caller: Caller, at: Instant): Promise<CallerPowers> {
  if (caller.kind === 'system') return { roles: new Set(), permissions: new Set() };
  if (!(await isAccountUsable(db, caller.id, at))) {
    refuseNow(
      'unauthenticated',
      'InvalidAuthenticationToken',
      'The account that this token was issued to is disabled or does not exist.',
    );
  }
  const paths = await loadPaths(db, caller.id, at, { mode: 'active', kind: 'role' });
  return {
    roles: new Set(paths.map((path) => path.grant.privilege.id)),
    permissions: new Set(caller.kind === 'app' ? caller.permissions : []),
  };
}

/**
 * Refuses with `Authorization_RequestDenied` (403) unless the caller may do the operation, by what is active for
 * them in this very transaction.
 */
export async function authorise(
  tx: Tx,
  operation: AccessOperation,
  relations: readonly Relation[] = [],
): Promise<void> {
  const powers = await loadPowers(tx.db<unknown>(), tx.caller, tx.now);
  orRefuse(may(operation, { ...powers, relations: new Set(relations) }));
}

/**
 * INVARIANT: nobody grants to themselves. An administrator cannot give a privilege to their own account; anyone else
 * with the right can do it for them.
 */
export function refuseSelfGrant(tx: Tx, principalId: string): void {
  if (!isCaller(tx.caller, principalId)) return;
  refuseNow(
    'forbidden',
    'SelfGrantNotAllowed',
    'An account cannot grant a privilege to itself. Ask another administrator to do it.',
  );
}
