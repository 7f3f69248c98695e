import type { Relation } from '../../../access/index.ts';
import {
  authorise,
  endGrants,
  type Grant,
  giveGrant,
  liveGrants,
  type Mode,
  type NewGrant,
  type PrivilegeKind,
  pathsTo,
  refuseSelfGrant,
} from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Group } from '../../group/model.ts';
import { loadGroup, loadGroupByKey } from '../../group/store.ts';
import { leadsToPrivilege, loadPrincipal } from '../../object/store.ts';
import { found } from '../../refusals.ts';
import { type Belonging, mayJoin, mayLeave } from '../decisions.ts';

/** A place in a group, to be given by another capability. */
export interface NewMember extends Pick<NewGrant, 'window' | 'binding' | 'origin' | 'correlation' | 'links'> {
  readonly groupId: Id;
  readonly principalId: Id;
  readonly as: Belonging;
  readonly mode: Mode;
}

const kinds: Record<Belonging, PrivilegeKind> = { member: 'group-member', owner: 'group-owner' };

/**
 * Gives a principal a place in a group, eligible or active, if the group's nature allows it. Who may ask for it is
 * the caller's business. Refuses with `Request_ResourceNotFound` (404) or `Request_BadRequest` (400).
 */
export async function addMember(tx: Tx, asked: NewMember): Promise<Grant> {
  const group = found(await present(tx, asked.groupId), asked.groupId);
  const principal = found(await loadPrincipal(tx, asked.principalId), asked.principalId);
  orRefuse(mayJoin({ group, principal, as: asked.as, mode: asked.mode }));
  return giveGrant(tx, {
    principal: { kind: principal.kind, id: principal.id },
    privilege: { kind: kinds[asked.as], id: group.id, scope: '/' },
    mode: asked.mode,
    window: asked.window,
    origin: asked.origin,
    correlation: asked.correlation,
    ...(asked.links === undefined ? {} : { links: asked.links }),
    ...(asked.binding === undefined ? {} : { binding: asked.binding }),
  });
}

/** How the caller stands to a group: `groupOwner` if they own it now. */
export async function groupRelations(tx: Tx, groupId: Id): Promise<Relation[]> {
  if (tx.caller.kind === 'system') return [];
  const paths = await pathsTo(tx, tx.caller.id, { mode: 'active', kind: 'group-owner', privilege: groupId });
  return paths.length > 0 ? ['groupOwner'] : [];
}

/** Adds a member or an owner by hand, permanently (`POST …/members/$ref`). */
export async function join(tx: Tx, groupKey: string, principalId: Id, as: Belonging): Promise<void> {
  const group = found(await loadGroupByKey(tx, groupKey), groupKey);
  await authoriseMembership(tx, group, as);
  await joinAuthorised(tx, group, principalId, as, newId());
}

/** Adds a member or an owner for a caller whose right to do so has been established. */
export async function joinAuthorised(
  tx: Tx,
  group: Group,
  principalId: Id,
  as: Belonging,
  correlation: Id,
): Promise<void> {
  await refuseSelf(tx, group, principalId, as);
  const privilege = { kind: kinds[as], privilege: group.id, principal: principalId, mode: 'active' } as const;
  if ((await liveGrants(tx, privilege)).length > 0) {
    refuseNow(
      'invalid',
      'Request_BadRequest',
      `One or more added object references already exist for the following modified properties: '${as}s'.`,
      `${as}s`,
    );
  }
  await addMember(tx, {
    groupId: group.id,
    principalId,
    as,
    mode: 'active',
    window: { from: tx.now, until: null },
    origin: { kind: 'assigned', id: group.id },
    correlation,
  });
}

/** Takes a member or an owner out by hand, wherever the place came from (`DELETE …/members/{id}/$ref`). */
export async function leave(tx: Tx, groupKey: string, principalId: Id, as: Belonging): Promise<void> {
  const group = found(await loadGroupByKey(tx, groupKey), groupKey);
  await authoriseMembership(tx, group, as);
  const all = await liveGrants(tx, { kind: kinds[as], privilege: group.id, mode: 'active' });
  const held = all.filter((grant) => grant.principal.id === principalId);
  if (held.length === 0) found(null, principalId);
  const owners = new Set(all.filter((grant) => grant.principal.kind === 'user').map((grant) => grant.principal.id));
  const othersLeft = owners.has(principalId) ? owners.size - 1 : Number.POSITIVE_INFINITY;
  orRefuse(mayLeave(group, as, othersLeft));
  await endGrants(tx, held, 'removed');
}

/** Refuses unless the caller may say who is in the group, or who owns it; stricter where the group can hold a role. */
export async function authoriseMembership(tx: Tx, group: Group, as: Belonging): Promise<void> {
  const operation = as === 'owner' ? 'group.manageOwners' : 'group.manageMembers';
  const relations = await groupRelations(tx, group.id);
  await authorise(tx, group.isAssignableToRole ? 'group.manageMembersRoleAssignable' : operation, relations);
}

/**
 * INVARIANT: nobody puts themselves into a group that holds or can hold a role, be it by another account of theirs,
 * through a group that they are in, or through a group that is itself (eligible) member of such a group.
 */
async function refuseSelf(tx: Tx, group: Group, principalId: Id, as: Belonging): Promise<void> {
  if (!(await leadsToPrivilege(tx, group.id))) return;
  await refuseSelfGrant(tx, principalId, { kind: kinds[as], id: group.id });
}

async function present(tx: Tx, id: Id): Promise<Group | null> {
  const group = await loadGroup(tx, id);
  return group === null || group.deletedAt !== null ? null : group;
}
