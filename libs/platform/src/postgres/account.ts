import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@loket/contracts/errors.js';

/** As whom PostgreSQL runs. It refuses root, and a first try is often made as root (containers, small servers). */
export interface Account {
  /** put before each command */
  prefix: string[];
  /** only where the process has to change its user */
  uid?: number;
  gid?: number;
  /** where the binaries are that this account can run */
  native: string;
  /** user that owns the files, as seen from here */
  owner: number;
}

/** A user namespace in which root is called `nobody`: files stay root's, so they may even lie in /root. */
const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];

/**
 * @param native see {@link findBinaries}
 * @param useNamespace false skips user namespaces, as on systems that forbid them
 */
export function chooseAccount(native: string, useNamespace = true): Account {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0 || process.platform === 'win32') return { prefix: [], native, owner: uid };
  const [command = '', ...args] = namespace;
  if (useNamespace && spawnSync(command, [...args, 'true']).status === 0)
    return { prefix: namespace, native, owner: 0 };
  const nobody = { uid: idOf('-u'), gid: idOf('-g') };
  return { prefix: [], ...nobody, native: reachable(native, nobody), owner: nobody.uid };
}

function idOf(flag: '-u' | '-g'): number {
  const id = Number.parseInt(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout, 10);
  if (Number.isNaN(id)) {
    throw new AppError(
      'unavailable',
      'postgres_needs_user',
      'PostgreSQL refuses to run as root, and there is neither a user namespace nor a user "nobody" to run it as. ' +
        'Start Loket as an ordinary user, or set DATABASE_URL.',
    );
  }
  return id;
}

/** The binaries, or a copy of them when `nobody` cannot get to where npm put them (below /root, for example). */
function reachable(native: string, account: { uid: number; gid: number }): string {
  const runs = (folder: string): boolean =>
    spawnSync(join(folder, 'bin', 'initdb'), ['--version'], { ...account, cwd: '/' }).status === 0;
  if (runs(native)) return native;
  const copy = join(tmpdir(), `loket-postgres-${basename(dirname(native))}`);
  // A folder that somebody else put there could hold anything, so only our own is used.
  if (existsSync(copy) && lstatSync(copy).uid === 0 && runs(copy)) return copy;
  const fresh = mkdtempSync(`${copy}-`);
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', fresh]);
  if (existsSync(copy)) return fresh;
  renameSync(fresh, copy);
  return copy;
}

/**
 * Makes `dir` and gives it, and all in it, to the account: an earlier start may have been made in another way.
 *
 * @throws AppError `postgres_not_ours` when the folder is another user's, `postgres_unreachable` when the account
 *   cannot get to it
 */
export function claim(dir: string, account: Account): void {
  mkdirSync(dirname(dir), { recursive: true });
  if (!existsSync(dir)) mkdirSync(dir, { mode: 0o700 });
  if (process.getuid?.() === 0) {
    const foreign = [dir, join(dir, 'data')].some((d) => existsSync(d) && lstatSync(d).uid !== account.owner);
    if (foreign) spawnSync('chown', ['-R', `${String(account.owner)}:${String(account.gid ?? 0)}`, dir]);
  } else if (process.platform !== 'win32' && lstatSync(dir).uid !== account.owner) {
    throw new AppError(
      'unavailable',
      'postgres_not_ours',
      `The database in ${dir} belongs to another user (uid ${String(lstatSync(dir).uid)}), perhaps because Loket was ` +
        'once started as root. Start it as that user, give the folder to yourself with chown, or set LOKET_DATA_DIR.',
    );
  }
  if (account.uid === undefined) return;
  const test = spawnSync('test', ['-w', dir], { uid: account.uid, gid: account.gid, cwd: '/' });
  if (test.status !== 0) {
    throw new AppError(
      'unavailable',
      'postgres_unreachable',
      `PostgreSQL runs as "nobody" here and cannot get to ${dir}. ` +
        'Set LOKET_DATA_DIR to a folder outside private homes, for example /var/lib/loket.',
    );
  }
}

/** Hands a file that was written here to the account. */
export function give(path: string, account: Account): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}
