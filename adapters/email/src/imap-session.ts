import type { ImapFlow } from 'imapflow';
import type { MailFailureCode } from '@loket/contracts/mail-failures.js';
import { backoffMs, pause, type Backoff } from './backoff.js';
import { hangUp, newImapClient, type ImapTimeouts } from './imap-client.js';
import { imapFailure, type ImapFailure } from './imap-failure.js';
import { ImapMailbox, IntakeStalled, type MailboxScope } from './imap-mailbox.js';

export interface ImapTiming {
  /** between two looks at a mailbox when the server announces nothing; announcements get lost (imapflow#14, #98) */
  sweepMs: number;
  /** after a lost or refused connection */
  reconnect: Backoff;
  /** after a refused sign-in: providers have outages, but insisting gets accounts locked */
  signInMs: number;
  /** while our own side cannot take mails */
  stalled: Backoff;
  /** after which a connection is cut when it does not end by itself on close */
  closeMs: number;
  timeouts: ImapTimeouts;
}

export type SessionState =
  | { status: 'connecting' | 'connected' }
  | { status: 'disconnected' | 'paused'; code: MailFailureCode; detail: string };

/**
 * One IMAP connection and the mailboxes that are read over it. It listens to the first by IDLE and looks at all of
 * them every `sweepMs`. Comes back by itself after every failure, until stopped. Never throws.
 */
export class ImapSession {
  private readonly mailboxes: ImapMailbox[];
  private running: Promise<void> = Promise.resolve();
  private client: ImapFlow | null = null;

  constructor(
    paths: string[],
    private readonly scope: MailboxScope,
    private readonly timing: ImapTiming,
    private readonly report: (state: SessionState) => void,
  ) {
    this.mailboxes = paths.map((path) => new ImapMailbox(path, scope));
  }

  start(): void {
    this.running = this.run();
  }

  /** Resolves when nothing is under way any more. The scope's signal has to be aborted first. */
  async stopped(): Promise<void> {
    // A client that is still connecting would keep us waiting for its time-out, and so would a silent server.
    if (this.client && !this.client.usable) this.client.close();
    const patience = setTimeout(() => this.client?.close(), this.timing.closeMs);
    await this.running;
    clearTimeout(patience);
  }

  private async run(): Promise<void> {
    const { stopping } = this.scope;
    let failures = 0;
    while (!stopping.aborted) {
      const failure = await this.connection(() => (failures = 0));
      if (stopping.aborted) return;
      this.report({
        status: failure.needsPerson ? 'paused' : 'disconnected',
        code: failure.code,
        detail: failure.detail,
      });
      await pause(
        failure.needsPerson ? this.timing.signInMs : backoffMs(failures, this.timing.reconnect),
        stopping,
      );
      failures += 1;
    }
  }

  /** Lives as long as one connection. @returns why it ended */
  private async connection(onSuccess: () => void): Promise<ImapFailure> {
    const { imap } = this.scope.config;
    const client = newImapClient(imap, this.timing.timeouts);
    this.client = client;
    try {
      await client.connect();
      await this.watch(client, onSuccess);
      return { code: 'imap_closed', detail: '', needsPerson: false };
    } catch (error) {
      return imapFailure(error, imap.host);
    } finally {
      await hangUp(client);
      this.client = null;
    }
  }

  private async watch(client: ImapFlow, onSuccess: () => void): Promise<void> {
    const { stopping } = this.scope;
    const cue = new Cue(client, stopping);
    try {
      await this.listen(client, cue, onSuccess);
    } finally {
      cue.dispose();
    }
  }

  private async listen(client: ImapFlow, cue: Cue, onSuccess: () => void): Promise<void> {
    const { stopping } = this.scope;
    let stalls = 0;
    while (!stopping.aborted) {
      cue.reset();
      const stopGuard = cutWhenSilent(client, this.timing.timeouts.silenceMs);
      const stalled = await this.sweep(client).finally(stopGuard);
      if (stopping.aborted) return;
      if (!client.usable)
        throw Object.assign(new Error(client.byeReason ?? 'the server hung up'), { code: 'NoConnection' });
      onSuccess();
      if (stalled) {
        await pause(backoffMs(stalls, this.timing.stalled), stopping);
        stalls += 1;
      } else {
        stalls = 0;
        await cue.wait(this.timing.sweepMs);
      }
    }
  }

  /** @returns whether our own side could not take something in */
  private async sweep(client: ImapFlow): Promise<boolean> {
    let missing: SessionState | null = null;
    let stalled = false;
    // The one to listen to comes last, so that it stays selected.
    for (const mailbox of this.mailboxes.toReversed()) {
      if (this.scope.stopping.aborted) return false;
      try {
        await mailbox.sweep(client);
      } catch (error) {
        if (error instanceof IntakeStalled) {
          stalled = true;
          this.scope.host.log.warn(
            { channelId: this.scope.channel.id, err: error.cause },
            'intake stalled, mails stay in the mailbox',
          );
        } else if ((error as { mailboxMissing?: unknown }).mailboxMissing === true) {
          missing = { status: 'disconnected', code: 'imap_mailbox_missing', detail: mailbox.path };
        } else {
          throw error;
        }
      }
    }
    this.report(missing ?? { status: 'connected' });
    return stalled;
  }
}

/**
 * imapflow's own watch on a silent connection sleeps through one case: a line that dies between IDLE and the server's
 * `+` leaves every later command waiting for ever. While we want something of the server, bytes have to come.
 *
 * @returns ends the watch
 */
function cutWhenSilent(client: ImapFlow, silenceMs: number): () => void {
  let { received } = client.stats();
  const timer = setInterval(() => {
    const before = received;
    ({ received } = client.stats());
    if (received === before) client.close();
  }, silenceMs * 1.25);
  return () => clearInterval(timer);
}

/** Says when to look again: new mail was announced, the time is up, the connection ended, or we stop. */
class Cue {
  private wake = new AbortController();

  private readonly now = (): void => this.wake.abort();

  constructor(
    client: ImapFlow,
    private readonly stopping: AbortSignal,
  ) {
    client.on('exists', this.now);
    client.on('close', this.now);
    stopping.addEventListener('abort', this.now);
  }

  dispose(): void {
    this.stopping.removeEventListener('abort', this.now);
  }

  /** Forgets what was announced so far: the look that follows sees it. */
  reset(): void {
    this.wake = new AbortController();
  }

  wait(ms: number): Promise<void> {
    return pause(ms, this.wake.signal);
  }
}
