import { authorise, openGrants, refuseSelfGrant } from '../../grants/index.ts';
import { type Id, isId, newId } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { found } from '../refusals.ts';
import { actionsIn, type NewRoleDefinitionBody, type RoleDefinitionBody } from './contract.ts';
import { decideCustomRole } from './decisions.ts';
import type { RoleDefinition } from './model.ts';
import { loadRole, loadRoleFacts, markRoleDeleted, saveCustomRole } from './store.ts';

/** Makes a custom directory role (`POST …/roleDefinitions`). Gives its id. */
export async function createRole(tx: Tx, body: NewRoleDefinitionBody): Promise<Id> {
  await authorise(tx, 'roleDefinition.manage');
  const blank: RoleDefinition = {
    id: newId(),
    displayName: '',
    description: '',
    isBuiltIn: false,
    isEnabled: true,
    isPrivileged: true,
    templateId: null,
    version: null,
    actions: [],
  };
  const role = await settle(tx, changed(blank, body), true);
  await record(tx, 'role-definition.created', role);
  return role.id;
}

/**
 * Changes a custom role (`PATCH …/roleDefinitions/{id}`), for those who have it too.
 * INVARIANT: nobody widens what they have themselves or may come to have.
 */
export async function changeRole(tx: Tx, id: string, body: RoleDefinitionBody): Promise<void> {
  const before = await customRole(tx, id);
  const role = changed(before, body);
  if (role.actions.join() !== before.actions.join()) {
    for (const { principal } of await openGrants(tx, { kind: 'role', privilege: role.id })) {
      await refuseSelfGrant(tx, principal.id, { kind: 'role', id: role.id });
    }
  }
  await settle(tx, role, false);
  await record(tx, 'role-definition.updated', role);
}

/** Deletes a custom role that nobody has (`DELETE …/roleDefinitions/{id}`). Refuses with `RoleDefinitionInUse` (400). */
export async function deleteRole(tx: Tx, id: string): Promise<void> {
  const role = await customRole(tx, id);
  if ((await openGrants(tx, { kind: 'role', privilege: role.id })).length > 0) {
    refuseNow('invalid', 'RoleDefinitionInUse', 'Somebody has the role. Remove its assignments first.');
  }
  await markRoleDeleted(tx, role.id);
  await record(tx, 'role-definition.deleted', role);
}

async function settle(tx: Tx, role: RoleDefinition, isNew: boolean): Promise<RoleDefinition> {
  const settled = orRefuse(decideCustomRole(role, await loadRoleFacts(tx, role, isNew)));
  await saveCustomRole(tx, settled);
  return settled;
}

async function customRole(tx: Tx, id: string): Promise<RoleDefinition> {
  await authorise(tx, 'roleDefinition.manage');
  const role = found(isId(id) ? await loadRole(tx, id) : null, id.slice(0, 200));
  if (role.isBuiltIn) {
    refuseNow('invalid', 'RoleDefinitionBuiltIn', 'A built-in role stays as it is. Create a custom role.');
  }
  return role;
}

function changed(role: RoleDefinition, body: RoleDefinitionBody): RoleDefinition {
  return {
    ...role,
    displayName: body.displayName ?? role.displayName,
    description: body.description === undefined ? role.description : (body.description ?? ''),
    isEnabled: body.isEnabled ?? role.isEnabled,
    templateId: body.templateId === undefined ? role.templateId : templateIn(body.templateId, role.id),
    version: body.version === undefined ? role.version : body.version,
    actions: body.rolePermissions === undefined ? role.actions : [...new Set(actionsIn(body.rolePermissions))],
  };
}

/** The template that is asked for; a role that names itself is its own. */
function templateIn(sent: string | null, id: Id): Id | null {
  if (sent === null || sent.toLowerCase() === id) return null;
  if (isId(sent)) return sent.toLowerCase();
  return refuseNow('invalid', 'Request_BadRequest', 'A template is named by its id.', 'templateId');
}

async function record(tx: Tx, type: string, role: RoleDefinition): Promise<void> {
  await tx.record({
    type,
    subject: role.id,
    correlation: newId(),
    targets: [{ id: role.id, type: 'Role', displayName: role.displayName }],
    data: { displayName: role.displayName, isEnabled: role.isEnabled, actions: role.actions },
  });
}
