import { sql } from 'kysely';
import type { Reader } from '../../graph/declaration.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { managedPackages, packageVisible, readsAll } from '../visible/entity.ts';

/** How somebody stands to a package: whether they may know of it, and whether they read all that belongs to it. */
export interface View {
  readonly isVisible: boolean;
  readonly readsAll: boolean;
}

/** Whether a reader may know of a package, as its entity set says. */
export async function loadView(tx: Tx, packageId: Id, reader: Reader): Promise<View> {
  const context = { now: tx.now, reader };
  const id = sql`${packageId}::uuid`;
  const { rows } = await sql<View>`select ${packageVisible(id, context)} as "isVisible",
    (${readsAll(context)} or ${id} in ${managedPackages(context)}) as "readsAll"`.execute(tx.db<unknown>());
  return rows[0] ?? { isVisible: false, readsAll: false };
}
