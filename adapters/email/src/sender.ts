import { addressesOf, parseAddresses, type MailAddress } from './addresses.js';
import type { Head } from './head.js';
import type { MailWarning } from './warnings.js';

/**
 * From, whatever else is there. Only a mail without any address in it is filed under who handed it in (Sender, the
 * envelope), unproven; never under Reply-To, which is where answers shall go, not who wrote.
 */
export function readSender(head: Head, warnings: Set<MailWarning>): MailAddress | null {
  const fields = head.rawAll('from');
  const written = fields.flatMap((raw) => parseAddresses(raw, head));
  const bracketed =
    fields
      .join(' ')
      .slice(0, 5_000)
      .match(/<[^<>\s@]{1,320}@[^<>\s@]{1,320}>/g) ?? [];
  if (
    new Set(written.map((a) => a.address.toLowerCase())).size > 1 ||
    fields.length > 1 ||
    bracketed.length > 1
  )
    warnings.add('from_ambiguous');
  if (written[0]) return written[0];
  warnings.add('sender_missing');
  for (const name of ['sender', 'return-path', 'x-original-from', 'errors-to']) {
    const [found] = addressesOf(head, name);
    if (found) return { address: found.address, name: found.name ?? nameOnly(head) };
  }
  const name = nameOnly(head);
  if (name !== null && /^[\w.+-]{1,64}$/.test(name))
    return { address: `${name.toLowerCase()}@invalid`, name };
  return name === null ? null : { address: 'unknown@invalid', name };
}

function nameOnly(head: Head): string | null {
  const text = (head.get('from') ?? '')
    .replace(/<[^<>]*>/g, '')
    .replace(/["<>;:]/g, '')
    .trim()
    .slice(0, 200);
  return text === '' || /undisclosed/i.test(text) ? null : text;
}
