import type { JWK } from 'jose';
import { type ColumnType, type Kysely, sql } from 'kysely';
import type { Instant } from '../kernel/time.ts';
import { applicationStore } from './application/store.ts';

type Json<T> = ColumnType<T, string, string>;

// A type, not an interface: the query builder wants an index signature.
type SigninTables = {
  signin_key: { generation: number; jwk: Json<JWK>; created_at: Instant };
  signin_record: {
    model: string;
    id: string;
    payload: Json<Record<string, unknown>>;
    grant_id: string | null;
    user_code: string | null;
    uid: string | null;
    consumed_at: Instant | null;
    expires_at: Instant | null;
  };
};

/** A database handle or a transaction, with or without tables named. */
export type SigninDatabase = Kysely<unknown>;

/** What the OpenID provider keeps under a model's name and an id. */
export interface StoredRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly consumedAt: Instant | null;
}

/** How a record is looked up besides its id. */
export type RecordKey = 'id' | 'user_code' | 'uid';

export type SigninStore = ReturnType<typeof signinStore>;

/** Apps, signing keys and the provider's records. Every call is one statement, so that none needs a transaction. */
export function signinStore(database: SigninDatabase) {
  const db = database.$extendTables<SigninTables>();
  return { ...applicationStore(database), ...keys(db), ...records(db) };
}

function keys(db: Kysely<SigninTables>) {
  return {
    /** All private signing keys, the newest first. */
    async listKeys(): Promise<readonly JWK[]> {
      const rows = await db.selectFrom('signin_key').select('jwk').orderBy('generation', 'desc').execute();
      return rows.map((row) => row.jwk);
    },

    /** Saves a signing key, unless another node has made one of this generation already. */
    async addKey(generation: number, jwk: JWK, at: Instant): Promise<void> {
      await db
        .insertInto('signin_key')
        .values({ generation, jwk: JSON.stringify(jwk), created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

function records(db: Kysely<SigninTables>) {
  return {
    async saveRecord(model: string, id: string, payload: Record<string, unknown>, expiresAt: Instant | null) {
      const columns = {
        payload: JSON.stringify(payload),
        grant_id: text(payload.grantId),
        user_code: text(payload.userCode),
        uid: text(payload.uid),
        consumed_at: null,
        expires_at: expiresAt,
      };
      await db
        .insertInto('signin_record')
        .values({ model, id, ...columns })
        .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(columns))
        .execute();
    },

    /** The record under this key that has not expired at the instant. */
    async findRecord(model: string, key: RecordKey, value: string, at: Instant): Promise<StoredRecord | null> {
      const row = await db
        .selectFrom('signin_record')
        .select(['payload', 'consumed_at'])
        .where('model', '=', model)
        .where(key, '=', value)
        .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', at)]))
        .executeTakeFirst();
      return row === undefined ? null : { payload: row.payload, consumedAt: row.consumed_at };
    },

    /** Notes that a record was used up; false if it is gone or was used up before. */
    async consumeRecord(model: string, id: string, at: Instant): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('signin_record')
        .set({ consumed_at: at })
        .where('model', '=', model)
        .where('id', '=', id)
        .where('consumed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Takes away what nobody can use any more. */
    async sweepRecords(at: Instant): Promise<void> {
      await db.deleteFrom('signin_record').where('expires_at', '<=', at).execute();
    },

    async removeRecord(model: string, id: string): Promise<void> {
      await db.deleteFrom('signin_record').where('model', '=', model).where('id', '=', id).execute();
    },

    /** Removes what signs a person in again: the provider's own sessions, grants, refresh tokens. */
    async removeRecordsOfAccount(accountId: string): Promise<void> {
      await db.deleteFrom('signin_record').where(sql`payload ->> 'accountId'`, '=', accountId).execute();
    },

    /** Removes the provider's own sessions of a person alone: applications that renew their tokens keep doing so. */
    async removeProviderSessionsOf(accountId: string): Promise<void> {
      await db
        .deleteFrom('signin_record')
        .where('model', '=', 'Session')
        .where(sql`payload ->> 'accountId'`, '=', accountId)
        .execute();
    },

    async removeRecordsOfGrant(model: string, grantId: string): Promise<void> {
      await db.deleteFrom('signin_record').where('model', '=', model).where('grant_id', '=', grantId).execute();
    },
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
