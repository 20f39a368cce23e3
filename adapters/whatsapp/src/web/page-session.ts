import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import wweb, { type Client } from 'whatsapp-web.js';
import { AliasTable } from './alias-table.js';
import { breakProfileLock, launchOptions, spoolFolder, userAgentOf } from './chromium.js';
import { within } from './deadline.js';
import { Inbox } from './inbox.js';
import { MediaFetcher } from './media-file.js';
import { Outgoing } from './outgoing.js';
import { Page } from './page.js';
import { isReadChat, rawKeySchema } from './raw-message.js';
import type { FromSession, SendCommand, SessionEnding, StartSession } from './session-protocol.js';

/** Messages of one chat that are looked at after an absence. */
const maxPerChat = 5000;
/** seconds that are looked at again: clocks differ, and a crash loses what was on its way */
export const overlap = 600;

const endings: Record<string, SessionEnding> = {
  LOGOUT: 'logged_out',
  UNPAIRED: 'unlinked',
  UNPAIRED_IDLE: 'unlinked',
  CONFLICT: 'conflict',
  TOS_BLOCK: 'blocked',
  SMB_TOS_BLOCK: 'blocked',
};

/** One WhatsApp account in one Chromium, for as long as both live. What it says goes through `tell`. */
export class PageSession {
  private readonly client: Client;
  private readonly page: Page;
  private readonly people: AliasTable;
  private readonly inbox: Inbox;
  private readonly outgoing: Outgoing;
  private readonly ended: Promise<void>;
  private finish: () => void = () => undefined;
  private over = false;
  /** the library closes the browser when it has logged out */
  private loggingOut = false;
  private ready = false;
  private lastQrAt = 0;
  private codeShown = false;
  private phase = '';
  private catchingUp: Promise<void> = Promise.resolve();

  constructor(
    private readonly start: StartSession,
    userAgent: string | false,
    private readonly tell: (message: FromSession) => void,
  ) {
    this.ended = new Promise((resolve) => (this.finish = resolve));
    const { phoneNumber, takeoverOnConflict } = start;
    this.client = new wweb.Client({
      authStrategy: new wweb.LocalAuth({ dataPath: start.folder }),
      puppeteer: launchOptions(start.chromiumPath, start.chromiumArgs),
      // The default would write WhatsApp's page into the working directory, and serve it from there.
      webVersionCache: { type: 'none' },
      authTimeoutMs: 60_000,
      takeoverOnConflict,
      takeoverTimeoutMs: 2000,
      userAgent: userAgent as string,
      ...(phoneNumber === null ? {} : { pairWithPhoneNumber: { phoneNumber, showNotification: true } }),
    });
    this.page = new Page(this.client);
    this.people = new AliasTable(
      start.aliases,
      (id) => this.askAlias(id),
      (alias) => tell({ type: 'alias', alias }),
    );
    this.outgoing = new Outgoing(this.client, this.page, this.people, tell);
    const media = new MediaFetcher(this.client, spoolFolder(start.folder), {
      maxBytes: start.maxMediaBytes,
      deadlineMs: start.mediaMs,
    });
    const { people, outgoing } = this;
    const { channelId, groups } = start;
    const quiet = (): Promise<void> => outgoing.quiet();
    const { sentIds } = outgoing;
    this.inbox = new Inbox({ channelId, groups, people, media, tell, quiet, sentIds }, start.known);
  }

  static async open(start: StartSession, tell: (message: FromSession) => void): Promise<PageSession> {
    await mkdir(spoolFolder(start.folder), { recursive: true });
    await breakProfileLock(start.folder);
    return new PageSession(start, await userAgentOf(start.chromiumPath), tell);
  }

  /** Lives as long as the session. Never throws. */
  async run(): Promise<void> {
    this.listen();
    void this.watchBrowser();
    void this.watchPage();
    this.client.initialize().catch((error: unknown) => this.end('page_failed', wordsOf(error)));
    await this.ended;
    const browser = this.client.pupBrowser;
    if (browser?.connected) await within(5000, 'closing', browser.close()).catch(() => undefined);
  }

  /** First word counts: what follows an end is its echo. */
  end(ending: SessionEnding, detail: string | null = null): void {
    if (this.over) return;
    this.over = true;
    this.tell({ type: 'ended', ending: this.loggingOut ? 'logged_out' : ending, detail });
    this.finish();
  }

  /** Something threw where nobody waits: in the library, mostly. */
  crashed(detail: string): void {
    // It asks for a pairing code without waiting for the answer; WhatsApp refuses wrong numbers and too many tries.
    const refused = this.start.phoneNumber !== null && this.start.pairing && !this.codeShown && !this.ready;
    this.end(refused ? 'code_refused' : 'crashed', detail);
  }

  async probe(call: number): Promise<void> {
    const state = this.client.pupPage ? await this.client.getState().catch(() => null) : null;
    this.tell({ type: 'probed', call, state });
  }

  async send(command: SendCommand): Promise<void> {
    if (this.ready && !this.over) await this.outgoing.send(command);
    else this.tell({ type: 'send_failed', call: command.call, reason: 'not_ready', sent: 0, detail: null });
  }

  /** Removes the device from the account. */
  async logOut(): Promise<void> {
    this.loggingOut = true;
    await within(15_000, 'logging out', this.client.logout()).catch(() => undefined);
    this.end('logged_out');
  }

