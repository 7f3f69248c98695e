import { loadRole } from '../../../directory/index.ts';
import {
  authorise,
  endGrants,
  type Grant,
  giveGrant,
  grantById,
  isLive,
  liveGrants,
  type Privilege,
} from '../../../grants/index.ts';
import { type Id, isId, newId } from '../../../kernel/ids.ts';
import { refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { principalFor } from './assign.ts';

/**
 * Gives a role for good and at once, without PIM's rules (`POST /roleManagement/directory/roleAssignments`).
 * Refuses as an administrator's assignment does, and an assignment that is there with `Request_BadRequest` (400).
 */
export async function assignRole(tx: Tx, privilege: Privilege, principalId: Id): Promise<Grant> {
  await authorise(tx, 'roleAssignment.manage');
  const principal = await principalFor(tx, { privilege, principalId, mode: 'active' });
  const of = { kind: privilege.kind, privilege: privilege.id, principal: principalId, mode: 'active' } as const;
  const held = (await liveGrants(tx, of)).filter((grant) => grant.origin.kind !== 'activation');
  if (held.some((grant) => grant.privilege.scope === privilege.scope)) {
    refuseNow(
      'invalid',
      'Request_BadRequest',
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  const id = newId();
  return giveGrant(tx, {
    id,
    principal,
    privilege,
    mode: 'active',
    window: { from: tx.now, until: null },
    origin: { kind: 'assigned', id },
    correlation: newId(),
  });
}

/** Takes a role assignment away, however it came about. Refuses with `Request_ResourceNotFound` (404). */
export async function removeRoleAssignment(tx: Tx, id: string): Promise<void> {
  await authorise(tx, 'roleAssignment.manage');
  const grant = isId(id) ? await grantById(tx, id) : null;
  if (grant === null || grant.privilege.kind !== 'role' || grant.mode !== 'active' || !isLive(grant, tx.now)) {
    return refuseNow('absent', 'Request_ResourceNotFound', `There is no role assignment '${id}'.`);
  }
  await endGrants(tx, [grant], 'removed');
}

/** Gives a role by Graph's older words (`POST /directoryRoles/{id}/members/$ref`): an unknown role is a 404. */
export async function addToRole(tx: Tx, privilege: Privilege, principalId: Id): Promise<Grant> {
  if (!isId(privilege.id) || (await loadRole(tx, privilege.id)) === null) {
    refuseNow('absent', 'Request_ResourceNotFound', `There is no role '${privilege.id}'.`);
  }
  return assignRole(tx, privilege, principalId);
}

/**
 * Takes all that a principal has of a role away, however it came about
 * (`DELETE /directoryRoles/{id}/members/{id}/$ref`). Refuses with `Request_ResourceNotFound` (404) who has it not.
 */
export async function removeFromRole(tx: Tx, privilege: Privilege, principalId: string): Promise<void> {
  await authorise(tx, 'roleAssignment.manage');
  const of = { kind: privilege.kind, privilege: privilege.id, principal: principalId, mode: 'active' } as const;
  const held = isId(privilege.id) && isId(principalId) ? await liveGrants(tx, of) : [];
  if (held.length === 0) {
    refuseNow('absent', 'Request_ResourceNotFound', `'${principalId.slice(0, 200)}' is no member of the role.`);
  }
  await endGrants(tx, held, 'removed');
}
