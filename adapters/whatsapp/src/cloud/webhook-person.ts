import type { Person, WhatsappAddress } from '../whatsapp-event.js';
import { contactSchema, type WebhookContact } from './webhook-schema.js';

/** `ID.1349…` or, of a linked portfolio, `ID.ENT.1181…`; the country stands in front. */
const bsuidForm = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

export const isBsuid = (value: string): boolean => bsuidForm.test(value);

/** The contacts that came along with a batch; odd ones are left out, since a name is all that they add. */
export function readContacts(elements: readonly unknown[]): WebhookContact[] {
  return elements.flatMap((element) => {
    const parsed = contactSchema.safeParse(element);
    return parsed.success ? [parsed.data] : [];
  });
}

/**
 * Who it is: by phone where WhatsApp tells it, for that is what people are known by elsewhere, else by the
 * business-scoped id that stands in for it.
 *
 * @returns null when there is no address at all
 */
export function personOf(
  phone: string | undefined,
  userId: string | undefined,
  contacts: readonly WebhookContact[],
): Person | null {
  const contact = contacts.find(
    ({ wa_id, user_id }) =>
      (phone !== undefined && (wa_id === phone || user_id === phone)) ||
      (userId !== undefined && user_id === userId),
  );
  const seen = [contact?.wa_id, phone, userId, contact?.user_id].filter((value) => value !== undefined);
  const addresses = [...new Set(seen)]
    .filter((value) => value.length <= 255)
    .map((value): WhatsappAddress => ({ kind: isBsuid(value) ? 'bsuid' : 'whatsapp', value }));
  const [first, ...also] = addresses.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return null;
  const { name, username } = contact?.profile ?? {};
  return { ...first, name: name?.trim() || username || null, also };
}

function rank({ kind }: WhatsappAddress): number {
  return kind === 'whatsapp' ? 0 : 1;
}

/** The chat with one person. By the business-scoped id, which stays when the phone is hidden, as soon as there is one. */
export function chatOf(person: Person): string {
  return [person, ...person.also].find(({ kind }) => kind === 'bsuid')?.value ?? person.value;
}
