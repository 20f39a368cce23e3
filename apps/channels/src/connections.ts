import { ChannelError } from '@loket/channel/channel-error.js';
import type { AdapterLog, ChannelAdapter, ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelKind } from '@loket/contracts/channels.js';

export interface HostedAdapter {
  adapter: ChannelAdapter;
  host: ChannelHost;
}

const retry = { minMs: 1000, maxMs: 5 * 60_000 };

/** The live connections of this host, kept in step with the channels that it has the lease of. */
export class Connections {
  private readonly held = new Map<string, HeldConnection>();
  /** connections that are ending; a channel is opened again only after its old connection is gone */
  private readonly ending = new Map<string, Promise<void>>();

  constructor(
    private readonly adapters: ReadonlyMap<ChannelKind, HostedAdapter>,
    private readonly log: AdapterLog,
    private readonly retryPause = retry,
  ) {}

  /** Opens what is new or changed, closes what is gone. Does not wait for either. */
  sync(channels: readonly ChannelRef[]): void {
    const wanted = new Map(channels.map((channel) => [channel.id, channel]));
    for (const [id, { channel }] of this.held) {
      if (wanted.get(id)?.version !== channel.version) this.end(id);
    }
    for (const [id, channel] of wanted) {
      const hosted = this.adapters.get(channel.kind);
      if (this.held.has(id) || !hosted) continue;
      const before = this.ending.get(id) ?? Promise.resolve();
      this.held.set(id, new HeldConnection(channel, hosted, before, this.log, this.retryPause));
    }
  }

  /** Closes all. Resolves when they are closed, or after `limitMs`. */
  async closeAll(limitMs: number): Promise<void> {
    for (const id of [...this.held.keys()]) this.end(id);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
    await Promise.race([Promise.all(this.ending.values()), late]);
    clearTimeout(timer);
  }

  private end(id: string): void {
    const connection = this.held.get(id);
    this.held.delete(id);
    if (!connection) return;
    const before = this.ending.get(id) ?? Promise.resolve();
    const ended = Promise.all([before, connection.close()]).then(() => {
      if (this.ending.get(id) === ended) this.ending.delete(id);
    });
    this.ending.set(id, ended);
  }
}

/** One channel's connection from its first try to its end. Never rejects. */
class HeldConnection {
  private readonly closing = new AbortController();
  private readonly opened: Promise<ChannelConnection | null>;

  constructor(
    readonly channel: ChannelRef,
    private readonly hosted: HostedAdapter,
    before: Promise<void>,
    private readonly log: AdapterLog,
    private readonly retryPause: typeof retry,
  ) {
    this.opened = before.then(() => this.open());
  }

  async close(): Promise<void> {
    this.closing.abort();
    const connection = await this.opened;
    await connection?.close().catch((error: unknown) => {
      this.log.error({ channelId: this.channel.id, err: error }, 'connection did not close in order');
    });
  }

  private async open(): Promise<ChannelConnection | null> {
    const { adapter, host } = this.hosted;
    for (let failures = 0; !this.closing.signal.aborted; failures += 1) {
      try {
        const connection = await adapter.connect(this.channel, host);
        if (connection === null) await this.tell('ingress_only');
        return connection;
      } catch (error) {
        this.log.warn({ channelId: this.channel.id, err: error }, 'channel cannot be opened');
        await this.tell('disconnected', error instanceof ChannelError ? error.reason : 'connect_failed');
        await this.pause(
          Math.min(this.retryPause.maxMs, this.retryPause.minMs * 2 ** Math.min(failures, 20)),
        );
      }
    }
    return null;
  }

  private async tell(status: 'ingress_only' | 'disconnected', code: string | null = null): Promise<void> {
    await this.hosted.host.status({ channelId: this.channel.id, status, code }).catch((error: unknown) => {
      this.log.warn({ channelId: this.channel.id, err: error }, 'channel status not reported');
    });
  }

  private pause(ms: number): Promise<void> {
    const { signal } = this.closing;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
