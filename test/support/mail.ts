import { randomUUID } from 'node:crypto';

export interface MailAttachment {
  name: string;
  mediaType: string;
  content: string | Uint8Array;
  /** makes it an inline part of the html */
  contentId?: string;
}

export interface Mail {
  from: string;
  to: string;
  subject: string;
  /** with brackets, as on the wire; null leaves the field out */
  messageId: string | null;
  date: Date;
  inReplyTo?: string;
  references?: string[];
  text: string;
  html?: string;
  attachments: MailAttachment[];
  /** further fields, or others in the place of the usual ones; null leaves one out */
  headers: Record<string, string | null>;
}

/**
 * A plain mail as an ordinary client sends it, with what a test cares about put in its place.
 *
 * @returns the bytes on the wire (RFC 5322, CRLF)
 */
export function mail(given: Partial<Mail> = {}): Buffer<ArrayBuffer> {
  const it: Mail = {
    from: 'Sari Dewi <sari@customer.example>',
    to: 'Bantuan <help@desk.example>',
    subject: 'Printer tidak mau menyala',
    messageId: `<${randomUUID()}@customer.example>`,
    date: new Date(),
    text: 'Selamat pagi,\n\nprinter di lantai dua tidak mau menyala.\n\nTerima kasih\nSari\n',
    attachments: [],
    headers: {},
    ...given,
  };
  const usual: Record<string, string | null | undefined> = {
    From: it.from,
    To: it.to,
    Subject: encoded(it.subject),
    Date: it.date.toUTCString().replace('GMT', '+0000'),
    'Message-ID': it.messageId,
    'In-Reply-To': it.inReplyTo,
    References: it.references?.join('\r\n '),
    'MIME-Version': '1.0',
    ...it.headers,
  };
  const head = Object.entries(usual).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return Buffer.from([...head, body(it)].join('\r\n'));
}

/** Fields of the content, an empty line, the content. */
function body(it: Mail): string {
  const text = leaf('text/plain; charset=utf-8', it.text);
  const words =
    it.html === undefined
      ? text
      : multipart('alternative', [text, leaf('text/html; charset=utf-8', it.html)]);
  const inline = it.attachments.filter((file) => file.contentId !== undefined);
  const related = inline.length === 0 ? words : multipart('related', [words, ...inline.map(file)]);
  const listed = it.attachments.filter((file) => file.contentId === undefined);
  return listed.length === 0 ? related : multipart('mixed', [related, ...listed.map(file)]);
}

function leaf(type: string, content: string): string {
  return [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', '', base64(content)].join('\r\n');
}

function file({ name, mediaType, content, contentId }: MailAttachment): string {
  return [
    `Content-Type: ${mediaType}`,
    'Content-Transfer-Encoding: base64',
    // RFC 2231, so that any name goes through
    `Content-Disposition: ${contentId ? 'inline' : 'attachment'}; filename*=utf-8''${encodeURIComponent(name)}`,
    ...(contentId ? [`Content-ID: <${contentId}>`] : []),
    '',
    base64(content),
  ].join('\r\n');
}

function multipart(kind: string, parts: string[]): string {
  const boundary = `=_${randomUUID()}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((part) => [`--${boundary}`, part]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

function base64(content: string | Uint8Array): string {
  return (
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');
}

/** RFC 2047 where it is needed. */
function encoded(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}
