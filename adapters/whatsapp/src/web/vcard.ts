import type { ContactCard } from '../whatsapp-event.js';

/** What a reader wants of a vCard (RFC 6350, and what phones make of it). Never throws. */
export function readVcard(vcard: string): ContactCard {
  const card: ContactCard = { name: '', phones: [], emails: [], organization: null };
  const lines = vcard
    .slice(0, 100_000)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const value = unescape(line.slice(colon + 1)).trim();
    if (value === '') continue;
    const name = line.slice(0, colon).split(';', 1)[0] ?? '';
    // iPhones write item1.TEL.
    switch (name.replace(/^[\w-]+\./, '').toUpperCase()) {
      case 'FN':
        card.name ||= value;
        break;
      case 'TEL':
        if (card.phones.length < 10) card.phones.push(value.replace(/^tel:/i, ''));
        break;
      case 'EMAIL':
        if (card.emails.length < 10) card.emails.push(value);
        break;
      case 'ORG':
        card.organization ??= value.replace(/;+$/, '').replaceAll(';', ', ');
        break;
    }
  }
  return card;
}

function unescape(text: string): string {
  return text.replace(/\\([\\,;nN])/g, (_all, char: string) => (char.toLowerCase() === 'n' ? ' ' : char));
}
