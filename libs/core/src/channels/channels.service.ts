import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import {
  type Channel as ChannelView,
  channelConfigSchemas,
  type ChannelKind,
  type ConnectionReport,
  type CreateChannel,
  type TestChannel,
  type UpdateChannel,
} from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { Page } from '@loket/contracts/primitives.js';
import { type ChannelSignature, signatureSchema } from '@loket/contracts/signatures.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { SECRET } from '@loket/platform/secret.js';
import { hasRole, type Principal } from '../access/principal.js';
import { EventLog } from '../events/event-log.js';
import { ChannelDirectory } from './channel-directory.js';
import { keepSecrets, SecretBox, type Secrets, splitSecrets, unmask } from './channel-secrets.js';
import { channelView, initialStatus, withoutSettings } from './channel-view.js';
import { Channel } from './channel.entity.js';

type Config = Record<string, unknown>;

@Injectable()
export class ChannelsService {
  private readonly box: SecretBox;

  constructor(
    @InjectRepository(Channel) private readonly channels: Repository<Channel>,
    private readonly directory: ChannelDirectory,
    private readonly events: EventLog,
    private readonly clock: Clock,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SECRET) secret: string,
  ) {
    this.box = new SecretBox(secret);
  }

  /** Agents get the channels without their settings. */
  async list(reader: Principal): Promise<Page<ChannelView>> {
    const rows = await this.channels.find({ order: { createdAt: 'ASC', id: 'ASC' }, take: 1_000 });
    const views = await Promise.all(rows.map((row) => this.view(row)));
    const mayConfigure = hasRole(reader, 'admin');
    return { items: mayConfigure ? views : views.map(withoutSettings), nextCursor: null };
  }

  /** Not secret: every customer sees them. */
  async signatures(): Promise<ChannelSignature[]> {
    const rows = await this.channels.find({
      where: { enabled: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const found = await Promise.all(
      rows.map(async ({ id, name, kind, config }) => {
        const { signature: section } = await this.directory.capabilities(kind, config);
        const parsed = signatureSchema.safeParse(section === undefined ? null : config[section]);
        return parsed.success ? [{ ...parsed.data, channelId: id, channelName: name }] : [];
      }),
    );
    return found.flat();
  }

  /** @throws AppError not_found `channel_not_found` */
  async get(id: string): Promise<ChannelView> {
    const row = await this.channels.findOneBy({ id });
    if (!row) throw notFound();
    return this.view(row);
  }

  async create(actor: Principal, { kind, name, enabled, config }: CreateChannel): Promise<ChannelView> {
    const id = newId();
    const now = this.clock.now();
    const { open, secrets } = splitSecrets(config);
    const channel = this.channels.create({
      id,
      kind,
      name,
      enabled,
      config: open,
      secrets: this.box.seal(secrets, id),
      address: addressOf(open),
      status: initialStatus({ kind, enabled, config: open }, await this.directory.hasAdapter(kind)),
      statusCode: null,
      statusDetail: null,
      statusAt: now,
      leaseOwner: null,
      leaseExpiresAt: null,
      version: 1,
      createdAt: now,
    });
    await this.channels.manager.transaction(async (manager) => {
      await manager.save(channel);
      await this.events.append(manager, [event('channel.created', id, actor)]);
    });
    await this.announce(id);
    return this.view(channel);
  }

  /**
   * `config`, when given, replaces the whole; a secret that is left out stays, as long as it goes to the same server.
   * Any update makes the adapter start anew, so it is also how a paused channel is tried again.
   *
   * @throws AppError not_found `channel_not_found`, conflict `version_conflict` with the current channel,
   *   invalid `validation_failed` `password_required`
   */
  async update(actor: Principal, id: string, update: UpdateChannel): Promise<ChannelView> {
    const channel = await this.channels.manager.transaction(async (manager) => {
      const channel = await manager.findOne(Channel, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!channel) throw notFound();
      if (update.version !== undefined && update.version !== channel.version) {
        throw new AppError('conflict', 'version_conflict', 'somebody changed the channel meanwhile', {
          data: { current: await this.view(channel) },
        });
      }
      channel.name = update.name ?? channel.name;
      channel.enabled = update.enabled ?? channel.enabled;
      if (update.config !== undefined) this.reconfigure(channel, update.config);
      channel.status = initialStatus(channel, await this.directory.hasAdapter(channel.kind));
      channel.statusCode = null;
      channel.statusDetail = null;
      channel.statusAt = this.clock.now();
      channel.version += 1;
      if (!channel.enabled) {
        channel.leaseOwner = null;
        channel.leaseExpiresAt = null;
      }
      await manager.save(channel);
      await this.events.append(manager, [event('channel.updated', id, actor)]);
      return channel;
    });
    await this.announce(id);
    return this.view(channel);
  }

  /**
   * Tries settings through the adapter without saving them.
   * @throws AppError unprocessable `channel_test_unsupported` when the kind has no adapter that can
   */
  async test({ kind, config, channelId }: TestChannel): Promise<ConnectionReport> {
    const { test } = await this.directory.capabilities(kind, config);
    if (!test)
      throw new AppError(
        'unprocessable',
        'channel_test_unsupported',
        'this kind of channel cannot be tested',
      );
    const parsed = parseConfig(kind, config);
    const full = channelId === undefined ? parsed : await this.lendSecrets(channelId, kind, parsed);
    return this.bus.request('channel.test', { kind, config: full });
  }

  private async lendSecrets(channelId: string, kind: ChannelKind, config: Config): Promise<Config> {
    const channel = await this.channels.findOneBy({ id: channelId, kind });
    if (!channel) throw notFound();
    return keepSecrets(config, { open: channel.config, secrets: this.secretsOf(channel) });
  }

  private reconfigure(channel: Channel, config: Config): void {
    const parsed = parseConfig(channel.kind, config);
    const kept = keepSecrets(parsed, { open: channel.config, secrets: this.secretsOf(channel) });
    const { open, secrets } = splitSecrets(kept);
    channel.config = open;
    channel.secrets = this.box.seal(secrets, channel.id);
    channel.address = addressOf(open);
  }

  private async view(channel: Channel): Promise<ChannelView> {
    return channelView(channel, {
      capabilities: await this.directory.capabilities(channel.kind, channel.config),
      secretPaths: Object.keys(this.secretsOf(channel)),
      now: this.clock.now(),
    });
  }

  /** Secrets that cannot be opened any more count as none, so that an admin can give them again. */
  private secretsOf(channel: Channel): Secrets {
    try {
      return this.box.open(channel.secrets, channel.id);
    } catch (error) {
      if (error instanceof AppError) return {};
      throw error;
    }
  }

  /** After commit: to this process's caches, the sockets and the adapter host. */
  private async announce(channelId: string): Promise<void> {
    this.directory.forget(channelId);
    this.events.committed();
    try {
      await this.bus.request('channels.changed', { channelId });
    } catch (err) {
      // The host asks for its channels by itself within a third of a lease, so nothing is lost but seconds.
      if (!(err instanceof AppError && err.code === 'bus_no_handler'))
        this.logger.warn({ err, channelId }, 'adapter host could not be told of a changed channel');
    }
  }
}

function parseConfig(kind: ChannelKind, config: Config): Config {
  const parsed = channelConfigSchemas[kind].safeParse(unmask(config));
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'validation_failed', 'the settings are not usable', {
    data: {
      issues: parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
        path: ['config', ...path.map(String)].join('.'),
        message,
      })),
    },
  });
}

function addressOf(config: Config): string | null {
  return typeof config['address'] === 'string' ? config['address'] : null;
}

function event<T extends 'channel.created' | 'channel.updated'>(
  type: T,
  channelId: string,
  actor: Principal,
) {
  return { type, caseId: null, version: null, actorId: actor.agent.id, data: { channelId } };
}

function notFound(): AppError {
  return new AppError('not_found', 'channel_not_found', 'there is no such channel');
}
