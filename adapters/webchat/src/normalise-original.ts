import { NormaliseError } from '@loket/channel/channel-error.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { visitorOriginalSchema, type VisitorOriginal } from '@loket/contracts/visitor-original.js';

/** No browser sends as much; whatever is larger is not read at all. */
const maxBytes = 500_000;

/**
 * @returns the message. Its external id is the visitor's with the id that his browser gave it, so that what he sends
 *   again is known
 * @throws NormaliseError `too_large` `parse_failed`
 */
export function normaliseOriginal(bytes: Buffer, raw: BlobRef, channelId: string): NormalizedMessage {
  const original = parse(bytes);
  const { visitorId, clientId, text, name, proof, evidence, also, answers } = original;
  return {
    channelId,
    externalId: `${visitorId}:${clientId}`,
    thread: { conversation: visitorId, references: [], tokens: [], forwarded: false },
    sender: { kind: 'visitor', value: visitorId, name, proof, evidence, also },
    recipients: [],
    sentAt: original.sentAt,
    text: legible(text),
    quoted: answers.length > 0 ? answers.map((a) => legible(`${a.label}: ${a.value}`)).join('\n') : null,
    attachments: original.attachments,
    raw,
    warnings: [],
  };
}

function parse(bytes: Buffer): VisitorOriginal {
  if (bytes.length > maxBytes) throw new NormaliseError('too_large', 'the original is too large');
  try {
    return visitorOriginalSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new NormaliseError('parse_failed', 'this is no message of a visitor', { cause });
  }
}

/** Line ends as everywhere else, and none of the characters that only confuse. */
function legible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}
