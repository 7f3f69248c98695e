import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantTree } from './tree.ts';

const config = join(import.meta.dirname, '../../.dependency-cruiser.mjs');

/** A house in which all is well: what the planted files import. */
const house = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { kysely: '1', fastify: '1', pg: '1' },
    devDependencies: { 'dev-only': '1' },
  }),
  ...stubs('kysely', 'fastify', 'pg', 'dev-only'),
  ...files(
    'src/app.ts',
    'src/capabilities.ts',
    'src/kernel/time.ts',
    'src/platform/transaction.ts',
    'src/graph/declaration.ts',
    'src/grants/store.ts',
    'src/entitlements/store.ts',
    'src/privileged/subscribers.ts',
    'src/grants/grants.test.ts',
    'src/access/index.ts',
    ...['requirement', 'approval', 'grants', 'directory', 'privileged', 'entitlements', 'reviews', 'audit'].map(face),
    ...['notifications', 'desk', 'health', 'live', 'signin', 'rehearsal'].map(face),
    'test/postgres.ts',
    'src/grants/contract.ts',
    'portal/parts/time.tsx',
  ),
  'src/grants/hen.ts': `import './egg.ts';`,
  'src/cli/rehearse.ts': `import '../rehearsal/index.ts';`,
};

/** Broken on purpose: a file, what it says, and the rules that must notice (and no other). */
const planted: readonly (readonly [file: string, text: string, ...rules: string[]])[] = [
  ['src/kernel/reader.ts', `import '../access/index.ts';`, '1-kernel-imports-nothing'],
  ['src/kernel/disk.ts', `import 'node:fs';`, '1-kernel-imports-nothing', '2-pure-files-import-no-node'],
  ['src/approval/votes.ts', `import '../access/index.ts';`, '1-approval-and-requirement-import-kernel-only'],
  ['src/requirement/mfa.ts', `import '../graph/declaration.ts';`, '1-approval-and-requirement-import-kernel-only'],
  ['src/approval/store.ts', `import '../grants/index.ts';`, '1-edges-of-approval-and-requirement-know-no-capability'],
  ['src/access/lookup.ts', `import '../grants/index.ts';`, '1-access-imports-kernel-only'],

  ['src/grants/path.ts', `import { operate } from '../platform/transaction.ts';`, '2-pure-files-touch-no-world'],
  ['src/grants/type.ts', `import type { Tx } from '../platform/transaction.ts';`, '2-pure-files-touch-no-world'],
  ['src/grants/inline.ts', `type Tx = import('../platform/transaction.ts').Tx;`, '2-pure-files-touch-no-world'],
  ['src/grants/lazy.ts', `await import('../platform/transaction.ts');`, '2-pure-files-touch-no-world'],
  ['src/grants/again.ts', `export { operate } from '../platform/transaction.ts';`, '2-pure-files-touch-no-world'],
  ['src/grants/query.ts', `import 'kysely';`, '2-pure-files-touch-no-world', '3-query-builder-in-stores'],
  ['src/grants/disk.ts', `import 'node:fs';`, '2-pure-files-import-no-node'],
  ['src/grants/old-disk.ts', `import 'fs';`, '2-pure-files-import-no-node'],
  ['src/grants/effective.ts', `import './store.ts';`, '2-pure-files-import-no-edge'],
  ['src/grants/deep/effective.ts', `import '../store.ts';`, '2-pure-files-import-no-edge'],
  ['src/privileged/told.ts', `import './subscribers.ts';`, '2-pure-files-import-no-edge'],

  ['src/grants/operations/give.ts', `import { sql } from 'kysely';`, '3-query-builder-in-stores'],
  ['src/audit/export/routes.ts', `import type { Kysely } from 'kysely';`, '3-query-builder-in-stores'],
  ['src/directory/store.ts', `import 'pg';`, '3-database-drivers-in-platform'],

  [
    'portal/roles/roles.tsx',
    `import type { A } from '../../src/grants/store.ts';`,
    '6-portal-knows-wire-contracts-only',
  ],
  ['portal/roles/rule.tsx', `import { a } from '../../src/grants/contract.ts';`, '6-portal-takes-types-alone'],
  ['src/platform/page.ts', `import '../../portal/parts/time.tsx';`, '6-nobody-imports-the-portal'],

  ['src/grants/due.ts', `import 'fastify';`, '4-web-framework-at-the-edge'],
  ['src/platform/database.ts', `import type { FastifyInstance } from 'fastify';`, '4-web-framework-at-the-edge'],

  ['src/directory/operations.ts', `import '../grants/store.ts';`, '5-through-index'],
  ['src/rehearsal/routes.ts', `import '../grants/store.ts';`, '5-through-index'],
  ['src/settings/operations.ts', `import '../grants/index.ts';`, '5-settings-below-all'],
  ['src/grants/entity.ts', `import '../directory/index.ts';`, '5-grants-below-all'],
  ['src/directory/due.ts', `import '../privileged/index.ts';`, '5-directory-above-grants-alone'],
  ['src/privileged/due.ts', `import '../entitlements/index.ts';`, '5-privileged-below-entitlements'],
  ['src/entitlements/due.ts', `import '../reviews/index.ts';`, '5-entitlements-below-reviews'],
  ['src/entitlements/routes.ts', `import '../audit/index.ts';`, '5-nobody-imports-listeners'],
  ['src/notifications/due.ts', `import '../audit/index.ts';`, '5-nobody-imports-listeners'],
  ['src/signin/pages.ts', `import '../live/index.ts';`, '5-nobody-imports-listeners'],
  ['src/reviews/routes.ts', `import '../desk/index.ts';`, '5-nobody-imports-the-desk'],
  ['src/desk/routes.ts', `import '../health/index.ts';`, '5-nobody-imports-the-desk'],
  ['src/privileged/routes.ts', `import '../signin/index.ts';`, '5-nobody-imports-entrances'],

  ['src/platform/worker.ts', `import '../grants/index.ts';`, '6-platform-knows-no-capability'],
  ['src/graph/registry.ts', `import '../grants/index.ts';`, '6-graph-knows-no-capability'],
  ['src/blueprint/plan.ts', `import '../grants/index.ts';`, '6-blueprint-knows-wire-contracts-only'],
  ['src/cli/plan.ts', `import '../grants/index.ts';`, '6-command-line-knows-wire-contracts-only'],
  [
    'src/cli/verify.ts',
    `import '../app.ts';`,
    '6-command-line-knows-wire-contracts-only',
    '6-app-for-servers-alone',
    '6-clients-never-reach-app',
  ],
  ['src/cli/export.ts', `import './init.ts';`, '6-clients-never-reach-app'],
  ['src/privileged/operations.ts', `import '../app.ts';`, '6-app-for-servers-alone'],
  ['src/privileged/graph.ts', `import '../capabilities.ts';`, '6-app-for-servers-alone'],
  ['src/directory/routes.ts', `import '../rehearsal/index.ts';`, '6-rehearsal-by-its-verb-alone'],
  ['src/cli/serve.ts', `await import('./rehearse.ts');`, '6-serve-never-reaches-rehearsal'],

  ['src/grants/egg.ts', `import type { Hen } from './hen.ts';`, '7-no-cycles'],

  ['src/directory/user.ts', `import '../grants/grants.test.ts';`, '5-through-index', '8-product-imports-no-test'],
  ['src/directory/group.ts', `import '../../test/postgres.ts';`, '8-product-imports-no-test'],
  ['src/directory/role.ts', `import 'dev-only';`, '8-product-imports-no-dev-dependency'],
  ['src/directory/refusals.ts', `import './nowhere.ts';`, '8-imports-resolve'],
];

