import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isAlive, killOurs, type OwnerFile } from './owner-file.js';
import {
  fromSessionSchema,
  type FromSession,
  type SessionEnding,
  type StartSession,
  type ToSession,
} from './session-protocol.js';

export interface Ending {
  ending: SessionEnding | 'unresponsive';
  detail: string | null;
}

/** One forked process with one Chromium. Neither outlives `done`. */
export class SessionProcess {
  /** Resolves when nothing of it runs any more. */
  readonly done: Promise<Ending>;
  private ending: Ending | null = null;
  private browser: number | null = null;
  private readonly child: ChildProcess;

  /** @param tell what the process says; its end comes by `done` */
  constructor(
    private readonly start: StartSession,
    private readonly owner: OwnerFile,
    private readonly tell: (
      message: Exclude<FromSession, { type: 'ended' | 'listening' | 'browser' }>,
    ) => void,
  ) {
    this.child = fork(mainFile(), [start.folder], {
      cwd: start.folder,
      // The process runs a page from outside: it gets none of our secrets.
      env: { HOME: start.folder, PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
      execArgv: ['--max-old-space-size=512'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (data) => this.hear(data));
    const exited = new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.once('error', () => resolve());
    });
    this.done = exited.then(() => this.clear());
    if (this.child.pid !== undefined) void owner.add(this.child.pid).catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get browserPid(): number | null {
    return this.browser;
  }

  send(message: ToSession): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Asks it to end, and ends it when it does not. */
  async stop(patienceMs: number): Promise<void> {
    this.send({ type: 'stop' });
    const patience = setTimeout(() => this.child.kill('SIGKILL'), patienceMs);
    await this.done;
    clearTimeout(patience);
  }

  /** It no longer answers. */
  kill(): void {
    this.ending ??= { ending: 'unresponsive', detail: null };
    this.child.kill('SIGKILL');
  }

  private hear(data: unknown): void {
    const parsed = fromSessionSchema.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'listening':
        this.send(this.start);
        return;
      case 'browser':
        this.browser = message.pid;
        void this.owner.add(message.pid).catch(() => undefined);
        return;
      case 'ended':
        this.ending ??= { ending: message.ending, detail: message.detail };
        return;
      default:
        this.tell(message);
    }
  }

  /** Chromium goes when its pipe does; this sees to it. */
  private async clear(): Promise<Ending> {
    const { browser } = this;
    for (let look = 0; browser !== null && isAlive(browser) && look < 60; look += 1) {
      if (look >= 20) await killOurs(browser, this.start.folder);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.ending ?? { ending: 'crashed', detail: null };
  }
}

/** Compiled, also when the rest runs from its sources. */
function mainFile(): string {
  const beside = fileURLToPath(new URL('./session-main.js', import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../../dist/web/session-main.js', import.meta.url));
}
