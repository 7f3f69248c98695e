import { actionsIn, type RoleDefinitionBody } from '../../../directory/index.ts';
import { authorise, openGrants } from '../../../grants/index.ts';
import { type Id, isId, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { found, reject } from '../../refusals.ts';
import { decideActions } from '../decisions.ts';
import { builtInRoles, type EntitlementRole } from '../model.ts';
import { closeRole, loadEntitlementRole, saveRole } from '../store.ts';

/** Writes the built-in roles that are missing, or that this version knows otherwise. */
export async function initialiseRoles(tx: Tx): Promise<void> {
  for (const { id, displayName, actions } of builtInRoles) {
    const before = await loadEntitlementRole(tx.db(), id);
    const isSame = before?.displayName === displayName && before.actions.join() === actions.join();
    if (isSame) continue;
    await saveRole(tx.db(), {
      id,
      displayName,
      description: displayName,
      isBuiltIn: true,
      isEnabled: true,
      templateId: id,
      version: '1.0',
      actions,
      modifiedAt: tx.now,
    });
  }
}

/** Creates a custom role (`POST …/roleDefinitions`). Gives its id. */
export async function createRole(tx: Tx, body: RoleDefinitionBody): Promise<Id> {
  await authorise(tx, 'entitlementRole.define');
  if (body.displayName === undefined) reject('PropertyRequired', 'A role needs a name.', 'displayName');
  const id = newId();
  const role: EntitlementRole = {
    id,
    displayName: body.displayName,
    description: body.description ?? null,
    isBuiltIn: false,
    isEnabled: body.isEnabled ?? true,
    templateId: body.templateId ?? id,
    version: body.version ?? '1',
    actions: orRefuse(decideActions(actionsIn(body.rolePermissions ?? []))),
    modifiedAt: tx.now,
  };
  await saveRole(tx.db(), role);
  await record(tx, 'entitlement-role.created', role);
  return id;
}

/** Changes a custom role (`PATCH …/roleDefinitions/{id}`), for those who have it too. */
export async function changeRole(tx: Tx, id: string, body: RoleDefinitionBody): Promise<void> {
  const role = await changeable(tx, id);
  const changed: EntitlementRole = {
    ...role,
    displayName: body.displayName ?? role.displayName,
    description: body.description === undefined ? role.description : body.description,
    isEnabled: body.isEnabled ?? role.isEnabled,
    templateId: body.templateId ?? role.templateId,
    version: body.version ?? role.version,
    actions:
      body.rolePermissions === undefined ? role.actions : orRefuse(decideActions(actionsIn(body.rolePermissions))),
    modifiedAt: tx.now,
  };
  const isHeld = (await openGrants(tx, { kind: 'entitlement-role', privilege: role.id })).length > 0;
  if (isHeld && changed.actions.join() !== role.actions.join()) {
    reject('RoleDefinitionInUse', 'What its holders may do cannot be changed. Remove its assignments first.');
  }
  await saveRole(tx.db(), changed);
  await record(tx, 'entitlement-role.updated', changed);
}

/** Deletes a custom role that nobody has (`DELETE …/roleDefinitions/{id}`). */
export async function deleteRole(tx: Tx, id: string): Promise<void> {
  const role = await changeable(tx, id);
  if ((await openGrants(tx, { kind: 'entitlement-role', privilege: role.id })).length > 0) {
    reject('RoleDefinitionInUse', 'Somebody has the role. Remove its assignments first.');
  }
  await closeRole(tx.db(), role.id, tx.now);
  await record(tx, 'entitlement-role.deleted', role);
}

async function changeable(tx: Tx, id: string): Promise<EntitlementRole> {
  await authorise(tx, 'entitlementRole.define');
  const role = found(isId(id) ? await loadEntitlementRole(tx.db(), id) : null, 'role definition', id.slice(0, 200));
  if (role.isBuiltIn) reject('RoleDefinitionBuiltIn', 'A built-in role stays as it is. Create a custom role.');
  return role;
}

async function record(tx: Tx, type: string, role: EntitlementRole): Promise<void> {
  await tx.record({
    type,
    subject: role.id,
    correlation: newId(),
    targets: [{ id: role.id, type: 'EntitlementManagementRole', displayName: role.displayName }],
    data: { displayName: role.displayName, isEnabled: role.isEnabled, actions: role.actions },
  });
}
