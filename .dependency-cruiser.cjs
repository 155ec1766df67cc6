/** Who may import whom; the table stands in docs/ARCHITECTURE.md. */
const may = {
  pipelines: ['runtime', 'schemas', 'operators', 'sources', 'sinks'],
  operators: ['runtime', 'schemas', 'checks', 'trades', 'pricing', 'books'],
  books: [],
  checks: ['schemas', 'pricing'],
  trades: ['schemas', 'pricing'],
  pricing: [],
  schemas: ['runtime'],
  sources: ['runtime', 'schemas', 'books'],
  sinks: ['runtime', 'schemas'],
  runtime: [],
  backends: ['runtime', 'schemas'],
};
/** The rooms of runtime/, each of which may use those before it. */
const rooms = ['wire', 'stream', 'tables', 'graph', 'ports', 'task', 'evolution', 'rerun', 'drive'];
const roomOrder = rooms.map((room, at) => ({
  name: `runtime-${room}`,
  comment: `runtime/${room}/ may use ${at === 0 ? 'nothing of the runtime' : rooms.slice(0, at).join(', ')}`,
  severity: 'error',
  from: { path: `^runtime/${room}/` },
  to: { path: `^runtime/(${['', ...rooms.slice(at + 1)].filter(Boolean).join('|') || 'none'})/` },
}));
const houses = [...Object.keys(may), 'app', 'console', 'test', 'bench', 'tools'];
const directions = Object.entries(may).map(([from, targets]) => ({
  name: `${from}-imports`,
  comment: `${from}/ may import ${targets.length ? targets.join(', ') : 'nothing of the project'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: `^(${houses.filter((house) => house !== from && !targets.includes(house)).join('|')})/` },
}));
const packages = (from, allowed) => ({
  name: `${from}-packages`,
  comment: `${from}/ may use the packages ${allowed || 'none'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional'],
    ...(allowed && { pathNot: `node_modules/(${allowed})/` }),
  },
});

module.exports = {
  forbidden: [
    ...directions,
    ...roomOrder,
    packages('runtime', 'rxjs'),
    packages('pricing', ''),
    packages('operators', ''),
    packages('books', ''),
    packages('checks', ''),
    packages('pipelines', ''),
    packages('sinks', ''),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'product-not-test',
      severity: 'error',
      from: { pathNot: '^(test/|bench/|tools/validation)' },
      to: { path: '^test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default'],
    },
  },
};
