import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { ChannelSession, SessionAction } from '@loket/contracts/channel-sessions.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { ChannelDirectory } from '@loket/core/channels/channel-directory.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';

/** A channel that was just made or changed is taken up by its host within moments. */
const patienceMs = 5_000;

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
    return whenHere(() => this.bus.request('channel.session', { channelId, kind }));
  }

  /** @throws AppError as `get`, and what the action itself may meet */
  async act(channelId: string, action: SessionAction): Promise<ChannelSession> {
    const kind = await this.kindOf(channelId);
    return whenHere(() => this.bus.request('channel.sessionAction', { channelId, kind, action }));
  }

  private async kindOf(channelId: string): Promise<ChannelKind> {
    const { kind, config } = await this.directory.ref(channelId);
    const { session } = await this.directory.capabilities(kind, config);
    if (session) return kind;
    throw new AppError('unprocessable', 'session_unsupported', 'no phone can be linked to this channel');
  }
}

/** Asks again for a while when the host does not have the channel: nothing of the request has been done then. */
async function whenHere<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patienceMs; ; await sleep(100)) {
    try {
      return await ask();
    } catch (error) {
      const absent = error instanceof AppError && error.code === 'session_not_here';
      if (!absent || Date.now() > end) throw error;
    }
  }
}
