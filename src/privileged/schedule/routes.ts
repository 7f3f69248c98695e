import { grantEvent } from '../../grants/index.ts';
import type { Operation } from '../../graph/declaration.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { operate, type Runtime } from '../../platform/transaction.ts';
import { assignmentEvent } from '../activities.ts';
import { filterByCurrentUser } from '../filter-by-current-user.ts';
import { rolePrivilege } from '../ids.ts';
import { assignRole, removeRoleAssignment } from '../request/operations/direct.ts';
import { type RoleAssignment, roleAssignmentBody } from './contract.ts';
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
    ...scheduleMounts.map((mount) => filterByCurrentUser(mount.path, mount.ownSet, { principal: all })),
  ];
}
