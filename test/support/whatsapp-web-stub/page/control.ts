import type { Delivery, StubMessage } from '../types.js';
import {
  blobs,
  canonical,
  Chats,
  Cmd,
  ensureChat,
  ensureContact,
  link,
  me,
  Message,
  Messages,
  missing,
  notOnWhatsApp,
  settings,
  Socket,
  unloaded,
} from './account.js';
import { hide, type Fields } from './emitter.js';
import { faults } from './faults.js';
import { MsgKey, randomHex, wid } from './ids.js';
import { hashOf } from './media.js';
import { modules, rotate } from './modules.js';

const deviceKey = 'wa.device';

/** Whether this profile holds the keys of the device that is paired. */
export function holdsDevice(device: string | null): boolean {
  return device !== null && localStorage.getItem(deviceKey) === device;
}

export function connect(): void {
  Socket.set({ state: 'CONNECTED' });
  const synced = (): void => {
    Cmd.trigger('offline_progress_update_from_bridge');
    Socket.set({ hasSynced: true });
  };
  if (settings.syncDelayMs === 0) synced();
  else setTimeout(synced, settings.syncDelayMs);
}

function logOut(): void {
  localStorage.removeItem(deviceKey);
  Cmd.trigger('logout');
  setTimeout(() => {
    location.href = '/?post_logout=1';
  }, 50);
}
Object.assign(Socket, {
  logout: () => {
    logOut();
    return fetch('/__stub/unpair', { method: 'POST' });
  },
});

async function build({ seq, message: m }: Delivery): Promise<Message> {
  const fromMe = m.fromMe ?? false;
  const remote = wid(m.from);
  const participant = m.author === undefined ? undefined : wid(m.author);
  const fields: Fields = {
    id: new MsgKey({ id: m.id, fromMe, remote, participant }),
    t: m.t,
    type: m.type ?? 'chat',
    body: m.body,
    caption: m.caption,
    ack: fromMe ? 1 : 0,
    from: fromMe ? me.pn : remote,
    to: fromMe ? remote : me.pn,
    author: participant,
    notifyName: m.pushname,
    ...m.raw,
  };
  if (m.media) {
    const bytes = Uint8Array.from(atob(m.media.base64), (char) => char.charCodeAt(0)).buffer;
    const filehash = await hashOf(bytes);
    if (!m.media.expired) blobs.set(filehash, bytes);
    Object.assign(fields, {
      mimetype: m.media.mimetype,
      filename: m.media.filename,
      size: m.media.claimedSize ?? bytes.byteLength,
      filehash,
      directPath: `/v/${filehash}`,
      mediaKey: 'k',
      // what WhatsApp puts there: a thumbnail
      body: m.body ?? '/9j/thumbnail',
    });
  }
  if (m.quoted !== undefined) {
    const quoted = Messages.get(m.quoted);
    fields['quotedMsg'] = { type: quoted?.['type'] ?? 'chat', body: quoted?.['body'] };
    fields['quotedStanzaID'] = m.quoted.split('_')[2];
  }
  const message = new Message(fields);
  hide(message, 'order', seq);
  return message;
}

function noteIn(message: StubMessage & { t: number }): void {
  const remote = wid(message.from);
  if (remote.isUser()) ensureContact(remote, message.pushname ? { pushname: message.pushname } : {});
  const chat = ensureChat(remote, message.pushname);
  const unread = Number(chat['unreadCount']) + (message.fromMe ? 0 : 1);
  chat.set({ t: Math.max(Number(chat['t']), message.t), unreadCount: unread });
}

let lastSeq = 0;
const known = (message: Message): boolean =>
  Messages.get((message['id'] as MsgKey)._serialized) !== undefined;

/** What came while the page was away: there, but nobody is told. */
export async function load(history: Delivery[]): Promise<void> {
  const perChat = new Map<string, Message[]>();
  for (const delivery of history) {
    const message = await build(delivery);
    perChat.set(delivery.message.from, [...(perChat.get(delivery.message.from) ?? []), message]);
    noteIn(delivery.message);
    lastSeq = delivery.seq;
  }
  for (const [chat, messages] of perChat) {
    const loaded = messages.splice(Math.max(0, messages.length - settings.loadedPerChat));
    unloaded.set(chat, messages);
    for (const message of loaded) Messages.add(message, true);
  }
}

export const lastSeen = (): number => lastSeq;

let arriving: Promise<unknown> = Promise.resolve();
/** What comes while the page is open: one after the other. */
export function arrive(delivery: Delivery): Promise<unknown> {
  arriving = arriving.then(async () => {
    if (delivery.seq <= lastSeq) return;
    lastSeq = delivery.seq;
    const message = await build(delivery);
    if (known(message)) return;
    message['isNewMsg'] = true;
    noteIn(delivery.message);
    Messages.add(message);
  });
  return arriving;
}

const find = (id: string): Message => {
  const message = Messages.get(id);
  if (!message) throw new Error(`no message ${id}`);
  return message;
};

/** What a test can make happen in the page. */
export const control = {
  pair(device: string): void {
    localStorage.setItem(deviceKey, device);
    Socket.set({ state: 'PAIRING' });
    setTimeout(connect, 30);
  },
  rotate,
  logOut,
  setState: (state: string): void => Socket.set({ state }),
  /** the page says once more that it is ready */
  resync: (): void => Socket.trigger('change:hasSynced', Socket, true),
  redeliver: (id: string): void => Messages.trigger('add', find(id)),
  ack: (id: string, ack: number): void => find(id).set({ ack }),
  edit: (id: string, body: string): void => find(id).set({ body, latestEditSenderTimestampMs: Date.now() }),
  revoke: (id: string): void => find(id).set({ type: 'revoked', body: undefined }),
  /** a message that could not be read at first can be read now */
  decrypt: (id: string, fields: Fields): void => find(id).set(fields),
  react(id: string, emoji: string, from: string): unknown {
    const { reactionTableMode } = modules['WAWebAddonReactionTableMode'] as {
      reactionTableMode: { bulkUpsert: (reactions: Fields[]) => unknown };
    };
    const author = wid(from);
    return reactionTableMode.bulkUpsert([
      {
        id: new MsgKey({ fromMe: false, remote: author, id: randomHex(10) }),
        reactionParentKey: find(id)['id'],
        reactionText: emoji,
        reactionTimestamp: Date.now(),
        author,
        read: false,
        ack: 0,
      },
    ]);
  },
  link,
  group: (id: string, title: string): void => void ensureChat(wid(id), title),
  notOnWhatsApp: (address: string): void => void notOnWhatsApp.add(address),
  canonical: (address: string, real: string): void => void canonical.set(address, real),
  plan: faults.plan,
  missing: (): string[] => missing,
  messages: (): number => Messages.getModelsArray().length,
  chats: (): string[] => Chats.getModelsArray().map((chat) => String(chat['id'])),
  state: (): unknown => Socket['state'],
};
export type Control = typeof control;
