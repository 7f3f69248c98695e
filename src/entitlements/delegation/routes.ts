import { type RoleDefinitionBody, roleDefinitionBody } from '../../directory/index.ts';
import { grantEvent } from '../../grants/index.ts';
import type { Operation } from '../../graph/declaration.ts';
import { done, keyIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { type DelegationBody, type DelegationChangeBody, delegationBody, delegationChangeBody } from './contract.ts';
import { changeDelegation, delegate, withdraw } from './operations/delegate.ts';
import { changeRole, createRole, deleteRole } from './operations/roles.ts';

const root = '/roleManagement/entitlementManagement';
const assignments = `${root}/roleAssignments`;
const definitions = `${root}/roleDefinitions`;

/** Where roles of entitlement management and their assignments hang in Graph. */
export const delegationMounts = {
  [assignments]: 'entitlementRoleAssignments',
  [definitions]: 'entitlementRoleDefinitions',
} as const;

/** Under which event types refused attempts are recorded. */
const ofRoles = { privilege: { kind: 'entitlement-role', id: '', scope: '/' }, mode: 'active' } as const;
const given = grantEvent(ofRoles, 'given');
const ended = grantEvent(ofRoles, 'ended');

/** Roles of entitlement management, and who has them. */
export function delegationRoutes(runtime: Runtime): Operation[] {
  const assign: Operation<DelegationBody> = {
    method: 'POST',
    path: assignments,
    body: delegationBody,
    run: async (call) => {
      const id = await perform(runtime, call, given, call.body.roleDefinitionId.toLowerCase(), (tx) =>
        delegate(tx, call.body),
      );
      return { status: 201, read: { set: 'entitlementRoleAssignments', id } };
    },
  };
  const change: Operation<DelegationChangeBody> = {
    method: 'PATCH',
    path: `${assignments}/{id}`,
    body: delegationChangeBody,
    run: (call) => done(runtime, call, given, keyIn(call, 'id'), (tx, id) => changeDelegation(tx, id, call.body)),
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${assignments}/{id}`,
    run: (call) => done(runtime, call, ended, keyIn(call, 'id'), withdraw),
  };
  const create: Operation<RoleDefinitionBody> = {
    method: 'POST',
    path: definitions,
    body: roleDefinitionBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'entitlement-role.created', undefined, (tx) => createRole(tx, call.body));
      return { status: 201, read: { set: 'entitlementRoleDefinitions', id } };
    },
  };
  const redefine: Operation<RoleDefinitionBody> = {
    method: 'PATCH',
    path: `${definitions}/{id}`,
    body: roleDefinitionBody,
    run: (call) =>
      done(runtime, call, 'entitlement-role.updated', keyIn(call, 'id'), (tx, id) => changeRole(tx, id, call.body)),
  };
  const drop: Operation = {
    method: 'DELETE',
    path: `${definitions}/{id}`,
    run: (call) => done(runtime, call, 'entitlement-role.deleted', keyIn(call, 'id'), deleteRole),
  };
  return [assign, change, remove, create, redefine, drop] as Operation[];
}
