import { grantEvent, type Privilege } from '../../grants/index.ts';
import type { Operation } from '../../graph/declaration.ts';
import { filterByCurrentUser } from '../../graph/filter-by-current-user.ts';
import { done, idIn, keyIn, perform } from '../../graph/perform.ts';
import { referencedId } from '../../graph/reference.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { assignmentEvent } from '../activities.ts';
import { rolePrivilege } from '../ids.ts';
import { addToRole, assignRole, removeFromRole, removeRoleAssignment } from '../request/operations/direct.ts';
import { type RoleAssignment, type RoleMember, roleAssignmentBody, roleMemberBody } from './contract.ts';
import { all, scheduleMounts } from './entity.ts';

const path = '/roleManagement/directory/roleAssignments';

/** Under which event types refused attempts are recorded. */
const given = assignmentEvent('role', 'active', 'requested');
const ended = grantEvent({ privilege: { kind: 'role', id: '', scope: '/' }, mode: 'active' }, 'ended');

/** What somebody has as their own, and role assignments besides PIM. */
export function scheduleRoutes(runtime: Runtime): Operation[] {
  const assign: Operation<RoleAssignment> = {
    method: 'POST',
    path,
    body: roleAssignmentBody,
    run: async (call) => {
      const privilege = orRefuse(rolePrivilege(call.body));
      const principalId = call.body.principalId.toLowerCase();
      const grant = await perform(runtime, call, given, privilege.id, (tx) => assignRole(tx, privilege, principalId));
      return { status: 201, read: { set: 'roleAssignments', id: grant.id } };
    },
  };

  const remove: Operation = {
    method: 'DELETE',
    path: `${path}/{id}`,
    run: (call) => done(runtime, call, ended, keyIn(call, 'id'), removeRoleAssignment),
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

  const add: Operation<RoleMember> = {
    method: 'POST',
    path: `${members}/$ref`,
    body: roleMemberBody,
    run: (call) => {
      const privilege = roleOf(call.path);
      const principalId = (referencedId(call.body['@odata.id']) ?? '').toLowerCase();
      return done(runtime, call, given, privilege.id, (tx) => addToRole(tx, privilege, principalId));
    },
  };

  const remove: Operation = {
    method: 'DELETE',
    path: `${members}/{directoryObject-id}/$ref`,
    run: (call) => {
      const privilege = roleOf(call.path);
      const principalId = idIn(call, 'directoryObject-id');
      return done(runtime, call, ended, privilege.id, (tx) => removeFromRole(tx, privilege, principalId));
    },
  };
  return [add, remove];
}

/** A role by its id or as `roleTemplateId={id}`, which are the same here. */
function roleOf(path: Readonly<Record<string, string>>): Privilege {
  const id = (path['role-id'] ?? '').replace(/^roleTemplateId=/i, '');
  return { kind: 'role', id: id.slice(0, 200).toLowerCase(), scope: '/' };
}
