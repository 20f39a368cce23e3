import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { Principal } from '../access/principal.js';
import { Channel } from '../channels/channel.entity.js';
import { ChannelsService } from '../channels/channels.service.js';
import { VisitorChannels } from './visitor-channels.js';

/** Keys with which sites sign who their visitors are. */
@Injectable()
export class VisitorKeys {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly channels: ChannelsService,
    private readonly visitorChannels: VisitorChannels,
  ) {}

  /**
   * A new key, in the place of the old one, and signed identities are switched on. What the old one signed counts no more.
   * @returns the key, this once
   * @throws AppError `unprocessable` `visitors_unsupported`; `conflict` `version_conflict` when the settings change at
   *   this very moment
   */
  async renew(actor: Principal, channelId: string): Promise<{ secret: string }> {
    await this.visitorChannels.find(channelId).catch((error: unknown) => {
      const none = error instanceof AppError && error.code === 'closed';
      throw none
        ? new AppError('unprocessable', 'visitors_unsupported', 'this channel has no visitors')
        : error;
    });
    const { config, version } = await this.manager.findOneByOrFail(Channel, { id: channelId });
    const secret = randomBytes(32).toString('base64url');
    const identity = { ...(config['identity'] as object | undefined), on: true, secret };
    await this.channels.update(actor, channelId, { config: { ...config, identity }, version });
    return { secret };
  }
}
