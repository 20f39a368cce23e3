import type { z } from 'zod';
import { clean } from '../legible.js';
import { bareType } from '../media-name.js';
import type { MessageEvent } from '../whatsapp-event.js';
import { contentSchemas } from './webhook-schema.js';

/** What a message says, whoever said it. */
export type Content = Pick<MessageEvent, 'kind' | 'text' | 'media' | 'location' | 'contacts' | 'unsupported'>;

const nothing: Omit<Content, 'kind'> = {
  text: null,
  media: null,
  location: null,
  contacts: [],
  unsupported: null,
};

/**
 * Reads the part of a message that its type names.
 *
 * @param detail what WhatsApp says of a kind that it cannot hand over
 * @returns always something; what we do not know or cannot read becomes `unsupported`, legible and with its type
 */
export function readContent(
  type: string,
  element: Record<string, unknown>,
  detail: string | null = null,
): Content {
  const unsupported: Content = { ...nothing, kind: 'unsupported', unsupported: detail ?? type };
  const read = readers[type];
  return (Object.hasOwn(readers, type) && read?.(element[type])) || unsupported;
}

type Reader = (value: unknown) => Content | null;

/** A reader of one type; what does not fit the schema is not guessed at. */
function reader<S extends z.ZodType>(schema: S, make: (value: z.infer<S>) => Content | null): Reader {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? make(parsed.data) : null;
  };
}

const mediaReader = (kind: 'image' | 'video' | 'document' | 'sticker' | 'audio'): Reader =>
  reader(contentSchemas[kind], ({ id, mime_type, caption, filename, voice }) => ({
    ...nothing,
    kind: kind === 'audio' && voice === true ? 'voice' : kind,
    text: caption ?? null,
    media: {
      reference: id,
      mediaType: bareType(mime_type ?? ''),
      size: null,
      fileName: filename?.slice(0, 1000) ?? null,
    },
  }));

const readers: Record<string, Reader> = {
  text: reader(contentSchemas.text, ({ body }) => ({ ...nothing, kind: 'text', text: body })),
  image: mediaReader('image'),
  video: mediaReader('video'),
  audio: mediaReader('audio'),
  document: mediaReader('document'),
  sticker: mediaReader('sticker'),
  location: reader(contentSchemas.location, ({ latitude, longitude, name, address }) => ({
    ...nothing,
    kind: 'location',
    location: { latitude, longitude, name: name ?? null, address: address ?? null, live: false },
  })),
  contacts: reader(contentSchemas.contacts, (cards) => ({
    ...nothing,
    kind: 'contacts',
    contacts: cards.map(({ name, org, phones = [], emails = [] }) => ({
      name: name?.formatted_name ?? [name?.first_name, name?.last_name].filter(Boolean).join(' '),
      phones: phones.flatMap(({ phone, wa_id }) => phone ?? wa_id ?? []),
      emails: emails.flatMap(({ email }) => email ?? []),
      organization: org?.company ?? null,
    })),
  })),
  button: reader(contentSchemas.button, ({ text }) => ({ ...nothing, kind: 'text', text })),
  interactive: reader(contentSchemas.interactive, ({ button_reply, list_reply, nfm_reply }) => {
    const chosen = button_reply?.title ?? lines([list_reply?.title, list_reply?.description]);
    const text = chosen || lines([nfm_reply?.body, formText(nfm_reply?.response_json)]);
    return text === '' ? null : { ...nothing, kind: 'text', text };
  }),
  order: reader(contentSchemas.order, ({ text, product_items }) => {
    const items = product_items.map(({ product_retailer_id, quantity, item_price, currency }) => {
      const price = item_price === undefined ? '' : ` @ ${[currency, item_price].filter(Boolean).join(' ')}`;
      return `🛒 ${String(quantity)} × ${product_retailer_id}${price}`;
    });
    return { ...nothing, kind: 'text', text: lines([text, ...items]) };
  }),
  system: reader(contentSchemas.system, ({ body, type }) => ({
    ...nothing,
    kind: 'unsupported',
    text: body ?? null,
    unsupported: type ?? 'system',
  })),
};

function lines(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && clean(part).trim() !== '').join('\n');
}

/** What was filled into a form (Flow), one answer a line. */
function formText(json: string | undefined): string | undefined {
  let answers: unknown;
  try {
    answers = JSON.parse(json ?? '');
  } catch {
    return undefined;
  }
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return undefined;
  return Object.entries(answers)
    .filter(([key]) => key !== 'flow_token')
    .slice(0, 50)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}
