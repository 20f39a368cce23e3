import type { NormalizedMessage, Recipient } from '@loket/contracts/inbound.js';
import { sanitiseHtml } from '@loket/channel/html.js';
import { addressesOf, domainOf, type MailAddress } from './addresses.js';
import { proveSender } from './authentication.js';
import { classify } from './automatic.js';
import { bodyOf, type MailBody } from './body.js';
import { calendarText } from './calendar.js';
import { inspectSignatures, type SelfProof } from './dkim-inspect.js';
import { isForwarded } from './forwarded.js';
import { splitHead, type Head } from './head.js';
import { htmlToText } from './html-text.js';
import { openFiles, type MailFile } from './mail-files.js';
import { parseMailDate } from './mail-date.js';
import { contentId, idsIn, ownId, tokensIn } from './message-id.js';
import { parseStructure } from './mime-repair.js';
import { readSender } from './sender.js';
import { splitBody } from './split-body.js';
import type { MailWarning } from './warnings.js';

/** What reading a mail needs to know of its channel. */
export interface MailSettings {
  /** our addresses, lower case */
  ownAddresses: string[];
  trustedAuthservIds: string[];
  /** gather what a check of DKIM needs, where those servers said nothing */
  checkDkim: boolean;
  /** milliseconds since the epoch: dates are checked against it */
  now: number;
}

export type ParsedMail = Omit<NormalizedMessage, 'channelId' | 'attachments' | 'raw'> & {
  files: MailFile[];
  /** how the mail may prove its sender by itself; null when that is settled, or cannot be */
  selfProof: SelfProof | null;
};

/** Fields in which servers note whom a mail was delivered to; a plus-address may stand only there. */
const deliveryFields = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'x-forwarded-to',
  'apparently-to',
];
const knownFields =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|sender|reply-to|in-reply-to|references|mime-version|content-type|authentication-results|delivered-to|x-mailer|user-agent|dkim-signature)$/;
const maxText = 2_000_000;
const maxHtml = 5_000_000;
const farAhead = 2 * 24 * 3600 * 1000;
const longAgo = Date.UTC(1990, 0, 1);

/** No header section of a mail was found. */
export class NotAMailError extends Error {}

/**
 * Reads one raw mail. Pure: no clock, no files. Heavy; runs in a worker thread.
 *
 * @throws NotAMailError
 */
