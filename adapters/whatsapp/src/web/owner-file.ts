import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const ownerSchema = z.object({
  host: z.string(),
  supervisor: z.number().int(),
  /** tells a process from a later one of the same number */
  since: z.string().nullable(),
  /** the session's process and its browser */
  children: z.array(z.number().int()),
});
type Owner = z.infer<typeof ownerSchema>;

export class SessionTaken extends Error {
  constructor() {
    super('another process of this machine runs the session');
    this.name = 'SessionTaken';
  }
}

/**
 * Says on disk who runs a session. Core's lease keeps two hosts apart; this keeps two processes of one machine apart
 * while a lease changes hands, and finds what a killed one left running.
 */
export class OwnerFile {
  private readonly path: string;
  private children: number[] = [];

  constructor(private readonly folder: string) {
    this.path = join(folder, 'owner.json');
  }

  /** @throws SessionTaken when its owner is alive */
  async claim(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const owner = await this.read();
    if (owner && owner.host === hostname() && owner.supervisor !== process.pid) {
      const alive = isAlive(owner.supervisor) && (await startOf(owner.supervisor)) === owner.since;
      if (alive) throw new SessionTaken();
      for (const pid of owner.children) await killOurs(pid, this.folder);
    }
    this.children = [];
    await this.write();
  }

  async add(child: number): Promise<void> {
    this.children.push(child);
    await this.write();
  }

  async release(): Promise<void> {
    await rm(this.path, { force: true });
  }

  private async read(): Promise<Owner | null> {
    try {
      return ownerSchema.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch {
      return null;
    }
  }

  private async write(): Promise<void> {
    const since = await startOf(process.pid);
    const owner: Owner = { host: hostname(), supervisor: process.pid, since, children: this.children };
    await writeFile(this.path, JSON.stringify(owner), { mode: 0o600 });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Kills a process and its group by its number, if its command line still names the session's folder. */
export async function killOurs(pid: number, folder: string): Promise<void> {
  if (!isAlive(pid) || !(await commandLine(pid)).includes(folder)) return;
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // gone already, or no leader of a group
    }
  }
}

async function commandLine(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    const ps = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }));
    return ps.stdout;
  }
}

/** When a process started, as its system tells it (field 22 of proc(5) stat). */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.replace(/^.*\)/s, '').trim().split(' ')[19] ?? null;
}
