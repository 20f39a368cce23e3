import type {
  ServerToVisitor,
  VisitorClaim,
  VisitorConfig,
  VisitorMessage,
} from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Link } from '../api/link.js';
import { Refusal, type Rest } from '../api/rest.js';
import { asSent, catchUp, mark, merge, notYet, unreadCount } from './conversation.js';
import { contactStep, needsForm, subjectOf } from './steps.js';
import { Outgoing } from './outgoing.js';
import { whereItStands } from './page.js';
import { Session } from './session.js';
import type { Shelf } from './shelf.js';
import { type ChatState, emptyConversation, firstState } from './state.js';
import { joinTabs, type Tabs } from './tabs.js';
import { Typing } from './typing.js';

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
  readonly outgoing: Outgoing;
  private readonly listeners = new Set<() => void>();
  private readonly session: Session;
  private readonly link: Link;
  private readonly tabs: Tabs;
  private visitorId: string | null = null;
  private readonly typing: Typing;
  /** counts visitors: what was asked for as one must not be shown to the next */
  private era = 0;

  constructor(private readonly options: ChatOptions) {
    const { channelId, config, language, shelf, tab } = options;
    const name = `loket:${channelId}`;
    this.state = firstState(config, language, shelf, tab);
    this.session = new Session(options.rest, shelf, `${name}:token`, (who) => this.sessionChanged(who));
    this.tabs = joinTabs(name, {
      outbox: () => void this.outgoing.refresh().then(() => this.outgoing.flush()),
      session: () => this.visitorMayHaveChanged(),
      sound: (sound) => this.patch({ sound }),
    });
    this.link = new Link({
      server: options.rest.server,
      handshake: async (refused) => ({
        channelId,
        language: this.state.language,
        token: await this.session.token(refused ? (this.session.known?.token ?? null) : null),
      }),
      handlers: this.handlers(),
      connected: () => void this.connected(),
      lost: () => this.patch({ connection: 'down', typing: null }),
      refused: (code) => this.patch({ connection: 'down', closed: code }),
    });
    this.typing = new Typing(
      (typing) => this.link.send('typing', { typing }),
      (name) => this.patch({ typing: name }),
    );
    this.outgoing = new Outgoing({
      name,
      shelf,
      connected: () => this.link.connected,
      send: (message) => this.link.ask('message', message),
      upload: (file) =>
        this.session.use((token) =>
          options.rest.upload(token, file, (share) =>
            this.patch({ progress: { ...this.state.progress, [file.clientId]: share } }),
          ),
        ),
      sent: (message, ack) => this.receive(merge(this.state.messages, [asSent(message, ack)])),
      show: (pending) => this.patch({ pending }),
      nudge: () => this.tabs.nudge(),
    });
  }

  /** Shows what waits, and takes up the conversation if there is one. */
  async start(): Promise<void> {
    this.visitorId = this.session.known?.visitorId ?? null;
    await this.outgoing.refresh();
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
    this.typed(false);
    await this.outgoing.write(text, files);
    this.connect();
  }

  /** @param typing false: he has stopped, or sent it */
  typed(typing: boolean): void {
    this.typing.visitor(typing);
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
    this.session.identity = jwt;
    shelf.set('subject', subject);
    if (jwt !== null && (before === null || before === subject)) {
      this.patch({ form: needsForm(this.state.config, shelf, true) });
      return this.tellIdentity();
    }
    // another person at the same browser: what the one before wrote must not go out in his name, so it goes first
    const cleared = this.outgoing.clear();
    shelf.set('consentAt', null);
    this.session.forget();
    await cleared;
  }

  /** The visitor looks at the page again, or the network is back. */
  wake(): void {
    this.link.hurry();
    this.markSeen();
  }

  /** The page has changed its address without a reload. */
  pageChanged(): void {
    this.link.send('page', whereItStands());
  }

  stop(): void {
    this.typing.agent(null);
    this.link.close();
    this.outgoing.close();
    this.tabs.close();
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
    await this.readHistory(null);
    this.outgoing.flush();
    await this.tellIdentity();
  }

  private handlers(): ServerToVisitor {
    return {
      message: (message) => this.receive(merge(this.state.messages, [message])),
      typing: ({ name }) => this.typing.agent(name),
      state: ({ messageId, state }) => this.receive(mark(this.state.messages, messageId, state)),
      agent: (agent) => this.patch({ agent }),
      status: (status) => this.patch({ status }),
      // it is followed by the end of the connection, which is dealt with there
      error: () => undefined,
    };
  }

  private async readHistory(cursor: string | null): Promise<void> {
    const { era } = this;
    try {
      const { items, nextCursor } = await this.session.use((token) =>
        this.options.rest.history(token, cursor),
      );
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
        this.typing.agent(null);
        if (live) this.options.arrived(message);
      } else {
        this.outgoing.settle(message.clientId);
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
    // what was begun as one visitor has to end as him: sent again by the next, it would be a second message
    await this.outgoing.idle();
    const { identity } = this.session;
    if (!identity || !this.link.connected) return;
    const ack = await this.link.ask('identify', { jwt: identity });
    if (ack?.ok && ack.token) this.session.take(ack.token);
  }

  private sessionChanged(who: 'same' | 'other'): void {
    this.visitorId = this.session.known?.visitorId ?? null;
    if (who === 'other') this.startOver();
  }

  /** Another visitor now: nothing of the one before stays in sight. What waits is sent in the new one's name. */
  private startOver(): void {
    this.era += 1;
    this.link.close();
    this.outgoing.halt();
    const { config } = this.state;
    const { shelf } = this.options;
    for (const key of ['preChat', 'contact']) shelf.set(key, null);
    const form = needsForm(config, shelf, this.session.identity !== null);
    this.patch({ ...emptyConversation, connection: 'idle', form });
    void this.start();
  }

  private visitorMayHaveChanged(): void {
    const now = this.session.known?.visitorId ?? null;
    const before = this.visitorId;
    this.visitorId = now;
    if (before !== null && before !== now) this.startOver();
    else if (before === null && now !== null) {
      const { config } = this.state;
      this.patch({ form: needsForm(config, this.options.shelf, this.session.identity !== null) });
      this.connect();
    }
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
