import type {
  ServerToVisitor,
  VisitorClaim,
  VisitorConfig,
  VisitorMessage,
} from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Link } from '../api/link.js';
import { Refusal, type Rest } from '../api/rest.js';
import { catchUp, mark, merge, notYet, unreadCount } from './conversation.js';
import { newId } from './new-id.js';
import { contactStep, needsForm, subjectOf } from './steps.js';
import { Outbox, type Queued } from './outbox.js';
import { Sender } from './sender.js';
import { Session } from './session.js';
import type { Shelf } from './shelf.js';
import type { ChatState } from './state.js';
import { joinTabs, type Nudge } from './tabs.js';

/** after this long without another word, nobody types any more; the contract says so */
const typingLapsesMs = 6000;
const typingEveryMs = 3000;

export interface ChatOptions {
  rest: Rest;
  channelId: string;
  config: VisitorConfig;
  language: VisitorLanguage;
  /** of the browser, for all tabs, and of this tab alone */
  shelf: Shelf;
  tab: Shelf;
  /** an answer has come that was not there before */
  arrived(message: VisitorMessage): void;
}

/** The conversation of this browser: what is shown, and all that can be done with it. */
export class Chat {
  state: ChatState;
  private readonly listeners = new Set<() => void>();
  private readonly session: Session;
  private readonly outbox: Outbox;
  private readonly sender: Sender;
  private readonly link: Link;
  private readonly tabs: { nudge(what: Nudge): void; close(): void };
  private identity: string | null = null;
  private visitorId: string | null = null;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private typedAt = 0;
  /** counts visitors: what was asked for as one must not be shown to the next */
  private era = 0;

  constructor(private readonly options: ChatOptions) {
    const { channelId, config, language, shelf, tab } = options;
    const name = `loket:${channelId}`;
    this.state = {
      config,
      language,
      open: tab.get('open') === '1',
      connection: 'idle',
      closed: null,
      status: config.status,
      agent: null,
      typing: null,
      messages: [],
      earlier: null,
      loaded: false,
      pending: [],
      progress: {},
      unread: 0,
      form: needsForm(config, shelf, false),
      contact: 'hidden',
      sound: shelf.get('sound') === '1',
    };
    this.outbox = new Outbox(name);
    this.session = new Session(options.rest, shelf, `${name}:token`, (who) => this.sessionChanged(who));
    this.tabs = joinTabs(name, (what) => this.heard(what));
    this.link = new Link({
      server: options.rest.server,
      handshake: async (refused) => ({
        channelId,
        language: this.state.language,
        token: await this.session.token(this.identity, refused ? (this.session.known?.token ?? null) : null),
      }),
      handlers: this.handlers(),
      connected: () => void this.connected(),
      lost: () => this.patch({ connection: 'down', typing: null }),
      refused: (code) => this.patch({ connection: 'down', closed: code }),
    });
    this.sender = new Sender({
      outbox: this.outbox,
      lock: `${name}:outbox`,
      ready: () => this.link.connected,
      send: (message) => this.link.ask('message', message),
      upload: (file) =>
        this.withToken((token) =>
          options.rest.upload(token, file, (share) =>
            this.patch({ progress: { ...this.state.progress, [file.clientId]: share } }),
          ),
        ),
      sent: (message, ack) => this.receive(merge(this.state.messages, [this.asSent(message, ack)])),
      changed: () => this.queueChanged(),
    });
  }