export async function parseMail(raw: Buffer, settings: MailSettings): Promise<ParsedMail> {
  const bytes = withoutPreamble(raw);
  const { head, bodyStart } = splitHead(bytes);
  if (!head.fields.some((f) => knownFields.test(f.name))) throw new NotAMailError('no header section');

  const structure = await parseStructure(bytes, head);
  const warnings: Set<MailWarning> = structure.warnings;
  const files = openFiles(structure.files, warnings);
  const whole = withFallback(withTnef(bodyOf(structure.tree), files.tnef), files.list);
  const tooLong = (whole.html?.length ?? 0) > maxHtml;
  const body = tooLong ? { ...whole, html: whole.html?.slice(0, maxText) ?? null } : whole;
  if (/^(?:application\/(?:x-)?pkcs7-mime|multipart\/encrypted)/i.test(head.raw('content-type') ?? ''))
    warnings.add('encrypted');

  const to = [...addressesOf(head, 'to'), ...addressesOf(head, 'apparently-to')];
  const cc = addressesOf(head, 'cc');
  const bcc = addressesOf(head, 'bcc');
  const replyTo = addressesOf(head, 'reply-to');
  const from = readSender(head, warnings);
  const subject = (head.get('subject') ?? '').slice(0, 1000).replace(/\p{Surrogate}/gu, '');

  const people = new Set(
    [...to, ...cc, ...replyTo, ...(from ? [from] : [])].map((a) => a.address.toLowerCase()),
  );
  const own = ownId(head);
  if (own === null) warnings.add('message_id_missing');
  const references = readReferences(head, people, own, warnings);

  const answers = references.inReplyTo !== null || references.all.length > 0;
  const everything = body.plain ?? htmlToText(body.html ?? '');
  const forwarded = isForwarded(subject, everything, answers, head.has('x-forwarded-message-id'));
  const split = splitBody(body, forwarded);

  const kind = classify({
    head,
    from,
    subject,
    text: split.text,
    body: everything,
    files: files.list,
    answers,
  });
  const ownMessage =
    from !== null &&
    settings.ownAddresses.includes(withoutPlus(from.address)) &&
    (kind.automatic === null || kind.automatic === 'list' || kind.automatic === 'newsletter');
  if (ownMessage) warnings.add('own_message');

  const shown = body.html === null || tooLong ? null : sanitiseHtml(decodeCids(body.html, files.list));
  const html = shown !== null && shown.length > maxHtml ? null : shown;
  if (tooLong || html !== shown || split.text.length > maxText || (split.quoted?.length ?? 0) > maxText) {
    warnings.add('body_over_limit');
    files.list.push(wholeBody(whole));
  }
  markInline(files.list, html);

  const recipients = readRecipients({
    to,
    cc,
    bcc,
    reply_to: replyTo.filter((a) => a.address.toLowerCase() !== from?.address.toLowerCase()),
  });
  if (recipients.length > 500) warnings.add('list_truncated');
  // Only From can be proven, and only when it names one person.
  const fromDomain =
    from === null || warnings.has('from_ambiguous') || warnings.has('sender_missing')
      ? null
      : domainOf(from.address);
  const { decided, ...proof } = proveSender(head, settings.trustedAuthservIds, fromDomain);
  const selfProof =
    fromDomain !== null && !decided && settings.checkDkim
      ? inspectSignatures({ head, bytes, bodyStart }, { ...settings, fromDomain })
      : null;
  const sentAt = readDate(head, settings.now, warnings);
  if (head.charsetGuessed) warnings.add('charset_guessed');

  return {
    externalId: own ?? contentId(bytes),
    thread: {
      references: references.all,
      inReplyTo: references.inReplyTo,
      tokens: tokensIn([
        ...[...to, ...cc, ...bcc].map((a) => a.address),
        ...deliveryFields.flatMap((name) => head.rawAll(name)),
        ...references.all,
      ]),
      forwarded,
    },
    sender: { kind: 'email', value: from?.address ?? 'unknown@invalid', name: from?.name ?? null, ...proof },
    recipients: recipients.slice(0, 500),
    sentAt,
    subject: subject === '' ? null : subject,
    text: cut(split.text, maxText),
    quoted: split.quoted === null || split.quoted === '' ? null : cut(split.quoted, maxText),
    html,
    automatic: ownMessage ? 'auto_reply' : kind.automatic,
    bounce: kind.bounce,
    warnings: [...warnings].slice(0, 20),
    files: files.list.slice(0, 1000),
    selfProof,
  };
}

