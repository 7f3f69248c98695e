import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Check } from './code.ts';
import * as code from './code.ts';
import { linksResolve, noHostInLock, nothingMissingInLock, readmePerFace } from './documents.ts';
import { readHouse } from './house.ts';
import { oneCapabilityPerTable } from './tables.ts';

const checks: Readonly<Record<string, Check>> = {
  ...code,
  oneCapabilityPerTable,
  readmePerFace,
  noHostInLock,
  nothingMissingInLock,
  linksResolve,
};

const ours = readHouse(join(import.meta.dirname, '../..'));

describe('this repository', () => {
  test.each(Object.entries(checks))('%s', (_name, check) => {
    expect(check(ours)).toEqual([]);
  });
});

type Files = Readonly<Record<string, string>>;

const migration = { 'migrations/0001-all.sql': 'create table "grant" (id uuid);\ncreate table vote (id uuid);' };
const grants = { ...migration, 'src/grants/store.ts': `db.selectFrom('grant').selectAll();` };

/** One breach each, and what it breaks. */
const planted: readonly (readonly [check: string, files: Files])[] = [
  ['noClockElsewhere', { 'src/grants/model.ts': 'export const at = Date.now();' }],
  ['noClockElsewhere', { 'src/grants/model.ts': 'export const at = new Date();' }],
  ['noClockElsewhere', { 'src/grants/model.ts': 'export const at = Temporal.Now.instant();' }],
  ['noClockElsewhere', { 'src/platform/worker.ts': 'export const at = performance.now();' }],
  ['noClockInSql', { 'src/grants/store.ts': 'sql`select id from x where at < now()`;' }],
  ['noClockInSql', { 'src/grants/store.ts': `sql<Row>\`select \${id}, CURRENT_TIMESTAMP\`;` }],
  ['noClockInSql', { 'src/grants/store.ts': `sql.raw('select clock_timestamp()');` }],
  ['noClockInSql', { 'src/grants/store.ts': `db.fn('now', []);` }],
  ['noClockInSql', { 'migrations/0001-x.sql': 'create table x (at timestamptz default now());' }],
  ['noDefaultExport', { 'src/grants/model.ts': 'export default 1;' }],
  ['noDefaultExport', { 'src/grants/model.ts': 'export default function one() {}' }],
  ['noDefaultExport', { 'src/grants/model.ts': 'const one = 1; export { one as default };' }],
  ['noCatchAllExport', { 'src/grants/index.ts': `export * from './model.ts';`, 'src/grants/README.md': '' }],
  ['noCatchAllExport', { 'src/grants/index.ts': `export * as x from './model.ts';`, 'src/grants/README.md': '' }],
  ['noAny', { 'src/grants/model.ts': 'export const one = 1 as any;' }],
  ['noAny', { 'src/grants/model.ts': 'export const of = (x: any[]) => x;' }],
  ['noAny', { 'src/grants/model.ts': '// @ts-nocheck\nexport {};' }],
  ['noSkippedTest', { 'src/grants/model.test.ts': `test.skip('x', () => {});` }],
  ['noSkippedTest', { 'test/x.test.ts': `describe.each([1]).only('x', () => {});` }],
  ['noSkippedTest', { 'test/x.test.ts': `it.todo('x');` }],
  ['noLongFile', { 'src/grants/model.ts': 'export {};\n'.repeat(401) }],
  ['noEmptyName', { 'src/grants/grant-service.ts': 'export {};' }],
  ['noEmptyName', { 'src/grants/utils/model.ts': 'export {};' }],
  ['noEmptyName', { 'src/grants/helpers.test.ts': 'export {};' }],
  ['noEmptyName', { 'src/grants/model.ts': 'class GrantManager {}' }],
  ['oneCapabilityPerTable', { ...grants, 'src/directory/store.ts': `db.innerJoin('grant as g', 'g.id', 'x.id');` }],
  [
    'oneCapabilityPerTable',
    { ...grants, 'src/directory/store.ts': `sql\`select \${id} from x join "grant" as g on true\`;` },
  ],
  ['oneCapabilityPerTable', { ...grants, 'src/directory/entity.ts': 'const set = { from: () => sql`"grant"` };' }],
  ['oneCapabilityPerTable', { ...grants, 'src/directory/store.ts': 'interface MyTables { grant: Row }' }],
  ['oneCapabilityPerTable', { ...grants, 'src/directory/store.ts': `sql.raw('update grant set x = 1');` }],
  ['readmePerFace', { 'src/grants/index.ts': 'export {};' }],
  [
    'noHostInLock',
    { 'package-lock.json': '{"packages":{"node_modules/x":{"resolved":"https://mirror.example/x.tgz"}}}' },
  ],
  ['nothingMissingInLock', { 'package-lock.json': '{"packages":{"":{"dependencies":{"x":"1"}}}}' }],
  [
    'nothingMissingInLock',
    { 'package-lock.json': '{"packages":{"node_modules/x":{"optionalDependencies":{"@x/win32":"1"}}}}' },
  ],
  ['linksResolve', { 'README.md': 'See [there](docs/there.md).' }],
  ['linksResolve', { 'README.md': '# Here\n[down](#there)' }],
  ['linksResolve', { 'README.md': '![picture](two-doors.svg)' }],
];

test.each(planted)('%s finds %j, and nothing else does', (name, files) => {
  const found = Object.entries(checks).filter(([, check]) => check(new Map(Object.entries(files))).length > 0);
  expect(found.map(([check]) => check)).toEqual([name]);
});

test.each<Files>([
  { ...grants, 'src/directory/store.ts': `db.selectFrom('vote'); const text = 'come from grant';` },
  { 'src/kernel/time.ts': 'export const at = Temporal.Now.instant();' },
  { 'src/grants/model.test.ts': 'export const at = Date.now();' },
  { 'src/grants/model.ts': 'export const at = new Date(0); clock.now();' },
  {
    'package-lock.json':
      '{"packages":{"node_modules/a":{"dependencies":{"b":"1"}},"node_modules/a/node_modules/b":{}}}',
  },
  { 'vitest.config.ts': 'export default {};' },
  { 'src/directory/service-principal.ts': 'class ManagerOf {}' },
  { 'README.md': '# The two doors!\n[up](#the-two-doors) [out](https://example.org) [in](src/)', 'src/x.md': '' },
])('%j is fine', (files) => {
  const found = Object.entries(checks).filter(([, check]) => check(new Map(Object.entries(files))).length > 0);
  expect(found.map(([check]) => check)).toEqual([]);
});

test('every check is broken by a planted breach', () => {
  expect(new Set(planted.map(([check]) => check))).toEqual(new Set(Object.keys(checks)));
});
