import type { Static } from 'typebox';
import type { Answer, Call, Operation } from '../../graph/declaration.ts';
import { done, idIn, keyIn, perform } from '../../graph/perform.ts';
import { parseInstant } from '../../kernel/time.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { referenced } from '../reference.ts';
import { addSponsor, removeSponsor } from '../sponsor/operations.ts';
import { newUserBody, referenceBody, userChangeBody } from './contract.ts';
import type { UserChange } from './decisions.ts';
import { changeUser, createUser, deleteUser, removeManager, setManager } from './operations.ts';

type NewUserBody = Static<typeof newUserBody>;
type UserChangeBody = Static<typeof userChangeBody>;
type ReferenceBody = Static<typeof referenceBody>;

/** Writes of `/users`. */
export function userRoutes(runtime: Runtime): Operation[] {
  return [
    {
      method: 'POST',
      path: '/users',
      body: newUserBody,
      async run(call: Call<NewUserBody>): Promise<Answer> {
        const user = await perform(runtime, call, 'user.created', undefined, async (tx) => {
          const { userPrincipalName, displayName, 'manager@odata.bind': manager, ...rest } = call.body;
          const created = await createUser(tx, { ...changeOf(rest), userPrincipalName, displayName });
          if (manager !== undefined) await setManager(tx, created.id, referenced(manager));
          return created;
        });
        return { status: 201, read: { set: 'users', id: user.id } };
      },
    },
    {
      method: 'PATCH',
      path: '/users/{user-id}',
      body: userChangeBody,
      run: (call: Call<UserChangeBody>) =>
        done(runtime, call, 'user.updated', keyIn(call, 'user-id'), (tx, key) =>
          changeUser(tx, key, changeOf(call.body)),
        ),
    },
    {
      method: 'DELETE',
      path: '/users/{user-id}',
      run: (call) => done(runtime, call, 'user.deleted', keyIn(call, 'user-id'), deleteUser),
    },
    {
      method: 'PUT',
      path: '/users/{user-id}/manager/$ref',
      body: referenceBody,
      run: (call: Call<ReferenceBody>) =>
        done(runtime, call, 'user.managerChanged', keyIn(call, 'user-id'), (tx, key) =>
          setManager(tx, key, referenced(call.body['@odata.id'])),
        ),
    },
    {
      method: 'DELETE',
      path: '/users/{user-id}/manager/$ref',
      run: (call) => done(runtime, call, 'user.managerChanged', keyIn(call, 'user-id'), removeManager),
    },
    {
      method: 'POST',
      path: '/users/{user-id}/sponsors/$ref',
      body: referenceBody,
      run: (call: Call<ReferenceBody>) =>
        done(runtime, call, 'user.sponsorsChanged', keyIn(call, 'user-id'), (tx, key) =>
          addSponsor(tx, key, referenced(call.body['@odata.id']).toLowerCase()),
        ),
    },
    {
      method: 'DELETE',
      path: '/users/{user-id}/sponsors/{directoryObject-id}/$ref',
      run: (call) =>
        done(runtime, call, 'user.sponsorsChanged', keyIn(call, 'user-id'), (tx, key) =>
          removeSponsor(tx, key, idIn(call, 'directoryObject-id')),
        ),
    },
  ];
}

/** A change as the operation takes it, from the wire. */
function changeOf(body: UserChangeBody): UserChange {
  const {
    passwordProfile: _,
    onPremisesExtensionAttributes: extensions,
    employeeHireDate: hired,
    employeeLeaveDateTime: left,
    ...rest
  } = body;
  return {
    ...rest,
    ...(hired === undefined ? {} : { employeeHireDate: hired === null ? null : parseInstant(hired) }),
    ...(left === undefined ? {} : { employeeLeaveDateTime: left === null ? null : parseInstant(left) }),
    ...(extensions === undefined ? {} : { extensionAttributes: extensions ?? allEmpty }),
  } as UserChange;
}

const allEmpty = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`extensionAttribute${n + 1}`, null]));
