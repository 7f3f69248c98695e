/**
 * The walls of the house: ARCHITECTURE.md says why, test/shape/import-rules.test.ts breaks each of them on purpose.
 * Imports of types count like any other import. Tests may import what they like, but product code never a test.
 */

const tests = '\\.test\\.ts$';
const capability =
  'approval|requirement|settings|grants|directory|entitlements|privileged|reviews|desk|health|notifications|live|audit|access|signin|blueprint|rehearsal';
const database = 'node_modules/(kysely|pg|@electric-sql/pglite)/';
const web = 'node_modules/(fastify|@fastify/[^/]+|fastify-plugin)/';

/** Files that touch the world: in a capability by their name, elsewhere by their folder. A name may be a folder too. */
const edges =
  '(^|/)(store|entity|routes|operations|subscribers|due)(\\.ts$|/)|/index\\.ts$|' +
  '^src/(platform|graph|signin|cli|rehearsal|blueprint)/|^src/audit/query\\.ts$|^src/(main|app|beginnings|capabilities)\\.ts$';

/** The verbs that run a server or work on its database, and what they share. */
const servers =
  '^src/cli/(serve|rehearse|migrate|init|sign-in-link|register-app|backup|restore|run|with-kit|serve-stage|portal)\\.ts$';

/** `from` code of the product that matches; tests are left out. */
const product = (path, pathNot = []) => ({ path, pathNot: [tests, ...[pathNot].flat()] });

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const alone = [
  rule('1-kernel-imports-nothing', 'The kernel is words: it needs nobody.', product('^src/kernel/'), {
    pathNot: '^src/kernel/',
  }),
  rule(
    '1-approval-and-requirement-import-kernel-only',
    'Both doors use them; only their edges (store, entity, operations, due) may also know the platform and the shape of a declaration.',
    product('^src/(approval|requirement)/', '/(store|entity|operations|due)(\\.ts$|/)'),
    { pathNot: ['^src/kernel/', '^src/$1/'] },
  ),
  rule(
    '1-edges-of-approval-and-requirement-know-no-capability',
    'Their edges may know the platform, the shape of a declaration and who may what; no capability.',
    product('^src/(approval|requirement)/(store|entity|operations|due)(\\.ts$|/)'),
    {
      path: '^src/',
      pathNot: [
        '^src/(kernel|platform)/',
        '^src/$1/',
        '^src/graph/(declaration|properties)\\.ts$',
        '^src/access/index\\.ts$',
      ],
    },
  ),
  rule(
    '1-access-imports-kernel-only',
    'Capabilities hand it relations; it looks nothing up.',
    product('^src/access/'),
    {
      pathNot: ['^src/kernel/', '^src/access/'],
    },
  ),
];

const pure = [
  rule(
    '2-pure-files-touch-no-world',
    'A decision is a function of its arguments: no Node, database, web framework or platform.',
    product('^src/', edges),
    { path: [database, web, '^src/platform/'] },
  ),
  rule('2-pure-files-import-no-node', 'A decision is a function of its arguments.', product('^src/', edges), {
    dependencyTypes: ['core'],
  }),
  rule('2-pure-files-import-no-edge', 'What a pure file imports must be pure too.', product('^src/([^/]+)/', edges), {
    path: '^src/$1/.*\\b(store|entity|routes|operations|subscribers|due|index)(\\.ts$|/)',
  }),
];

const query = [
  rule(
    '3-query-builder-in-stores',
    'SQL is written in store, entity, audit/query, graph and platform.',
    product('^src/', ['/(store|entity)(\\.ts$|/)', '^src/audit/query\\.ts$', '^src/(graph|platform)/']),
    { path: 'node_modules/kysely/' },
  ),
  rule('3-database-drivers-in-platform', 'One place opens databases.', product('^src/', '^src/platform/'), {
    path: 'node_modules/(pg|@electric-sql/pglite)/',
  }),
];

const framework = [
  rule(
    '4-web-framework-at-the-edge',
    'Only routes, signin and platform/http know Fastify.',
    product('^src/', ['/routes(\\.ts$|/)', '^src/signin/', '^src/platform/http(\\.ts$|/)']),
    { path: web },
  ),
];

const oneWay = (name, from, to) =>
  rule(`5-${name}`, 'reviews → entitlements → privileged → directory → grants → settings.', product(`^src/${from}/`), {
    path: `^src/(${to})/`,
  });

