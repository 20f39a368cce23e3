import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { ChannelRef } from '@loket/contracts/bus.js';
import {
  type ChannelCapabilities,
  type ChannelKind,
  ingressOnlyCapabilities,
} from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { SECRET } from '@loket/platform/secret.js';
import { AdapterKind } from './adapter-kind.entity.js';
import { joinSecrets, SecretBox } from './channel-secrets.js';
import { Channel } from './channel.entity.js';
import { ShortCache } from './short-cache.js';

/** Changes made here are seen at once; those of other processes after this time at the latest. */
const cacheMs = 5_000;

interface Entry {
  ref: ChannelRef;
  enabled: boolean;
}

/** Channels and what their adapters can do, for whoever needs them often: intake and delivery ask for every message. */
@Injectable()
export class ChannelDirectory {
  private readonly box: SecretBox;
  private readonly entries = new Map<string, ShortCache<Entry>>();
  /** counts up with every change that this process hears of: what was worked out of many channels is old then */
  changes = 0;
  private readonly kinds: ShortCache<Map<ChannelKind, AdapterKind>>;

  constructor(
    @InjectRepository(Channel) private readonly channels: Repository<Channel>,
    @InjectRepository(AdapterKind) adapterKinds: Repository<AdapterKind>,
    private readonly clock: Clock,
    @Inject(SECRET) secret: string,
  ) {
    this.box = new SecretBox(secret);
    this.kinds = new ShortCache(
      clock,
      cacheMs,
      async () => new Map((await adapterKinds.find()).map((row) => [row.kind, row])),
    );
  }

  /**
   * The channel as adapters get it, its secrets opened; also a disabled one.
   * @throws AppError not_found `channel_not_found`, unprocessable `channel_secrets_unreadable`
   */
  async ref(channelId: string): Promise<ChannelRef> {
    return (await this.entry(channelId)).ref;
  }

  /** @throws AppError not_found `channel_not_found` */
  async isEnabled(channelId: string): Promise<boolean> {
    return (await this.entry(channelId)).enabled;
  }

  /**
   * What the adapter announced for channels of this kind with these settings; without an adapter, what the JSON ingress
   * alone can do.
   *
   * @param config the settings, or the names of their sections
   */
  async capabilities(
    kind: ChannelKind,
    config: Readonly<Record<string, unknown>> | readonly string[],
  ): Promise<ChannelCapabilities> {
    const adapter = (await this.kinds.get()).get(kind);
    if (!adapter) return ingressOnlyCapabilities;
    const sections = Array.isArray(config) ? (config as readonly string[]) : Object.keys(config);
    const section = Object.keys(adapter.bySection).find((name) => sections.includes(name));
    return (section === undefined ? null : adapter.bySection[section]) ?? adapter.capabilities;
  }

  async hasAdapter(kind: ChannelKind): Promise<boolean> {
    return (await this.kinds.get()).has(kind);
  }

  /** Opens the secrets of a row that was read anyway. */
  refOf({ id, kind, name, version, config, secrets }: Channel): ChannelRef {
    return { id, kind, name, version, config: joinSecrets(config, this.box.open(secrets, id)) };
  }

  /** A channel was changed. */
  forget(channelId: string): void {
    this.entries.get(channelId)?.forget();
    this.changes += 1;
  }

  /** An adapter announced itself. */
  forgetKinds(): void {
    this.kinds.forget();
  }

  private entry(channelId: string): Promise<Entry> {
    const known = this.entries.get(channelId);
    if (known) return known.get();
    const entry = new ShortCache(this.clock, cacheMs, () => this.read(channelId));
    this.entries.set(channelId, entry);
    return entry.get();
  }

  private async read(channelId: string): Promise<Entry> {
    const row = await this.channels.findOneBy({ id: channelId });
    if (row) return { ref: this.refOf(row), enabled: row.enabled };
    // ids that strangers make up are not kept
    this.entries.delete(channelId);
    throw new AppError('not_found', 'channel_not_found', 'there is no such channel');
  }
}
