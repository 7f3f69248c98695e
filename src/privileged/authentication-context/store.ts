import type { Kysely } from 'kysely';
import type { Instant } from '../../kernel/time.ts';

/** What an activation may demand of a sign-in, by its claim value (`c1` to `c99`). */
export interface AuthenticationContext {
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
  /** Published: it can be demanded, and sign-ins can satisfy it. */
  readonly isAvailable: boolean;
}

/** The table of authentication contexts. */
export interface ContextTables {
  authentication_context: {
    id: string;
    display_name: string | null;
    description: string | null;
    is_available: boolean;
    valid_from: Instant;
    valid_to: Instant | null;
  };
}

type Db = Kysely<ContextTables>;

/** A context as it is now; null if there is none. */
export async function loadContext(db: Db, id: string): Promise<AuthenticationContext | null> {
  const row = await db
    .selectFrom('authentication_context')
    .selectAll()
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { id: row.id, displayName: row.display_name, description: row.description, isAvailable: row.is_available };
}

/** The contexts that are published now. */
export async function loadPublished(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('authentication_context')
    .select('id')
    .where('is_available', '=', true)
    .where('valid_to', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Puts a context in force from an instant on; what it was before stays on the record. */
export async function saveContext(db: Db, context: AuthenticationContext, at: Instant): Promise<void> {
  await endContext(db, context.id, at);
  // Changed twice at the same instant: the window in between is empty, and the last word holds.
  await db.deleteFrom('authentication_context').where('id', '=', context.id).where('valid_from', '=', at).execute();
  await db
    .insertInto('authentication_context')
    .values({
      id: context.id,
      display_name: context.displayName,
      description: context.description,
      is_available: context.isAvailable,
      valid_from: at,
      valid_to: null,
    })
    .execute();
}

/** Ends a context at an instant. */
export async function endContext(db: Db, id: string, at: Instant): Promise<void> {
  await db
    .updateTable('authentication_context')
    .set({ valid_to: at })
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
}
