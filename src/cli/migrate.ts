import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { migrate } from '../platform/migrate.ts';

/** `sallyport migrate`: brings the database to this version, for those who want it done before the server starts. */
export async function migrateDatabase(): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase({ url: config.databaseUrl, folder: config.dataFolder });
  try {
    await migrate(database.db);
    console.log('The database is up to date.');
  } finally {
    await database.close();
  }
}
