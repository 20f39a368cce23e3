import type { Bounce } from '@loket/contracts/inbound.js';
import { cleanText, decodeBytes } from './charset.js';
import { Head, splitHead } from './head.js';
import { ownId, tokensIn } from './message-id.js';
import type { MimeFile } from './mime.js';

/** `delivered` reports are receipts, everything else about delivery is a bounce. */
export interface DeliveryReport {
  delivered: boolean;
  bounce: Bounce;
}

const original =
  /^[ \t>]*(?:-{2,}\s*(?:below this line is a copy|this is a copy of|original message|returned message|the header of the original|message header|undelivered message|copy of)[^\n]*|(?:original|received) message headers?:?.*|original message follows.*|the following is a copy of the headers.*|----- message header follows.*)$/im;
const statusPattern = /(?:^|[\s#(<:[])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const replyCode = /(?:^|[^\d.])([45]\d\d)(?:[\s-](?=[#\d\p{L}<])|$)/mu;
const address = /([^\s<>()[\],;:"'@]{1,64}@[^\s<>()[\],;:"'@]{1,250}\.[^\s<>()[\],;:"'@.]{2,30})/;

/** Reads the machine-readable half of a delivery report (RFC 3464) and the mail that it is about. */
export function readDeliveryReport(report: MimeFile, head: Head, files: MimeFile[]): DeliveryReport {
  const groups = decodeBytes(report.bytes)
    .text.slice(0, 200_000)
    .split(/\n[ \t]*\n\s*/)
    .map((group) => splitHead(Buffer.from(`${group.trim()}\n\n`)).head)
    .filter((group) => group.fields.length > 0);
  const recipients = groups.filter(
    (g) => g.has('final-recipient') || g.has('original-recipient') || g.has('action'),
  );
  const action = (g: Head): string => (g.get('action') ?? '').toLowerCase().split(/[\s;]/)[0] ?? '';
  const chosen =
    recipients.find((g) => action(g) === 'failed') ??
    recipients.find((g) => action(g) === 'delayed') ??
    recipients[0];
  const status = statusPattern.exec(` ${chosen?.get('status') ?? ''}`)?.[1] ?? null;
  const diagnostic = chosen?.get('diagnostic-code') ?? null;
  const delivered =
    recipients.length > 0 &&
    recipients.every((g) => ['delivered', 'relayed', 'expanded'].includes(action(g)));
  const refined =
    status === null || /^[45]\.0\.0$/.test(status)
      ? (statusPattern.exec(diagnostic ?? '')?.[1] ?? status)
      : status;
  return {
    delivered,
    bounce: {
      ...about(head, files, null),
      recipient: recipientOf(chosen, head),
      status: refined,
      permanent:
        refined === null
          ? action(chosen ?? new Head([])) === 'failed'
          : refined.startsWith('5') && action(chosen ?? new Head([])) !== 'delayed',
      diagnostic: diagnostic?.replace(/^\s*[\w-]{1,20}\s*;\s*/, '').slice(0, 2000) ?? null,
    },
  };
}

/** Reads a bounce written for people only (qmail, Exim, Exchange, providers of all kinds). */
export function readTextBounce(text: string, head: Head, files: MimeFile[]): Bounce {
  const cut = original.exec(text)?.index ?? text.length;
  const said = text.slice(0, Math.min(cut, 20_000));
  const failed = (head.get('x-failed-recipients') ?? '').split(',')[0]?.trim() ?? '';
  const recipient = failed === '' ? (address.exec(withoutOwnAddresses(said, head))?.[1] ?? null) : failed;
  const status = statusPattern.exec(said)?.[1] ?? null;
  const code = replyCode.exec(said)?.[1] ?? null;
  const temporary =
    /\b(?:will (?:keep|continue|be retried|retry|try)|still trying|delayed|warning message only|do not need to resend|tertunda|masih mencoba)\b/i.test(
      said,
    );
  const kind = status ?? code;
  return {
    ...about(head, files, text),
    recipient: recipient?.slice(0, 320) ?? null,
    status,
    permanent: !temporary && (kind === null || kind.startsWith('5')),
    diagnostic: diagnosticLine(said),
  };
}

function recipientOf(group: Head | undefined, head: Head): string | null {
  const field =
    group?.get('final-recipient') ?? group?.get('original-recipient') ?? head.get('x-failed-recipients');
  const value =
    (field ?? '')
      .replace(/^\s*[\w-]+\s*;\s*/, '')
      .replace(/^<|>$/g, '')
      .split(',')[0]
      ?.trim() ?? '';
  return value === '' ? null : value.slice(0, 320);
}

/** Which mail came back: from the returned copy, else from the text, else from what the report answers. */
function about(head: Head, files: MimeFile[], text: string | null): Pick<Bounce, 'about' | 'tokens'> {
  const returned = files
    .filter((f) =>
      /^(?:message\/(?:rfc822|global|rfc822-headers|global-headers)|text\/rfc822(?:-headers)?)$/.test(
        f.mediaType,
      ),
    )
    .map((f) => splitHead(f.bytes).head);
  if (text !== null) {
    const cut = original.exec(text)?.index ?? 0;
    const copy = text.slice(cut, cut + 100_000);
    const start = /^[ \t>]*(?:return-path|received|message-id|from|to|subject|date|mime-version):/im.exec(
      copy,
    )?.index;
    if (start !== undefined) {
      returned.push(splitHead(Buffer.from(copy.slice(start).replace(/^[ >]*(?=[\w-]+:)/gm, ''))).head);
    }
    const id = /^[ \t>]*message-id:[ \t]*(<[^<>\s]+>)/im.exec(text)?.[0];
    if (id !== undefined) returned.push(splitHead(Buffer.from(`${id.replace(/^[\s>]*/, '')}\n\n`)).head);
  }
  const ids = new Set(returned.map(ownId).filter((id) => id !== null));
  if (ids.size === 0) {
    const own = ownId(head);
    for (const name of [
      'in-reply-to',
      'references',
      'x-ms-exchange-message-original-id',
      'original-message-id',
    ]) {
      for (const [, id = ''] of (head.raw(name) ?? '').matchAll(/<([^<>\s]{3,250})>/g))
        if (id !== own) ids.add(id);
    }
  }
  const traces = returned.flatMap((h) =>
    ['message-id', 'reply-to', 'from', 'references'].map((n) => h.raw(n) ?? ''),
  );
  const list = [...ids].slice(0, 20);
  return {
    about: list,
    tokens: tokensIn([...list, ...traces, head.raw('to') ?? '', head.raw('delivered-to') ?? '']),
  };
}

function withoutOwnAddresses(text: string, head: Head): string {
  let out = text;
  for (const name of ['from', 'to', 'delivered-to']) {
    for (const [found] of (head.raw(name) ?? '')
      .slice(0, 5_000)
      .matchAll(/[^\s<>,;:"@]{1,64}@[^\s<>,;:"@]{1,250}/g))
      out = out.replaceAll(found, ' ');
  }
  return out.replace(/[^\s<>@]{0,64}(?:mailer-daemon|postmaster)@[^\s<>]{0,250}/gi, ' ');
}

function diagnosticLine(said: string): string | null {
  const line = said
    .split('\n')
    .find(
      (l) =>
        l.length < 1_000 &&
        (statusPattern.test(l) ||
          /(?:^|[^\d.])[45]\d\d[\s-](?=[#\d\p{L}<])/u.test(l) ||
          /remote host said|user unknown|mailbox (?:is )?full|no such user|quota/i.test(l)),
    );
  return line === undefined ? null : cleanText(line.trim()).slice(0, 2000);
}
