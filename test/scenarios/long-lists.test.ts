import { type CompiledQuery, type KyselyPlugin, PostgresQueryCompiler, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fill } from '../../bench/fill.ts';
import { graphFaces, ownFaces } from '../../src/capabilities.ts';
import { loadPowers } from '../../src/grants/index.ts';
import type { ReadContext } from '../../src/graph/declaration.ts';
import { createGraph, type Graph } from '../../src/graph/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { silent } from '../../src/platform/log.ts';
import { type Runtime, readOnly } from '../../src/platform/transaction.ts';
import { passFirstDoor, seedPackage } from './doors.ts';
import { openPlay, type Play } from './play.ts';

const rows = 10_000;
/** Of tables that have ten thousand: what a page of five needs, with all that is expanded. */
const rowsAtMost = 300;

const entitlements = '/v1.0/identityGovernance/entitlementManagement';
const requests = `${entitlements}/assignmentRequests`;
const audits = '/v1.0/auditLogs/directoryAudits';

/** First pages of lists, as the portal asks for them; [who, path]. */
const firstPages: readonly (readonly [string, string])[] = [
  ['admin', '/v1.0/users?$orderby=displayName'],
  ['admin', '/v1.0/users?$orderby=displayName desc'],
  ['admin', '/v1.0/users?$orderby=userPrincipalName'],
  ['requestor', '/v1.0/users'],
  ['admin', '/v1.0/groups?$orderby=displayName'],
  ['admin', `${requests}?$orderby=createdDateTime desc&$expand=requestor,assignment($expand=target)`],
  ['admin', '/sallyport/assignments?$expand=target,policy'],
  ['admin', audits],
  ['admin', `${audits}?$orderby=activityDateTime desc`],
  ['admin', '/v1.0/directoryObjects'],
  ['admin', `${requests}?$filter=accessPackage/id eq '{package}'&$expand=requestor,assignment($expand=target)`],
  ['admin', `${requests}?$filter=state eq 'canceled'&$orderby=createdDateTime desc`],
  ['admin', "/sallyport/assignments?$filter=accessPackageId eq '{package}' and state eq 'delivered'&$expand=target"],
  ['admin', `${entitlements}/subjects`],
  ['admin', '/v1.0/roleManagement/directory/roleEligibilityScheduleRequests'],
  ['admin', '/sallyport/grants'],
];

/** Of long lists, the few rows that somebody looks for or has to do with. */
const few: readonly (readonly [string, string])[] = [
  ['admin', `${requests}?$filter=state eq 'pendingApproval'`],
  ['admin', `${requests}?$filter=assignment/target/objectId eq '{requestor}'`],
  ['admin', `${entitlements}/assignments?$filter=target/objectId eq '{requestor}'`],
  ['requestor', `${requests}/filterByCurrentUser(on='targetOrRequestor')?$orderby=createdDateTime desc`],
  ['requestor', `${entitlements}/assignments/filterByCurrentUser(on='target')?$filter=state eq 'delivered'`],
  ['requestor', requests],
  ['admin', '/v1.0/users/{requestor}/memberOf'],
  ['admin', '/v1.0/roleManagement/directory/roleAssignments'],
  ['manager', "/sallyport/approvals?$filter=status eq 'pending'"],
];

/** Answers of the API with the statements that they took. */
interface Watched {
  /** The body of an answer, and how many rows of tables were read for it. */
  ask(who: string, url: string): Promise<{ body: Record<string, unknown>; rowsRead: number }>;
  close(): Promise<void>;
}

describe('a page of a list of thousands', () => {
  let play: Play;
  let watched: Watched;
  const ids = new Map<string, string>();
  const filled = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? name);
  beforeAll(async () => {
    play = await openPlay('postgres');
    await passFirstDoor(play, await play.as('requestor'));
    await fill(String(play.app.kit.config.databaseUrl), rows);
    watched = await watch(play);
    const admin = await play.as('admin');
    ids.set('package', await seedPackage(admin));
    ids.set('requestor', play.idOf('requestor'));
  });
  afterAll(async () => {
    await watched?.close();
    await play?.close();
  });

  it.each(firstPages)('reads its own rows alone, for %s: %s', async (who, path) => {
    const first = await watched.ask(who, `${filled(path)}${path.includes('?') ? '&' : '?'}$top=5`);
    expect(first.body['value']).toHaveLength(5);
    expect(first.rowsRead).toBeLessThan(rowsAtMost);
    const next = await watched.ask(who, String(first.body['@odata.nextLink']).replace(/^https:\/\/[^/]+/, ''));
    expect(next.body['value']).toHaveLength(5);
    expect(next.rowsRead).toBeLessThan(rowsAtMost);
  });

  it.each(few)('finds few among many without reading them all, for %s: %s', async (who, path) => {
    const { body, rowsRead } = await watched.ask(who, filled(path));
    expect((body['value'] as readonly unknown[]).length).toBeLessThan(5);
    expect(rowsRead).toBeLessThan(rowsAtMost);
  });

  it('is told from a list that is read whole', async () => {
    const { rowsRead } = await watched.ask('admin', `${audits}?$orderby=correlationId&$top=5`);
    expect(rowsRead).toBeGreaterThan(rows);
  });
});

