import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { webchatChannelSchema, type WebchatChannelConfig } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { ChannelDirectory } from '../channels/channel-directory.js';

/** A channel whose people come through the surface for visitors. */
export interface VisitorChannel {
  id: string;
  name: string;
  enabled: boolean;
  config: WebchatChannelConfig;
  /** under which its adapter takes what visitors send */
  mediaType: string;
}

/** How long a list of sites may be behind the settings of another process. */
const originsMs = 5_000;
const sameMs = 5_000;

/** Settings of the channels that serve visitors, checked, from the directory's cache. */
@Injectable()
export class VisitorChannels {
  private readonly parsed = new Map<string, { source: unknown; config: WebchatChannelConfig }>();
  private origins: { all: ReadonlySet<string>; until: number; changes: number } | null = null;
  private unknown = new Map<string, number>();

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly directory: ChannelDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * Also a channel that is switched off, so that a site which it serves can be told.
   * @throws AppError `not_found` `closed` when there is none, or visitors are none of its business
   */
  async find(channelId: string): Promise<VisitorChannel> {
    // Strangers may make ids up by the thousand; each would be a question to the database.
    if ((this.unknown.get(channelId) ?? 0) > this.clock.now().getTime()) throw closed();
    const ref = await this.directory.ref(channelId).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'channel_not_found') this.remember(channelId);
      throw error instanceof AppError && error.kind === 'not_found' ? closed() : error;
    });
    const { visitors: mediaType } = await this.directory.capabilities(ref.kind, ref.config);
    if (mediaType === undefined) throw closed();
    const enabled = await this.directory.isEnabled(channelId);
    return { id: ref.id, name: ref.name, enabled, config: this.configOf(ref.id, ref.config), mediaType };
  }

  /** @throws AppError `not_found` `closed`, also when it is switched off */
  async open(channelId: string): Promise<VisitorChannel> {
    const channel = await this.find(channelId);
    if (!channel.enabled) throw closed();
    return channel;
  }

  /** Sites that some channel serves, lower case. */
  async allOrigins(): Promise<ReadonlySet<string>> {
    const now = this.clock.now().getTime();
    const { changes } = this.directory;
    if (this.origins && this.origins.until > now && this.origins.changes === changes) return this.origins.all;
    const rows: { origin: string }[] = await this.manager.query(
      `SELECT DISTINCT lower(o) AS origin FROM channels c, jsonb_array_elements_text(c.config->'allowedOrigins') o
       WHERE c.enabled AND jsonb_typeof(c.config->'allowedOrigins') = 'array'`,
    );
    this.origins = { all: new Set(rows.map((row) => row.origin)), until: now + originsMs, changes };
    return this.origins.all;
  }

  private configOf(id: string, source: Record<string, unknown>): WebchatChannelConfig {
    const known = this.parsed.get(id);
    if (known?.source === source) return known.config;
    const config = webchatChannelSchema.parse(source);
    this.parsed.set(id, { source, config });
    return config;
  }

  private remember(channelId: string): void {
    if (this.unknown.size > 1_000) this.unknown = new Map();
    this.unknown.set(channelId, this.clock.now().getTime() + sameMs);
  }
}

export function closed(): AppError {
  return new AppError('not_found', 'closed', 'there is no such chat, or it is switched off');
}