  private listen(): void {
    const { client, inbox } = this;
    client.on('qr', (qr) => {
      if (!this.start.pairing) {
        this.end('unlinked');
        return;
      }
      this.lastQrAt = Date.now();
      this.tell({ type: 'qr', qr });
    });
    client.on('code', (code) => {
      if (!this.start.pairing) {
        this.end('unlinked');
        return;
      }
      this.codeShown = true;
      this.tell({ type: 'code', code });
    });
    client.on('ready', () => void this.onReady());
    client.on('auth_failure', () => this.end('auth_failed'));
    client.on('disconnected', (reason) => this.end(endings[reason] ?? 'page_failed', reason));
    client.on('change_state', (state) => this.onState(String(state)));
    client.on('message_create', (message) => inbox.created(message.rawData));
    client.on('message_ack', (message, ack) => inbox.acked(message.rawData, Number(ack)));
    client.on('message_edit', (message, text, before) =>
      inbox.edited(message.rawData, String(text), before as string | undefined),
    );
    client.on('message_revoke_everyone', (message) => inbox.revoked(message.rawData));
    client.on('message_reaction', ({ msgId, reaction, senderId, timestamp }) => {
      const key = rawKeySchema.safeParse(msgId);
      if (key.success) inbox.reacted(key.data, reaction ?? '', senderId, timestamp);
    });
  }

  /** The library tells nobody when the browser or its page dies. */
  private async watchBrowser(): Promise<void> {
    while (!this.client.pupBrowser || !this.client.pupPage) {
      if (this.over) return;
      await sleep(20);
    }
    const { pupBrowser, pupPage } = this.client;
    const pid = pupBrowser.process()?.pid;
    if (pid !== undefined) this.tell({ type: 'browser', pid });
    pupBrowser.on('disconnected', () => this.end('browser_died'));
    pupPage.on('error', () => this.end('page_crashed'));
  }

  /** Until it is ready: what the library leaves to chance. */
  private async watchPage(): Promise<void> {
    let syncedLooks = 0;
    while (!this.over && !this.ready) {
      await sleep(250);
      const socket = await this.page.socket().catch(() => null);
      if (!socket || this.over || this.ready) continue;
      if (socket.state === 'PAIRING') this.enter('authenticating');
      if (socket.state === 'CONNECTED') this.enter('syncing');
      if (socket.state === 'CONNECTED' && socket.hasSynced) {
        // It flipped before the library listened, so that it waits for ever.
        if ((syncedLooks += 1) % 4 === 0) await this.page.announceSynced().catch(() => undefined);
      }
      const stale = Date.now() - this.lastQrAt > this.start.qrRefreshMs;
      if (this.lastQrAt > 0 && (socket.state === 'UNPAIRED_IDLE' || (socket.state === 'UNPAIRED' && stale))) {
        this.lastQrAt = Date.now();
        await this.page.refreshQr().catch(() => undefined);
      }
    }
  }

  private enter(phase: 'authenticating' | 'syncing' | 'lost'): void {
    if (this.phase === phase) return;
    this.phase = phase;
    this.tell({ type: 'phase', phase });
  }

  private onState(state: string): void {
    if (!this.ready || this.over) return;
    if (state === 'CONNECTED' && this.phase === 'lost') void this.onReady();
    if (state === 'OPENING' || state === 'TIMEOUT') this.enter('lost');
  }

  /** Comes more than once. */
  private async onReady(): Promise<void> {
    try {
      const { account, ids } = await this.page.self();
      if (this.over) return;
      this.people.signIn(account, ids);
      this.ready = true;
      this.phase = 'ready';
      this.inbox.hold();
      this.tell({ type: 'ready', account, name: this.client.info?.pushname ?? null });
    } catch (error) {
      this.end('page_failed', wordsOf(error));
      return;
    }
    this.catchingUp = this.catchingUp.then(() => this.catchUp());
    await this.catchingUp;
  }

  /** What came while nobody listened makes no events; each chat has to be looked at. Never throws. */
  private async catchUp(): Promise<void> {
    this.inbox.hold();
    const { start, people } = this;
    const from = start.account === people.account ? start.since : start.startedAt;
    const since = Math.max(from, this.inbox.newest - overlap);
    let found = 0;
    try {
      const chats = await this.page.chats();
      for (const chat of chats.sort((a, b) => a.t - b.t)) {
        if (chat.t < since || !isReadChat(chat.id, this.start.groups)) continue;
        const messages = await this.page.messages(chat.id, since, maxPerChat);
        for (const message of messages) if (this.inbox.past(message as object, chat)) found += 1;
      }
    } catch (error) {
      // Half a past is none: the next start tries again from the same point.
      this.end('page_failed', wordsOf(error));
      return;
    }
    this.inbox.release();
    await this.inbox.settled();
    this.tell({ type: 'caught_up', messages: found });
  }

  private async askAlias(id: string): Promise<{ lid: string | null; pn: string | null }> {
    // One id a call: one that fails would take the others with it.
    const [found] = await within(10_000, 'alias', this.client.getContactLidAndPhone([id]));
    return { lid: found?.lid ?? null, pn: found?.pn ?? null };
  }
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
