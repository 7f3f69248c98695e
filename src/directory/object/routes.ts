import type { Static } from 'typebox';
import type { Answer, Call, Operation } from '../../graph/declaration.ts';
import { done, idIn, keyIn, perform } from '../../graph/perform.ts';
import type { Runtime, Tx } from '../../platform/transaction.ts';
import {
  getByIdsBody,
  groupIdsBody,
  idsBody,
  newDirectoryRoleBody,
  restoreBody,
  securityOnlyBody,
} from './contract.ts';
import { isAmong } from './entity.ts';
import {
  activateRole,
  checkMemberships,
  deleteObject,
  type MembershipQuery,
  membershipsOf,
  purgeObject,
  restoreObject,
} from './operations.ts';

/** What users, groups and other directory objects have in common. */
export function objectRoutes(runtime: Runtime): Operation[] {
  return [
    ...membershipRoutes(runtime, '/users/{user-id}', 'user-id', 'user'),
    ...membershipRoutes(runtime, '/groups/{group-id}', 'group-id', 'group'),
    ...membershipRoutes(runtime, '/directoryObjects/{directoryObject-id}', 'directoryObject-id', 'any'),
    ...membershipRoutes(runtime, '/servicePrincipals/{servicePrincipal-id}', 'servicePrincipal-id', 'any'),
    ...lifeRoutes(runtime),
    {
      method: 'POST',
      path: '/directoryObjects/getByIds',
      body: getByIdsBody,
      async run({ body }: Call<Static<typeof getByIdsBody>>) {
        return { status: 200, list: { set: 'directoryObjects', where: isAmong(body.ids, body.types ?? null) } };
      },
    },
    {
      method: 'POST',
      path: '/directoryRoles',
      body: newDirectoryRoleBody,
      async run(call: Call<Static<typeof newDirectoryRoleBody>>) {
        const subject = call.body.roleTemplateId.toLowerCase();
        await perform(runtime, call, 'directory-role.activated', subject, (tx) => activateRole(tx, subject));
        return { status: 201, read: { set: 'directoryRoles', id: subject } };
      },
    },
  ];
}

function lifeRoutes(runtime: Runtime): Operation[] {
  const restore = async (call: Call<never>): Promise<Answer> => {
    const subject = idIn(call, 'directoryObject-id');
    await perform(runtime, call, 'directory-object.restored', subject, (tx) => restoreObject(tx, subject));
    return { status: 200, read: { set: 'directoryObjects', id: subject } };
  };
  return [
    {
      method: 'POST',
      path: '/directory/deletedItems/{directoryObject-id}/restore',
      body: restoreBody,
      bodyIsOptional: true,
      run: restore,
    },
    {
      method: 'POST',
      path: '/directoryObjects/{directoryObject-id}/restore',
      body: restoreBody,
      bodyIsOptional: true,
      run: restore,
    },
    {
      method: 'DELETE',
      path: '/directory/deletedItems/{directoryObject-id}',
      run: (call) => done(runtime, call, 'directory-object.purged', keyIn(call, 'directoryObject-id'), purgeObject),
    },
    {
      method: 'DELETE',
      path: '/directoryObjects/{directoryObject-id}',
      run: (call) => done(runtime, call, 'directory-object.deleted', keyIn(call, 'directoryObject-id'), deleteObject),
    },
  ];
}

function membershipRoutes(runtime: Runtime, base: string, name: string, of: MembershipQuery['of']): Operation[] {
  const answer = async (call: Call<unknown>, work: (tx: Tx, key: string) => Promise<string[]>): Promise<Answer> => {
    const subject = keyIn(call, name);
    const value = await perform(runtime, call, 'directory.read', subject, (tx) => work(tx, subject));
    return { status: 200, body: { value }, context: 'Collection(Edm.String)' };
  };
  const check = (withRoles: boolean) => ({ of, withRoles });
  return [
    {
      method: 'POST',
      path: `${base}/checkMemberGroups`,
      body: groupIdsBody,
      run: (call: Call<Static<typeof groupIdsBody>>) =>
        answer(call, (tx, key) => checkMemberships(tx, key, call.body.groupIds, check(false))),
    },
    {
      method: 'POST',
      path: `${base}/checkMemberObjects`,
      body: idsBody,
      run: (call: Call<Static<typeof idsBody>>) =>
        answer(call, (tx, key) => checkMemberships(tx, key, call.body.ids, check(true))),
    },
    ...(['getMemberGroups', 'getMemberObjects'] as const).map((action) => ({
      method: 'POST' as const,
      path: `${base}/${action}`,
      body: securityOnlyBody,
      run: (call: Call<Static<typeof securityOnlyBody>>) => {
        const securityEnabledOnly = call.body.securityEnabledOnly ?? false;
        // Directory roles do not count as security-enabled groups.
        const withRoles = action === 'getMemberObjects' && !securityEnabledOnly;
        return answer(call, (tx, key) => membershipsOf(tx, key, { of, withRoles, securityEnabledOnly }));
      },
    })),
  ];
}
