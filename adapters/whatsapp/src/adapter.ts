import { access, constants } from 'node:fs/promises';
import { z } from 'zod';
import { ChannelError, NormaliseError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import {
  ingressOnlyCapabilities,
  type ChannelCapabilities,
  type ConnectionReport,
} from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { SendResult } from '@loket/contracts/outbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { CloudAdapter, cloudCapabilities, type CloudAdapterOptions } from './cloud/adapter.js';
import type { CloudMessage } from './cloud/outbound-parts.js';
import { WebDriver, type WebDriverOptions, type WebListeners } from './web/web-driver.js';

export interface WhatsappAdapterOptions {
  cloud?: CloudAdapterOptions;
  /** left out where no browser may run: then such channels wait, and say so */
  web?: WebDriverOptions & { listeners?: WebListeners };
}

/** The section `web` of a channel's settings. */
export const webConfigSchema = z.strictObject({
  /** take in group chats */
  groups: z.boolean().default(false),
  /** take the session back when it is opened elsewhere */
  takeoverOnConflict: z.boolean().default(false),
});

export const webCapabilities: ChannelCapabilities = {
  ...cloudCapabilities,
  sendsTo: ['whatsapp', 'lid', 'phone'],
  sendNeeds: 'web',
  // all of a file goes through the browser at once
  maxMessageBytes: 50_000_000,
  replyWindowHours: null,
  templates: false,
  markRead: false,
  session: true,
  webhook: null,
  rawMediaTypes: [],
};

/** WhatsApp, by whichever way a channel is set up for: the Cloud API (`cloud`), a linked device (`web`), or neither. */
export class WhatsappAdapter implements ChannelAdapter {
  readonly kind = 'whatsapp';
  /** of a channel that has neither section; see `bySection` */
  readonly capabilities = ingressOnlyCapabilities;
  readonly bySection: Readonly<Record<'cloud' | 'web', ChannelCapabilities>> = {
    cloud: cloudCapabilities,
    web: webCapabilities,
  };
  readonly cloud: CloudAdapter;
  /** null where no browser may run */
  readonly web: WebDriver | null;
  private readonly chromiumPath: string | null;

  constructor({ cloud, web }: WhatsappAdapterOptions = {}) {
    this.cloud = new CloudAdapter(cloud);
    this.web = web ? new WebDriver(web, web.listeners) : null;
    this.chromiumPath = web?.chromiumPath ?? null;
  }

  async normalise(raw: BlobRef, channel: ChannelRef, host: ChannelHost): Promise<NormalizedMessage[]> {
    if (sectionOf(channel.config) !== 'cloud')
      throw new NormaliseError('config_invalid', 'the channel is not set up for the Cloud API');
    return this.cloud.normalise(raw, channel, host);
  }

  async connect(channel: ChannelRef, host: ChannelHost): Promise<ChannelConnection | null> {
    if (sectionOf(channel.config) !== 'web') return null;
    const config = webConfigSchema.safeParse(channel.config['web']);
    if (config.success && this.web) return this.web.connect(channel, config.data, host);
    const code = config.success ? 'whatsapp_web_unavailable' : 'config_invalid';
    await host.status({ channelId: channel.id, status: 'paused', code });
    return { close: () => Promise.resolve() };
  }

  async send(message: CloudMessage, channel: ChannelRef, host: ChannelHost): Promise<SendResult> {
    switch (sectionOf(channel.config)) {
      case 'cloud':
        return this.cloud.send(message, channel, host);
      case 'web':
        if (!this.web) throw new ChannelError('temporary', 'whatsapp_web_unavailable');
        return this.web.send(message, channel);
      case null:
        throw new ChannelError('rejected', 'whatsapp_not_configured');
    }
  }

  async test(config: Record<string, unknown>): Promise<ConnectionReport> {
    return sectionOf(config) === 'web' ? this.testWeb(config) : this.cloud.test(config);
  }

  async close(): Promise<void> {
    await Promise.all([this.cloud.close(), this.web?.close()]);
  }

  /** What can be known before anybody has paired: the settings, and that there is a browser. */
  private async testWeb(config: Record<string, unknown>): Promise<ConnectionReport> {
    const began = performance.now();
    const valid = webConfigSchema.safeParse(config['web']).success;
    const found = await access(this.chromiumPath ?? '', constants.X_OK).then(
      () => true,
      () => false,
    );
    const code = valid ? (found ? null : 'whatsapp_web_unavailable') : 'config_invalid';
    const ms = Math.round(performance.now() - began);
    const step = { step: 'whatsapp_browser', ok: code === null, ms, code, detail: null };
    return { ok: code === null, steps: [step] };
  }
}

/** Both at once is refused when settings are saved; should it happen, the official way goes first. */
function sectionOf(config: Record<string, unknown>): 'cloud' | 'web' | null {
  if (config['cloud'] !== undefined) return 'cloud';
  return config['web'] === undefined ? null : 'web';
}
