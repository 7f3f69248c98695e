import type { Kysely } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** What is said of a guest: governed ones leave with their last assignment. Null: nobody said anything. */
export type Lifecycle = 'notDefined' | 'notGoverned' | 'governed';

/** What becomes of a subject. */
export interface SubjectLife {
  readonly lifecycle: Lifecycle | null;
  /** When the account is to be deleted; null if it is not. */
  readonly deletionAt: Instant | null;
}

/** The part of the table of subjects that this folder keeps. */
export interface LifecycleTables {
  entitlement_subject: {
    id: Id;
    lifecycle: Lifecycle | null;
    blocked_at: Instant | null;
    deletion_at: Instant | null;
  };
}

type Db = Kysely<LifecycleTables>;

/** What becomes of a subject; null if nobody knows them. */
export async function loadLife(db: Db, id: Id): Promise<SubjectLife | null> {
  const row = await db
    .selectFrom('entitlement_subject')
    .select(['lifecycle', 'deletion_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { lifecycle: row.lifecycle, deletionAt: row.deletion_at };
}

export async function saveLifecycle(db: Db, id: Id, lifecycle: Lifecycle): Promise<void> {
  await db.updateTable('entitlement_subject').set({ lifecycle }).where('id', '=', id).execute();
}

/** Writes down that somebody was blocked, and when they are to be deleted. */
export async function saveDeparture(db: Db, id: Id, at: Instant, deletionAt: Instant | null): Promise<void> {
  await db
    .updateTable('entitlement_subject')
    .set({ blocked_at: at, deletion_at: deletionAt })
    .where('id', '=', id)
    .execute();
}
