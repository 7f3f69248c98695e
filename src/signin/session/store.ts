import type { ColumnType, Kysely, Selectable } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Lifetimes, Session, SessionProvider } from './model.ts';

type Json<T> = ColumnType<T, string, string>;

type SessionTables = {
  signin_session: {
    id_hash: string;
    user_id: string;
    provider: SessionProvider;
    mfa_at: Instant | null;
    contexts: Json<readonly string[]>;
    id_token: string | null;
    created_at: Instant;
    used_at: Instant;
  };
};

export type SessionStore = ReturnType<typeof sessionStore>;

/** Sessions, by the hash of their id. Every call is one statement, so that none needs a transaction. */
export function sessionStore(database: Kysely<unknown>) {
  const db = database.$extendTables<SessionTables>();
  return {
    async find(idHash: string): Promise<Session | null> {
      const row = await db.selectFrom('signin_session').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
      return row === undefined ? null : sessionOf(row);
    },

    /** Saves a session, in place of another one where there is one: never both, never none. */
    async save(idHash: string, session: Session, instead: string | null): Promise<void> {
      await db
        .with('gone', (sub) => sub.deleteFrom('signin_session').where('id_hash', '=', instead ?? ''))
        .insertInto('signin_session')
        .values({
          id_hash: idHash,
          user_id: session.userId,
          provider: session.provider,
          mfa_at: session.mfaAt,
          contexts: JSON.stringify(session.contexts),
          id_token: session.idToken,
          created_at: session.createdAt,
          used_at: session.usedAt,
        })
        .execute();
    },

    async noteUse(idHash: string, at: Instant): Promise<void> {
      await db
        .updateTable('signin_session')
        .set({ used_at: at })
        .where('id_hash', '=', idHash)
        .where('used_at', '<', at)
        .execute();
    },

    async remove(idHash: string): Promise<void> {
      await db.deleteFrom('signin_session').where('id_hash', '=', idHash).execute();
    },

    async removeOfUser(userId: Id): Promise<void> {
      await db.deleteFrom('signin_session').where('user_id', '=', userId).execute();
    },

    /** Takes away what has ended, which nobody can use any more. */
    async sweep({ idle, absolute }: Lifetimes, now: Instant): Promise<void> {
      await db
        .deleteFrom('signin_session')
        .where((is) => is.or([is('created_at', '<=', now.subtract(absolute)), is('used_at', '<=', now.subtract(idle))]))
        .execute();
    },
  };
}

function sessionOf(row: Selectable<SessionTables['signin_session']>): Session {
  return {
    userId: row.user_id,
    provider: row.provider,
    mfaAt: row.mfa_at,
    contexts: row.contexts,
    idToken: row.id_token,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}
