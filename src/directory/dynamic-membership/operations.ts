import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';

/** Brings one user's memberships in line with the rules of all dynamic groups. */
export async function followRules(_tx: Tx, _userId: Id, _correlation: Id): Promise<void> {}
