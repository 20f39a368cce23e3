import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ChannelError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter } from '@loket/channel/port.js';
import type { BusReply, BusRequest, ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelSession, SessionAction } from '@loket/contracts/channel-sessions.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { BusChannelHost } from './bus-channel-host.js';
import { Connections, type HostedAdapter } from './connections.js';

export interface HostOptions {
  hostId: string;
  adapters: ChannelAdapter[];
  /** milliseconds that connections get to end on shutdown; what is not finished then is not acknowledged either */
  closeMs?: number;
}
export const HOST_OPTIONS = Symbol('adapter-host-options');

type OnTheBus = HostedAdapter & { host: BusChannelHost };

/** until core has told how long a lease lasts */
const firstTtlMs = 30_000;
/** pause after a failed renewal; short, since core is usually just starting */
const retryMs = 1000;
/** a linked phone may need 8 s to be put away in order */
const defaultCloseMs = 10_000;

/**
 * Announces its adapters, leases channels, keeps their connections, and does what core asks of them (DESIGN §8).
 * A failure of one channel, or of the bus, is never more than that.
 */
@Injectable()
export class AdapterHost
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly adapters: ReadonlyMap<ChannelKind, OnTheBus>;
  private readonly connections: Connections;
  private announced = false;
  private stopped = false;
  private ttlMs = firstTtlMs;
  private leasedUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private renewing: Promise<void> | null = null;
  private again = false;

  constructor(
    @Inject(HOST_OPTIONS) private readonly options: HostOptions,
    @Inject(BUS) private readonly bus: Bus,
    blobs: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const hosted = options.adapters.map((adapter): [ChannelKind, OnTheBus] => {
      const log = logger.child({ adapter: adapter.kind });
      return [adapter.kind, { adapter, host: new BusChannelHost(adapter, bus, blobs, log) }];
    });
    this.adapters = new Map(hosted);
    this.connections = new Connections(this.adapters, logger);
  }

  onModuleInit(): void {
    this.bus.handle('channel.ingest', (request) => this.ingest(request));
    this.bus.handle('channel.send', (request) => this.send(request));
    this.bus.handle('channel.preview', (request) => this.preview(request));
    this.bus.handle('channel.test', ({ kind, config }) => this.hosted(kind).adapter.test(config));
    this.bus.handle('channel.templates', ({ channel }) => this.templates(channel));
    this.bus.handle('channel.markRead', (request) => this.markRead(request));
    this.bus.handle('channel.session', ({ kind, channelId }) => this.session(kind, channelId, null));
    this.bus.handle('channel.sessionAction', ({ kind, channelId, action }) =>
      this.session(kind, channelId, action),
    );
    this.bus.handle('channel.previewImport', (request) => this.previewImport(request));
    this.bus.handle('channel.runImport', (request) => this.runImport(request));
    this.bus.handle('channels.changed', () => {
      this.renew();
      return Promise.resolve({});
    });
  }

  onApplicationBootstrap(): void {
    this.renew();
  }

  /** Before the others shut down: what is under way still needs core and its database. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.renewing;
    await this.connections.closeAll(this.options.closeMs ?? defaultCloseMs);
    await this.bus.request('channels.release', { hostId: this.options.hostId }).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'leases not released, they will lapse');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.adapters.values()].map(({ adapter }) => adapter.close()));
  }

  private async ingest({ channel, raw }: BusRequest<'channel.ingest'>): Promise<BusReply<'channel.ingest'>> {
    return { results: await this.hosted(channel.kind).host.ingest(channel, raw) };
  }

  private async send({ channel, message }: BusRequest<'channel.send'>): Promise<BusReply<'channel.send'>> {
    const { adapter, host } = this.hosted(channel.kind);
    try {
      return { ok: true, result: await adapter.send(message, channel, host) };
    } catch (error) {
      if (error instanceof ChannelError) return { ok: false, failure: error.toFailure() };
      if (error instanceof AppError) throw error;
      // A defect may have struck before or after the message went out: only a person can tell.
      this.logger.error({ channelId: channel.id, err: error }, 'adapter failed to send');
      return { ok: false, failure: { code: 'ambiguous', reason: 'adapter_defect', detail: null } };
    }
  }

  private async preview({
    channel,
    message,
  }: BusRequest<'channel.preview'>): Promise<BusReply<'channel.preview'>> {
    const { adapter, host } = this.hosted(channel.kind);
    const preview = await asAppError(async () => adapter.preview?.(message, channel, host));
    if (preview) return preview;
    throw new AppError('unprocessable', 'preview_unsupported', 'this channel shows nothing beforehand');
  }

  private async templates(channel: ChannelRef): Promise<BusReply<'channel.templates'>> {
    const { adapter } = this.hosted(channel.kind);
    return { templates: (await asAppError(() => adapter.templates?.(channel))) ?? [] };
  }

  private async markRead({
    channel,
    externalId,
  }: BusRequest<'channel.markRead'>): Promise<BusReply<'channel.markRead'>> {
    const { adapter } = this.hosted(channel.kind);
    await asAppError(() => adapter.markRead?.(externalId, channel));
    return {};
  }

  private async previewImport({
    channel,
    file,
    settings,
  }: BusRequest<'channel.previewImport'>): Promise<BusReply<'channel.previewImport'>> {
    const { adapter, host } = this.hosted(channel.kind);
    const preview = await adapter.previewImport?.(file, host, settings);
    if (preview) return preview;
    throw new AppError('unprocessable', 'import_unsupported', 'this channel takes no files');
  }

  private async runImport({
    importId,
    channel,
    file,
    settings,
  }: BusRequest<'channel.runImport'>): Promise<BusReply<'channel.runImport'>> {
    const { adapter, host } = this.hosted(channel.kind);
    if (!adapter.runImport)
      throw new AppError('unprocessable', 'import_unsupported', 'this channel takes no files');
    const results: IntakeResult[] = [];
    const progress = { bytes: 0, rows: 0, imported: 0, known: 0, failed: 0 };
    await adapter.runImport(file, channel, host.noting(results, true), settings, async (told) => {
      const { problems, ...far } = told;
      Object.assign(progress, far);
      progress.imported += results.filter(({ status }) => status === 'accepted').length;
      progress.known += results.filter(({ status }) => status === 'duplicate').length;
      results.length = 0;
      await this.bus.request('imports.report', { importId, progress, problems });
    });
    return progress;
  }

  private async session(
    kind: ChannelKind,
    channelId: string,
    action: SessionAction | null,
  ): Promise<ChannelSession> {
    const { adapter } = this.hosted(kind);
    const session =
      action === null ? adapter.session?.(channelId) : await adapter.sessionAction?.(channelId, action);
    if (session) return session;
    throw new AppError('not_found', 'session_not_here', 'no phone is linked to this channel here');
  }

  /** Renews the leases now. Calls while one runs are one more run, not many. */
  private renew(): void {
    if (this.renewing) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.renewing = this.lease().then((pauseMs) => {
      this.renewing = null;
      if (this.stopped) return;
      if (this.again) {
        this.again = false;
        this.renew();
        return;
      }
      this.timer = setTimeout(() => this.renew(), pauseMs);
    });
  }

  /** @returns milliseconds until the next renewal */
  private async lease(): Promise<number> {
    const { hostId } = this.options;
    try {
      await this.announce();
      const asked = Date.now();
      const { channels, ttlMs } = await this.bus.request('channels.lease', {
        hostId,
        kinds: [...this.adapters.keys()],
      });
      this.ttlMs = ttlMs;
      this.leasedUntil = asked + ttlMs;
      if (!this.stopped) this.connections.sync(channels);
      return ttlMs / 3;
    } catch (error) {
      this.logger.warn({ err: error }, 'channel leases not renewed');
      // From then on they may be another host's.
      if (Date.now() > this.leasedUntil) this.connections.sync([]);
      return Math.min(retryMs, this.ttlMs / 3);
    }
  }

  private async announce(): Promise<void> {
    if (this.announced) return;
    const adapters = [...this.adapters].map(([kind, { adapter }]) => ({
      kind,
      capabilities: adapter.capabilities,
      bySection: adapter.bySection ?? {},
    }));
    await this.bus.request('adapters.announce', { hostId: this.options.hostId, adapters });
    this.announced = true;
  }

  private hosted(kind: ChannelKind): OnTheBus {
    const hosted = this.adapters.get(kind);
    if (!hosted) throw new AppError('not_found', 'adapter_missing', `no adapter for ${kind} runs here`);
    return hosted;
  }
}

/** What the other side did, in the words of an answer: callers of these have no outbox to put a failure into. */
async function asAppError<T>(call: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const { code, reason, detail } = error.toFailure();
    throw new AppError(code === 'temporary' ? 'unavailable' : 'unprocessable', reason, detail ?? reason);
  }
}
