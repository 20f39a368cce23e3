import { ChannelError } from '@loket/channel/channel-error.js';
import type { ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { defaultWebOptions, type WebOptions } from './web-options.js';
import type { WhatsappWebConfig } from '@loket/contracts/channels.js';
import type { SessionListeners } from './session-report.js';
import { WebSession } from './web-session.js';

export type WebDriverOptions = Partial<WebOptions> & Pick<WebOptions, 'dataDir' | 'chromiumPath'>;

/** WhatsApp through a linked device: whatsapp-web.js in a Chromium of its own for each channel. Unofficial. */
export class WebDriver {
  private readonly options: WebOptions;
  private readonly sessions = new Map<string, WebSession>();

  constructor(
    options: WebDriverOptions,
    private readonly listeners: SessionListeners = {},
  ) {
    this.options = { ...defaultWebOptions, ...options };
  }

  /** @throws ChannelError temporary `whatsapp_sessions_full` */
  async connect(
    channel: ChannelRef,
    config: WhatsappWebConfig,
    host: ChannelHost,
  ): Promise<ChannelConnection> {
    if (this.sessions.has(channel.id)) throw new Error('the channel is connected already');
    if (this.sessions.size >= this.options.maxSessions) {
      throw new ChannelError('temporary', 'whatsapp_sessions_full');
    }
    const session = new WebSession(channel, config, host, this.options, this.listeners);
    this.sessions.set(channel.id, session);
    await session.open();
    const close = async (): Promise<void> => {
      await session.close();
      if (this.sessions.get(channel.id) === session) this.sessions.delete(channel.id);
    };
    return { close };
  }

  /** The session of a channel that is connected here, for what a person asks of it: pair, cancel, restart, log out. */
  session(channelId: string): WebSession | null {
    return this.sessions.get(channelId) ?? null;
  }

  /** @throws ChannelError */
  send(message: OutboundMessage, channel: ChannelRef): Promise<SendResult> {
    const session = this.sessions.get(channel.id);
    if (!session) return Promise.reject(new ChannelError('temporary', 'whatsapp_not_ready'));
    return session.send(message);
  }

  async close(): Promise<void> {
    await Promise.all([...this.sessions.values()].map((session) => session.close()));
    this.sessions.clear();
  }
}
