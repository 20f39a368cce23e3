import {
  canonical,
  Chats,
  Cmd,
  Conn,
  Contacts,
  ensureChat,
  ensureContact,
  lidOf,
  me,
  Message,
  Messages,
  missing,
  notOnWhatsApp,
  pnOf,
  post,
  settings,
  Socket,
  unloaded,
} from './account.js';
import { Collection, Model, type Fields } from './emitter.js';
import { faults } from './faults.js';
import { MsgKey, wid, type Wid } from './ids.js';
import { mediaModules } from './media.js';

const idOf = (message: Model): MsgKey => message['id'] as MsgKey;
const addressOf = (model: Model): Wid => model['id'] as Wid;
const field = (name: string) => (model: Model) => model[name];
const nothing = () => Promise.resolve();
const findLinks = (text: unknown): { href: string }[] =>
  [...(typeof text === 'string' ? text : '').matchAll(/https?:\/\/\S+/g)].map(([href]) => ({ href }));

let rotations = 0;
/** A new QR code, as the network sends one every 20 to 60 s. */
export function rotate(): void {
  rotations += 1;
  Conn.set({ ref: `2@stub-ref-${rotations}` });
}

Object.assign(Socket, { takeover: () => Socket.set({ state: 'CONNECTED' }) });
Object.assign(Cmd, {
  refreshQR: rotate,
  sendRevokeMsgs: (_chat: Model, { list }: { list: Message[] }) => {
    for (const message of list) {
      post({ kind: 'revoke', id: idOf(message)._serialized });
      message.set({ type: 'revoked', body: undefined });
    }
    return nothing();
  },
});
Object.assign(Messages, {
  getMessagesById: (ids: string[]) =>
    Promise.resolve({ messages: ids.flatMap((id) => Messages.get(id) ?? []) }),
});
Object.assign(Contacts, {
  find: (id: string | Wid) => Promise.resolve(ensureContact(wid(id))),
});
Object.assign(Chats, { find: (id: string | Wid) => Promise.resolve(ensureChat(wid(id))) });

function send(chat: Model, fields: Fields): [Promise<void>, Promise<unknown>] {
  if (faults.take('hang')) return [new Promise(() => undefined), new Promise(() => undefined)];
  if (faults.take('send')) {
    const failed = Promise.reject<void>(new Error('stub: send failed'));
    failed.catch(() => undefined);
    return [failed, failed];
  }
  const message = Messages.add(new Message(fields));
  post({
    kind: 'send',
    id: idOf(message)._serialized,
    to: addressOf(chat)._serialized,
    type: String(message['type']),
    body: typeof message['body'] === 'string' ? message['body'] : '',
    fields: message.serialize(),
  });
  if (settings.autoAck) [1, 2].forEach((ack) => setTimeout(() => message.set({ ack }), 30 * ack));
  const sent = new Promise((resolve) => setTimeout(() => resolve({ messageSendResult: 'OK' }), 30));
  return [nothing(), sent];
}

const page = 50;
function loadEarlier({ chat }: { chat: Model }): Promise<Message[]> {
  const waiting = unloaded.get(String(chat['id'])) ?? [];
  const next = waiting.splice(Math.max(0, waiting.length - page));
  for (const message of next) Messages.add(message, true);
  return Promise.resolve(next);
}