const meeting = [
  rule('5-through-index', "A capability's face is its index.ts.", product('^src/([^/]+)/', '^src/(blueprint|cli)/'), {
    path: `^src/(${capability})/`,
    pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'],
  }),
  oneWay('settings-below-all', 'settings', 'grants|directory|privileged|entitlements|reviews'),
  oneWay('grants-below-all', 'grants', 'directory|privileged|entitlements|reviews'),
  oneWay('directory-above-grants-alone', 'directory', 'privileged|entitlements|reviews'),
  oneWay('privileged-below-entitlements', 'privileged', 'entitlements|reviews'),
  oneWay('entitlements-below-reviews', 'entitlements', 'reviews'),
  rule(
    '5-nobody-imports-listeners',
    'notifications, live and audit read what happened; who makes things happen does not know them. (The rehearsal shows mail.)',
    product('^src/([^/]+)/', '^src/rehearsal/'),
    { path: '^src/(notifications|live|audit)/', pathNot: '^src/$1/' },
  ),
  rule(
    '5-nobody-imports-the-desk',
    'Desk and health show what the doors decide and how they stand, and nothing hangs on them.',
    product('^src/([^/]+)/'),
    { path: '^src/(desk|health)/', pathNot: '^src/$1/' },
  ),
  rule(
    '5-nobody-imports-entrances',
    'signin, blueprint and the command line stand above the capabilities.',
    product('^src/([^/]+)/', '^src/(cli|rehearsal|blueprint|signin)/'),
    { path: '^src/(signin|blueprint|cli)/' },
  ),
];

const whole = [
  rule('6-platform-knows-no-capability', 'The platform serves whoever comes.', product('^src/platform/'), {
    path: '^src/',
    pathNot: '^src/(platform|kernel)/',
  }),
  rule('6-graph-knows-no-capability', 'Graph is a convention; sets are declared to it.', product('^src/graph/'), {
    path: '^src/',
    pathNot: '^src/(graph|platform|kernel)/',
  }),
  rule(
    '6-blueprint-knows-wire-contracts-only',
    'It speaks Graph, to us as to a real tenant.',
    product('^src/blueprint/'),
    { path: '^src/', pathNot: ['^src/(blueprint|kernel)/', '/contract\\.ts$'] },
  ),
  rule(
    '6-command-line-knows-wire-contracts-only',
    'A verb is a client; what runs a server composes it through app.ts.',
    product('^src/cli/', servers),
    { path: '^src/', pathNot: ['^src/(cli|kernel|blueprint)/', '/contract\\.ts$'] },
  ),
  rule(
    '6-app-for-servers-alone',
    'Only verbs that run a server, and the rehearsal that is put around one, compose the house.',
    product('^src/', ['^src/(main|app)\\.ts$', '^src/rehearsal/', servers]),
    { path: '^src/(app|beginnings|capabilities)\\.ts$' },
  ),
  rule(
    '6-clients-never-reach-app',
    'Not by any way round either: a client of Graph must not depend on the server being here.',
    product('^src/(cli|blueprint)/', servers),
    { path: '^src/app\\.ts$', reachable: true },
  ),
  rule(
    '6-rehearsal-by-its-verb-alone',
    'A server that governs must not even load what moves clocks and mints tokens.',
    product('^src/', ['^src/rehearsal/', '^src/cli/rehearse\\.ts$']),
    { path: '^src/rehearsal/' },
  ),
  rule(
    '6-serve-never-reaches-rehearsal',
    'Not by any way round either.',
    { path: '^src/cli/serve\\.ts$' },
    {
      path: '^src/rehearsal/',
      reachable: true,
    },
  ),
];

const browser = [
  rule(
    '6-portal-knows-wire-contracts-only',
    'The portal is a client of the API: it knows shapes of the wire, as types, and no rule.',
    product('^portal/'),
    { path: '^(src|test)/', pathNot: '^src/.*/contract\\.ts$' },
  ),
  rule(
    '6-portal-takes-types-alone',
    'What a contract is made of at run time belongs to the server.',
    product('^portal/'),
    { path: '^src/', dependencyTypesNot: ['type-only'] },
  ),
  rule('6-nobody-imports-the-portal', 'The server hands out its files, built.', product('^src/'), {
    path: '^portal/',
  }),
];

const tidy = [
  rule('7-no-cycles', 'Who is above whom is always answered.', product('^(src|portal)/'), { circular: true }),
  rule('8-product-imports-no-test', 'No test hooks in production code.', product('^src/'), {
    path: [tests, '^test/'],
  }),
  rule(
    '8-product-imports-no-dev-dependency',
    'What runs must be installed; types are gone by then.',
    product('^src/'),
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  rule('8-imports-resolve', 'A rule about a file that is not found cannot fire.', {}, { couldNotResolve: true }),
];

export default {
  forbidden: [...alone, ...pure, ...query, ...framework, ...meeting, ...whole, ...browser, ...tidy],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/shape/planted/' },
    moduleSystems: ['es6'],
    parser: 'tsc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
