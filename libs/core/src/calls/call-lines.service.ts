import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { callJsonMediaType, type CallLine } from '@loket/contracts/call-views.js';
import { dispositionsSchema } from '@loket/contracts/calls.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { ChannelDirectory } from '../channels/channel-directory.js';

type Config = Record<string, unknown>;

/** Channels on which calls are written down, and what their settings say about that. */
@Injectable()
export class CallLines {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly directory: ChannelDirectory,
  ) {}

  /** Those that are switched on, by name. */
  async list(): Promise<CallLine[]> {
    const rows: { id: string; kind: ChannelKind; name: string; config: Config }[] = await this.manager.query(
      'SELECT id, kind, name, config FROM channels WHERE enabled ORDER BY lower(name), id',
    );
    const lines: CallLine[] = [];
    for (const { id, kind, name, config } of rows)
      if (await this.takesCalls(kind, config)) lines.push({ id, name, dispositions: dispositionsOf(config) });
    return lines;
  }

  /**
   * The settings of a line.
   * @throws AppError `unprocessable` `channel_takes_no_calls` `channel_disabled`; `not_found` `channel_not_found`
   */
  async require(channelId: string): Promise<Config> {
    const { kind, config } = await this.directory.ref(channelId);
    if (!(await this.takesCalls(kind, config)))
      throw new AppError('unprocessable', 'channel_takes_no_calls', 'this channel is no telephone line');
    if (!(await this.directory.isEnabled(channelId)))
      throw new AppError('unprocessable', 'channel_disabled', 'this channel is switched off');
    return config;
  }

  private async takesCalls(kind: ChannelKind, config: Config): Promise<boolean> {
    const { rawMediaTypes } = await this.directory.capabilities(kind, config);
    return rawMediaTypes.includes(callJsonMediaType);
  }
}

/** @returns the list's own spelling of a result that is in it, so that reports count one result once */
export function dispositionAs(told: string | null, config: Config): string | null {
  const words = told?.trim() ?? '';
  if (words === '') return null;
  return dispositionsOf(config).find((name) => name.toLowerCase() === words.toLowerCase()) ?? words;
}

function dispositionsOf({ dispositions }: Config): string[] {
  const parsed = dispositionsSchema.safeParse(dispositions);
  return parsed.success ? parsed.data : [];
}
