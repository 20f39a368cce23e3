import { ChannelError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelCapabilities, ConnectionReport } from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { idSchema, type BlobRef } from '@loket/contracts/primitives.js';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import { visitorMediaType } from '@loket/contracts/visitor-original.js';
import { normaliseOriginal } from './normalise-original.js';

const capabilities: ChannelCapabilities = {
  send: true,
  sendsTo: ['visitor'],
  subject: false,
  html: false,
  threading: 'conversation',
  attachments: true,
  maxAttachmentBytes: visitorLimits.fileBytes,
  maxMessageBytes: 4 * visitorLimits.fileBytes,
  quotes: false,
  typing: true,
  reactions: false,
  receipts: ['delivered', 'read'],
  replyWindowHours: null,
  templates: false,
  markRead: false,
  session: false,
  webhook: null,
  visitors: visitorMediaType,
  test: false,
  rawMediaTypes: [visitorMediaType],
};

/**
 * The web chat. Its other side is no server of somebody else's but our own surface for visitors (docs/adr/0014): what
 * they send is an original like a mail, and an answer has arrived once it stands among the messages, where the visitor's
 * browser reads it. So nothing is connected to here, and sending decides only whether the answer is one for a visitor.
 */
export class WebchatAdapter implements ChannelAdapter {
  readonly kind = 'webchat';
  readonly capabilities = capabilities;

  async normalise(raw: BlobRef, channel: ChannelRef, host: ChannelHost): Promise<NormalizedMessage[]> {
    return [normaliseOriginal(await host.blobs.read(raw.sha256), raw, channel.id)];
  }

  connect(): Promise<null> {
    return Promise.resolve(null);
  }

  /** @throws ChannelError `rejected` `visitor_unknown` `message_empty` */
  async send({ messageId, to, text, attachments }: OutboundMessage): Promise<SendResult> {
    if (to.kind !== 'visitor' || !idSchema.safeParse(to.value).success)
      throw new ChannelError('rejected', 'visitor_unknown');
    if (text.trim() === '' && attachments.length === 0) throw new ChannelError('rejected', 'message_empty');
    return Promise.resolve({ externalId: messageId, references: [], conversation: to.value });
  }

  test(): Promise<ConnectionReport> {
    return Promise.resolve({ ok: true, steps: [] });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