/** What the library asks of WhatsApp Web, by the names that WhatsApp gives it. */
export const modules: Record<string, unknown> = {
  ...mediaModules,
  WAWebSocketModel: { Socket },
  WAWebConnModel: { Conn },
  WAWebCmd: { Cmd },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WAWebAltDeviceLinkingApi: {
    setPairingType: () => undefined,
    initializeAltDeviceLinking: nothing,
    startAltLinkingFlow: () =>
      settings.refuseCodes ? Promise.reject(new Error('rate-overlimit')) : Promise.resolve('ABCD1234'),
    initializeQRLinking: nothing,
  },
  WABase64: { encodeB64: (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: {
    waNoiseInfo: { get: () => Promise.resolve({ staticKeyPair: { pubKey: new Uint8Array(32).fill(1) } }) },
  },
  WAWebSignalStoreApi: {
    waSignalStore: {
      getRegistrationInfo: () => Promise.resolve({ identityKeyPair: { pubKey: new Uint8Array(32).fill(2) } }),
    },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'stubsecret=' },
  WAWebLaunchSocketUtils: { refreshQR: rotate },
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me.pn, getMaybeMeLidUser: () => me.lid },
  WAWebCollections: {
    Msg: Messages,
    Chat: Chats,
    Contact: Contacts,
    BusinessProfile: Object.assign(new Collection(Model), { find: () => Promise.resolve({}) }),
    Blocklist: new Collection(Model),
    GroupMetadata: new Collection(Model),
    WAWebNewsletterCollection: new Collection(Model),
    Label: new Collection(Model),
    Status: new Collection(Model),
  },
  WAWebSyncGatingUtils: {},
  WAWebCallCollection: {},
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: {
    handlePlaceholderMsgsSeen: (messages: Message[]) =>
      messages.forEach((message) => post({ kind: 'resend-request', id: idOf(message)._serialized })),
  },
  WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: nothing } },
  WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: nothing } },
  WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => undefined },
  WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => undefined },
  WALinkify: { findLinks, findLink: (text: unknown) => findLinks(text)[0] },
  WAWebLinkPreviewChatAction: { getLinkPreview: () => Promise.resolve(null) },
  WAWebWidFactory: { createWid: wid, createWidFromWidLike: wid, asUserWidOrThrow: wid },
  WAWebFindChatAction: {
    findOrCreateLatestChat: (address: Wid) =>
      notOnWhatsApp.has(String(address))
        ? Promise.reject(new Error('No LID for user'))
        : Promise.resolve({ chat: ensureChat(address) }),
  },
  WAWebStreamModel: { Stream: { markAvailable: () => undefined, markUnavailable: () => undefined } },
  WAWebUpdateUnreadChatAction: {
    sendSeen: ({ chat }: { chat: Model }) => {
      post({ kind: 'seen', to: addressOf(chat)._serialized });
      chat.set({ unreadCount: 0 });
      return nothing();
    },
  },
  WAWebChatGetters: {
    getIsNewsletter: (chat: Model) => addressOf(chat).server === 'newsletter',
    getIsBroadcast: (chat: Model) => addressOf(chat).server === 'broadcast',
  },
  WAWebMsgKey: MsgKey,
  WAWebMsgReply: { canReplyMsg: () => true },
  WAWebQuotedMsgModelUtils: {
    getQuotedMsgObj: (message: Message) =>
      Messages.getModelsArray().find((known) => idOf(known).id === message['quotedStanzaID']),
  },
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebSendMsgChatAction: { addAndSendMsgToChat: send },
  WAWebSendReactionMsgAction: {
    sendReactionToMsg: (message: Message, reaction: string) => {
      post({ kind: 'react', id: idOf(message)._serialized, reaction });
      return nothing();
    },
  },
  WAWebSendMessageEditAction: {
    sendMessageEdit: (message: Message, body: string) => {
      post({ kind: 'edit', id: idOf(message)._serialized, body });
      message.set({ body, latestEditSenderTimestampMs: Date.now() });
      return nothing();
    },
  },
  WAWebMsgActionCapability: {
    canSenderRevokeMsg: (message: Message) => idOf(message).fromMe,
    canAdminRevokeMsg: () => false,
    canEditText: (message: Message) => idOf(message).fromMe && message['type'] === 'chat',
    canEditCaption: () => false,
    canStarMsg: () => true,
  },
  WAWebApiContact: {
    getCurrentLid: (address: Wid) => lidOf.get(String(address)),
    getPhoneNumber: (address: Wid) => pnOf.get(String(address)),
    getAlternateUserWid: (address: Wid) => lidOf.get(String(address)) ?? pnOf.get(String(address)),
  },
  WAWebQueryExistsJob: {
    queryWidExists: (address: Wid) =>
      Promise.resolve(
        notOnWhatsApp.has(String(address))
          ? null
          : { wid: wid(canonical.get(String(address)) ?? String(address)) },
      ),
  },
  WAWebLidMigrationUtils: { toPn: (address: Wid | string) => pnOf.get(String(address)) },
  WAWebContactGetters: {
    getIsMe: (contact: Model) => addressOf(contact)._serialized === me.pn._serialized,
    getIsUser: (contact: Model) => addressOf(contact).isUser(),
    getIsGroup: (contact: Model) => addressOf(contact).isGroup(),
    getIsWAContact: () => true,
    getUserid: (contact: Model) => (pnOf.get(String(contact['id'])) ?? addressOf(contact)).user,
    getIsEnterprise: () => false,
    ...Object.fromEntries(
      ['verifiedName', 'verifiedLevel', 'statusMute', 'name', 'shortName', 'pushname'].map((name) => [
        `get${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        field(name),
      ]),
    ),
  },
  WAWebFrontendContactGetters: { getIsMyContact: (contact: Model) => Boolean(contact['name']) },
  WAWebContactProfilePicThumbBridge: { requestProfilePicFromServer: () => Promise.resolve(null) },
  WAWebChatLoadMessages: { loadEarlierMsgs: loadEarlier },
  WAWebChatStateBridge: {
    sendChatStateComposing: nothing,
    sendChatStateRecording: nothing,
    sendChatStatePaused: nothing,
  },
  WAWebPhoneUtils: { formattedPhoneNumber: (address: string) => `+${address.split('@')[0] ?? ''}` },
  WAWebMiscBrowserUtils: { info: () => ({ os: 'Linux', name: 'Chrome' }) },
};

/** `window.require` of WhatsApp Web. What is missing here fails loudly and is remembered. */
export function requireModule(name: string): unknown {
  if (name in modules) return modules[name];
  missing.push(name);
  throw new Error(`ModuleError: ${name} is not defined`);
}
