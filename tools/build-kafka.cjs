/**
 * `npm run build:kafka`: builds the Kafka client's native binding, which nothing embedded needs.
 *
 * Packages are installed without their install scripts, so the binding is absent until this is run. Where the client's
 * prebuilt binary can be downloaded it is taken; otherwise librdkafka is built from the sources in the package, which
 * takes a C++ compiler, make, python3 and about two minutes. With the development files of OpenSSL, zlib, zstd and curl
 * present beforehand (Debian: libssl-dev zlib1g-dev libzstd-dev libcurl4-openssl-dev) it has TLS, zstd and OIDC.
 */
'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const client = '@confluentinc/kafka-javascript';

if (!existsSync(join(root, 'node_modules', client))) {
  process.stderr.write('the packages are not installed yet. Run "npm run build" first.\n');
  process.exit(1);
}
const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
const { status } = spawnSync(
  npm[0],
  [...npm.slice(1), 'rebuild', client, '--ignore-scripts=false', '--foreground-scripts'],
  // Linked dynamically, the build needs no further downloads of its own.
  { cwd: root, stdio: 'inherit', env: { CKJS_LINKING: 'dynamic', ...process.env } },
);
if (status !== 0) {
  process.stderr.write(
    `building ${client} failed. A compiler and the development files named in tools/build-kafka.cjs are needed.\n`,
  );
  process.exit(1);
}
const { status: loads } = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(client)})`], {
  cwd: root,
  stdio: 'inherit',
});
process.stderr.write(
  loads === 0 ? 'the Kafka client is built and loads.\n' : 'the Kafka client was built but does not load.\n',
);
process.exit(loads === 0 ? 0 : 1);
