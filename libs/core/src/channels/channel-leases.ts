import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { Channel } from './channel.entity.js';

export const leaseMs = 30_000;

/**
 * Which adapter host keeps which channel's connection (DESIGN §8). Times are the database's, since the hosts' and the
 * servers' clocks may differ.
 */
@Injectable()
export class ChannelLeases {
  constructor(@InjectRepository(Channel) private readonly channels: Repository<Channel>) {}

  /**
   * Renews what the host has and gives it what is free. The condition is checked again on the row as it is when its lock
   * is had, so of two hosts that ask at once only one gets a channel. A host that comes back under its id takes up its own.
   */
  async renew(hostId: string, kinds: readonly ChannelKind[]): Promise<Channel[]> {
    const result = await this.channels
      .createQueryBuilder()
      .update()
      .set({
        leaseOwner: hostId,
        leaseExpiresAt: () => `now() + interval '${String(leaseMs)} milliseconds'`,
      })
      .where('enabled AND kind = ANY(:kinds)', { kinds })
      .andWhere('(lease_owner IS NULL OR lease_owner = :hostId OR lease_expires_at < now())', { hostId })
      .returning('id')
      .execute();
    const ids = (result.raw as { id: string }[]).map(({ id }) => id);
    return ids.length === 0
      ? []
      : this.channels
          .createQueryBuilder('channel')
          .where('channel.id = ANY(:ids)', { ids })
          .orderBy('channel.id')
          .getMany();
  }

  /** The host is going away in good order: others need not wait for the leases to lapse. */
  async release(hostId: string): Promise<void> {
    await this.channels.update({ leaseOwner: hostId }, { leaseOwner: null, leaseExpiresAt: null });
  }
}
