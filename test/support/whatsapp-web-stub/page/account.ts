import type { OutboxEntry, StubBoot } from '../types.js';
import { Collection, Emitter, hide, Model, type Fields } from './emitter.js';
import { wid, type MsgKey, type Wid } from './ids.js';

declare global {
  interface Window {
    __WA_BOOT: StubBoot;
  }
}

/** What the page knows: who it is, its chats and messages, and what it sent. */
export const { settings, ...boot } = window.__WA_BOOT;

export const me = { pn: wid(`${settings.pn}@c.us`), lid: wid(`${settings.lid}@lid`) };
export const lidOf = new Map<string, Wid>();
export const pnOf = new Map<string, Wid>();
export const notOnWhatsApp = new Set<string>(boot.notOnWhatsApp);
export const canonical = new Map<string, string>();
export const blobs = new Map<string, ArrayBuffer>();
/** modules that the library asked for and that are not here; has to stay empty */
export const missing: string[] = [];

export const Socket = new Model({ state: 'OPENING', hasSynced: false });
export const Conn = new Model({ ref: undefined, pushname: settings.pushname, platform: 'android' });
export const Cmd = new Emitter();

export class Message extends Model {
  constructor(fields: Fields) {
    super(fields);
    hide(
      this,
      'mediaData',
      fields['mediaData'] ?? (fields['directPath'] ? { mediaStage: 'INIT' } : undefined),
    );
  }

  downloadMedia(): Promise<void> {
    const found = blobs.has(String(this['filehash']));
    (this['mediaData'] as { mediaStage: string }).mediaStage = found ? 'RESOLVED' : 'ERROR_MISSING';
    return Promise.resolve();
  }

  msgContextInfo(): Fields {
    return {
      quotedMsg: { type: this['type'], body: this['body'] },
      quotedStanzaID: (this['id'] as MsgKey).id,
      quotedParticipant: this['author'] ?? this['from'],
    };
  }

  canReply(): boolean {
    return true;
  }
}

export const Messages = new Collection(Message);
export const Chats = new Collection(Model);
export const Contacts = new Collection(Model);
/** per chat: what is on the phone but not in memory, oldest first */
export const unloaded = new Map<string, Message[]>();

export function link(pn: string, lid: string): void {
  lidOf.set(pn, wid(lid));
  pnOf.set(lid, wid(pn));
}
for (const [pn, lid] of boot.links) link(pn, lid);

export function ensureContact(address: Wid, fields: Fields = {}): Model {
  const known = Contacts.get(address);
  const contact = known ?? Contacts.add(new Model({ id: address, type: 'in' }));
  if (Object.keys(fields).length > 0) contact.set(fields);
  return contact;
}

export function ensureChat(address: Wid, title?: string): Model {
  const known = Chats.get(address);
  if (known) return known;
  const chat = new Model({
    id: address,
    formattedTitle: title ?? address.user,
    unreadCount: 0,
    t: 0,
    archive: false,
    mute: { expiration: 0 },
    isReadOnly: false,
  });
  // As in life a chat is in order, whatever was loaded last.
  const place = (message: Message): number => Number(message['t']) + Number(message['order'] ?? 0) / 1e9;
  const ofChat = (): Message[] =>
    Messages.getModelsArray()
      .filter((message) => String((message['id'] as MsgKey).remote) === String(address))
      .sort((a, b) => place(a) - place(b));
  hide(chat, 'msgs', { getModelsArray: ofChat });
  if (address.isGroup()) {
    hide(chat, 'groupMetadata', new Model({ id: address, announce: false, participants: [] }));
  }
  return Chats.add(chat);
}

/** Tells the network, which is the test. In order: each waits for the one before. */
let sending: Promise<unknown> = Promise.resolve();
export function post(entry: OutboxEntry): void {
  sending = sending.then(() => fetch('/__stub/outbox', { method: 'POST', body: JSON.stringify(entry) }));
}
