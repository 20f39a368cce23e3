import type { OutboundMessage } from '@loket/contracts/outbound.js';
import type { AttachmentRef } from '@loket/contracts/primitives.js';
import type { ChosenTemplate, Template } from '@loket/contracts/templates.js';
import { clean } from '../legible.js';
import { mediaFileName, bareType } from '../media-name.js';
import { parseMessageKey } from '../message-key.js';
import { fail } from './send-failure.js';
import { isBsuid } from './webhook-person.js';

/** Limits of the Cloud API, in characters and bytes. */
export const limits = { text: 4096, caption: 1024, image: 5_000_000, video: 16_000_000, audio: 16_000_000 };

export type MediaType = 'image' | 'video' | 'audio' | 'document';

export interface FilePart {
  as: MediaType;
  file: AttachmentRef;
  name: string;
}

/** One message on WhatsApp; an answer of ours may need several. */
export type Part =
  | { type: 'text'; text: string }
  | { type: 'template'; chosen: ChosenTemplate; files: FilePart[] }
  | ({ type: 'media'; caption: string | null } & FilePart);

const images = ['image/jpeg', 'image/png'];
const videos = ['video/mp4', 'video/3gpp'];
const audios = ['audio/aac', 'audio/amr', 'audio/mp4', 'audio/mpeg', 'audio/ogg'];

/** What a file is sent as: what WhatsApp would not show is a document, which may be anything. */
export function sentAs({ mediaType, size }: Pick<AttachmentRef, 'mediaType' | 'size'>): MediaType {
  const type = bareType(mediaType);
  if (images.includes(type) && size <= limits.image) return 'image';
  if (videos.includes(type) && size <= limits.video) return 'video';
  if (audios.includes(type) && size <= limits.audio) return 'audio';
  return 'document';
}

/**
 * Takes an answer apart into what WhatsApp can carry. A text that fits becomes the caption of an only picture, film or
 * document; else text first, then the files.
 *
 * @throws ChannelError when there is nothing to send
 */
export function partsOf({ text, attachments, template }: OutboundMessage): Part[] {
  if (template) return [{ type: 'template', chosen: template, files: attachments.map(filePart) }];
  const words = clean(text).trim();
  const [only, ...more] = attachments;
  const captioned =
    only !== undefined && more.length === 0 && words.length <= limits.caption && sentAs(only) !== 'audio';
  const texts = words === '' || captioned ? [] : splitText(words, limits.text);
  const media = attachments.map((file): Part => {
    return { type: 'media', ...filePart(file), caption: captioned && words !== '' ? words : null };
  });
  const parts: Part[] = [...texts.map((part): Part => ({ type: 'text', text: part })), ...media];
  if (parts.length === 0) throw fail('rejected', 'whatsapp_nothing_to_send');
  return parts;
}

function filePart(file: AttachmentRef): FilePart {
  const as = sentAs(file);
  return { as, file, name: mediaFileName(file.name, file.mediaType, as) };
}

/**
 * The file that fills a template's blank: all that the answer has, or none.
 *
 * @throws ChannelError when they do not fit each other
 */
export function templateFile({ blanks }: Template, [file, ...more]: readonly FilePart[]): FilePart | null {
  const blank = blanks.find(({ kind }) => kind !== 'text');
  if (!blank && !file) return null;
  if (!file) throw fail('rejected', 'whatsapp_template_value_missing', { detail: blank?.key });
  // a document may be anything
  const fits = blank !== undefined && more.length === 0 && [file.as, 'document'].includes(blank.kind);
  if (!fits) throw fail('rejected', 'whatsapp_media_refused', { detail: file.name });
  return file;
}

/** Cuts at the last line end or space that fits, never through a character. */
export function splitText(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const window = rest.slice(0, max);
    const at = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '));
    // a cut in the first half would only make more of them
    const hard = window.isWellFormed() ? max : max - 1;
    const cut = at > max / 2 ? at : hard;
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/**
 * Where it goes. A business-scoped id has a field of its own: put into `to` it is answered with success and never
 * arrives.
 *
 * @throws ChannelError for recipients that WhatsApp does not know
 */
export function recipientOf({ kind, value }: OutboundMessage['to']): Record<string, string> {
  const base = { messaging_product: 'whatsapp', recipient_type: 'individual' };
  if (kind === 'bsuid' && isBsuid(value)) return { ...base, recipient: value };
  if (kind === 'whatsapp' || kind === 'phone') {
    // verbatim but for how people write numbers: Meta's own ids are digits already
    const to = value.replace(/^whatsapp:/i, '').replace(/@(c\.us|s\.whatsapp\.net)$/i, '');
    if (/^\+?[\d\s().-]{5,40}$/.test(to)) return { ...base, to: to.replace(/\D/g, '') };
  }
  throw fail('rejected', 'whatsapp_recipient_invalid');
}

/** What is quoted, as Meta knows it; what it does not know is left out rather than refused. */
export function contextOf(
  quote: string | null | undefined,
  account: string,
): { context?: { message_id: string } } {
  const ref = quote ? parseMessageKey(quote) : null;
  return ref?.account === account && ref.id.startsWith('wamid.') ? { context: { message_id: ref.id } } : {};
}
