import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';
import type { ChosenTemplate, Template } from '@loket/contracts/templates.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { ChannelDirectory } from './channel-directory.js';

const cacheMs = 300_000;

interface Entry {
  /** of the channel: other settings may be another account's */
  version: number;
  until: number;
  templates: Promise<Template[]>;
}

/** Texts that a channel has approved beforehand, as its adapter last told. */
@Injectable()
export class ChannelTemplates {
  private readonly entries = new Map<string, Entry>();

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly directory: ChannelDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * At most five minutes old. Whoever asks while an answer is on its way gets that one; a failure is not kept.
   *
   * @throws AppError `not_found` `channel_not_found`; `unprocessable` `templates_unsupported`; what the adapter says when
   *   the other side does not answer (`unavailable`) or refuses (`unprocessable`)
   */
  async list(channelId: string): Promise<Template[]> {
    const channel = await this.directory.ref(channelId);
    const { templates } = await this.directory.capabilities(channel.kind, channel.config);
    if (!templates) throw templatesUnsupported();
    const now = this.clock.now().getTime();
    const known = this.entries.get(channelId);
    if (known && known.version === channel.version && known.until > now) return known.templates;
    const asked = this.bus.request('channel.templates', { channel }).then((reply) => reply.templates);
    const entry = { version: channel.version, until: now + cacheMs, templates: asked };
    this.entries.set(channelId, entry);
    try {
      return await asked;
    } catch (error) {
      if (this.entries.get(channelId) === entry) this.entries.delete(channelId);
      throw error;
    }
  }

  /** @throws AppError as `list`; `unprocessable` `template_not_found` */
  async find(channelId: string, { name, language }: ChosenTemplate): Promise<Template> {
    const found = (await this.list(channelId)).find((t) => t.name === name && t.language === language);
    if (found) return found;
    throw new AppError('unprocessable', 'template_not_found', 'this channel has no such template', {
      data: { name, language },
    });
  }
}

export function templatesUnsupported(): AppError {
  return new AppError('unprocessable', 'templates_unsupported', 'this channel has no templates');
}
