import { authorise, linkAccounts, loadPerson, type Person, unlinkAccounts } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadUser } from '../user/store.ts';

/** Says that accounts are one human's (`POST /sallyport/linkedAccounts`). Gives the link's id. */
export async function createLink(tx: Tx, accountIds: readonly Id[]): Promise<Id> {
  await authorise(tx, 'linkedAccounts.manage');
  await demandUsers(tx, accountIds);
  return linkAccounts(tx, accountIds);
}

/** Says anew which accounts are one human's (`PATCH /sallyport/linkedAccounts/{id}`). Who leaves is unlinked. */
export async function changeLink(tx: Tx, id: string, accountIds: readonly Id[]): Promise<Id> {
  await authorise(tx, 'linkedAccounts.manage');
  const person = await present(tx, id);
  if (person.accountIds.some((one) => !accountIds.includes(one))) await authorise(tx, 'linkedAccounts.unlink');
  // A deleted account stays linked: it can be restored.
  await demandUsers(
    tx,
    accountIds.filter((one) => !person.accountIds.includes(one)),
  );
  return linkAccounts(tx, accountIds, person);
}

/** Takes a link away (`DELETE /sallyport/linkedAccounts/{id}`). */
export async function deleteLink(tx: Tx, id: string): Promise<void> {
  await authorise(tx, 'linkedAccounts.unlink');
  await unlinkAccounts(tx, await present(tx, id));
}

async function present(tx: Tx, id: string): Promise<Person> {
  const person = await loadPerson(tx, id.toLowerCase());
  return person ?? refuseNow('absent', 'ResourceNotFound', 'There are no linked accounts with this id.');
}

async function demandUsers(tx: Tx, accountIds: readonly Id[]): Promise<void> {
  for (const id of accountIds) {
    const user = await loadUser(tx, id);
    if (user !== null && user.deletedAt === null) continue;
    refuseNow('invalid', 'SubjectNotFound', `There is no user with the id ${id}.`, 'accountIds');
  }
}
