import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type DatabaseConnection, type Driver, Kysely, PGliteDialect, PGliteDriver, PostgresDialect } from 'kysely';
import pg from 'pg';
import { holdFolder } from './folder-lock.ts';
import { InstantParameters, instantFromText, timestamptz } from './instants.ts';

/** An open database. `db` is untyped: each capability names its own tables with `withTables`. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  readonly db: Kysely<unknown>;
  close(): Promise<void>;
}

/** Where the database is: a PostgreSQL by its URL, or an embedded one in a folder (in memory without one). */
export interface DatabasePlace {
  readonly url?: string | undefined;
  readonly folder?: string | undefined;
  /** A data directory dumped earlier (embedded only), to start from instead of from nothing. */
  readonly template?: Blob;
}

const statementLimitMs = 15_000;

/**
 * Opens the database. An embedded folder is held exclusively: a second process is refused, because two on one
 * folder corrupt it.
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  return place.url ? openPostgres(place.url) : openEmbedded(place);
}

function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    statement_timeout: statementLimitMs,
    lock_timeout: statementLimitMs,
    idle_in_transaction_session_timeout: 2 * statementLimitMs,
    // Compiling a statement to machine code takes longer than any of ours may run.
    options: '-c timezone=UTC -c jit=off',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === timestamptz ? instantFromText : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new InstantParameters()] });
  return { kind: 'postgres', db, close: () => db.destroy() };
}

async function openEmbedded(place: DatabasePlace): Promise<Database> {
  const release = place.folder === undefined ? async () => undefined : await holdFolder(place.folder);
  try {
    const dataDir = place.folder === undefined ? undefined : join(place.folder, 'database');
    if (dataDir !== undefined) await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const pglite = await PGlite.create({
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(place.template === undefined ? {} : { loadDataDir: place.template }),
      parsers: { [timestamptz]: instantFromText },
    });
    await pglite.exec(`set timezone to 'UTC'`);
    const db = new Kysely<unknown>({ dialect: new ExclusiveDialect({ pglite }), plugins: [new InstantParameters()] });
    return {
      kind: 'embedded',
      db,
      async close() {
        await pglite.close();
        await release();
      },
    };
  } catch (fault) {
    await release();
    throw fault;
  }
}

class ExclusiveDialect extends PGliteDialect {
  readonly #pglite: PGlite;

  constructor(config: { pglite: PGlite }) {
    super(config);
    this.#pglite = config.pglite;
  }

  override createDriver(): Driver {
    return new ExclusiveDriver({ pglite: this.#pglite });
  }
}

/**
 * Gives PGlite's one connection to one user at a time. Kysely's driver hands the same connection to everyone, so
 * that a second transaction would overwrite the first one's commit, and a lone query would fall into a stranger's
 * transaction.
 */
class ExclusiveDriver extends PGliteDriver {
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    let release = (): void => undefined;
    this.#free = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#release();
  }
}
