import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../src/platform/database.ts';

/** Both databases that Sallyport runs on: `describe.each(databaseKinds)` for whatever touches SQL. */
export const databaseKinds = ['embedded', 'postgres'] as const;

export type DatabaseKind = (typeof databaseKinds)[number];

/**
 * A migrated, otherwise empty database that nobody else uses. The caller closes it: that also drops it.
 * Races need `postgres`: the embedded database has one session and hides them.
 */
export async function freshDatabase(kind: DatabaseKind): Promise<Database> {
  if (kind === 'embedded') return openDatabase({ template: await embeddedTemplate() });
  const server = await freshPostgres();
  const database = await openDatabase({ url: server.url });
  return {
    ...database,
    async close() {
      await database.close();
      await server.drop();
    },
  };
}

/** The same on PostgreSQL as a URL, for tests that start a server process of their own. */
export async function freshPostgres(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const template = new URL(await (await ask('/postgres')).text());
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(template, `create database ${name} template ${template.pathname.slice(1)}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(template, `drop database ${name} with (force)`) };
}

let template: Promise<Blob> | undefined;

function embeddedTemplate(): Promise<Blob> {
  template ??= ask('/embedded').then((response) => response.blob());
  return template;
}

/** Asks Vitest's own process, which holds what is made once for all test files (test/setup/global.ts). */
async function ask(path: string): Promise<Response> {
  const response = await fetch(inject('databases') + path);
  if (!response.ok) throw new Error(await response.text());
  return response;
}

async function onServer(template: URL, statement: string): Promise<void> {
  const url = new URL(template);
  url.pathname = '/postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
