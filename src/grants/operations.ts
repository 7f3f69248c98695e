import { roleIds } from '../access/index.ts';
import { type Id, newId } from '../kernel/ids.ts';
import { orRefuse, refuseNow } from '../kernel/outcome.ts';
import { type Instant, isBefore } from '../kernel/time.ts';
import type { Tx } from '../platform/transaction.ts';
import { type GrantHappening, grantEvent } from './activities.ts';
import {
  cappedWindow,
  type EndReason,
  type Grant,
  isLive,
  type Link,
  type Mode,
  type NewGrant,
  type Path,
  type PrivilegeKind,
} from './model.ts';
import {
  closeGrant,
  type GrantQuery,
  type GrantTables,
  insertGrant,
  isHeldForGood,
  loadGrant,
  loadHanging,
  loadOpenGrants,
  loadPaths,
  moveEnd,
  saveAccount,
} from './store.ts';

/**
 * Writes a grant into the ledger, its end capped at the ends of what it hangs on.
 * Refuses with `GrantWindowEmpty` if nothing would be left of its window. Rules about who may be given what are
 * the business of the capability that calls.
 */
export async function giveGrant(tx: Tx, asked: NewGrant): Promise<Grant> {
  const links = asked.links ?? [];
  const window = orRefuse(cappedWindow(asked.window, links));
  const grant: Grant = {
    id: asked.id ?? newId(),
    principal: asked.principal,
    privilege: asked.privilege,
    mode: asked.mode,
    startsAt: window.from,
    endsAt: window.until,
    endedAt: null,
    origin: asked.origin,
    correlation: asked.correlation,
    givenAt: tx.now,
  };
  await insertGrant(tx.db<GrantTables>(), grant, links);
  if (grant.endsAt !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: grant.endsAt });
  await recordGrant(tx, grant, 'given', {});
  return grant;
}

/**
 * Ends grants now, and everything that hangs on them. Grants that have ended already are left as they are.
 * Gives the grants that this call ended. Refuses with `LastGlobalAdministrator` (400) where nobody would be left.
 */
export async function endGrants(tx: Tx, grants: readonly Grant[], reason: EndReason): Promise<Grant[]> {
  const mayMatter = grants.some(({ mode, privilege }) => mode === 'active' && privilege.kind !== 'group-owner');
  return mayMatter ? keepingAnAdministrator(tx, () => endAll(tx, grants, reason)) : endAll(tx, grants, reason);
}

async function endAll(tx: Tx, grants: readonly Grant[], reason: EndReason): Promise<Grant[]> {
  const ended: Grant[] = [];
  for (const { id } of grants) {
    const grant = await loadGrant(tx.db<GrantTables>(), id);
    if (grant === null || grant.endedAt !== null) continue;
    if (grant.endsAt !== null && !isBefore(tx.now, grant.endsAt)) continue;
    await closeGrant(tx.db<GrantTables>(), id, tx.now, reason);
    await recordGrant(tx, grant, 'ended', { endReason: reason });
    const hanging = await loadHanging(tx.db<GrantTables>(), 'grant', id, tx.now);
    ended.push(grant, ...(await endAll(tx, hanging, 'link-ended')));
  }
  return ended;
}

/** Ends what hangs on something that is not a grant itself: a package assignment. */
export async function endHangingOn(tx: Tx, kind: Link['kind'], id: Id, reason: EndReason): Promise<Grant[]> {
  return endGrants(tx, await loadHanging(tx.db<GrantTables>(), kind, id, tx.now), reason);
}

/** Moves the planned end of a grant later (null: permanent). An earlier end is `endGrants`' business. */
export async function extendGrant(tx: Tx, grant: Grant, endsAt: Instant | null): Promise<void> {
  if (grant.endsAt === null || (endsAt !== null && isBefore(endsAt, grant.endsAt))) {
    throw new Error('A planned end only ever moves later');
  }
  await moveEnd(tx.db<GrantTables>(), grant.id, endsAt);
  if (endsAt !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: endsAt });
  await recordGrant(tx, grant, 'extended', { endsAt: endsAt?.toString() ?? null });
}

/**
 * Opens or shuts an account. Shutting it ends what was activated; the rest waits, without effect.
 * Refuses with `LastGlobalAdministrator` (400) where nobody would be left.
 */
export async function setAccount(tx: Tx, principal: Id, enabled: boolean): Promise<void> {
  const save = () => saveAccount(tx.db<GrantTables>(), principal, enabled, tx.now);
  if (enabled) return save();
  await keepingAnAdministrator(tx, save);
  const activated = await openGrants(tx, { principal, origin: { kind: 'activation' } });
  await endGrants(tx, activated, 'account-disabled');
}

/**
 * INVARIANT: where somebody holds Global Administrator for good, somebody still does after any removal: a tenant
 * without one can be repaired by nobody. (Entra refuses it too.)
 */
async function keepingAnAdministrator<T>(tx: Tx, change: () => Promise<T>): Promise<T> {
  const somebody = () => isHeldForGood(tx.db<GrantTables>(), roleIds.globalAdministrator, tx.now);
  const before = await somebody();
  const changed = await change();
  if (before && !(await somebody())) {
    refuseNow(
      'invalid',
      'LastGlobalAdministrator',
      'Nobody would hold Global Administrator permanently any more. Assign it to another account first.',
    );
  }
  return changed;
}

/** The grants that have not ended: in force, or yet to start. */
export function openGrants(tx: Tx, query: GrantQuery): Promise<Grant[]> {
  return loadOpenGrants(tx.db<GrantTables>(), query, tx.now);
}

/** The grants in force now. */
export async function liveGrants(tx: Tx, query: GrantQuery): Promise<Grant[]> {
  return (await openGrants(tx, query)).filter((grant) => isLive(grant, tx.now));
}

/** One row of the ledger, whatever its state; null if there is none. */
export function grantById(tx: Tx, id: Id): Promise<Grant | null> {
  return loadGrant(tx.db<GrantTables>(), id);
}

/** The ways in force now from a principal to grants of one mode, the longest-lived first. */
export function pathsTo(
  tx: Tx,
  principal: Id,
  of: { mode: Mode; kind?: PrivilegeKind; privilege?: Id },
): Promise<Path[]> {
  return loadPaths(tx.db<unknown>(), principal, tx.now, of);
}

/** Announces that a planned end has passed, unless the end was moved or came earlier. Access ended without this. */
export async function announceExpiry(tx: Tx, grantId: string): Promise<void> {
  const grant = await loadGrant(tx.db<GrantTables>(), grantId);
  if (grant === null || grant.endedAt !== null || grant.endsAt === null || isBefore(tx.now, grant.endsAt)) return;
  await recordGrant(tx, grant, 'expired', {});
}

async function recordGrant(tx: Tx, grant: Grant, happening: GrantHappening, data: Record<string, unknown>) {
  await tx.record({
    type: grantEvent(grant, happening),
    subject: grant.id,
    correlation: grant.correlation,
    targets: [
      { id: grant.principal.id, type: targetTypes[grant.principal.kind] },
      { id: grant.privilege.id, type: grant.privilege.kind === 'role' ? 'Role' : 'Group' },
    ],
    data: {
      principalKind: grant.principal.kind,
      principalId: grant.principal.id,
      privilegeKind: grant.privilege.kind,
      privilegeId: grant.privilege.id,
      mode: grant.mode,
      origin: grant.origin,
      startsAt: grant.startsAt.toString(),
      endsAt: grant.endsAt?.toString() ?? null,
      ...data,
    },
  });
}

const targetTypes = { user: 'User', group: 'Group', app: 'ServicePrincipal' } as const;
