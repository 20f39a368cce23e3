import type { InboundEvent } from '@loket/contracts/inbound.js';
import { clean } from './legible.js';
import { messageKey } from './message-key.js';
import { maxText, normaliseMessage, type NormaliseContext } from './normalise-message.js';
import { senderOf } from './sender.js';
import type { EditEvent, MessageEvent, ReactionEvent, RevokeEvent } from './whatsapp-event.js';

/** What happened to a message, as core takes it in. */
export function changeEvent(
  event: EditEvent | RevokeEvent | ReactionEvent,
  { channelId, evidence }: Pick<NormaliseContext, 'channelId' | 'evidence'>,
): InboundEvent {
  const { ref, by, at } = event;
  const about = {
    channelId,
    externalId: messageKey(ref),
    by: by === null ? null : senderOf(by, evidence),
    at,
  };
  switch (event.type) {
    case 'edit':
      return { type: 'edited', ...about, text: clean(event.text).slice(0, maxText).toWellFormed() };
    case 'revoke':
      return { type: 'revoked', ...about };
    case 'reaction':
      return { type: 'reacted', ...about, emoji: event.emoji };
  }
}

/** What was written on the company's own phone, as core takes it in. */
export function sentElsewhere(event: MessageEvent, context: NormaliseContext): InboundEvent {
  return {
    type: 'sent_elsewhere',
    message: normaliseMessage(event, context),
    to: event.to ? senderOf(event.to, context.evidence) : null,
  };
}
