import type { Readable } from 'node:stream';
import {
  createTransport,
  type MailComposerOptions,
  type MailMessage,
  type SMTPPoolOptions,
} from 'nodemailer';
import { ChannelError } from '@loket/channel/channel-error.js';
import type { BlobAccess } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelCapabilities, EmailConfig, SmtpConfig } from '@loket/contracts/channels.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { oneLine } from './connection-fault.js';
import { composeMail, type ComposedMail } from './smtp-message.js';
import { smtpFailure } from './smtp-failure.js';

export interface SmtpTimeouts {
  connectMs: number;
  greetingMs: number;
  /** silence; RFC 5321 §4.5.3.2 asks for up to 10 minutes after the end of the data */
  silenceMs: number;
  /** after which an unused connection is closed */
  idleMs: number;
}

export const defaultSmtpTimeouts: SmtpTimeouts = {
  connectMs: 20_000,
  greetingMs: 20_000,
  silenceMs: 120_000,
  idleMs: 60_000,
};

/** The mail together with where its body can be watched going out. */
type WatchedMail = MailComposerOptions & { envelope: ComposedMail['envelope']; watch: BodyWatch };
interface BodyWatch {
  body: Readable | null;
  error: unknown;
}
type SendMail = (mail: WatchedMail) => Promise<SentInfo>;
interface SentInfo {
  response?: string;
  rejected?: unknown[];
  rejectedErrors?: (Error & { recipient?: string })[];
  serverMessageId?: string;
}
interface Pool {
  version: number;
  send: SendMail;
  close: () => void;
}

/** Sends mails, with a few connections per channel that are kept open while there is something to do. */
export class SmtpSender {
  private readonly pools = new Map<string, Pool>();

  constructor(
    private readonly capabilities: Pick<ChannelCapabilities, 'maxMessageBytes'>,
    private readonly timeouts: SmtpTimeouts = defaultSmtpTimeouts,
  ) {}

  /**
   * Hands one mail to the channel's server.
   *
   * @returns the Message-ID, the same for every call with this message
   * @throws ChannelError
   */
  async send(
    message: OutboundMessage,
    channel: ChannelRef,
    config: EmailConfig,
    blobs: BlobAccess,
  ): Promise<SendResult> {
    const { smtp } = config;
    if (!smtp) throw new ChannelError('rejected', 'smtp_not_configured');
    const bytes = message.attachments.reduce((sum, file) => sum + file.size, 0);
    if (bytes > this.capabilities.maxMessageBytes)
      throw new ChannelError('rejected', 'smtp_message_too_large');
    const composed = composeMail(message, config, channel.name, blobs);
    const sent = await this.deliver(composed, channel, smtp, () =>
      composeMail(message, config, channel.name, blobs),
    );
    const { rejectedErrors = [] } = sent;
    const refused = rejectedErrors.find(({ recipient }) => recipient === composed.envelope.to[0]);
    // The person who asked was refused, although others in copy were not.
    if (refused) throw smtpFailure(refused, { complete: false }, smtp.host);
    const left =
      rejectedErrors.length > 0
        ? `; refused: ${rejectedErrors.map(({ message: why }) => why).join('; ')}`
        : '';
    // Some services put an id of their own in the place of ours; answers will name that one.
    const given = sent.serverMessageId?.replace(/[<>]/g, '');
    const references =
      given && given !== composed.externalId && given.length <= 255
        ? [composed.externalId, given]
        : [composed.externalId];
    return { externalId: composed.externalId, references, detail: oneLine((sent.response ?? '') + left) };
  }

  close(): void {
    for (const pool of this.pools.values()) pool.close();
    this.pools.clear();
  }

  private async deliver(
    composed: ComposedMail,
    channel: ChannelRef,
    smtp: SmtpConfig,
    again: () => ComposedMail,
  ): Promise<SentInfo> {
    try {
      return await this.attempt(composed, channel, smtp);
    } catch (error) {
      // A pooled connection that the server closed meanwhile: nothing of the mail was read, so a new one is as good.
      if (!(error instanceof StaleConnection)) throw error;
      try {
        return await this.attempt(again(), channel, smtp);
      } catch (second) {
        throw second instanceof StaleConnection ? second.failure : second;
      }
    }
  }

  private async attempt(
    { mail, envelope }: ComposedMail,
    channel: ChannelRef,
    smtp: SmtpConfig,
  ): Promise<SentInfo> {
    const watch: BodyWatch = { body: null, error: null };
    try {
      return await this.pool(channel, smtp).send({ ...mail, envelope, watch });
    } catch (error) {
      const { body } = watch;
      const failure = smtpFailure(
        watch.error ?? error,
        { complete: body?.readableEnded === true },
        smtp.host,
      );
      const unread = body !== null && !body.readableDidRead;
      const closed = (error as { code?: unknown }).code === 'ECONNECTION';
      throw closed && unread && failure.code === 'temporary' ? new StaleConnection(failure) : failure;
    } finally {
      watch.body?.destroy();
    }
  }

  private pool(channel: ChannelRef, smtp: SmtpConfig): Pool {
    const known = this.pools.get(channel.id);
    if (known?.version === channel.version) return known;
    known?.close();
    const transport = createTransport({ ...smtpOptions(smtp, this.timeouts), ...poolOptions(this.timeouts) });
    transport.use('stream', watchBody);
    // Failures reach us by the mail that they concern.
    transport.on('error', () => undefined);
    const pool = {
      version: channel.version,
      send: transport.sendMail.bind(transport) as SendMail,
      close: () => transport.close(),
    };
    this.pools.set(channel.id, pool);
    return pool;
  }
}

/**
 * Keeps hold of the stream that nodemailer sends. It starts to flow when the server has accepted DATA and ends right
 * before the end-of-data mark, which is just what tells a failed mail from an uncertain one.
 */
function watchBody(mail: MailMessage, done: (error?: Error | null) => void): void {
  const { watch } = mail.data as unknown as WatchedMail;
  const create = mail.message.createReadStream.bind(mail.message);
  mail.message.createReadStream = (options) => {
    const body = create(options);
    body.on('error', (error: unknown) => (watch.error = error));
    watch.body = body;
    return body;
  };
  done();
}

class StaleConnection extends Error {
  constructor(readonly failure: ChannelError) {
    super('the connection was stale');
  }
}

/** Connection settings as nodemailer wants them. Never silently in clear text: `starttls` fails when it is not offered. */
export function smtpOptions(smtp: SmtpConfig, timeouts: SmtpTimeouts) {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    tls: { rejectUnauthorized: !smtp.allowInvalidCertificate },
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    ...(smtp.user ? { auth: { user: smtp.user, pass: smtp.password ?? '' } } : {}),
  };
}

function poolOptions(timeouts: SmtpTimeouts) {
  return {
    pool: true as const,
    maxConnections: 3,
    maxMessages: 100,
    idleTimeout: timeouts.idleMs,
    // A body is a stream that can be read once: nodemailer must not start over with what is left of it.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  } satisfies Partial<SMTPPoolOptions> & { pool: true };
}
