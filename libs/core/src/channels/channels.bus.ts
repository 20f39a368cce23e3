import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { BusReply, BusRequest } from '@loket/contracts/bus.js';
import { AppError } from '@loket/contracts/errors.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventLog } from '../events/event-log.js';
import { AdapterKind } from './adapter-kind.entity.js';
import { ChannelCursor } from './channel-cursor.entity.js';
import { ChannelDirectory } from './channel-directory.js';
import { ChannelLeases, leaseMs } from './channel-leases.js';
import { initialStatus } from './channel-view.js';
import { Channel } from './channel.entity.js';

/** What adapter hosts ask of core about channels. */
@Injectable()
export class ChannelsBusHandlers implements OnModuleInit {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectRepository(Channel) private readonly channels: Repository<Channel>,
    @InjectRepository(ChannelCursor) private readonly cursors: Repository<ChannelCursor>,
    @InjectRepository(AdapterKind) private readonly adapterKinds: Repository<AdapterKind>,
    private readonly leases: ChannelLeases,
    private readonly directory: ChannelDirectory,
    private readonly events: EventLog,
  ) {}

  onModuleInit(): void {
    this.bus.handle('adapters.announce', (request) => this.announce(request));
    this.bus.handle('channels.lease', (request) => this.lease(request));
    this.bus.handle('channels.release', async ({ hostId }) => {
      await this.leases.release(hostId);
      return {};
    });
    this.bus.handle('channels.status', (request) => this.status(request));
    this.bus.handle('channels.cursors', (request) => this.readCursors(request));
    this.bus.handle('channels.saveCursor', (request) => this.saveCursor(request));
  }

  private async announce({ adapters }: BusRequest<'adapters.announce'>): Promise<Record<string, never>> {
    for (const { kind, capabilities, bySection } of adapters)
      await this.adapterKinds.upsert({ kind, capabilities, bySection, announcedAt: () => 'now()' }, ['kind']);
    this.directory.forgetKinds();
    // Channels that were made before there was an adapter for them can be connected now.
    for (const { kind } of adapters) {
      for (const channel of await this.channels.findBy({ kind, status: 'ingress_only' })) {
        const status = initialStatus(channel, true);
        if (status !== 'ingress_only') await this.status({ channelId: channel.id, status });
      }
    }
    return {};
  }

  private async lease({ hostId, kinds }: BusRequest<'channels.lease'>): Promise<BusReply<'channels.lease'>> {
    const owned = await this.leases.renew(hostId, kinds);
    const channels = [];
    for (const channel of owned) {
      try {
        channels.push(this.directory.refOf(channel));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // One channel whose secrets are lost must not keep the others from their leases.
        await this.status({ channelId: channel.id, status: 'paused', code: error.code });
      }
    }
    return { channels, ttlMs: leaseMs };
  }

  /** An event only when something changed: a mailbox that fails every minute for a night is one change. */
  private async status(request: BusRequest<'channels.status'>): Promise<Record<string, never>> {
    const { channelId, status, code = null, detail = null } = request;
    const changed = await this.channels.manager.transaction(async (manager) => {
      const channel = await manager.findOne(Channel, {
        where: { id: channelId },
        lock: { mode: 'pessimistic_write' },
      });
      // A host may still report on a channel that was just switched off.
      if (!channel || (!channel.enabled && status !== 'disabled')) return false;
      const changed = channel.status !== status || channel.statusCode !== code;
      if (!changed && channel.statusDetail === detail) return false;
      await manager.update(
        Channel,
        { id: channelId },
        { status, statusCode: code, statusDetail: detail, ...(changed ? { statusAt: () => 'now()' } : {}) },
      );
      if (changed) {
        const data = { channelId, status, code };
        await this.events.append(manager, [
          { type: 'channel.status_changed', caseId: null, version: null, actorId: null, data },
        ]);
      }
      return changed;
    });
    if (changed) {
      this.logger.info({ channelId, status, code }, 'channel status changed');
      this.events.committed();
    }
    return {};
  }

  private async readCursors({
    channelId,
  }: BusRequest<'channels.cursors'>): Promise<BusReply<'channels.cursors'>> {
    const rows = await this.cursors.findBy({ channelId });
    const cursors = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
    return { cursors: cursors as BusReply<'channels.cursors'>['cursors'] };
  }

  private async saveCursor({
    channelId,
    key,
    value,
  }: BusRequest<'channels.saveCursor'>): Promise<Record<string, never>> {
    // By hand, since TypeORM takes a JSON null for "no value".
    await this.cursors.query(
      `INSERT INTO channel_cursors (channel_id, key, value) VALUES ($1, $2, $3::jsonb)
       ON CONFLICT (channel_id, key) DO UPDATE SET value = excluded.value`,
      [channelId, key, JSON.stringify(value)],
    );
    return {};
  }
}
