import pg from 'pg';
import { startCluster } from '../test/setup/cluster.ts';
import { askOnce } from './ask.ts';
import { fill } from './fill.ts';
import { type List, lists } from './lists.ts';
import { type BenchStage, median, openBenchStage } from './stage.ts';

const [few, many] = [1000, Number(process.env['BENCH_ROWS'] ?? 100_000)];
const times = 7;
const pageOf = (top: number) => `$top=${top}`;
const say = (line: string) => process.stdout.write(`${line}\n`);

const cluster = await startCluster();
try {
  const small = await filled('bench_small', few);
  const large = await filled('bench_large', many);
  say(
    `| list | first page, ${many} rows : ${few} | the same, not counted | search | filter | deep page : first page, ${many} rows |`,
  );
  say('|---|---|---|---|---|---|');
  for (const list of lists) say(await line(list, small, large));
  await small.close();
  await large.close();
} finally {
  await cluster.stop();
}

async function filled(name: string, rows: number): Promise<BenchStage> {
  const client = new pg.Client(cluster.url('postgres'));
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const stage = await openBenchStage(cluster.url(name));
  await askOnce(stage);
  await fill(cluster.url(name), rows);
  await stage.settle();
  return stage;
}

/** Both databases are asked one right after the other, so that whatever else the machine does slows both. */
async function line(list: List, small: BenchStage, large: BenchStage): Promise<string> {
  const { who = 'admin' } = list;
  const paths = new Map([small, large].map((stage) => [stage, pathOf(list, stage)]));
  const get = (stage: BenchStage, options: string) => async () =>
    stage.call(who, `${await paths.get(stage)}?${options}&${pageOf(50)}`);
  const ratio = async (options: string | undefined) =>
    options === undefined
      ? '-'
      : ((await median(times, get(large, options))) / (await median(times, get(small, options)))).toFixed(1);
  const first = await ratio(list.options);
  const uncounted = await ratio(list.options.replace('$count=true&', ''));
  const search = await ratio(list.search);
  const filter = await ratio(list.filter);
  const deep = await deepest(who, `${await paths.get(large)}?${list.options}`, large);
  const atDepth = await median(times, () => large.call(who, deep));
  const atStart = await median(times, get(large, list.options));
  return `| ${list.name} | ${first} | ${uncounted} | ${search} | ${filter} | ${(atDepth / atStart).toFixed(1)} |`;
}

async function pathOf({ path }: List, stage: BenchStage): Promise<string> {
  if (!path.includes('{group}')) return path;
  const found = await stage.call('admin', "/v1.0/groups?$filter=displayName eq 'Bench 000001'");
  return path.replace('{group}', (found['value'] as { readonly id: string }[])[0]?.id ?? '');
}

/** The link to the last page, found by following `@odata.nextLink` in large steps; it asks for a page of 50. */
async function deepest(who: string, list: string, stage: BenchStage): Promise<string> {
  let link = `${list}&${pageOf(999)}`;
  for (;;) {
    const next = (await stage.call(who, link))['@odata.nextLink'];
    if (typeof next !== 'string') return link.replace(/(\$|%24)top=999/, pageOf(50));
    link = next;
  }
}
