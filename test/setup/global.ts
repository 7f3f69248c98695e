import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/platform/database.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Cluster, startCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test processes ask for what is made once a run: the server's URL, the embedded template. */
    databases: string;
  }
}

/** The migrated database that every test database on the server is copied from. */
const template = 'sallyport_template';

/**
 * Runs once before all tests, in Vitest's own process. The PostgreSQL server and the migrated templates are made
 * when a test first asks for them, so that a run of pure tests waits for neither.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | undefined;
  let embedded: Promise<Buffer> | undefined;

  const answers: Record<string, () => Promise<string | Buffer>> = {
    '/postgres': async () => {
      cluster ??= startMigratedCluster();
      return (await cluster).url(template);
    },
    '/embedded': () => {
      embedded ??= dumpMigratedEmbedded();
      return embedded;
    },
  };

  const broker = createServer((request, response) => {
    // A connection kept open times out here while a busy test cannot notice, and its next request then fails.
    response.setHeader('connection', 'close');
    const answer = answers[request.url ?? ''];
    const made = answer?.() ?? Promise.reject(new Error(`no ${request.url} here`));
    made.then(
      (body) => response.end(body),
      (fault: Error) => response.writeHead(500).end(fault.stack),
    );
  });
  await new Promise<void>((listening) => broker.listen(0, '127.0.0.1', listening));
  project.provide('databases', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);

  return async () => {
    broker.close();
    await (await cluster?.catch(() => undefined))?.stop();
  };
}

async function startMigratedCluster(): Promise<Cluster> {
  const cluster = await startCluster();
  try {
    const client = new pg.Client(cluster.url('postgres'));
    await client.connect();
    await client.query(`create database ${template}`);
    await client.end();
    const database = await openDatabase({ url: cluster.url(template) });
    await migrate(database.db);
    await database.close();
    return cluster;
  } catch (fault) {
    await cluster.stop();
    throw fault;
  }
}

async function dumpMigratedEmbedded(): Promise<Buffer> {
  const pglite = await PGlite.create();
  await migrate(new Kysely({ dialect: new PGliteDialect({ pglite }) }));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return Buffer.from(await dump.arrayBuffer());
}
