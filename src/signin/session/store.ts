import type { ColumnType, Kysely, Selectable } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Lifetimes, Session, SessionProvider } from './model.ts';

type Json<T> = ColumnType<T, string, string>;

type SessionTables = {
  signin_session: {
    id_hash: string;
    id: string;
    user_id: string;
    provider: SessionProvider;
    mfa_at: Instant | null;
    contexts: Json<readonly string[]>;
    id_token: string | null;
    address: string | null;
    user_agent: string | null;
    created_at: Instant;
    used_at: Instant;
  };
  signin_attempt: {
    state_hash: string;
    browser_hash: string;
    nonce: string;
    code_verifier: string;
    base_url: string;
    return_to: string;
    asked_mfa: boolean;
    asked_contexts: Json<readonly string[]>;
    max_age: number | null;
    expires_at: Instant;
  };
};

/** A browser that was sent to the provider, with what must come back unchanged. */
export interface Attempt {
  readonly nonce: string;
  readonly codeVerifier: string;
  /** The address of ours that the browser uses. */
  readonly baseUrl: string;
  readonly returnTo: string;
  readonly mfa: boolean;
  readonly contexts: readonly string[];
  /** Seconds. */
  readonly maxAge: number | null;
}

export type AttemptStore = ReturnType<typeof attemptStore>;

/** Sign-ins that have begun, by the hash of their `state`. Every call is one statement. */
export function attemptStore(database: Kysely<unknown>) {
  const db = database.$extendTables<SessionTables>();
  return {
    /** Saves an attempt, and takes away those that are over. */
    async save(keys: { stateHash: string; browserHash: string }, attempt: Attempt, now: Instant, expiresAt: Instant) {
      await db
        .with('gone', (sub) => sub.deleteFrom('signin_attempt').where('expires_at', '<=', now))
        .insertInto('signin_attempt')
        .values({
          state_hash: keys.stateHash,
          browser_hash: keys.browserHash,
          nonce: attempt.nonce,
          code_verifier: attempt.codeVerifier,
          base_url: attempt.baseUrl,
          return_to: attempt.returnTo,
          asked_mfa: attempt.mfa,
          asked_contexts: JSON.stringify(attempt.contexts),
          max_age: attempt.maxAge,
          expires_at: expiresAt,
        })
        .execute();
    },

    /** Takes the attempt of a state and a browser, once; null if there is none that is not over. */
    async take(keys: { stateHash: string; browserHash: string }, now: Instant): Promise<Attempt | null> {
      const row = await db
        .deleteFrom('signin_attempt')
        .where('state_hash', '=', keys.stateHash)
        .where('browser_hash', '=', keys.browserHash)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        nonce: row.nonce,
        codeVerifier: row.code_verifier,
        baseUrl: row.base_url,
        returnTo: row.return_to,
        mfa: row.asked_mfa,
        contexts: row.asked_contexts,
        maxAge: row.max_age,
      };
    },
  };
}

export type SessionStore = ReturnType<typeof sessionStore>;

/** Sessions, by the hash of their secret (`id_hash`). Every call is one statement, so that none needs a transaction. */
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
          id: session.id,
          user_id: session.userId,
          provider: session.provider,
          mfa_at: session.mfaAt,
          contexts: JSON.stringify(session.contexts),
          id_token: session.idToken,
          address: session.address,
          user_agent: session.userAgent,
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

    /** The sessions of somebody, the one used last first. */
    async ofUser(userId: Id): Promise<readonly Session[]> {
      const rows = await db
        .selectFrom('signin_session')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('used_at', 'desc')
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(sessionOf);
    },

    /** Takes one session from somebody, or all but one; gives the ids of those that are gone. */
    async removeSome(userId: Id, which: { readonly only: Id } | { readonly but: Id | null }): Promise<readonly Id[]> {
      const all = db.deleteFrom('signin_session').where('user_id', '=', userId);
      const some =
        'only' in which
          ? all.where('id', '=', which.only)
          : which.but === null
            ? all
            : all.where('id', '<>', which.but);
      return (await some.returning('id').execute()).map(({ id }) => id);
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
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    mfaAt: row.mfa_at,
    contexts: row.contexts,
    idToken: row.id_token,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}
