import { type ColumnType, type Kysely, type Selectable, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Methods, Passkey } from './model.ts';

type Json<T> = ColumnType<T, string, string>;

type PeopleTables = {
  signin_account: {
    user_id: string;
    password_hash: string | null;
    password_changed_at: Instant | null;
    totp_secret: string | null;
    totp_step: ColumnType<string | null, number | null, number | null>;
    totp_added_at: Instant | null;
    tokens_valid_from: Instant | null;
  };
  signin_passkey: {
    id: string;
    user_id: string;
    display_name: string;
    public_key: string;
    counter: ColumnType<string, number, number>;
    transports: Json<readonly string[]>;
    relying_party: string;
    is_synced: boolean;
    added_at: Instant;
    used_at: Instant | null;
  };
  signin_recovery_code: { user_id: string; code_hash: string };
  signin_link: { user_id: string; secret_hash: string; expires_at: Instant };
  signin_failure: { key_hash: string; count: number; window_ends_at: Instant };
};

/** A passkey with what checking it needs. */
export interface StoredPasskey extends Passkey {
  readonly userId: Id;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  /** The host that it works at. */
  readonly relyingParty: string;
}

/** The secret of an authenticator app, and the last time step whose code was taken. */
export interface StoredTotp {
  readonly secret: string;
  readonly step: number | null;
}

export type PeopleStore = ReturnType<typeof peopleStore>;

/** How people prove who they are. Every call is one statement; those that change a credential belong in a transaction. */
export function peopleStore(database: Kysely<unknown>) {
  const db = database.$extendTables<PeopleTables>();
  return { ...secrets(db), ...passkeys(db), ...recoveryCodes(db), ...links(db), ...failures(db), ...overview(db) };
}

type Db = Kysely<PeopleTables>;

function overview(db: Db) {
  return {
    /** What a person has; `relyingParty`: only passkeys that work at this host. */
    async methodsOf(userId: Id, relyingParty: string | null = null): Promise<Methods> {
      const [account, keys, codes] = await Promise.all([
        db
          .selectFrom('signin_account')
          .select(['password_hash', 'totp_secret'])
          .where('user_id', '=', userId)
          .executeTakeFirst(),
        passkeys(db).passkeysOf(userId),
        db
          .selectFrom('signin_recovery_code')
          .select((is) => is.fn.countAll<string>().as('left'))
          .where('user_id', '=', userId)
          .executeTakeFirstOrThrow(),
      ]);
      return {
        hasPassword: (account?.password_hash ?? null) !== null,
        hasTotp: (account?.totp_secret ?? null) !== null,
        passkeys: keys.filter((key) => relyingParty === null || key.relyingParty === relyingParty),
        recoveryCodes: Number(codes.left),
      };
    },

    /** Since when what an account was given is worth something, in real time; null for always. */
    async tokensValidFrom(userId: Id): Promise<Instant | null> {
      const row = await db
        .selectFrom('signin_account')
        .select('tokens_valid_from')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row?.tokens_valid_from ?? null;
    },
  };
}

