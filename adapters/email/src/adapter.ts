import { ChannelError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef, Glimpse } from '@loket/contracts/bus.js';
import {
  emailConfigSchema,
  type ChannelCapabilities,
  type ConnectionReport,
  type EmailConfig,
} from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { OutboundMessage, OutboundPreview, SendResult } from '@loket/contracts/outbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { testConnection } from './connection-test.js';
import { glimpse } from './glimpse.js';
import type { ImapTiming } from './imap-session.js';
import { ImapSource, defaultImapTiming } from './imap-source.js';
import { MailNormaliser } from './normalise.js';
import { composeMail, previewOf } from './smtp-message.js';
import { SmtpSender, defaultSmtpTimeouts, type SmtpTimeouts } from './smtp-sender.js';
import type { TxtRecords } from './txt-records.js';

export interface EmailAdapterOptions {
  imap?: Partial<ImapTiming>;
  smtp?: Partial<SmtpTimeouts>;
  /** milliseconds that a connection test may take */
  testMs?: number;
  /** threads that read mails */
  maxThreads?: number;
  /** milliseconds after which the reading of one mail is given up */
  parseMs?: number;
  /** where DKIM keys and DMARC policies are looked up; DNS unless given */
  txt?: TxtRecords;
}

const capabilities: ChannelCapabilities = {
  send: true,
  sendsTo: ['email'],
  sendNeeds: 'smtp',
  signature: 'signature',
  preview: true,
  subject: true,
  html: true,
  threading: 'references',
  attachments: true,
  // Most servers take mails of 35 MB or 50 MB; base64 adds a third.
  maxAttachmentBytes: 25_000_000,
  maxMessageBytes: 25_000_000,
  quotes: false,
  markRead: false,
  session: false,
  webhook: null,
  typing: false,
  reactions: false,
  receipts: [],
  replyWindowHours: null,
  templates: false,
  test: true,
  rawMediaTypes: ['message/rfc822'],
};

/** E-mail: in by IMAP or the raw ingress, out by SMTP. */
export class EmailAdapter implements ChannelAdapter {
  readonly kind = 'email';
  readonly capabilities = capabilities;
  private readonly normaliser: MailNormaliser;
  private readonly sender: SmtpSender;

  constructor(private readonly options: EmailAdapterOptions = {}) {
    const { maxThreads, parseMs, txt } = options;
    this.normaliser = new MailNormaliser({
      ...(maxThreads === undefined ? {} : { maxThreads }),
      ...(parseMs === undefined ? {} : { timeoutMs: parseMs }),
      ...(txt === undefined ? {} : { txt }),
    });
    this.sender = new SmtpSender(capabilities, { ...defaultSmtpTimeouts, ...options.smtp });
  }

  async normalise(raw: BlobRef, channel: ChannelRef, host: ChannelHost): Promise<NormalizedMessage[]> {
    return [await this.normaliser.normalise(raw, channel, host.blobs)];
  }

  async glimpse(raw: BlobRef, host: ChannelHost): Promise<Glimpse> {
    return glimpse(await host.blobs.stream(raw.sha256));
  }

  async connect(channel: ChannelRef, host: ChannelHost): Promise<ChannelConnection | null> {
    const config = emailConfigSchema.safeParse(channel.config);
    if (!config.success) {
      await host.status({ channelId: channel.id, status: 'paused', code: 'config_invalid' });
      return { close: () => Promise.resolve() };
    }
    const { imap, maxBytes } = config.data;
    return imap
      ? ImapSource.open(channel, { imap, maxBytes }, host, { ...defaultImapTiming, ...this.options.imap })
      : null;
  }

  async send(message: OutboundMessage, channel: ChannelRef, host: ChannelHost): Promise<SendResult> {
    return this.sender.send(message, channel, sendable(channel.config), host.blobs);
  }

  preview(message: OutboundMessage, channel: ChannelRef, host: ChannelHost): OutboundPreview {
    return previewOf(composeMail(message, sendable(channel.config), channel.name, host.blobs), message);
  }

  async test(config: Record<string, unknown>): Promise<ConnectionReport> {
    const parsed = emailConfigSchema.safeParse(config);
    if (parsed.success) return testConnection(parsed.data, this.options.testMs);
    const detail = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    const step = config['imap'] ? 'imap_connect' : 'smtp_connect';
    return { ok: false, steps: [{ step, ok: false, ms: 0, code: 'config_invalid', detail }] };
  }

  async close(): Promise<void> {
    this.sender.close();
    await this.normaliser.close();
  }
}

/** The settings are checked when they are saved; that they do not fit here means that they are older than the code. */
function sendable(config: Record<string, unknown>): EmailConfig {
  const parsed = emailConfigSchema.safeParse(config);
  if (!parsed.success) throw new ChannelError('rejected', 'config_invalid', { detail: parsed.error.message });
  return parsed.data;
}
