import type { JWK } from 'jose';
import type { ColumnType, Insertable, Kysely, Selectable } from 'kysely';
import { type Id, isId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { App, AppSignIn } from '../model.ts';
import type { Credential } from './model.ts';

type Json<T> = ColumnType<T, string, string>;

// A type, not an interface: the query builder wants an index signature.
type ApplicationTables = {
  signin_app: {
    id: string;
    app_id: string;
    display_name: string;
    permissions: Json<readonly string[]>;
    redirect_uris: Json<readonly string[]>;
    is_public: boolean;
    created_at: Instant;
  };
  signin_credential: {
    id: string;
    app_id: string;
    kind: 'password' | 'certificate';
    display_name: string | null;
    hint: string | null;
    secret_hash: string | null;
    public_key: Json<JWK> | null;
    thumbprint: string | null;
    starts_at: Instant;
    ends_at: Instant | null;
  };
};

export interface StoredApp extends App, AppSignIn {
  readonly credentials: readonly Credential[];
}

type Db = Kysely<ApplicationTables>;

/** Applications, and by what they prove themselves. */
export function applicationStore(database: Kysely<unknown>) {
  const db = database.$extendTables<ApplicationTables>();
  const load = async (column: 'id' | 'app_id', id: string): Promise<StoredApp | null> => {
    if (!isId(id)) return null;
    const row = await db.selectFrom('signin_app').selectAll().where(column, '=', id.toLowerCase()).executeTakeFirst();
    return row === undefined ? null : { ...appOf(row), credentials: await credentialsOf(db, row.id) };
  };
  return {
    /** The app of this application (client) id, in any case; null if there is none. */
    findApp: (appId: string) => load('app_id', appId),

    /** The app of this service principal's id; null if there is none. */
    loadApp: (id: string) => load('id', id),

    /** Every app, the oldest first. */
    async listApps(): Promise<readonly App[]> {
      const rows = await db.selectFrom('signin_app').selectAll().orderBy('created_at').orderBy('app_id').execute();
      return rows
        .map(appOf)
        .map(({ id, appId, displayName, permissions }) => ({ id, appId, displayName, permissions }));
    },

    /** Saves a new app; false if its id or its application id is taken. */
    async addApp(app: Omit<StoredApp, 'credentials'>, at: Instant): Promise<boolean> {
      const row: Insertable<ApplicationTables['signin_app']> = {
        id: app.id,
        app_id: app.appId,
        display_name: app.displayName,
        permissions: JSON.stringify(app.permissions),
        redirect_uris: JSON.stringify(app.redirectUris),
        is_public: app.isPublic,
        created_at: at,
      };
      const added = await db
        .insertInto('signin_app')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },

    async saveApp({ id, displayName, permissions, redirectUris }: Omit<StoredApp, 'credentials'>): Promise<void> {
      await db
        .updateTable('signin_app')
        .set({
          display_name: displayName,
          permissions: JSON.stringify(permissions),
          redirect_uris: JSON.stringify(redirectUris),
        })
        .where('id', '=', id)
        .execute();
    },

    /** Removes an app with all that it proves itself by. */
    async removeApp(id: Id): Promise<void> {
      await db.deleteFrom('signin_credential').where('app_id', '=', id).execute();
      await db.deleteFrom('signin_app').where('id', '=', id).execute();
    },

    async addCredential(appId: Id, credential: Credential): Promise<void> {
      const { id, kind, displayName, startsAt, endsAt } = credential;
      const isSecret = credential.kind === 'password';
      const row: Insertable<ApplicationTables['signin_credential']> = {
        id,
        app_id: appId,
        kind,
        display_name: displayName,
        hint: isSecret ? credential.hint : null,
        secret_hash: isSecret ? credential.secretHash : null,
        public_key: isSecret ? null : JSON.stringify(credential.publicKey),
        thumbprint: isSecret ? null : credential.thumbprint,
        starts_at: startsAt,
        ends_at: endsAt,
      };
      await db.insertInto('signin_credential').values(row).execute();
    },

    /** False if the app has none of this id and kind. */
    async removeCredential(appId: Id, kind: Credential['kind'], id: Id): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('signin_credential')
        .where('app_id', '=', appId)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

async function credentialsOf(db: Db, appId: Id): Promise<Credential[]> {
  const rows = await db
    .selectFrom('signin_credential')
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return rows.map(credentialOf);
}

function credentialOf(row: Selectable<ApplicationTables['signin_credential']>): Credential {
  const { id, display_name: displayName, starts_at: startsAt, ends_at: endsAt } = row;
  const known = { id, displayName, startsAt, endsAt };
  if (row.secret_hash !== null) return { ...known, kind: 'password', hint: row.hint, secretHash: row.secret_hash };
  if (row.public_key === null) throw new Error(`The credential ${id} is neither a secret nor a certificate`);
  return { ...known, kind: 'certificate', publicKey: row.public_key, thumbprint: row.thumbprint };
}

function appOf(row: Selectable<ApplicationTables['signin_app']>): Omit<StoredApp, 'credentials'> {
  return {
    id: row.id,
    appId: row.app_id,
    displayName: row.display_name,
    permissions: row.permissions,
    redirectUris: row.redirect_uris,
    isPublic: row.is_public,
  };
}