/** Fine, though it looks like the planted ones. */
const allowed: readonly (readonly [file: string, text: string])[] = [
  ['src/approval/entity.ts', `import '../platform/transaction.ts'; import '../graph/declaration.ts'; import 'kysely';`],
  ['src/grants/index.ts', `import '../access/index.ts'; import './store.ts';`],
  ['src/grants/read/store.ts', `import 'kysely'; import '../../platform/transaction.ts';`],
  ['src/entitlements/subscribers.ts', `import '../platform/transaction.ts'; import './store.ts';`],
  ['src/desk/operations.ts', `import '../entitlements/index.ts'; import '../privileged/index.ts';`],
  ['src/audit/query.ts', `import 'kysely'; import '../grants/index.ts';`],
  ['src/signin/provider.ts', `import 'fastify'; import 'node:crypto'; import '../directory/index.ts';`],
  ['src/platform/http.ts', `import 'fastify';`],
  ['src/grants/fact.test.ts', `import 'node:fs'; import './store.ts'; import '../../test/postgres.ts';`],
  ['src/cli/init.ts', `import '../app.ts';`],
  ['src/cli/with-kit.ts', `import '../app.ts';`],
  ['src/rehearsal/stage.ts', `import '../app.ts'; import '../notifications/index.ts';`],
  ['src/directory/wire.ts', `import type { User } from 'dev-only';`],
];

const broken = violations({ ...house, ...Object.fromEntries([...planted, ...allowed]) });

test.each(planted)('%s with %s breaks %s', (file, _text, ...expected) => {
  expect(broken.get(file)?.sort()).toEqual(expected.sort());
});

test.each(allowed)('%s with %s is fine', (file) => {
  expect(broken.get(file)).toBeUndefined();
});

test('every rule is broken by a planted file', async () => {
  const { default: rules }: { default: { forbidden: { name: string }[] } } = await import(config);
  const names = rules.forbidden.map((rule) => rule.name);
  expect(names.filter((name) => !planted.some(([, , ...expected]) => expected.includes(name)))).toEqual([]);
});

/** Runs the real rules on a tree with the same folders: the names of the rules that each file broke. */
function violations(tree: Record<string, string>): Map<string, string[]> {
  const { root, remove } = plantTree(tree);
  try {
    const program = join(import.meta.dirname, '../../node_modules/.bin/depcruise');
    const run = spawnSync(program, ['--config', config, '--output-type', 'json', 'src', 'test', 'portal'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const result: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(run.stdout);
    const found = new Map<string, string[]>();
    for (const { from, rule } of result.summary.violations) {
      const names = found.get(from) ?? [];
      found.set(from, [...new Set([...names, rule.name])]);
    }
    return found;
  } finally {
    remove();
  }
}

function files(...paths: string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, 'export {};']));
}

function face(capability: string): string {
  return `src/${capability}/index.ts`;
}

function stubs(...packages: string[]): Record<string, string> {
  const manifest = (name: string) => JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' });
  return Object.fromEntries(
    packages.flatMap((name) => [
      [`node_modules/${name}/package.json`, manifest(name)],
      [`node_modules/${name}/index.js`, 'export {};'],
    ]),
  );
}
