import './node-version.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { nodeBin, readDotEnv, root, tsc } from './shell.mjs';
import { setup } from './setup.mjs';

// `npm run dev`: compiler, server and console, each started again on change. PostgreSQL is held here, so that it
// outlives the restarts of the server.
setup();
build(); // with errors too: the watching compiler will show them again
readDotEnv();
const { readEnv } = await import('../libs/platform/dist/env.js');
const { startPostgres } = await import('../libs/platform/dist/postgres/launcher.js');
const env = readEnv();
const postgres = env.DATABASE_URL ? null : await startPostgres({ dir: join(env.LOKET_DATA_DIR, 'postgres') });

// Groups of their own: tsc is a launcher of a native program that would outlive it.
const start = (command, options = {}) =>
  spawn(command[0], command.slice(1), { cwd: root, stdio: 'inherit', detached: true, ...options });
const children = [
  start([...tsc, '-b', '-w', '--preserveWatchOutput']),
  start([
    process.execPath,
    '--watch',
    '--watch-preserve-output',
    '--enable-source-maps',
    'apps/server/dist/main.js',
  ]),
  start(nodeBin('vite/bin/vite.js'), { cwd: join(root, 'apps/console') }),
];

let stopping = false;
async function stop(code) {
  if (stopping) return;
  stopping = true;
  const gone = children.map(
    (child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)),
  );
  for (const child of children) signal(child, 'SIGTERM');
  const timer = setTimeout(() => children.forEach((child) => signal(child, 'SIGKILL')), 30_000);
  await Promise.all(gone);
  clearTimeout(timer);
  await postgres?.stop();
  process.exit(code);
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // gone already
  }
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
process.on('SIGHUP', () => void stop(0));
for (const child of children) child.once('exit', (code) => void stop(code ?? 1));
