import { roleIds } from '../../access/index.ts';
import { concernedBy } from '../../approval/index.ts';
import { loadUserHolders } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { ReadDb } from '../../platform/events.ts';
import type { Audience } from '../audiences.ts';
import type { Occasion } from '../occasion.ts';

type Resolver = (db: ReadDb, occasion: Occasion) => Promise<readonly Id[]> | readonly Id[];

const roleAdministrators = [
  roleIds.privilegedRoleAdministrator,
  roleIds.securityAdministrator,
  roleIds.globalAdministrator,
];

const resolvers: Readonly<Record<Audience, Resolver>> = {
  approvers: (_db, { data }) => idsIn(data['approverIds']),
  added: (_db, { data }) => idsIn(data['addedIds']),
  reminded: (_db, { data }) => idsIn(data['remindedIds']),
  alternates: (_db, { data }) => idsIn(data['escalationIds']),
  lastAsked: async (db, { subject, at, actorId }) => others(actorId, (await concernedBy(db, subject, at)).lastAsked),
  deciders: async (db, { subject, at, type, actorId }) => {
    const { deciders } = await concernedBy(db, subject, at);
    // Who has just denied knows.
    return type.endsWith('.stageDenied') ? others(actorId, deciders) : deciders;
  },
  target: (_db, { data }) =>
    data['principalKind'] === 'group' || data['principalKind'] === 'app'
      ? []
      : idsIn([data['targetId'] ?? data['subjectId'] ?? data['principalId']]),
  requestor: (_db, { data }) => idsIn([data['requestorId']]),
  account: (_db, { subject }) => [subject],
  globalAdministrators: (db, { at }) => holders(db, at, [roleIds.globalAdministrator]),
  governors: (db, { at }) => holders(db, at, [roleIds.globalAdministrator, roleIds.identityGovernanceAdministrator]),
  roleAdministrators: (db, { at }) => holders(db, at, roleAdministrators),
  administrators: (db, occasion) => responsible(db, occasion, roleAdministrators),
  answerers: (db, occasion) =>
    responsible(db, occasion, [roleIds.privilegedRoleAdministrator, roleIds.globalAdministrator]),
};

/** The people of an audience, as they are known when it is asked for; their accounts may be out of use. */
export async function peopleOf(db: ReadDb, audience: Audience, occasion: Occasion): Promise<readonly Id[]> {
  return resolvers[audience](db, occasion);
}

function holders(db: ReadDb, at: Occasion['at'], ids: readonly Id[]): Promise<Id[]> {
  return loadUserHolders(db, { kind: 'role', ids }, at);
}

/**
 * Entra: owners are told of a group only if they own it permanently. Of a group without such owners the administrators
 * of roles are told, so that somebody is.
 */
async function responsible(db: ReadDb, { data, at }: Occasion, roles: readonly Id[]): Promise<Id[]> {
  if (data['privilegeKind'] === 'role') return holders(db, at, roles);
  const ids = idsIn([data['privilegeId']]);
  const owners = await loadUserHolders(db, { kind: 'group-owner', ids, permanentOnly: true }, at);
  return owners.length > 0 ? owners : holders(db, at, roles);
}

function idsIn(value: unknown): readonly Id[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function others(actorId: Id | null, ids: readonly Id[]): readonly Id[] {
  return ids.filter((id) => id !== actorId);
}
