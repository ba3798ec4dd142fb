/** ARCHITECTURE.md's import rules: which rooms a room may import from, besides itself. */
const worker = '^workers/[^/]+\\.worker\\.ts$';
const rooms = [
  { name: 'domain', path: '^src/domain/', may: [] },
  { name: 'sql', path: '^src/sql/', may: [] },
  { name: 'present', path: '^src/present/', may: ['^src/domain/'] },
  { name: 'wire', path: '^src/wire/', may: ['^src/domain/', worker] },
  { name: 'workers', path: '^workers/', may: ['^src/(domain|sql|wire|present)/'] },
  { name: 'state', path: '^src/state/', may: ['^src/(wire|domain|present)/'] },
  { name: 'ui', path: '^src/ui/', may: ['^src/(state|present|domain|wire)/'] },
  {
    name: 'cli',
    path: '^src/cli/',
    may: ['^src/(domain|sql|wire|present)/', '^workers/(services|engines)/'],
  },
];

const roomRules = rooms.map(({ name, path, may }) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path },
  to: { path: '^(src|workers)/', pathNot: [path, ...may] },
}));

/**
 * The npm packages may be imported only from `room`.
 * @param {string} name
 * @param {string} modules
 * @param {string} room
 */
const onlyIn = (name, modules, room) => ({
  name,
  severity: 'error',
  from: { path: '^(src|workers)/', pathNot: room },
  to: { path: `(^|node_modules/)(${modules})(/|$)` },
});

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'pure-rooms-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/(domain|sql)/' },
      to: { pathNot: ['^src/(domain|sql)/', '(^|/)node_modules/'], dependencyTypes: ['local'] },
    },
    {
      name: 'ui-takes-only-types-of-the-wire',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/wire/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    onlyIn('databases-only-in-engines', '@duckdb/duckdb-wasm|sql\\.js', '^workers/engines/'),
    onlyIn('arrow-only-in-workers-and-cli', 'apache-arrow', '^(workers|src/cli)/'),
    onlyIn('canvas-charts-only-in-their-folder', 'uplot', '^src/ui/chart/'),
    onlyIn('rows-only-in-their-folder', '@tanstack/virtual-core', '^src/ui/table/'),
    onlyIn('editor-only-in-its-folder', '@codemirror', '^src/ui/editor/'),
    onlyIn('brokers-only-in-their-folder', '@alpacahq|ccxt', '^src/cli/brokers/'),
    onlyIn('svelte-only-on-the-page', 'svelte', '^src/(ui/|state/|main\\.ts$)'),
    {
      name: 'node-only-in-cli-and-its-engine',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^(src/cli/|workers/engines/[^/]+-node\\.ts$)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { path: '^(test|scripts|bin)/' },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      // ccxt is an optional peer, which whoever trades on exchanges installs.
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(svelte|ccxt)/' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/(@duckdb|ccxt)/',
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^#duckdb-eh\\.wasm\\?url$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
    },
  },
};
