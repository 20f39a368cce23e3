import type { ChannelRef } from '@loket/contracts/bus.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { ChannelHost } from '@loket/channel/port.js';
import { messageKey } from '../message-key.js';
import { normaliseMessage } from '../normalise-message.js';
import type { MediaFailure } from '../warnings.js';
import type { WhatsappEvent } from '../whatsapp-event.js';

export interface WebDelivery {
  event: WhatsappEvent;
  /** the message's file in the blob store, or why it is not there */
  media: BlobRef | MediaFailure | null;
  raw: BlobRef | null;
}

/** Takes what a session tells, in order. Resolves once it is durable; throws when it should be offered again. */
export type WebSink = (delivery: WebDelivery) => Promise<void>;

/**
 * Hands over what core has a way in for: what customers say, and how far our messages have come. Edits, revokes,
 * reactions and what was written on the phone wait for theirs.
 */
export function hostSink(host: ChannelHost, channel: ChannelRef): WebSink {
  return async ({ event, media, raw }) => {
    const channelId = channel.id;
    if (event.type === 'message' && !event.ref.fromMe) {
      const evidence = 'whatsapp=web';
      await host.receive(normaliseMessage(event, { channelId, raw, media, evidence }));
    } else if (event.type === 'receipt') {
      const { ref, state, at, reason } = event;
      await host.receipt({ channelId, externalId: messageKey(ref), state, at, reason });
    }
  };
}
