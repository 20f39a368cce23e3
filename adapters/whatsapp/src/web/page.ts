import type { Client } from 'whatsapp-web.js';
import type { MessageRef } from '../message-key.js';

/** What runs inside the page sees WhatsApp's modules; none of it has types. */
interface PageModel {
  id: { _serialized: string; id: string; fromMe: boolean };
  t: number;
}
interface PageChat extends PageModel {
  formattedTitle?: string;
  name?: string;
  msgs: { getModelsArray: () => PageModel[] };
}
interface PageWindow {
  require(name: 'WAWebSocketModel'): { Socket: { state: string | null; hasSynced: boolean } };
  require(name: 'WAWebCmd'): { Cmd: { refreshQR: () => void } };
  require(name: 'WAWebCollections'): {
    Chat: { getModelsArray: () => PageChat[] };
    Msg: {
      getModelsArray: () => PageModel[];
      getMessagesById: (ids: string[]) => Promise<{ messages?: PageModel[] } | null>;
    };
  };
  require(name: 'WAWebChatLoadMessages'): {
    loadEarlierMsgs: (options: { chat: PageChat }) => Promise<PageModel[] | null>;
  };
  require(
    name: 'WAWebUserPrefsMeUser',
  ): Record<'getMaybeMePnUser' | 'getMaybeMeLidUser', () => { user: string; _serialized: string } | null>;
  require(name: 'WAWebMsgKey'): { newId: () => Promise<string>; loketNewId?: () => Promise<string> };
  onAppStateHasSyncedEvent?: () => Promise<void>;
  WWebJS?: {
    getChat: (id: string, options: { getAsModel: false }) => Promise<PageChat | null>;
    getMessageModel: (message: PageModel) => unknown;
  };
  /** id that the next message gets */
  loketNextId?: string | null;
}
declare const window: PageWindow;

export interface ChatGlance {
  id: string;
  /** seconds since the epoch of its last message */
  t: number;
  name: string | null;
}

/** What we ask of the page beyond what the library offers. */
export class Page {
  constructor(private readonly client: Client) {}

  private get page(): NonNullable<Client['pupPage']> {
    const { pupPage } = this.client;
    if (!pupPage) throw new Error('there is no page yet');
    return pupPage;
  }

  async socket(): Promise<{ state: string | null; hasSynced: boolean }> {
    return this.page.evaluate(() => {
      const { state, hasSynced } = window.require('WAWebSocketModel').Socket;
      return { state: state ?? null, hasSynced: Boolean(hasSynced) };
    });
  }

  /** The library misses a synchronisation that was over before it listened; this is what it would have done. */
  async announceSynced(): Promise<void> {
    await this.page.evaluate(() => void window.onAppStateHasSyncedEvent?.());
  }

  /** The library means to, but does it in the wrong process. */
  async refreshQr(): Promise<void> {
    await this.page.evaluate(() => window.require('WAWebCmd').Cmd.refreshQR());
  }

  /** Digits of our own number, and all ids of the account. */
  async self(): Promise<{ account: string; ids: string[] }> {
    const ids = await this.page.evaluate(() => {
      const me = window.require('WAWebUserPrefsMeUser');
      return [me.getMaybeMePnUser(), me.getMaybeMeLidUser()].map((wid) => wid?._serialized ?? null);
    });
    const found = ids.filter((id) => id !== null).map((id) => id.replace(/:\d+@/, '@'));
    const account = found[0]?.replace(/@.*$/, '');
    if (account === undefined) throw new Error('the page does not say whose it is');
    return { account, ids: found };
  }

  async chats(): Promise<ChatGlance[]> {
    return this.page.evaluate(() =>
      window
        .require('WAWebCollections')
        .Chat.getModelsArray()
        .map((chat) => ({
          id: chat.id._serialized,
          t: chat.t ?? 0,
          name: chat.formattedTitle ?? chat.name ?? null,
        })),
    );
  }

  /**
   * Messages of a chat from `since` on (seconds), in the chat's order. Not through the library's `fetchMessages`: it
   * turns round messages of the same second when there are more than its limit.
   */
  async messages(chatId: string, since: number, max: number): Promise<unknown[]> {
    const found: unknown[] = await this.page.evaluate(
      async (chatId, since, max) => {
        const { WWebJS } = window;
        const chat = await WWebJS?.getChat(chatId, { getAsModel: false });
        if (!WWebJS || !chat) return [];
        let messages = chat.msgs.getModelsArray();
        while (messages.length < max && messages.every(({ t }) => t >= since)) {
          const earlier = await window.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat });
          if (!earlier || earlier.length === 0) break;
          messages = [...earlier, ...messages];
        }
        const wanted = messages.filter(({ t }) => t >= since).slice(-max);
        return wanted.map((message) => WWebJS.getMessageModel(message));
      },
      chatId,
      since,
      max,
    );
    return found;
  }

  /** Serialised id of a message that is in memory. */
  async find(id: string, fromMe: boolean): Promise<string | null> {
    return this.page.evaluate(
      (id, fromMe) => {
        const all = window.require('WAWebCollections').Msg.getModelsArray();
        return all.find((known) => known.id.id === id && known.id.fromMe === fromMe)?.id._serialized ?? null;
      },
      id,
      fromMe,
    );
  }

  /** Serialised id of a message that can be quoted; null when the phone does not have it any more. */
  async quotable(chat: string, { id, fromMe, participant }: MessageRef): Promise<string | null> {
    const known = await this.find(id, fromMe);
    if (known !== null) return known;
    const serialised = [String(fromMe), chat, id, ...(participant === null ? [] : [participant])].join('_');
    return this.page.evaluate(async (serialised) => {
      const { Msg } = window.require('WAWebCollections');
      const found = await Msg.getMessagesById([serialised]).catch(() => null);
      return found?.messages?.[0] ? serialised : null;
    }, serialised);
  }

  /** The next message that is sent gets this id; null = one that WhatsApp makes up. */
  async useId(id: string | null): Promise<void> {
    await this.page.evaluate((id) => {
      const key = window.require('WAWebMsgKey');
      window.loketNextId = id;
      if (key.loketNewId) return;
      const original = key.newId.bind(key);
      key.loketNewId = original;
      key.newId = () => {
        const next = window.loketNextId;
        window.loketNextId = null;
        return next ? Promise.resolve(next) : original();
      };
    }, id);
  }
}
