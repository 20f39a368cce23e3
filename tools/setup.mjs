import './node-version.mjs';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, root, run } from './shell.mjs';

/**
 * Installs what package-lock.json names, when it is not there yet.
 *
 * `npm ci` first. It fails where a registry mirror lacks an optional package of another platform; `npm install` does
 * without.
 */
export function setup() {
  if (missing().length === 0) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // NODE_ENV=production would leave out the compiler
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  console.log('Installing packages (this happens once) …');
  const fresh = !existsSync(join(root, 'node_modules'));
  // Its complaint would only frighten: what is really wrong, npm install will say again.
  if (fresh && run([npm, 'ci', ...flags], { stdio: ['inherit', 'inherit', 'ignore'] }) === 0) return;
  if (run([npm, 'install', '--no-save', ...flags]) !== 0) {
    fail('The packages could not be installed; npm says why above. Is the network there?');
  }
}

/**
 * Packages of the lock file that are not installed in that version, as npm noted at the end of its last run. Optional
 * ones may be absent.
 */
export function missing(folder = root) {
  const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8')).packages;
  const wanted = read('package-lock.json');
  let installed;
  try {
    installed = read('node_modules/.package-lock.json');
  } catch {
    return Object.keys(wanted);
  }
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith('node_modules/') || path.includes('/node_modules/'))
    .filter(([path, entry]) => {
      const found = installed[path];
      if (!found) return !(entry.optional || entry.devOptional || entry.peer);
      return found.version !== entry.version;
    })
    .map(([path]) => path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
