import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'libs/platform'], { cwd: root });

/** The launcher of the server, built; see libs/platform/src/postgres/launcher.ts */
export const { startPostgres } = await import(
  new URL('../../libs/platform/dist/postgres/launcher.js', import.meta.url).href
);

/** Stops a cluster that nobody holds any more and removes its folder. */
export async function discard(dir) {
  const lock = join(dir, 'data', 'postmaster.pid');
  try {
    if (existsSync(lock)) process.kill(Number(readFileSync(lock, 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    // gone, or not ours
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
