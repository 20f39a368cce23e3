import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startedAt } from './processes.js';

/**
 * The process that answers for a cluster: it restarts it when it dies and stops it at the end. Others may use the cluster
 * meanwhile (a migration, a second server) and leave it running. After a kill -9 the next one to start becomes the holder.
 */
export class Holder {
  private readonly file: string;
  private readonly self = `${String(process.pid)} ${startedAt(process.pid) ?? ''}`;

  constructor(dir: string) {
    this.file = join(dir, 'holder');
  }

  /** True when this call made us the holder; false when another living process, or an earlier call here, is. */
  take(): boolean {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        writeFileSync(this.file, this.self, { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (this.current() !== null) return false;
      rmSync(this.file, { force: true });
    }
    return false;
  }

  release(): void {
    if (this.read() === this.self) rmSync(this.file, { force: true });
  }

  /** Pid of the living holder. */
  current(): number | null {
    const [pid, ...start] = this.read().split(' ');
    return startedAt(Number(pid)) === start.join(' ') ? Number(pid) : null;
  }

  private read(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return '';
    }
  }
}
