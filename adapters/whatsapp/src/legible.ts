import type { ContactCard, Location, MessageKind } from './whatsapp-event.js';

/** NUL and other controls but for tab and line ends; the database takes none, and no reader wants them. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const maxContacts = 20;

/** Text as people sent it, without what cannot be stored or seen. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(controls, '');
}

/** One line of at most `max` characters; null when nothing is left. */
export function cleanLine(text: string | null, max: number): string | null {
  const line = clean(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : line.slice(0, max).toWellFormed();
}

/** Name and address as far as there are any, then where it is on a map. */
export function locationText({ latitude, longitude, name, address }: Location): string {
  const words = [name, address].map((line) => cleanLine(line, 500)).filter((line) => line !== null);
  const link = `https://maps.google.com/?q=${String(latitude)},${String(longitude)}`;
  return [`📍 ${words.join('\n')}`.trim(), link].join('\n');
}

/** One contact a line: name, company, then how to reach it. */
export function contactsText(contacts: readonly ContactCard[]): { text: string; truncated: boolean } {
  const lines = contacts.slice(0, maxContacts).map(({ name, organization, phones, emails }) => {
    const who = [cleanLine(name, 200), cleanLine(organization, 200)].filter((part) => part !== null);
    const reach = [...phones, ...emails]
      .slice(0, 10)
      .map((part) => cleanLine(part, 320))
      .filter((part) => part !== null);
    return `👤 ${[who.join(', '), reach.join(', ')].filter((part) => part !== '').join(': ')}`.trim();
  });
  return { text: lines.join('\n'), truncated: contacts.length > maxContacts };
}

const words: Record<MessageKind, string> = {
  text: 'teks / text',
  image: 'gambar / image',
  video: 'video',
  audio: 'audio',
  voice: 'pesan suara / voice message',
  document: 'dokumen / document',
  sticker: 'stiker / sticker',
  location: 'lokasi / location',
  contacts: 'kontak / contact',
  unsupported: 'pesan yang tidak didukung / unsupported message',
};

/** Stands in the timeline where there is nothing to show, in both languages. */
export function placeholder(kind: MessageKind, detail: string | null = null): string {
  const named = cleanLine(detail, 100);
  return named === null ? `[${words[kind]}]` : `[${words[kind]}: ${named}]`;
}
