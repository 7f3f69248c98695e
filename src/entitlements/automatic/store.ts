import type { Kysely } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** The table of whom automatic policies take in. */
export interface AutomaticTables {
  automatic_scope: { policy_id: Id; user_id: Id; entered_at: Instant; left_at: Instant | null };
}

type Db = Kysely<AutomaticTables>;

/** Since when the rule of a policy has taken in a user; null if it does not. */
export async function loadEntered(db: Db, policyId: Id, userId: Id): Promise<Instant | null> {
  const row = await db
    .selectFrom('automatic_scope')
    .select('entered_at')
    .where('policy_id', '=', policyId)
    .where('user_id', '=', userId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row?.entered_at ?? null;
}

/** Everyone whom the rule of a policy is known to take in. */
export async function loadInScope(db: Db, policyId: Id): Promise<Id[]> {
  const rows = await db
    .selectFrom('automatic_scope')
    .select('user_id')
    .where('policy_id', '=', policyId)
    .where('left_at', 'is', null)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}

/** Writes down that the rule takes in a user from now on. */
export async function enterScope(db: Db, policyId: Id, userId: Id, at: Instant): Promise<void> {
  await db
    .insertInto('automatic_scope')
    .values({ policy_id: policyId, user_id: userId, entered_at: at, left_at: null })
    // Left and entered again at the same instant: a clock may stand still.
    .onConflict((again) => again.columns(['policy_id', 'user_id', 'entered_at']).doUpdateSet({ left_at: null }))
    .execute();
}

/** Writes down that the rule takes in a user no longer. */
export async function leaveScope(db: Db, policyId: Id, userId: Id, at: Instant): Promise<void> {
  await db
    .updateTable('automatic_scope')
    .set({ left_at: at })
    .where('policy_id', '=', policyId)
    .where('user_id', '=', userId)
    .where('left_at', 'is', null)
    .execute();
}
