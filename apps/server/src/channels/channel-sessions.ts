import { Inject, Injectable } from '@nestjs/common';
import type { ChannelSession, SessionAction } from '@loket/contracts/channel-sessions.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { ChannelDirectory } from '@loket/core/channels/channel-directory.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';

/** Asks the adapter host that has the phone. */
@Injectable()
export class ChannelSessions {
  constructor(
    private readonly directory: ChannelDirectory,
    @Inject(BUS) private readonly bus: Bus,
  ) {}

  /** @throws AppError not_found `channel_not_found` `session_not_here`, unprocessable `session_unsupported` */
  async get(channelId: string): Promise<ChannelSession> {
    const kind = await this.kindOf(channelId);
    return this.bus.request('channel.session', { channelId, kind });
  }

  /** @throws AppError as `get`, and what the action itself may meet */
  async act(channelId: string, action: SessionAction): Promise<ChannelSession> {
    const kind = await this.kindOf(channelId);
    return this.bus.request('channel.sessionAction', { channelId, kind, action });
  }

  private async kindOf(channelId: string): Promise<ChannelKind> {
    const { kind, config } = await this.directory.ref(channelId);
    const { session } = await this.directory.capabilities(kind, config);
    if (session) return kind;
    throw new AppError('unprocessable', 'session_unsupported', 'no phone can be linked to this channel');
  }
}
