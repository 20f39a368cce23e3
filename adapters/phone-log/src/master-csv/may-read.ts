import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

/** where Asterisk writes its logs */
const defaultFolders = ['/var/log/asterisk'];

/**
 * Whether a file may be followed: only below the folders that whoever runs the machine has named, wherever links lead.
 * Otherwise an admin of Loket could read any file of the machine through the quarantine.
 */
export async function mayRead(path: string, folders: readonly string[] = defaultFolders): Promise<boolean> {
  const real = await realOf(path);
  const roots = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)));
  return roots.some((root) => root !== null && real.startsWith(root.endsWith(sep) ? root : root + sep));
}

/** The file need not be there yet. */
async function realOf(path: string): Promise<string> {
  return realpath(path).catch(async () =>
    join(await realpath(dirname(path)).catch(() => sep), basename(path)),
  );
}
