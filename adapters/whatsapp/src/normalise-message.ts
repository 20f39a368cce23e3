import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { AttachmentRef, BlobRef } from '@loket/contracts/primitives.js';
import { clean, contactsText, locationText, placeholder } from './legible.js';
import { mediaFileName } from './media-name.js';
import { messageKey } from './message-key.js';
import { senderOf } from './sender.js';
import type { MediaFailure, WhatsappWarning } from './warnings.js';
import type { MessageEvent } from './whatsapp-event.js';

export const maxText = 65_536;

export interface NormaliseContext {
  channelId: string;
  /** the original as it came, stored */
  raw: BlobRef | null;
  /** the message's file, stored, or why it is not there; null when the message has none */
  media: BlobRef | MediaFailure | null;
  /** how we know that the sender is who it says, e.g. `whatsapp=cloud_api` */
  evidence: string;
}

/** Makes the message that core takes in of what somebody said. */
export function normaliseMessage(event: MessageEvent, context: NormaliseContext): NormalizedMessage {
  const { from, quoted } = event;
  const { text, warnings } = legibleText(event, context.media);
  const answered = quoted === null ? null : messageKey(quoted);
  return {
    channelId: context.channelId,
    externalId: messageKey(event.ref),
    thread: {
      conversation: event.chat,
      references: answered === null ? [] : [answered],
      inReplyTo: answered,
      tokens: [],
      forwarded: event.forwarded,
    },
    sender: senderOf(from, context.evidence),
    recipients: [],
    sentAt: event.at,
    subject: null,
    text,
    quote: answered,
    html: null,
    attachments: attachments(event, context.media),
    raw: context.raw,
    warnings,
  };
}

function legibleText(
  event: MessageEvent,
  media: NormaliseContext['media'],
): { text: string; warnings: WhatsappWarning[] } {
  const parts: string[] = [];
  const warnings: WhatsappWarning[] = [];
  const written = clean(event.text ?? '');
  if (typeof media === 'string') {
    const { fileName = null, mediaType = '' } = event.media ?? {};
    parts.push(placeholder(event.kind, fileName && mediaFileName(fileName, mediaType, event.kind)));
    warnings.push(media);
  }
  if (event.location) {
    parts.push(locationText(event.location));
    if (event.location.live) warnings.push('live_location');
  }
  if (event.contacts.length > 0) {
    const { text, truncated } = contactsText(event.contacts);
    parts.push(text);
    if (truncated) warnings.push('list_truncated');
  }
  if (event.kind === 'unsupported') {
    if (written.trim() === '') parts.push(placeholder('unsupported', event.unsupported));
    warnings.push('unsupported_message');
  }
  if (written.trim() !== '') parts.push(written);
  // Never nothing at all: an empty message would look like a fault of ours.
  if (parts.length === 0 && media === null) parts.push(placeholder(event.kind));
  const text = parts.join('\n');
  if (text.length > maxText) warnings.push('body_over_limit');
  return { text: text.slice(0, maxText).toWellFormed(), warnings };
}

function attachments({ media, kind }: MessageEvent, stored: NormaliseContext['media']): AttachmentRef[] {
  if (media === null || stored === null || typeof stored === 'string') return [];
  const name = mediaFileName(media.fileName, stored.mediaType, kind);
  return [{ ...stored, name, contentId: null, inline: false }];
}