function secrets(db: Db) {
  type Columns = Partial<{ [C in keyof PeopleTables['signin_account']]: unknown }>;
  const save = async (userId: Id, columns: Columns) => {
    const values = columns as Partial<Selectable<PeopleTables['signin_account']>> & { totp_step?: number | null };
    await db
      .insertInto('signin_account')
      .values({ user_id: userId, ...values } as never)
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values as never))
      .execute();
  };
  return {
    async passwordHashOf(userId: Id): Promise<string | null> {
      const row = await db
        .selectFrom('signin_account')
        .select('password_hash')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row?.password_hash ?? null;
    },

    savePassword: (userId: Id, hash: string | null, at: Instant | null) =>
      save(userId, { password_hash: hash, password_changed_at: at }),

    async totpOf(userId: Id): Promise<StoredTotp | null> {
      const row = await db
        .selectFrom('signin_account')
        .select(['totp_secret', 'totp_step'])
        .where('user_id', '=', userId)
        .executeTakeFirst();
      if (row === undefined || row.totp_secret === null) return null;
      return { secret: row.totp_secret, step: row.totp_step === null ? null : Number(row.totp_step) };
    },

    saveTotp: (userId: Id, secret: string, step: number, at: Instant) =>
      save(userId, { totp_secret: secret, totp_step: step, totp_added_at: at }),

    removeTotp: (userId: Id) => save(userId, { totp_secret: null, totp_step: null, totp_added_at: null }),

    /** Makes worthless what an account was given before a real instant. Of two, the later one holds. */
    async revokeTokens(accountId: Id, at: Instant): Promise<void> {
      await db
        .insertInto('signin_account')
        .values({ user_id: accountId, tokens_valid_from: at } as never)
        .onConflict((conflict) =>
          conflict.column('user_id').doUpdateSet({
            tokens_valid_from: sql<Instant>`greatest(signin_account.tokens_valid_from, ${at}::timestamptz)`,
          } as never),
        )
        .execute();
    },

    /** Notes that the code of a time step was taken; false if it, or a later one, was taken before. */
    async takeTotpStep(userId: Id, step: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('signin_account')
        .set({ totp_step: step })
        .where('user_id', '=', userId)
        .where('totp_secret', 'is not', null)
        .where((is) => is.or([is('totp_step', 'is', null), is(sql<number>`totp_step`, '<', step)]))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function passkeys(db: Db) {
  return {
    async passkeysOf(userId: Id): Promise<StoredPasskey[]> {
      const rows = await db
        .selectFrom('signin_passkey')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('added_at')
        .orderBy('id')
        .execute();
      return rows.map(passkeyOf);
    },

    async findPasskey(id: string): Promise<StoredPasskey | null> {
      const row = await db.selectFrom('signin_passkey').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : passkeyOf(row);
    },

    /** Saves a passkey; false if somebody has it already. */
    async addPasskey(passkey: StoredPasskey): Promise<boolean> {
      const added = await db
        .insertInto('signin_passkey')
        .values({
          id: passkey.id,
          user_id: passkey.userId,
          display_name: passkey.displayName,
          public_key: passkey.publicKey,
          counter: passkey.counter,
          transports: JSON.stringify(passkey.transports),
          relying_party: passkey.relyingParty,
          is_synced: passkey.isSynced,
          added_at: passkey.addedAt,
          used_at: passkey.usedAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },

    /** Notes a use; false if its counter did not go on since it was read, which a copy of it would cause. */
    async noteUse(passkey: StoredPasskey, counter: number, at: Instant): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('signin_passkey')
        .set({ counter, used_at: at })
        .where('id', '=', passkey.id)
        .where(sql<number>`counter`, '=', passkey.counter)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Gives a passkey of a person's another name; false if it is not theirs. */
    async renamePasskey(userId: Id, id: string, displayName: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('signin_passkey')
        .set({ display_name: displayName })
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Takes a passkey from a person; false if it is not theirs. */
    async removePasskey(userId: Id, id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('signin_passkey')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async removePasskeys(userId: Id): Promise<void> {
      await db.deleteFrom('signin_passkey').where('user_id', '=', userId).execute();
    },
  };
}

function recoveryCodes(db: Db) {
  return {
    async addRecoveryCodes(userId: Id, hashes: readonly string[]): Promise<void> {
      const rows = hashes.map((hash) => ({ user_id: userId, code_hash: hash }));
      await db.insertInto('signin_recovery_code').values(rows).execute();
    },

    /** Uses a code up; false if it is none of theirs. */
    async takeRecoveryCode(userId: Id, hash: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('signin_recovery_code')
        .where('user_id', '=', userId)
        .where('code_hash', '=', hash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async removeRecoveryCodes(userId: Id): Promise<void> {
      await db.deleteFrom('signin_recovery_code').where('user_id', '=', userId).execute();
    },
  };
}

function links(db: Db) {
  return {
    /** Saves a one-time link, in place of the person's one before. */
    async saveLink(userId: Id, hash: string, expiresAt: Instant): Promise<void> {
      const columns = { secret_hash: hash, expires_at: expiresAt };
      await db
        .insertInto('signin_link')
        .values({ user_id: userId, ...columns })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
        .execute();
    },

    /** Uses a link up and says whose it was; null if there is none, it is used or over. */
    async takeLink(hash: string, realNow: Instant): Promise<Id | null> {
      const row = await db
        .deleteFrom('signin_link')
        .where('secret_hash', '=', hash)
        .where('expires_at', '>', realNow)
        .returning('user_id')
        .executeTakeFirst();
      return row?.user_id ?? null;
    },

    async removeLink(userId: Id): Promise<void> {
      await db.deleteFrom('signin_link').where('user_id', '=', userId).execute();
    },
  };
}

function failures(db: Db) {
  return {
    /** Counts one more failure, in the window that runs or a new one, and says how many there are now. */
    async countFailure(key: string, realNow: Instant, windowEndsAt: Instant): Promise<number> {
      const row = await db
        .insertInto('signin_failure')
        .values({ key_hash: key, count: 1, window_ends_at: windowEndsAt })
        .onConflict((conflict) =>
          conflict.column('key_hash').doUpdateSet({
            count: sql<number>`case when signin_failure.window_ends_at <= ${realNow} then 1 else signin_failure.count + 1 end`,
            window_ends_at: sql<Instant>`case when signin_failure.window_ends_at <= ${realNow} then ${windowEndsAt}
              else signin_failure.window_ends_at end`,
          }),
        )
        .returning('count')
        .executeTakeFirstOrThrow();
      return row.count;
    },

    /** Takes one failure back, because it was none; windows that are over go too. */
    async uncountFailure(key: string, realNow: Instant): Promise<void> {
      await db
        .deleteFrom('signin_failure')
        .where((is) =>
          is.or([is('window_ends_at', '<=', realNow), is.and([is('key_hash', '=', key), is('count', '=', 1)])]),
        )
        .execute();
      await db
        .updateTable('signin_failure')
        .set((is) => ({ count: is('count', '-', 1) }))
        .where('key_hash', '=', key)
        .where('count', '>', 1)
        .execute();
    },

    async forgetFailures(key: string): Promise<void> {
      await db.deleteFrom('signin_failure').where('key_hash', '=', key).execute();
    },
  };
}

function passkeyOf(row: Selectable<PeopleTables['signin_passkey']>): StoredPasskey {
  return {
    id: row.id,
    userId: row.user_id,
    displayName: row.display_name,
    publicKey: row.public_key,
    counter: Number(row.counter),
    transports: row.transports,
    relyingParty: row.relying_party,
    isSynced: row.is_synced,
    addedAt: row.added_at,
    usedAt: row.used_at,
  };
}
