import type { ChannelRef } from '@loket/contracts/bus.js';
import type { EmailConfig, ImapConfig } from '@loket/contracts/channels.js';
import type { ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import { defaultImapTimeouts } from './imap-client.js';
import { ImapSession, type ImapTiming, type SessionState } from './imap-session.js';

export const defaultImapTiming: ImapTiming = {
  sweepMs: 60_000,
  reconnect: { minMs: 1000, maxMs: 5 * 60_000 },
  signInMs: 15 * 60_000,
  stalled: { minMs: 1000, maxMs: 60_000 },
  closeMs: 3000,
  timeouts: defaultImapTimeouts,
};

/** Providers allow 5 to 15 connections to an account, and people's own mail programs need some of them. */
const maxConnections = 3;

/** worst first: what the channel shows when its connections differ */
const ranking = ['paused', 'disconnected', 'connecting', 'connected'] as const;

/**
 * The incoming side of one mail account. Its mailboxes are spread over at most three connections; the first mailbox
 * of each is listened to live, the others are looked at on every sweep.
 */
export class ImapSource implements ChannelConnection {
  private readonly stopping = new AbortController();
  private readonly sessions: ImapSession[];
  private readonly states: SessionState[];
  private reported = '';
  private reports: Promise<void> = Promise.resolve();

  private constructor(
    private readonly channel: ChannelRef,
    config: Pick<EmailConfig, 'maxBytes'> & { imap: ImapConfig },
    private readonly host: ChannelHost,
    timing: ImapTiming,
  ) {
    const paths = [...new Set(config.imap.mailboxes)];
    const groups = Array.from({ length: Math.min(maxConnections, paths.length) }, (): string[] => []);
    paths.forEach((path, index) => groups[index % groups.length]?.push(path));
    const scope = { channel, config, host, stopping: this.stopping.signal };
    this.states = groups.map(() => ({ status: 'connecting' }));
    this.sessions = groups.map(
      (group, index) => new ImapSession(group, scope, timing, (state) => this.enter(index, state)),
    );
  }

  static open(
    channel: ChannelRef,
    config: Pick<EmailConfig, 'maxBytes'> & { imap: ImapConfig },
    host: ChannelHost,
    timing: ImapTiming = defaultImapTiming,
  ): ImapSource {
    const source = new ImapSource(channel, config, host, timing);
    source.tell();
    for (const session of source.sessions) session.start();
    return source;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.sessions.map((session) => session.stopped()));
    await this.reports;
  }

  private enter(index: number, state: SessionState): void {
    this.states[index] = state;
    this.tell();
  }

  /** Reports the worst of the connections, when it is news. A report that core did not take is repeated later. */
  private tell(): void {
    const worst = ranking.flatMap((status) => this.states.filter((state) => state.status === status))[0];
    if (!worst) return;
    const { code, detail } = 'code' in worst ? worst : { code: null, detail: null };
    const news = JSON.stringify([worst.status, code, detail]);
    if (news === this.reported) return;
    this.reported = news;
    this.reports = this.reports.then(async () => {
      try {
        await this.host.status({ channelId: this.channel.id, status: worst.status, code, detail });
      } catch (error) {
        if (this.reported === news) this.reported = '';
        this.host.log.warn({ channelId: this.channel.id, err: error }, 'channel status not reported');
      }
    });
  }
}
