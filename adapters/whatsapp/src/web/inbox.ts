import type { MessageEvent, ReceiptEvent } from '../whatsapp-event.js';
import type { AliasTable } from './alias-table.js';
import type { MediaFetcher } from './media-file.js';
import { isOwnId } from './own-ids.js';
import type { ChatGlance } from './page.js';
import { isConversation, isReadChat, type RawKey, type RawMessage } from './raw-message.js';
import { ownPerson, parseRaw, readMessage, refOf } from './read-message.js';
import { Recent } from './recent.js';
import type { FromSession } from './session-protocol.js';

const states: Record<number, ReceiptEvent['state']> = {
  [-1]: 'failed',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'read',
};

export interface InboxScope {
  channelId: string;
  groups: boolean;
  people: AliasTable;
  media: MediaFetcher;
  tell(message: FromSession): void;
  /** resolves when no message of ours is on its way */
  quiet(): Promise<void>;
  /** ids of what we sent in this process */
  sentIds: ReadonlySet<string>;
}

/**
 * Makes events of what the page tells: each message once, in the order of its chat, own echoes known as such. While the
 * past is being fetched, what is new waits, so that it does not overtake.
 */
export class Inbox {
  private readonly handed = new Recent<true>(20_000);
  private readonly acks = new Recent<number>(20_000);
  private readonly chains = new Map<string, Promise<void>>();
  private held: (() => void)[] | null = [];
  /** seconds; the newest message so far */
  newest = 0;

  /** @param known `fromMe:id` of what was handed over before this process */
  constructor(
    private readonly scope: InboxScope,
    known: readonly string[],
  ) {
    for (const key of known) this.handed.set(key, true);
  }