  /** Shows what waits, and takes up the conversation if there is one. */
  async start(): Promise<void> {
    this.visitorId = this.session.known?.visitorId ?? null;
    await this.refreshPending();
    if (this.visitorId !== null || this.state.pending.length > 0 || this.state.open) this.connect();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  setOpen(open: boolean): void {
    this.options.tab.set('open', open ? '1' : null);
    this.patch({ open });
    if (open) this.connect();
    this.markSeen();
  }

  /** What is being written in this tab. */
  get draft(): string {
    return this.options.tab.get('draft') ?? '';
  }

  set draft(text: string) {
    this.options.tab.set('draft', text || null);
  }

  /** @param path on our server, as the contract gives them */
  address(path: string): string {
    return this.options.rest.server + path;
  }

  setLanguage(language: VisitorLanguage): void {
    this.patch({ language });
  }

  setSound(sound: boolean): void {
    this.options.shelf.set('sound', sound ? '1' : null);
    this.patch({ sound });
  }

  /** The form before the chat is filled in, and its text agreed to; the answers go with the first message. */
  begin(answers: Record<string, string>): void {
    this.options.shelf.set('consentAt', new Date().toISOString());
    if (Object.keys(answers).length > 0) this.options.shelf.set('preChat', JSON.stringify(answers));
    this.patch({ form: false });
    this.connect();
  }

  async write(text: string, files: readonly File[]): Promise<void> {
    const answers = this.options.shelf.get('preChat');
    const message: Queued = {
      clientId: newId(),
      writtenAt: Date.now(),
      text,
      files: files.map((blob) => ({ clientId: newId(), blob, name: blob.name, uploaded: null })),
      failed: null,
      ...(answers && { preChat: JSON.parse(answers) as Record<string, string> }),
    };
    this.typed(false);
    await this.outbox.add(message);
    this.options.shelf.set('preChat', null);
    await this.queueChanged();
    this.connect();
    this.sender.flush();
  }

  async retry(message: Queued): Promise<void> {
    const files = message.files.map((file) => ({ ...file, uploaded: null }));
    await this.outbox.update({ ...message, files, failed: null });
    await this.queueChanged();
    this.sender.flush();
  }

  async discard(message: Queued): Promise<void> {
    await this.outbox.remove(message.order);
    await this.queueChanged();
  }

  /** @param typing false: he has stopped, or sent it */
  typed(typing: boolean): void {
    const since = Date.now() - this.typedAt;
    if (typing ? since < typingEveryMs : this.typedAt === 0) return;
    this.typedAt = typing ? Date.now() : 0;
    this.link.send('typing', { typing });
  }

  async loadEarlier(): Promise<void> {
    const { earlier } = this.state;
    if (earlier) await this.readHistory(earlier);
  }

  /** @returns why not, or null when a code is on its way */
  async claim(claim: VisitorClaim): Promise<string | null> {
    const ack = await this.link.ask('claim', claim);
    if (!ack?.ok) return ack?.code ?? 'unavailable';
    this.patch({ contact: 'code' });
    return null;
  }

  async confirm(code: string): Promise<string | null> {
    const ack = await this.link.ask('confirm', { code });
    if (!ack?.ok) return ack?.code ?? 'unavailable';
    this.options.shelf.set('contact', 'done');
    this.patch({ contact: 'done' });
    await this.readHistory(null);
    return null;
  }

  dismissContact(): void {
    this.options.shelf.set('contact', 'no');
    this.patch({ contact: 'hidden' });
  }

  /** @param jwt signed by the host site; null = signed out there, so nothing of him stays here */
  async identify(jwt: string | null): Promise<void> {
    const { shelf } = this.options;
    const subject = jwt === null ? null : subjectOf(jwt);
    const before = shelf.get('subject');
    this.identity = jwt;
    shelf.set('subject', subject);
    if (jwt === null || (before !== null && before !== subject)) {
      // another person at the same browser: what the one before wrote must not go out in his name
      await this.outbox.clear();
      shelf.set('consentAt', null);
      this.session.forget();
    } else {
      this.patch({ form: needsForm(this.state.config, shelf, true) });
      await this.tellIdentity();
    }
  }

  /** The visitor looks at the page again, or the network is back. */
  wake(): void {
    this.link.hurry();
    this.markSeen();
  }

  /** The page has changed its address without a reload. */
  pageChanged(): void {
    this.link.send('page', {
      url: location.href.slice(0, 2000),
      title: document.title.slice(0, 300),
      referrer: document.referrer.slice(0, 2000),
    });
  }

  stop(): void {
    clearTimeout(this.typingTimer);
    this.sender.stop();
    this.link.close();
    this.tabs.close();
    this.outbox.close();
    this.listeners.clear();
  }

  private connect(): void {
    if (this.state.form || this.state.closed) return;
    if (this.state.connection === 'idle') this.patch({ connection: 'connecting' });
    this.link.open();
  }

  private async connected(): Promise<void> {
    this.patch({ connection: 'up' });
    this.pageChanged();
    await this.tellIdentity();
    await this.readHistory(null);
    this.sender.flush();
  }

  private handlers(): ServerToVisitor {
    return {
      message: (message) => this.receive(merge(this.state.messages, [message])),
      typing: ({ name }) => this.agentTypes(name),
      state: ({ messageId, state }) => this.receive(mark(this.state.messages, messageId, state)),
      agent: (agent) => this.patch({ agent }),
      status: (status) => this.patch({ status }),
      // it is followed by the end of the connection, which is dealt with there
      error: () => undefined,
    };
  }

  private agentTypes(name: string | null): void {
    clearTimeout(this.typingTimer);
    this.patch({ typing: name });
    if (name !== null) this.typingTimer = setTimeout(() => this.agentTypes(null), typingLapsesMs);
  }

  private async readHistory(cursor: string | null): Promise<void> {
    const { era } = this;
    try {
      const { items, nextCursor } = await this.withToken((token) => this.options.rest.history(token, cursor));
      if (era !== this.era) return;
      const { messages, loaded } = this.state;
      const next = cursor ? merge(messages, items) : catchUp(messages, items);
      const kept = cursor === null && loaded && next.length > items.length;
      this.receive(next, loaded && !cursor);
      this.patch({ loaded: true, ...(!kept && { earlier: nextCursor }) });
    } catch (error) {
      // the next connection reads it again
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** Takes over messages, from wherever they came, and draws the conclusions. */
  private receive(messages: VisitorMessage[], live = true): void {
    const known = new Set(this.state.messages.map(({ id }) => id));
    this.patch({ messages, unread: unreadCount(messages), contact: this.contact(messages) });
    const fresh = messages.filter((m) => !known.has(m.id));
    for (const message of fresh) {
      if (message.from === 'agent') {
        this.agentTypes(null);
        if (live) this.options.arrived(message);
      } else {
        // the acknowledgement was lost: the message has been there all along
        const waiting = this.state.pending.find((p) => p.clientId === message.clientId);
        if (waiting) void this.outbox.remove(waiting.order).then(() => this.queueChanged());
      }
    }
    this.markSeen();
  }

  private markSeen(): void {
    const reads = this.state.open && document.visibilityState === 'visible';
    const state = reads ? 'read' : 'delivered';
    const messageId = notYet(this.state.messages, state);
    if (!messageId || !this.link.connected) return;
    this.link.send('seen', { messageId, state });
    const messages = mark(this.state.messages, messageId, state);
    this.patch({ messages, unread: unreadCount(messages) });
  }

  private async tellIdentity(): Promise<void> {
    if (!this.identity || !this.link.connected) return;
    const ack = await this.link.ask('identify', { jwt: this.identity });
    if (ack?.ok && ack.token) this.session.take(ack.token);
  }

  private async withToken<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.session.token(this.identity);
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'token') throw error;
      return work(await this.session.token(this.identity, token));
    }
  }

