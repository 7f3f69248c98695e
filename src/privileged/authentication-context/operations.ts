import { authorise } from '../../grants/index.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isContextDemanded } from '../policy/store.ts';
import type { ContextBody } from './contract.ts';
import { type AuthenticationContext, type ContextTables, endContext, loadContext, saveContext } from './store.ts';

const claimValue = /^c[1-9]\d?$/;

/**
 * Makes an authentication context, or changes it if there is one of this id, as Graph does. Refuses an id other than
 * `c1` to `c99` with `BadRequest` (400). Source: Graph reference, "Update authenticationContextClassReference".
 */
export async function putContext(tx: Tx, key: string, change: ContextBody): Promise<void> {
  await authorise(tx, 'authenticationContext.manage');
  const id = key.toLowerCase();
  if (!claimValue.test(id)) {
    refuseNow('invalid', 'BadRequest', 'The id of an authentication context is one of c1 to c99.', 'id');
  }
  const db = tx.db<ContextTables>();
  const before = await loadContext(db, id);
  const context: AuthenticationContext = {
    id,
    displayName: change.displayName === undefined ? (before?.displayName ?? null) : change.displayName,
    description: change.description === undefined ? (before?.description ?? null) : change.description,
    isAvailable: change.isAvailable ?? before?.isAvailable ?? false,
  };
  await saveContext(db, context, tx.now);
  await record(tx, before === null ? 'created' : 'updated', context);
}

/**
 * Deletes an authentication context. Refuses with `ResourceNotFound` (404), while it is published with
 * `AuthenticationContextPublished` (403), and while a rule demands it with `AuthenticationContextInUse` (400).
 */
export async function deleteContext(tx: Tx, key: string): Promise<void> {
  await authorise(tx, 'authenticationContext.manage');
  const db = tx.db<ContextTables>();
  const context = await loadContext(db, key.toLowerCase());
  if (context === null)
    return refuseNow('absent', 'ResourceNotFound', 'There is no authentication context of this id.');
  if (context.isAvailable) {
    refuseNow('forbidden', 'AuthenticationContextPublished', 'It is published. Set isAvailable to false first.');
  }
  if (await isContextDemanded(tx, context.id)) {
    refuseNow(
      'invalid',
      'AuthenticationContextInUse',
      'A rule demands it. Change AuthenticationContext_EndUser_Assignment first.',
    );
  }
  await endContext(db, context.id, tx.now);
  await record(tx, 'deleted', context);
}

/** Whether a context exists and is published: only such a one can be demanded, and satisfied. */
export async function isContextPublished(tx: Tx, id: string): Promise<boolean> {
  return (await loadContext(tx.db<ContextTables>(), id))?.isAvailable === true;
}

async function record(tx: Tx, happened: 'created' | 'updated' | 'deleted', context: AuthenticationContext) {
  await tx.record({
    type: `authentication-context.${happened}`,
    subject: context.id,
    correlation: newId(),
    targets: [{ id: context.id, type: 'Policy', displayName: context.displayName }],
    data: { ...context },
  });
}
