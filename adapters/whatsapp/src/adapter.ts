import { access, constants } from 'node:fs/promises';
import { ChannelError, NormaliseError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelSession, SessionAction } from '@loket/contracts/channel-sessions.js';
import {
  ingressOnlyCapabilities,
  whatsappWebSchema,
  type ChannelCapabilities,
  type ConnectionReport,
} from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { Template } from '@loket/contracts/templates.js';
import { CloudAdapter, cloudCapabilities, type CloudAdapterOptions } from './cloud/adapter.js';
import type { SessionListeners } from './web/session-report.js';
import { WebDriver, type WebDriverOptions } from './web/web-driver.js';

export interface WhatsappAdapterOptions {
  cloud?: CloudAdapterOptions;
  /** left out where no browser may run: then such channels wait, and say so */
  web?: WebDriverOptions & { listeners?: SessionListeners };
}

export const webCapabilities: ChannelCapabilities = {
  ...cloudCapabilities,
  sendsTo: ['whatsapp', 'lid', 'phone'],
  sendNeeds: 'web',
  // all of a file goes through the browser at once
  maxMessageBytes: 50_000_000,
  typing: false,
  replyWindowHours: null,
  templates: false,
  markRead: false,
  session: true,
  webhook: null,
  rawMediaTypes: [],
};

/** Why the phone of a channel cannot be linked here, in the words of a session's reason. */
type Hindrance = 'web_unavailable' | 'sessions_full' | 'config_invalid';

/** WhatsApp, by whichever way a channel is set up for: the Cloud API (`cloud`), a linked device (`web`), or neither. */
export class WhatsappAdapter implements ChannelAdapter {
  readonly kind = 'whatsapp';
  /** of a channel that has neither section; see `bySection` */
  readonly capabilities = ingressOnlyCapabilities;
  readonly bySection: Readonly<Record<'cloud' | 'web', ChannelCapabilities>> = {
    cloud: cloudCapabilities,
    web: webCapabilities,
  };
  private readonly cloud: CloudAdapter;
  /** null where no browser may run */
  readonly web: WebDriver | null;
  private readonly chromiumPath: string | null;
  /** channels that should have a linked phone and cannot, and why */
  private readonly hindered = new Map<string, Hindrance>();

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
    const config = whatsappWebSchema.safeParse(channel.config['web']);
    if (!config.success) return this.wait(channel, host, 'config_invalid');
    if (!this.web || !(await this.hasBrowser())) return this.wait(channel, host, 'web_unavailable');
    try {
      const connection = await this.web.connect(channel, config.data, host);
      this.hindered.delete(channel.id);
      return connection;
    } catch (error) {
      if (error instanceof ChannelError && error.reason === 'whatsapp_sessions_full')
        this.hindered.set(channel.id, 'sessions_full');
      throw error;
    }
  }

  async send(message: OutboundMessage, channel: ChannelRef, host: ChannelHost): Promise<SendResult> {
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

  async templates(channel: ChannelRef): Promise<Template[]> {
    return sectionOf(channel.config) === 'cloud' ? this.cloud.templates(channel) : [];
  }

  /** Through a linked phone nothing is marked: an open chat on the phone does that. */
  async markRead(externalId: string, channel: ChannelRef): Promise<void> {
    if (sectionOf(channel.config) === 'cloud') await this.cloud.markRead(externalId, channel);
  }

  /** @throws AppError not_found `session_not_here` */
  session(channelId: string): ChannelSession {
    const session = this.web?.session(channelId);
    if (session) return session.view;
    const reason = this.hindered.get(channelId);
    if (reason === undefined) throw notHere();
    return { state: 'stopped', reason, account: null, offer: null, offerEndsAt: null, nextTryAt: null };
  }

  /**
   * @throws AppError not_found `session_not_here`; conflict `whatsapp_sessions_full`, `whatsapp_web_unavailable`,
   *   `session_not_linked`, `session_not_ready`; invalid `phone_invalid`
   */
  async sessionAction(channelId: string, action: SessionAction): Promise<ChannelSession> {
    const session = this.web?.session(channelId);
    if (session) {
      await session.actions.run(action);
      return session.view;
    }
    const reason = this.hindered.get(channelId);
    if (reason === undefined) throw notHere();
    const code = reason === 'config_invalid' ? reason : `whatsapp_${reason}`;
    throw new AppError('conflict', code, 'no phone can be linked to this channel here now');
  }

  async close(): Promise<void> {
    await Promise.all([this.cloud.close(), this.web?.close()]);
  }

  /** What can be known before anybody has paired: the settings, and that there is a browser. */
  private async testWeb(config: Record<string, unknown>): Promise<ConnectionReport> {
    const began = performance.now();
    const valid = whatsappWebSchema.safeParse(config['web']).success;
    const code = !valid ? 'config_invalid' : (await this.hasBrowser()) ? null : 'whatsapp_web_unavailable';
    const ms = Math.round(performance.now() - began);
    const step = { step: 'whatsapp_browser', ok: code === null, ms, code, detail: null };
    return { ok: code === null, steps: [step] };
  }

  private async hasBrowser(): Promise<boolean> {
    if (this.chromiumPath === null) return false;
    return access(this.chromiumPath, constants.X_OK).then(
      () => true,
      () => false,
    );
  }

  /** A person has to change the settings, or to install a browser and start anew. */
  private async wait(channel: ChannelRef, host: ChannelHost, reason: Hindrance): Promise<ChannelConnection> {
    this.hindered.set(channel.id, reason);
    const code = reason === 'config_invalid' ? reason : `whatsapp_${reason}`;
    await host.status({ channelId: channel.id, status: 'paused', code });
    const close = (): Promise<void> => {
      this.hindered.delete(channel.id);
      return Promise.resolve();
    };
    return { close };
  }
}

function notHere(): AppError {
  return new AppError('not_found', 'session_not_here', 'no phone is linked to this channel here');
}

/** Both at once is refused when settings are saved; should it happen, the official way goes first. */
function sectionOf(config: Record<string, unknown>): 'cloud' | 'web' | null {
  if (config['cloud'] !== undefined) return 'cloud';
  return config['web'] === undefined ? null : 'web';
}
