// Builds the console for Maven: `npm ci` only when the lock file changed, Vite only when a source changed, so that an unchanged
// console costs a build nothing. Usage: node build/build.mjs OUTPUT_DIRECTORY
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const output = resolve(process.argv[2] ?? join(home, 'dist'));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`The console is built with Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer Node.js and put it first in PATH.`);
}

const installed = join(home, 'node_modules', '.installed-lock');
const lock = digest([join(home, 'package-lock.json')]);
if (read(installed) !== lock) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline']);
  writeFileSync(installed, lock);
}

const built = join(dirname(output), `.${output.split('/').at(-1)}-console`);
const sources = digest(['src', 'public', '../docs/manual', 'build/manual.mjs', 'index.html', 'vite.config.ts', 'tsconfig.json', 'tsconfig.build.json', 'package.json'].flatMap((name) => files(join(home, name))), lock);
if (read(built) === sources && existsSync(join(output, 'index.html'))) {
  console.log('The console is up to date.');
} else {
  rmSync(built, { force: true });
  // Whoever builds, tests too, gets what is delivered: else Vite takes React's development files, which are 54 KiB more.
  run('npm', ['run', '--silent', 'build'], { CONSOLE_OUT: output, NODE_ENV: 'production' });
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, sources);
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
    .sort();
}

function digest(paths, seed = '') {
  const hash = createHash('sha256').update(seed);
  for (const path of paths) hash.update(path.slice(home.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function run(command, args, environment = {}) {
  const done = spawnSync(command, args, { cwd: home, stdio: 'inherit', env: { ...process.env, ...environment } });
  if (done.error) fail(`${command} could not be started: ${done.error.message}. Building the console needs Node.js 20.19 or newer with npm.`);
  if (done.status !== 0) fail(`${command} ${args.join(' ')} failed (exit ${done.status}).`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
