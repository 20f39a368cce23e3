import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../channels/channel-directory.js';
import type { IntakeChannel } from './intake-item.js';

/** What intake asks about channels, from the directory's cache. */
@Injectable()
export class IntakeChannels {
  constructor(private readonly directory: ChannelDirectory) {}

  /** @throws AppError `not_found` `channel_not_found` */
  async find(channelId: string): Promise<IntakeChannel> {
    const { id, kind, config } = await this.directory.ref(channelId);
    const capabilities = await this.directory.capabilities(kind, config);
    return {
      id,
      kind,
      conversational: capabilities.threading === 'conversation',
      defaultRegion: typeof config['defaultRegion'] === 'string' ? config['defaultRegion'] : 'ID',
      trustCallerId: config['trustCallerId'] !== false,
      language: config['language'] === 'en' ? 'en' : 'id',
      reopenWithinHours: typeof config['reopenWithinHours'] === 'number' ? config['reopenWithinHours'] : 72,
    };
  }
}
