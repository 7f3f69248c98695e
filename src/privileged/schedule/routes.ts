import { grantEvent, type Privilege } from '../../grants/index.ts';
import type { Operation } from '../../graph/declaration.ts';
import { referencedId } from '../../graph/reference.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { operate, type Runtime } from '../../platform/transaction.ts';
import { assignmentEvent } from '../activities.ts';
import { filterByCurrentUser } from '../filter-by-current-user.ts';
import { rolePrivilege } from '../ids.ts';
import { addToRole, assignRole, removeFromRole, removeRoleAssignment } from '../request/operations/direct.ts';
import { type RoleAssignment, type RoleMember, roleAssignmentBody, roleMemberBody } from './contract.ts';
import { all, scheduleMounts } from './entity.ts';

const path = '/roleManagement/directory/roleAssignments';

/** What somebody has as their own, and role assignments besides PIM. */
export function scheduleRoutes(runtime: Runtime): Operation[] {
  const assign: Operation<RoleAssignment> = {
    method: 'POST',
    path,
    body: roleAssignmentBody,
    run: async ({ caller, requestId, body }) => {
      const privilege = orRefuse(rolePrivilege(body));
      const attempts = assignmentEvent('role', 'active', 'requested');
      const attempt = { caller, requestId, attempts, subject: privilege.id };
      const principalId = body.principalId.toLowerCase();
      const grant = orRefuse(await operate(runtime, attempt, (tx) => assignRole(tx, privilege, principalId)));
      return { status: 201, read: { set: 'roleAssignments', id: grant.id } };
    },
  };

  const remove: Operation = {
    method: 'DELETE',
    path: `${path}/{id}`,
    run: async ({ caller, requestId, path: { id = '' } }) => {
      const attempts = grantEvent({ privilege: { kind: 'role', id: '', scope: '/' }, mode: 'active' }, 'ended');
      const attempt = { caller, requestId, attempts, subject: id.slice(0, 200) };
      orRefuse(await operate(runtime, attempt, (tx) => removeRoleAssignment(tx, id)));
      return { status: 204 };
    },
  };

  return [
    assign,
    remove,
    ...memberRoutes(runtime),
    ...scheduleMounts.map((mount) => filterByCurrentUser(mount.path, mount.ownSet, { principal: all })),
  ];
}

/** Role assignments in Graph's older words: members of `/directoryRoles`. */
function memberRoutes(runtime: Runtime): Operation[] {
  const members = '/directoryRoles/{role-id}/members';
  const given = assignmentEvent('role', 'active', 'requested');
  const ended = grantEvent({ privilege: { kind: 'role', id: '', scope: '/' }, mode: 'active' }, 'ended');

  const add: Operation<RoleMember> = {
    method: 'POST',
    path: `${members}/$ref`,
    body: roleMemberBody,
    run: async ({ caller, requestId, path, body }) => {
      const privilege = roleOf(path);
      const principalId = (referencedId(body['@odata.id']) ?? '').toLowerCase();
      const attempt = { caller, requestId, attempts: given, subject: privilege.id };
      orRefuse(await operate(runtime, attempt, (tx) => addToRole(tx, privilege, principalId)));
      return { status: 204 };
    },
  };

  const remove: Operation = {
    method: 'DELETE',
    path: `${members}/{directoryObject-id}/$ref`,
    run: async ({ caller, requestId, path }) => {
      const privilege = roleOf(path);
      const principalId = (path['directoryObject-id'] ?? '').toLowerCase();
      const attempt = { caller, requestId, attempts: ended, subject: privilege.id };
      orRefuse(await operate(runtime, attempt, (tx) => removeFromRole(tx, privilege, principalId)));
      return { status: 204 };
    },
  };
  return [add, remove];
}

/** A role by its id or as `roleTemplateId={id}`, which are the same here. */
function roleOf(path: Readonly<Record<string, string>>): Privilege {
  const id = (path['role-id'] ?? '').replace(/^roleTemplateId=/i, '');
  return { kind: 'role', id: id.slice(0, 200).toLowerCase(), scope: '/' };
}
