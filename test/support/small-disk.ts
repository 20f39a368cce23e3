import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder on a disk that a test can fill. */
export interface SmallDisk {
  dir: string;
  /** code of the problem that a server there answers with while it is full */
  code: 'disk_full' | 'blob_store_failed';
  fill: () => void;
  free: () => void;
  remove: () => void;
}

/** As root a real file system of 16 MB; otherwise a blob folder that cannot be written, which looks the same from above. */
export function smallDisk(): SmallDisk {
  const dir = mkdtempSync(join(tmpdir(), 'loket-disk-'));
  const mounted = mount(dir);
  const ballast = join(dir, 'ballast');
  const folders = (): string[] => {
    const blobs = join(dir, 'blobs');
    mkdirSync(join(blobs, 'incoming'), { recursive: true });
    return [blobs, ...readdirSync(blobs).map((name) => join(blobs, name))];
  };
  const free = (): void => {
    if (mounted) rmSync(ballast, { force: true });
    else for (const folder of folders()) chmodSync(folder, 0o700);
  };
  return {
    dir,
    code: mounted ? 'disk_full' : 'blob_store_failed',
    fill: () => {
      if (!mounted) for (const folder of folders()) chmodSync(folder, 0o500);
      // The last blocks go in small pieces.
      for (let size = mounted ? 1_000_000 : 0; size >= 1_000;) {
        try {
          writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
        } catch {
          size = Math.floor(size / 10);
        }
      }
    },
    free,
    remove: () => {
      if (existsSync(dir)) free();
      if (mounted) execFileSync('umount', ['-l', dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function mount(dir: string): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', dir], { stdio: 'ignore' });
    return true;
  } catch {
    // In a container without the right to mount, root writes past every mode bit too.
    throw new Error(`${dir} cannot be given a file system of its own: run the tests as an ordinary user`);
  }
}
