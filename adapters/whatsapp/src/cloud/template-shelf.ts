import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChosenTemplate, Template } from '@loket/contracts/templates.js';
import { sendable } from './cloud-config.js';
import type { GraphClient } from './graph-client.js';
import { fail } from './send-failure.js';
import { listTemplates } from './template-list.js';

interface Shelf {
  version: number;
  /** milliseconds since the epoch */
  listedAt: number;
  templates: Promise<Template[]>;
}

/** The templates of each channel, asked for again after five minutes, and when its settings change. */
export class TemplateShelf {
  private readonly shelves = new Map<string, Shelf>();

  constructor(
    private readonly client: GraphClient,
    private readonly keepMs = 5 * 60_000,
  ) {}

  /** @throws ChannelError, GraphError, GraphSilence */
  async all(channel: ChannelRef): Promise<Template[]> {
    const known = this.shelves.get(channel.id);
    const fresh = known?.version === channel.version && Date.now() - known.listedAt < this.keepMs;
    return fresh ? known.templates : this.list(channel);
  }

  /** @throws ChannelError `whatsapp_template_gone`; GraphError, GraphSilence */
  async find(channel: ChannelRef, { name, language }: ChosenTemplate): Promise<Template> {
    const isChosen = (template: Template): boolean =>
      template.name === name && template.language === language;
    // Approved since the list was made, perhaps.
    const found = (await this.all(channel)).find(isChosen) ?? (await this.list(channel)).find(isChosen);
    if (!found) throw fail('rejected', 'whatsapp_template_gone', { detail: `${name} (${language})` });
    return found;
  }

  private list(channel: ChannelRef): Promise<Template[]> {
    const { accessToken: token, businessAccountId } = sendable(channel.config);
    const templates =
      businessAccountId === undefined
        ? Promise.resolve([])
        : listTemplates(this.client, { token, businessAccountId });
    const shelf = { version: channel.version, listedAt: Date.now(), templates };
    this.shelves.set(channel.id, shelf);
    // A list that could not be had is not kept.
    templates.catch(() => {
      if (this.shelves.get(channel.id) === shelf) this.shelves.delete(channel.id);
    });
    return templates;
  }
}
