import { type AccessOperation, may, type Relation, roleIds } from '../../access/index.ts';
import type { Caller } from '../../kernel/caller.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Db, Tx } from '../../platform/transaction.ts';
import { isLikeEntraFor, loadSettings } from '../../settings/index.ts';
import { accountsOfCaller, reachesCaller } from '../person/operations.ts';
import { isAccountUsable, loadHolders, loadPaths } from '../store.ts';

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

/** What a self-grant would have been about, for the event that tells of it. */
export interface SelfGrantAbout {
  /** What would have been given or decided: `role`, `group-member`, `package` … */
  readonly kind: string;
  readonly id: Id;
}

/**
 * INVARIANT: nobody grants to themselves. Nobody gives a privilege to an account of theirs, be it linked, or to a group
 * that one of their accounts is in or owns, or may come to; nor chooses who decides about them. Anyone else with the
 * right can do it for them. Refused with `SelfGrantNotAllowed` (403).
 *
 * Two settings let it pass, each use with an event: an account that is named for the emergency (`breakGlass.used`, which
 * alarms all Global Administrators), and an organisation that wants what Entra allows (`selfGrant.allowed`): for everybody
 * but whoever turned that on.
 */
export async function refuseSelfGrant(tx: Tx, principalId: Id, about: SelfGrantAbout | null = null): Promise<void> {
  if (tx.caller.kind === 'system' || !(await reachesCaller(tx, principalId))) return;
  const { breakGlassAccounts } = await loadSettings(tx);
  if (breakGlassAccounts.includes(tx.caller.id)) return recordSelfGrant(tx, 'breakGlass.used', principalId, about);
  if (await isLikeEntraFor(tx, await accountsOfCaller(tx))) {
    return recordSelfGrant(tx, 'selfGrant.allowed', principalId, about);
  }
  refuseNow(
    'forbidden',
    'SelfGrantNotAllowed',
    'Nobody grants a privilege to themselves or settles who decides about them, by any account of theirs or by a ' +
      'group that they are in or own. Ask another administrator to do it.',
  );
}

async function recordSelfGrant(
  tx: Tx,
  type: 'breakGlass.used' | 'selfGrant.allowed',
  principalId: Id,
  about: SelfGrantAbout | null,
): Promise<void> {
  if (tx.caller.kind === 'system') return;
  const { id: accountId, displayName: accountName } = tx.caller;
  await tx.record({
    type,
    subject: accountId,
    correlation: newId(),
    targets: [
      { id: accountId, type: tx.caller.kind === 'user' ? 'User' : 'ServicePrincipal' },
      { id: principalId, type: 'Principal' },
    ],
    data: {
      accountId,
      accountName,
      principalId,
      about,
      requestId: tx.requestId,
      globalAdministratorIds: await loadHolders(tx.db<unknown>(), roleIds.globalAdministrator, tx.now),
    },
  });
}
