import type { Operation } from '../../graph/declaration.ts';
import { done, keyIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import {
  type NewRoleDefinitionBody,
  newRoleDefinitionBody,
  type RoleDefinitionBody,
  roleDefinitionBody,
} from './contract.ts';
import { changeRole, createRole, deleteRole } from './operations.ts';

const definitions = '/roleManagement/directory/roleDefinitions';

/** Writes of custom directory roles. Graph: "Create unifiedRoleDefinition", "Update …", "Delete …". */
export function roleRoutes(runtime: Runtime): Operation[] {
  const create: Operation<NewRoleDefinitionBody> = {
    method: 'POST',
    path: definitions,
    body: newRoleDefinitionBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'role-definition.created', undefined, (tx) => createRole(tx, call.body));
      return { status: 201, read: { set: 'roleDefinitions', id } };
    },
  };
  const redefine: Operation<RoleDefinitionBody> = {
    method: 'PATCH',
    path: `${definitions}/{id}`,
    body: roleDefinitionBody,
    run: (call) =>
      done(runtime, call, 'role-definition.updated', keyIn(call, 'id'), (tx, id) => changeRole(tx, id, call.body)),
  };
  const drop: Operation = {
    method: 'DELETE',
    path: `${definitions}/{id}`,
    run: (call) => done(runtime, call, 'role-definition.deleted', keyIn(call, 'id'), deleteRole),
  };
  return [create, redefine, drop] as Operation[];
}