  /** From now on, what is new waits. */
  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const waiting = this.held ?? [];
    this.held = null;
    for (const work of waiting) work();
  }

  /** A message of the past. @returns whether it was news */
  past(data: object, chat: ChatGlance): boolean {
    const isNews = this.take(data, chat.name);
    this.missed(data);
    return isNews;
  }

  created(data: object): void {
    this.soon(() => this.take(data, null));
  }

  acked(data: object, ack: number): void {
    const raw = parseRaw(data);
    if (raw?.id.fromMe && isReadChat(raw.id.remote, this.scope.groups)) {
      this.soon(() => this.inOrder(raw.id.remote, () => this.receipt(raw.id, ack)));
    }
  }

  edited(data: object, text: string, before: string | undefined): void {
    const raw = parseRaw(data);
    if (!raw || !isConversation(raw, this.scope.groups)) return;
    // Thumbnails change, too, and words that could not be read before are no edit.
    const words = raw.type === 'chat' ? text : raw.caption;
    const isEdit =
      raw.type === 'chat' ? Boolean(before) && before !== text : raw.latestEditSenderTimestampMs != null;
    if (!isEdit || words == null) return;
    const at = new Date(raw.latestEditSenderTimestampMs ?? Date.now()).toISOString();
    this.about(raw, (about) => ({ type: 'edit', ...about, at, text: words }));
  }

  revoked(data: object): void {
    const raw = parseRaw(data);
    if (!raw || !isReadChat(raw.id.remote, this.scope.groups)) return;
    const at = new Date().toISOString();
    const key = raw.protocolMessageKey ?? raw.id;
    this.about({ ...raw, id: key }, (about) => ({ type: 'revoke', ...about, at }));
  }

  /** What happened to a message while nobody listened makes no event, but stands in it. */
  private missed(data: object): void {
    const raw = parseRaw(data);
    if (!raw || !isReadChat(raw.id.remote, this.scope.groups)) return;
    const text = raw.type === 'chat' ? raw.body : raw.caption;
    if (raw.type === 'revoked') {
      const at = new Date().toISOString();
      this.change(raw, (about) => ({ type: 'revoke', ...about, at }));
    } else if (raw.latestEditSenderTimestampMs != null && text != null) {
      const at = new Date(raw.latestEditSenderTimestampMs).toISOString();
      this.change(raw, (about) => ({ type: 'edit', ...about, at, text }));
    }
  }

  /** @param seconds since the epoch; the library has divided already */
  reacted(key: RawKey, emoji: string, sender: string, seconds: number): void {
    if (!isReadChat(key.remote, this.scope.groups)) return;
    const at = new Date(seconds * 1000).toISOString();
    const { people } = this.scope;
    this.soon(() =>
      this.inOrder(key.remote, async () => {
        await people.meet([key.remote, key.participant, sender]);
        const by = people.isSelf(sender) ? ownPerson(people) : people.person(sender, null);
        const ref = refOf(key, people);
        const chat = people.chat(key.remote);
        this.event({ type: 'reaction', ref, chat, by, at, emoji: emoji === '' ? null : emoji.slice(0, 64) });
      }),
    );
  }

  /** Resolves when all that was taken so far has been told. */
  async settled(): Promise<void> {
    await Promise.all(this.chains.values());
  }

  private soon(work: () => unknown): void {
    if (this.held) this.held.push(() => void work());
    else work();
  }

  private take(data: object, chatName: string | null): boolean {
    const raw = parseRaw(data);
    if (!raw || !isConversation(raw, this.scope.groups)) return false;
    const key = `${raw.id.fromMe}:${raw.id.id}`;
    if (this.handed.get(key)) return false;
    this.handed.set(key, true);
    this.newest = Math.max(this.newest, raw.t);
    this.inOrder(raw.id.remote, () => this.tellMessage(data, raw, chatName));
    return true;
  }

  private async tellMessage(data: object, raw: RawMessage, chatName: string | null): Promise<void> {
    const { people, scope } = { people: this.scope.people, scope: this.scope };
    if (raw.id.fromMe && (await this.isEcho(raw.id.id))) {
      this.receipt(raw.id, Math.max(raw.ack ?? 0, 1));
      return;
    }
    await people.meet([raw.id.remote, raw.id.participant, raw.author, raw.quotedParticipant]);
    const event = readMessage(raw, people, chatName);
    const media = event.media === null ? null : await scope.media.fetch(data, raw);
    const original = event.kind === 'unsupported' ? JSON.stringify(data).slice(0, 200_000) : null;
    scope.tell({ type: 'event', event, media, raw: original });
  }

  /** Ours are known by their id; where WhatsApp gave one of its own, the send itself knows. */
  private async isEcho(id: string): Promise<boolean> {
    if (isOwnId(this.scope.channelId, id)) return true;
    await this.scope.quiet();
    return this.scope.sentIds.has(id);
  }

  /** Told only when it is further than before. */
  private receipt(key: RawKey, ack: number): void {
    const state = states[ack];
    const before = this.acks.get(key.id) ?? 0;
    if (state === undefined || (ack > 0 && ack <= before) || (ack < 0 && before > 0)) return;
    this.acks.set(key.id, ack);
    this.event({
      type: 'receipt',
      ref: refOf(key, this.scope.people),
      state,
      at: new Date().toISOString(),
      reason: state === 'failed' ? 'whatsapp_not_delivered' : null,
      messageId: null,
    });
  }

  private about(raw: RawMessage, make: MakeChange): void {
    this.soon(() => this.change(raw, make));
  }

  private change(raw: RawMessage, make: MakeChange): void {
    const { people } = this.scope;
    this.inOrder(raw.id.remote, async () => {
      await people.meet([raw.id.remote, raw.id.participant, raw.author]);
      const author = raw.author ?? raw.id.participant ?? raw.id.remote;
      const by = raw.id.fromMe ? ownPerson(people) : people.person(author, raw.notifyName ?? null);
      this.event(make({ ref: refOf(raw.id, people), chat: people.chat(raw.id.remote), by }));
    });
  }

  private event(event: Exclude<Told['event'], MessageEvent>): void {
    this.scope.tell({ type: 'event', event, media: null, raw: null });
  }

  /** One after the other within a chat; slow files of one chat do not hold up the others. */
  private inOrder(remote: string, work: () => Promise<void> | void): void {
    const chat = this.scope.people.chat(remote);
    const before = this.chains.get(chat) ?? Promise.resolve();
    const chain = before.then(work).catch(() => undefined);
    this.chains.set(chat, chain);
    void chain.then(() => {
      if (this.chains.get(chat) === chain) this.chains.delete(chat);
    });
  }
}

type Told = Extract<FromSession, { type: 'event' }>;
type MakeChange = (about: Pick<MessageEvent, 'ref' | 'chat'> & { by: MessageEvent['from'] }) => MessageChange;
type MessageChange = Extract<Told['event'], { type: 'edit' | 'revoke' }>;
