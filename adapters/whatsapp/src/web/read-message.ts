import type { MessageRef } from '../message-key.js';
import type { MessageEvent, MessageKind, Person } from '../whatsapp-event.js';
import { rawMessageSchema, type RawKey, type RawMessage } from './raw-message.js';
import { readVcard } from './vcard.js';

/** The message as the page holds it. @returns null when it is none that we can read */
export function parseRaw(data: unknown): RawMessage | null {
  const parsed = rawMessageSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** Addresses of people, as far as WhatsApp has told. */
export interface People {
  /** digits of our own number */
  account: string;
  /** the one id of a chat that is known by several */
  chat(id: string): string;
  person(id: string, name: string | null): Person;
  isSelf(id: string): boolean;
}

export function refOf(key: RawKey, people: People): MessageRef {
  const participant = key.participant ?? null;
  return {
    account: people.account,
    id: key.id,
    fromMe: key.fromMe,
    // Ours are ours; in other chats than groups there is one other side.
    participant:
      key.fromMe || participant === null || !key.remote.endsWith('@g.us') ? null : people.chat(participant),
  };
}

/** Our own account, as somebody who says and does things. */
export function ownPerson({ account }: People): Person {
  return { kind: 'whatsapp', value: account, name: null, also: [] };
}

const kinds: Record<string, MessageKind> = {
  chat: 'text',
  image: 'image',
  video: 'video',
  audio: 'audio',
  ptt: 'voice',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  vcard: 'contacts',
  multi_vcard: 'contacts',
  // Words that stand in a button or a list are words.
  buttons_response: 'text',
  list_response: 'text',
  template_button_reply: 'text',
  interactive: 'text',
  hsm: 'text',
  native_flow: 'text',
};
const files = new Set<MessageKind>(['image', 'video', 'audio', 'voice', 'document', 'sticker']);

/** The shared form of a message. Seconds become instants, `@lid` and phone become one person. */
export function readMessage(raw: RawMessage, people: People, chatName: string | null = null): MessageEvent {
  const kind = kindOf(raw);
  const group = raw.id.remote.endsWith('@g.us');
  const author = raw.id.fromMe ? null : (raw.author ?? raw.id.participant ?? raw.from ?? raw.id.remote);
  return {
    type: 'message',
    ref: refOf(raw.id, people),
    chat: people.chat(raw.id.remote),
    from: author === null ? ownPerson(people) : people.person(author, raw.notifyName ?? null),
    ...(raw.id.fromMe ? { to: group ? null : people.person(raw.id.remote, null) } : {}),
    at: new Date(raw.t * 1000).toISOString(),
    kind,
    text: textOf(raw, kind),
    media: mediaOf(raw, kind),
    location: locationOf(raw, kind),
    contacts: kind === 'contacts' ? cardsOf(raw).map(readVcard) : [],
    quoted: quotedOf(raw, people),
    forwarded: raw.isForwarded ?? false,
    group: group ? { id: raw.id.remote, name: chatName } : null,
    unsupported: kind === 'unsupported' ? raw.type.slice(0, 100) : null,
  };
}

function kindOf(raw: RawMessage): MessageKind {
  const kind = kinds[raw.type] ?? 'unsupported';
  if (kind === 'text' && raw.type !== 'chat' && !raw.body) return 'unsupported';
  if (kind === 'location' && !isPlace(raw)) return 'unsupported';
  return kind;
}

function isPlace({ lat, lng }: RawMessage): boolean {
  return lat != null && lng != null && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
}

/** The body is words for words only: of files and places it is a thumbnail. */
function textOf(raw: RawMessage, kind: MessageKind): string | null {
  if (kind === 'text') return raw.body ?? '';
  return files.has(kind) ? (raw.caption ?? null) : null;
}

function mediaOf(raw: RawMessage, kind: MessageKind): MessageEvent['media'] {
  if (!files.has(kind)) return null;
  return {
    reference: '',
    mediaType: raw.mimetype?.slice(0, 255) || 'application/octet-stream',
    size: raw.size ?? null,
    fileName: raw.filename ?? null,
  };
}

function locationOf(raw: RawMessage, kind: MessageKind): MessageEvent['location'] {
  if (kind !== 'location' || raw.lat == null || raw.lng == null) return null;
  const [name = '', ...address] = (raw.loc ?? '').split('\n');
  return {
    latitude: raw.lat,
    longitude: raw.lng,
    name: name.trim() || null,
    address: address.join(', ').trim() || null,
    live: raw.isLive ?? false,
  };
}

function cardsOf({ type, body, vcardList }: RawMessage): string[] {
  if (type === 'vcard') return body ? [body] : [];
  return (vcardList ?? []).map(({ vcard }) => vcard);
}

function quotedOf(raw: RawMessage, people: People): MessageRef | null {
  if (raw.quotedStanzaID == null) return null;
  const by = raw.quotedParticipant ?? null;
  const fromMe = by !== null && people.isSelf(by);
  return refOf({ id: raw.quotedStanzaID, fromMe, remote: raw.id.remote, participant: by }, people);
}
