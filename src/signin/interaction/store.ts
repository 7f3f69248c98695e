import type { ColumnType, Kysely } from 'kysely';
import type { Instant } from '../../kernel/time.ts';
import { nothingShown, type Progress } from '../people/model.ts';

/** What a browser has shown so far of one sign-in, and what the next proof is checked with. */
export interface Pending extends Progress {
  /** What a passkey has to sign. */
  readonly challenge: string | null;
  /** The secret of an authenticator app that is not registered yet. */
  readonly totpSecret: string | null;
  /** Whether another account was chosen than the one that is signed in. */
  readonly isOther: boolean;
}

export const nothingPending: Pending = { ...nothingShown, challenge: null, totpSecret: null, isOther: false };

type ProgressTables = {
  signin_progress: {
    interaction: string;
    user_id: string | null;
    payload: ColumnType<Omit<Pending, 'userId'>, string, string>;
    expires_at: Instant;
  };
};

/** Sign-ins that are not finished, by the interaction that they belong to. Every call is one statement. */
export function progressStore(database: Kysely<unknown>) {
  const db = database.$extendTables<ProgressTables>();
  return {
    /** What was shown, unless that is over at a real instant. */
    async load(interaction: string, realNow: Instant): Promise<Pending | null> {
      const row = await db
        .selectFrom('signin_progress')
        .selectAll()
        .where('interaction', '=', interaction)
        .where('expires_at', '>', realNow)
        .executeTakeFirst();
      return row === undefined ? null : { ...row.payload, userId: row.user_id };
    },

    /** Saves what was shown, in place of what was before; what is over goes. */
    async save(interaction: string, { userId, ...payload }: Pending, realNow: Instant, expiresAt: Instant) {
      const columns = { user_id: userId, payload: JSON.stringify(payload), expires_at: expiresAt };
      await db
        .with('gone', (sub) =>
          sub.deleteFrom('signin_progress').where('expires_at', '<=', realNow).where('interaction', '<>', interaction),
        )
        .insertInto('signin_progress')
        .values({ interaction, ...columns })
        .onConflict((conflict) => conflict.column('interaction').doUpdateSet(columns))
        .execute();
    },

    async remove(interaction: string): Promise<void> {
      await db.deleteFrom('signin_progress').where('interaction', '=', interaction).execute();
    },
  };
}
