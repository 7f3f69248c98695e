import type { Privilege, PrivilegeKind } from '../grants/index.ts';
import { type Id, isId } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';

/** A place in a group, by Graph's name. */
export type AccessId = 'member' | 'owner';

/** The ledger's kind of a place in a group. */
export function kindOf(accessId: AccessId): PrivilegeKind {
  return `group-${accessId}`;
}

/** A group's schedule or instance: `<groupId>_<accessId>_<guid>`. Null for what is none. */
export function parseScheduleId(text: string): { groupId: Id; accessId: AccessId; id: Id } | null {
  const [groupId = '', accessId = '', id = '', ...more] = text.toLowerCase().split('_');
  if (more.length > 0 || !isId(groupId) || !isId(id) || !isAccessId(accessId)) return null;
  return { groupId, accessId, id };
}

function isAccessId(text: string): text is AccessId {
  return text === 'member' || text === 'owner';
}

/**
 * A policy's id: `DirectoryRole_<tenantId>_<guid>` (`Directory_…` in older samples) or `Group_<groupId>_<guid>`.
 * Null for what is none, and for another tenant's.
 */
export function parsePolicyId(text: string): { of: 'role' | 'group'; within: Id; publicId: Id } | null {
  const [prefix = '', within = '', publicId = '', ...more] = text.toLowerCase().split('_');
  if (more.length > 0 || !isId(within) || !isId(publicId)) return null;
  if (prefix === 'directoryrole' || prefix === 'directory') return { of: 'role', within, publicId };
  return prefix === 'group' ? { of: 'group', within, publicId } : null;
}

/** A policy assignment's id: the policy's, and the role's or `member` or `owner` after it. */
export function parsePolicyAssignmentId(
  text: string,
): { publicId: Id; of: 'role' | 'group'; within: Id; last: string } | null {
  const at = text.lastIndexOf('_');
  const policy = at < 0 ? null : parsePolicyId(text.slice(0, at));
  const last = text.slice(at + 1).toLowerCase();
  if (policy === null || !(policy.of === 'role' ? isId(last) : isAccessId(last))) return null;
  return { ...policy, last };
}

/** The role that a body names. Refused with `ScopeNotSupported` (501) for anything but the whole tenant. */
export function rolePrivilege(body: {
  readonly roleDefinitionId: string;
  readonly directoryScopeId?: string | null;
  readonly appScopeId?: string | null;
}): Outcome<Privilege> {
  if ((body.directoryScopeId ?? '/') !== '/' || (body.appScopeId ?? '/') !== '/') {
    const message = "Roles are given for the whole tenant: send directoryScopeId '/'.";
    return refuse('notImplemented', 'ScopeNotSupported', message, 'directoryScopeId');
  }
  return accept({ kind: 'role', id: body.roleDefinitionId.toLowerCase(), scope: '/' });
}