/** mbox separators, empty lines and byte order marks before the first field hide the whole head from a parser. */
function withoutPreamble(raw: Buffer): Buffer {
  let at = raw.length >= 3 && raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0;
  while (at < raw.length && /[\s\0]/.test(String.fromCharCode(raw[at] ?? 0))) at++;
  if (/^>?From \S/.test(raw.toString('latin1', at, at + 8))) {
    const newline = raw.indexOf(0x0a, at);
    if (newline > 0) at = newline + 1;
  }
  const bytes = at === 0 ? raw : raw.subarray(at);
  // Line ends of old Macs.
  return bytes.includes(0x0a) || !bytes.includes(0x0d)
    ? bytes
    : Buffer.from(bytes.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}

function readReferences(
  head: Head,
  people: ReadonlySet<string>,
  own: string | null,
  warnings: Set<MailWarning>,
): { all: string[]; inReplyTo: string | null } {
  const read = (name: string): string[] =>
    head.rawAll(name).flatMap((raw) => idsIn(raw.includes('=?') ? head.decode(raw) : raw, people));
  const known = read('references').filter((id) => id !== own);
  const direct = read('in-reply-to').filter((id) => id !== own);
  // Of several, the one that the references end in; they stand oldest first.
  const inReplyTo = direct.find((id) => id === known.at(-1)) ?? direct[0] ?? null;
  const all = [...new Set([...known, ...direct])].filter((id) => id !== inReplyTo);
  if (inReplyTo !== null) all.push(inReplyTo);
  if (all.length <= 200) return { all, inReplyTo };
  // The first one names the thread, the last ones its newest part.
  warnings.add('list_truncated');
  return { all: [...all.slice(0, 10), ...all.slice(-190)], inReplyTo };
}

function readRecipients(lists: Record<Recipient['role'], MailAddress[]>): Recipient[] {
  const seen = new Set<string>();
  const recipients: Recipient[] = [];
  for (const [role, list] of Object.entries(lists) as [Recipient['role'], MailAddress[]][]) {
    for (const { address, name } of list) {
      const key = `${role} ${address.toLowerCase()}`;
      if (!seen.has(key)) recipients.push({ role, kind: 'email', value: address, name });
      seen.add(key);
    }
  }
  return recipients;
}

function readDate(head: Head, now: number, warnings: Set<MailWarning>): string {
  const written = head.raw('date');
  const date = written === null ? null : parseMailDate(written);
  if (date !== null && date <= now + farAhead && date >= longAgo) return new Date(date).toISOString();
  warnings.add(date === null ? 'date_missing' : 'date_implausible');
  const received = parseMailDate((head.raw('received') ?? '').replace(/^.*;/s, ''));
  return new Date(
    received !== null && received <= now + farAhead && received >= longAgo ? received : now,
  ).toISOString();
}

function withTnef(body: MailBody, tnef: MailBody | null): MailBody {
  if (tnef === null || body.html !== null || (body.plain ?? '').trim() !== '') return body;
  return tnef;
}

/** Mails without any body text: what an invitation or a rich text part says. */
function withFallback(body: MailBody, files: MailFile[]): MailBody {
  if (body.html !== null || (body.plain ?? '').trim() !== '') return body;
  const calendar = files.find((f) => f.mediaType === 'text/calendar');
  if (calendar) return { plain: calendarText(calendar.bytes), html: null };
  const rich = files.find((f) => /^text\/(?:enriched|richtext)$/.test(f.mediaType));
  return rich ? { plain: htmlToText(rich.bytes.toString()), html: null } : body;
}

/** What is too long to store goes along as a file. */
function wholeBody({ plain, html }: MailBody): MailFile {
  const [name, mediaType] = html === null ? ['message.txt', 'text/plain'] : ['message.html', 'text/html'];
  return { name, mediaType, contentId: null, inline: false, bytes: Buffer.from(html ?? plain ?? '') };
}

/** Files that the html shows in its place; all others are listed below the message. */
function markInline(files: MailFile[], html: string | null): void {
  const shown = new Set([...(html ?? '').matchAll(/src="cid:([^"]{1,6000})"/g)].map(([, id]) => id));
  for (const file of files)
    file.inline = file.contentId !== null && shown.has(escapeAttribute(file.contentId));
}

/** `cid:` addresses may be percent-encoded (RFC 2392); the console compares them as they are. */
function decodeCids(html: string, files: MailFile[]): string {
  const ids = new Set(files.map((f) => f.contentId).filter((id) => id !== null));
  if (ids.size === 0) return html;
  return html.replace(/\bcid:([^\s"'<>)]{1,998})/gi, (all, written: string) => {
    try {
      const id = decodeURIComponent(written.replaceAll('&amp;', '&'));
      return ids.has(id) ? `cid:${escapeAttribute(id)}` : all;
    } catch {
      return all;
    }
  });
}

function escapeAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function withoutPlus(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*(?=@[^@]*$)/, '');
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}