  private sessionChanged(who: 'same' | 'other'): void {
    this.tabs.nudge('session');
    this.visitorId = this.session.known?.visitorId ?? null;
    if (who === 'other') this.startOver();
  }

  /** Another visitor now: nothing of the one before stays in sight. What waits is sent in the new one's name. */
  private startOver(): void {
    this.era += 1;
    this.link.close();
    const { config } = this.state;
    const { shelf } = this.options;
    for (const key of ['preChat', 'contact']) shelf.set(key, null);
    const empty = { messages: [], earlier: null, loaded: false, unread: 0, agent: null, typing: null };
    const form = needsForm(config, shelf, this.identity !== null);
    this.patch({ ...empty, connection: 'idle', contact: 'hidden', form });
    void this.start();
  }

  private heard(what: Nudge): void {
    if (what === 'outbox') void this.refreshPending().then(() => this.sender.flush());
    else this.visitorMayHaveChanged();
  }

  private visitorMayHaveChanged(): void {
    const now = this.session.known?.visitorId ?? null;
    const before = this.visitorId;
    this.visitorId = now;
    if (before !== null && before !== now) this.startOver();
    else if (before === null && now !== null) this.connect();
  }

  private async queueChanged(): Promise<void> {
    this.tabs.nudge('outbox');
    await this.refreshPending();
  }

  private async refreshPending(): Promise<void> {
    const pending = await this.outbox.list();
    this.patch({ pending });
  }

  /** What was sent, as the server will show it from now on. */
  private asSent(message: Queued, ack: { messageId: string; at: string }): VisitorMessage {
    const attachments = message.files.flatMap(({ uploaded }) => (uploaded ? [uploaded] : []));
    const { clientId, text } = message;
    const own = { from: 'visitor', name: null, picture: null, via: 'webchat', state: 'sent' } as const;
    return { ...own, id: ack.messageId, clientId, text, attachments, at: ack.at };
  }

  private contact(messages: readonly VisitorMessage[]): ChatState['contact'] {
    const { contact, config } = this.state;
    return contact === 'hidden' ? contactStep(config, this.options.shelf, messages) : contact;
  }

  private patch(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
