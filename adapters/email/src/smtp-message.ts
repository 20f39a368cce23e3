import { Readable } from 'node:stream';
import type { MailComposerOptions } from 'nodemailer';
import { ChannelError } from '@loket/channel/channel-error.js';
import type { BlobAccess } from '@loket/channel/port.js';
import type { EmailConfig } from '@loket/contracts/channels.js';
import type { OutboundMessage } from '@loket/contracts/outbound.js';
import { outboundMessageId } from './message-id.js';

export interface ComposedMail {
  /** Message-ID without brackets */
  externalId: string;
  /** exactly the recipients that core approved; nothing is read back from headers */
  envelope: { from: string; to: string[] };
  mail: MailComposerOptions;
}

/** root and the last ones: enough for every client to thread by, short enough for every server */
const maxReferences = 20;
const maxSubject = 900;

/**
 * One outbound message as a mail. Free text (names, subject, file names) is made one line and encoded; addresses and
 * ids have to be right as they are, because a line break in them would be a header of somebody else's making.
 *
 * @param senderName used when the config holds no display name
 * @throws ChannelError rejected `recipient_invalid` `header_invalid` `mail_not_configured`
 */
export function composeMail(
  message: OutboundMessage,
  config: Pick<EmailConfig, 'address' | 'displayName' | 'plusAddressing'>,
  senderName: string,
  blobs: BlobAccess,
): ComposedMail {
  if (!config.address)
    throw new ChannelError('rejected', 'mail_not_configured', { detail: 'the channel has no address' });
  const from = address(config.address, 'header_invalid');
  const token = pattern(message.token, /^[\w.-]{1,120}$/);
  const externalId = messageId(outboundMessageId(message.messageId, token, domainOf(from)));
  if (!externalId) throw new ChannelError('rejected', 'header_invalid');
  const to = recipient(message.to);
  const others = message.others
    .filter(({ role }) => role !== 'reply_to')
    .map((other) => ({ ...recipient(other), role: other.role }));
  const references = threadOf(message);
  const answers = references.at(-1);
  return {
    externalId,
    envelope: { from, to: [...new Set([to.address, ...others.map((other) => other.address)])] },
    mail: {
      messageId: `<${externalId}>`,
      date: new Date(message.createdAt),
      from: { name: oneLine(config.displayName ?? senderName), address: from },
      to: [to, ...others.filter(({ role }) => role === 'to')].map(nameAndAddress),
      cc: others.filter(({ role }) => role === 'cc').map(nameAndAddress),
      replyTo: config.plusAddressing ? plusAddress(from, token) : undefined,
      subject: subjectOf(message, references.length > 0),
      inReplyTo: answers && `<${answers}>`,
      references: references.map((id) => `<${id}>`),
      text: message.text,
      html: message.html ?? undefined,
      attachments: message.attachments.map((file) => ({
        filename: oneLine(file.name),
        content: lazily(() => blobs.stream(file.sha256)),
        contentType: pattern(file.mediaType, /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/, 'application/octet-stream'),
        contentDisposition: file.inline ? 'inline' : 'attachment',
        cid: file.contentId ? pattern(file.contentId, /^[^\s<>]+$/) : undefined,
      })),
      headers: automaticHeaders(message, references.length > 0),
      disableFileAccess: true,
      disableUrlAccess: true,
    },
  };
}

/**
 * `Re: ` once, and the number of the case at the end, by which a mail that lost all other traces is still found. Case 0 is
 * nobody's: such a mail leads nowhere and says no number.
 */
export function subjectOf(
  message: Pick<OutboundMessage, 'subject' | 'caseNumber'>,
  isReply: boolean,
): string {
  const bare = oneLine(message.subject ?? '').slice(0, maxSubject);
  const subject = isReply && !/^re\s*:/i.test(bare) ? `Re: ${bare}`.trimEnd() : bare;
  if (message.caseNumber === 0) return subject;
  const named = new RegExp(`#${message.caseNumber}(?!\\d)`).test(subject);
  return named ? subject : `${subject} [#${message.caseNumber}]`.trimStart();
}

/** @returns ids that this mail answers, oldest first. Ids that are hashes of ours have no Message-ID behind them. */
export function threadOf({ thread }: Pick<OutboundMessage, 'thread'>): string[] {
  const ids = [...thread.references, ...(thread.inReplyTo ? [thread.inReplyTo] : [])];
  // The last mention counts: it says what comes before what.
  const known = ids.filter((id, index) => messageId(id) !== null && ids.lastIndexOf(id) === index);
  return known.length <= maxReferences + 1 ? known : [...known.slice(0, 1), ...known.slice(-maxReferences)];
}

/** RFC 3834: says to other machines that nobody wrote this, so that they do not answer. */
function automaticHeaders(message: OutboundMessage, isReply: boolean): Record<string, string> {
  if (!message.automatic) return {};
  return { 'Auto-Submitted': isReply ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
}

/** `local+token@domain`. Left out when it would be longer than a local part may be (RFC 5321 §4.5.3.1.1). */
function plusAddress(from: string, token: string): string | undefined {
  const local = from.slice(0, from.lastIndexOf('@'));
  return local.length + 1 + token.length > 64 ? undefined : `${local}+${token}@${domainOf(from)}`;
}

function recipient(of: OutboundMessage['to']): { name: string; address: string } {
  if (of.kind !== 'email')
    throw new ChannelError('rejected', 'recipient_invalid', { detail: `cannot write to a ${of.kind}` });
  return { name: oneLine(of.name ?? ''), address: address(of.value, 'recipient_invalid') };
}

function nameAndAddress({ name, address }: { name: string; address: string }): {
  name: string;
  address: string;
} {
  return { name, address };
}

/** Stricter than RFC 5321: no quoted local parts, no address literals, nothing that a parser could read in two ways. */
function address(value: string, reason: string): string {
  const trimmed = value.trim();
  if (trimmed.length > 320 || !/^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u.test(trimmed)) {
    throw new ChannelError('rejected', reason, { detail: 'not a mail address' });
  }
  return trimmed;
}

function pattern(value: string, allowed: RegExp, otherwise?: string): string {
  if (allowed.test(value)) return value;
  if (otherwise !== undefined) return otherwise;
  throw new ChannelError('rejected', 'header_invalid', {
    detail: 'a header would hold characters that it must not',
  });
}

function messageId(id: string): string | null {
  return /^[^\s<>@\p{C}]+@[^\s<>@\p{C}]+$/u.test(id) ? id : null;
}

function domainOf(value: string): string {
  return value.slice(value.lastIndexOf('@') + 1);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Opened when it is read: a mail that fails before its body must not leave open files behind. */
function lazily(open: () => Promise<Readable>): Readable {
  return Readable.from(
    (async function* () {
      yield* await open();
    })(),
    { objectMode: false },
  );
}
