/**
 * `npm start`, `npm test`, `npm run build`: installs what is missing, compiles what is stale, then runs.
 *
 * Starting needs the packages of `dependencies` and the sources that `tsconfig.start.json` names; everything else needs
 * all packages and all sources. What was installed and compiled for everything serves starting, too.
 *
 * Install scripts are not run: the embedded parts ship their binaries inside npm packages, and the Kafka client is
 * built by `npm run build:kafka` only where it is wanted. Plain Node, no dependency, because nothing is installed yet.
 */
'use strict';
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const at = (...parts) => join(root, ...parts);
const say = (line) => process.stderr.write(`${line}\n`);

function run(command, args, options = {}) {
  // What a step prints goes to standard error: standard output belongs to the command that was asked for.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error || status !== 0) {
    say(
      `${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`,
    );
    process.exit(status || 1);
  }
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(process.version)
    .digest('hex');
  const stamp = at('node_modules', '.breakwater-install');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (installed === `all ${lock}`) return true;
  if (!needsAll && installed === `start ${lock}`) return false;
  say('installing packages (once; about 20 seconds) …');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const flags = [
    'ci',
    '--ignore-scripts',
    needsAll ? '--include=dev' : '--omit=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  run(npm[0], [...npm.slice(1), ...flags]);
  writeFileSync(stamp, `${needsAll ? 'all' : 'start'} ${lock}`);
  return needsAll;
}

/** What was compiled from a source that is no more would still be run, as a test above all. */
function removeOrphans(folder = '') {
  for (const entry of readdirSync(at('dist', folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOrphans(path);
    const source = path.replace(/\.js(\.map)?$/, '.ts');
    if (source !== path && !existsSync(at(source))) rmSync(at('dist', path));
  }
}

/** Programs beside the tree find a module of runtime/ by its name alone, `dist/runtime/job.js`, whatever room it stands in. */
function nameRuntime() {
  const runtime = at('dist', 'runtime');
  const rooms = readdirSync(runtime, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: room } of rooms)
    for (const module of readdirSync(join(runtime, room)).filter((name) => name.endsWith('.js')))
      writeFileSync(join(runtime, module), `module.exports = require('./${room}/${module}');\n`);
}

const projectOf = (all) => (all ? 'tsconfig.json' : 'tsconfig.start.json');

/** Of all that is compiled: path, size and time of change of each file. The compiler takes a second to see the same. */
function fingerprint(all) {
  const hash = createHash('sha256').update(readFileSync(at('package-lock.json')));
  const { include } = JSON.parse(readFileSync(at(projectOf(all)), 'utf8'));
  const visit = (path) => {
    const status = statSync(at(path), { throwIfNoEntry: false });
    if (!status) return;
    if (status.isDirectory()) for (const name of readdirSync(at(path)).sort()) visit(join(path, name));
    else hash.update(`${path} ${status.size} ${status.mtimeMs}\n`);
  };
  for (const path of ['tsconfig.json', 'tsconfig.start.json', ...include]) visit(path);
  return hash.digest('hex');
}

function compile(verb, all) {
  mkdirSync(at('dist'), { recursive: true });
  const args = [at('node_modules', 'typescript', 'lib', 'tsc.js'), '--project', at(projectOf(all))];
  if (verb !== 'generate') return run(process.execPath, args);
  // The rest may fail to compile for want of what is about to be generated; the generator itself is there all the same.
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) say('generating all the same …');
}

/** npm runs its scripts in the root and says in INIT_CWD where it was called; paths are meant relative to that. */
function handOver(args, cwd = process.env.INIT_CWD ?? root) {
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    // Killed, it could not give the terminal back: cursor, and the screen that was there before.
    if (signal && process.stdout.isTTY) process.stdout.write('\x1b[?7h\x1b[?25h\x1b[?1049l');
    // Nor the keyboard, which it had read key by key.
    if (signal && process.stdin.isTTY) spawnSync('stty', ['sane'], { stdio: 'inherit' });
    if (signal) say(`ended by ${signal}`);
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1));
  });
}

const [verb, ...rest] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20) {
  say(`Breakwater needs Node 20 or later; this is ${process.version}. Install a newer Node and try again.`);
  process.exit(1);
}
const asked = rest.find((word) => !word.startsWith('-'));
// Benches bring peers and a good part of the tests' tools with them.
const needsAll = !(verb === 'start' || (verb === 'run' && asked !== 'bench'));
const all = install();
if (verb === 'clean') rmSync(at('dist'), { recursive: true, force: true });
const compiled = at('dist', '.sources');
const sources = fingerprint(all);
if (verb === 'generate' || !existsSync(compiled) || readFileSync(compiled, 'utf8') !== sources) {
  rmSync(compiled, { force: true });
  compile(verb, all);
  removeOrphans();
  nameRuntime();
  if (verb !== 'generate') writeFileSync(compiled, sources);
}
if (verb === 'start') handOver(['--max-semi-space-size=64', at('dist', 'app', 'main.js'), 'start', ...rest]);
if (verb === 'run') {
  const main = at('dist', 'app', 'main.js');
  // What runs for long wants a larger nursery, which a process has from its start or not at all; the rest runs right here.
  const isLong = ['start', 'replay', 'bench'].includes(asked);
  if (isLong) handOver(['--max-semi-space-size=64', main, ...rest], process.cwd());
  else {
    process.argv.splice(1, Number.POSITIVE_INFINITY, main, ...rest);
    require(main);
  }
}
if (verb === 'generate') handOver([at('dist', 'tools', 'generate.js'), ...rest]);
if (verb === 'test')
  handOver([
    at('node_modules', 'jest', 'bin', 'jest.js'),
    '--config',
    at('jest.config.cjs'),
    '--rootDir',
    at('dist'),
    ...rest,
  ]);
