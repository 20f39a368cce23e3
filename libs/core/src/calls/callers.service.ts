import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { Caller } from '@loket/contracts/call-views.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { callerAt, callersTyped } from './callers.queries.js';
import { typedNumber } from './typed-number.js';

const homeRegion = 'ID';

/** Where numbers of a line without a country code are from. @param config its settings */
export function regionOf({ defaultRegion }: Record<string, unknown>): string {
  return typeof defaultRegion === 'string' ? defaultRegion : homeRegion;
}

/** Who may be calling. For agents only: caller id is a claim, and a person decides what to make of it. */
@Injectable()
export class Callers {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly directory: ChannelDirectory,
  ) {}

  /**
   * @param text as far as it is typed
   * @param channelId the line, which says where numbers without a country code are from
   * @throws AppError `not_found` `channel_not_found`
   */
  async lookUp(text: string, channelId?: string): Promise<Caller[]> {
    const region =
      channelId === undefined ? homeRegion : regionOf((await this.directory.ref(channelId)).config);
    const typed = typedNumber(text, region);
    if (!typed) return [];
    return callersTyped(this.manager, typed, normaliseAddress('phone', text, region).value);
  }

  /** @param number as the line tells it */
  async at(number: string, region: string): Promise<Caller | null> {
    return callerAt(this.manager, normaliseAddress('phone', number, region).value);
  }
}