/** What a list counts on never to be null is a column that cannot be. */
describe('a property that is never null', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay('postgres');
  });
  afterAll(() => play?.close());

  it('is a column that is not null', async () => {
    const { kit } = play.app;
    const client = new pg.Client(kit.config.databaseUrl);
    await client.connect();
    const reader = { caller: { kind: 'system' }, roles: new Set<string>(), permissions: new Set<string>() } as const;
    const context: ReadContext = { now: kit.runtime.clock.now(), reader, tenantId: kit.tenantId };
    const named: string[] = [];
    for (const { name: set, from, properties } of [...play.registry.sets, ...play.own.sets]) {
      for (const [name, property] of Object.entries(properties)) {
        if (!property.neverNull) continue;
        const value = property.sql((column) => sql.id('one', column), context);
        const statement = sql`select ${value} from ${from(context)} as one limit 0`.compile(kit.runtime.db);
        const { fields } = await client.query(statement.sql, [...statement.parameters]);
        const [column] = fields;
        const { rows: found } = await client.query(
          'select attnotnull from pg_attribute where attrelid = $1 and attnum = $2',
          [column?.tableID, column?.columnID],
        );
        expect(found, `${set}/${name}`).toEqual([{ attnotnull: true }]);
        named.push(`${set}/${name}`);
      }
    }
    await client.end();
    expect(named).toContain('users/displayName');
  });
});

async function watch({ app: { kit }, idOf }: Play): Promise<Watched> {
  const statements: CompiledQuery[] = [];
  const compiler = new PostgresQueryCompiler();
  const overhear: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      statements.push(compiler.compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const { runtime, tenantId, config } = kit;
  const db = runtime.db.withPlugin(overhear);
  const graphs = {
    own: graphOver({ ...runtime, db }, tenantId, 'own'),
    graph: graphOver({ ...runtime, db }, tenantId, 'graph'),
  };
  const client = new pg.Client(config.databaseUrl);
  await client.connect();
  await client.query(`set timezone to 'UTC'`);
  const readFor = async ({ sql, parameters }: CompiledQuery): Promise<number> => {
    const { rows: told } = await client.query(`explain (analyze, format json) ${sql}`, [...parameters]);
    return rowsReadBy(told[0]['QUERY PLAN'][0].Plan);
  };
  return {
    async ask(who, url) {
      statements.length = 0;
      const userPrincipalName = `${who}@sallyport.example`;
      const caller = { kind: 'user', id: idOf(who), displayName: who, userPrincipalName, appId: newId() } as const;
      const answer = await (url.startsWith('/sallyport') ? graphs.own : graphs.graph).dispatch({
        method: 'GET',
        url: url.replaceAll(' ', '%20'),
        headers: { consistencylevel: 'eventual' },
        body: undefined,
        caller: { ...caller, mfaAt: null },
        requestId: newId(),
        baseUrl: 'https://sallyport.example',
      });
      if (answer.status !== 200) throw new Error(`${url}: ${answer.body}`);
      let rowsRead = 0;
      for (const statement of statements.filter(({ sql }) => /^\s*(?:select|with)\b/i.test(sql)))
        rowsRead += await readFor(statement);
      return { body: JSON.parse(answer.body ?? '{}'), rowsRead };
    },
    close: () => client.end(),
  };
}

function graphOver(runtime: Runtime, tenantId: string, which: 'graph' | 'own'): Graph {
  return createGraph({
    faces: which === 'graph' ? graphFaces(runtime, tenantId) : ownFaces(runtime, true),
    read: (caller, work) =>
      readOnly(runtime.db, async (db) => {
        const now = runtime.clock.now();
        return work(db, { now, tenantId, reader: { caller, ...(await loadPowers(db, caller, now)) } });
      }),
    noteRefusedRead: async () => undefined,
    log: silent,
    wallClock: runtime.clock.now,
  });
}

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows of tables a plan took into its hands, whether or not it kept them. */
function rowsReadBy(node: PlanNode): number {
  const inside = (node.Plans ?? []).reduce((sum, one) => sum + rowsReadBy(one), 0);
  if (node['Relation Name'] === undefined) return inside;
  const dropped = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return inside + (node['Actual Rows'] + dropped) * node['Actual Loops'];
}
