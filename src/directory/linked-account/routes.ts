import type { GraphFace, Operation } from '../../graph/declaration.ts';
import { done, keyIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { type LinkedAccountsBody, linkedAccountsBody } from './contract.ts';
import { linkedAccounts } from './entity.ts';
import { changeLink, createLink, deleteLink } from './operations.ts';

const set = 'linkedAccounts';
const one = '/linkedAccounts/{id}';

/** `/sallyport/linkedAccounts`: which accounts are one human's. */
export function ownLinkedAccounts(runtime: Runtime): GraphFace {
  const create: Operation<LinkedAccountsBody> = {
    method: 'POST',
    path: '/linkedAccounts',
    says: 'Says that accounts are one human’s: together they count as one person in every approval.',
    body: linkedAccountsBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'linked-accounts.created', undefined, (tx) =>
        createLink(tx, idsOf(call.body)),
      );
      return { status: 201, read: { set, id } };
    },
  };
  const change: Operation<LinkedAccountsBody> = {
    method: 'PATCH',
    path: one,
    says: 'Says anew which accounts are this human’s. Those left out are unlinked, which nobody does to their own.',
    body: linkedAccountsBody,
    run: async (call) => {
      const key = keyIn(call, 'id');
      const id = await perform(runtime, call, 'linked-accounts.updated', key, (tx) =>
        changeLink(tx, key, idsOf(call.body)),
      );
      return { status: 200, read: { set, id } };
    },
  };
  const remove: Operation = {
    method: 'DELETE',
    path: one,
    says: 'Says that these accounts are not one human’s. Nobody does so for their own.',
    run: (call) => done(runtime, call, 'linked-accounts.deleted', keyIn(call, 'id'), deleteLink),
  };
  return {
    sets: [linkedAccounts],
    mounts: { '/linkedAccounts': set },
    operations: [create, change, remove] as Operation[],
  };
}

function idsOf({ accountIds }: LinkedAccountsBody): string[] {
  return accountIds.map((id) => id.toLowerCase());
}
