import { z } from 'zod';
import type { ChannelHost } from '@loket/channel/port.js';
import { sessionStateSchema, type SessionState } from '@loket/contracts/channel-sessions.js';
import { aliasSchema, type Alias } from './session-protocol.js';

const stateSchema = z.object({
  state: sessionStateSchema,
  reason: z.string().nullable(),
  /** digits of the number that is paired */
  account: z.string().nullable(),
});
export type SavedState = z.infer<typeof stateSchema>;
type Note = z.core.util.JSONType;

/**
 * What a session keeps over restarts, as notes of its channel. Never a code, never a key. What cannot be saved now is
 * saved later.
 */
export class SessionMemory {
  state: SavedState = { state: 'stopped', reason: null, account: null };
  /** seconds since the epoch; what is older is stored */
  since: number | null = null;
  /** seconds since the epoch; what is older was there before this account was linked */
  linkedAt: number | null = null;
  readonly aliases: Alias[] = [];
  /** ids on WhatsApp of messages of which nobody knows whether they went out → our ids */
  doubts: Record<string, string> = {};
  private readonly unsaved = new Map<string, Note>();
  private saving: Promise<void> = Promise.resolve();
  private later: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: ChannelHost,
    private readonly channelId: string,
    private readonly retryMs = 2000,
  ) {}

  async load(): Promise<void> {
    const notes = await this.host.cursors(this.channelId);
    const state = stateSchema.safeParse(notes['web:state']);
    if (state.success) this.state = state.data;
    const since = z.number().safeParse(notes['web:since']);
    if (since.success) this.since = since.data;
    const linkedAt = z.number().safeParse(notes['web:linked_at']);
    if (linkedAt.success) this.linkedAt = linkedAt.data;
    const doubts = z.record(z.string(), z.string()).safeParse(notes['web:doubts']);
    if (doubts.success) this.doubts = doubts.data;
    for (const [key, value] of Object.entries(notes)) {
      const alias = key.startsWith('web:alias:') ? aliasSchema.safeParse(value) : null;
      if (alias?.success) this.aliases.push(alias.data);
    }
  }

  saveState(state: SessionState, reason: string | null, account: string | null): void {
    const next = { state, reason, account };
    if (JSON.stringify(next) === JSON.stringify(this.state)) return;
    this.state = next;
    this.save('web:state', next);
  }

  saveSince(since: number): void {
    if (this.since !== null && since <= this.since) return;
    this.since = since;
    this.save('web:since', since);
  }

  /** Another account than before is linked from here on. */
  saveLinked(seconds: number): void {
    this.linkedAt = seconds;
    this.save('web:linked_at', seconds);
  }

  saveAlias(alias: Alias): void {
    const at = this.aliases.findIndex(({ lid }) => lid === alias.lid);
    if (at >= 0) this.aliases.splice(at, 1);
    this.aliases.push(alias);
    this.save(`web:alias:${alias.lid}`, alias);
  }

  doubt(id: string, messageId: string): void {
    const latest = Object.entries(this.doubts).slice(-99);
    this.doubts = Object.fromEntries([...latest, [id, messageId]]);
    this.save('web:doubts', this.doubts);
  }

  /** @returns our id of a message that was in doubt, once */
  settle(id: string): string | null {
    const { [id]: messageId, ...others } = this.doubts;
    if (messageId === undefined) return null;
    this.doubts = others;
    this.save('web:doubts', others);
    return messageId;
  }

  /** Resolves when all is saved that can be. */
  async saved(): Promise<void> {
    this.flush();
    await this.saving;
    clearTimeout(this.later);
  }

  private save(key: string, value: Note): void {
    this.unsaved.set(key, value);
    this.flush();
  }

  private flush(): void {
    this.saving = this.saving.then(() => this.saveAll());
  }

  private async saveAll(): Promise<void> {
    clearTimeout(this.later);
    const { channelId, host } = this;
    try {
      for (const [key, value] of this.unsaved) {
        await host.saveCursor({ channelId, key, value });
        if (this.unsaved.get(key) === value) this.unsaved.delete(key);
      }
    } catch (error) {
      host.log.warn({ channelId, err: error }, 'notes of a whatsapp session not saved, tried again');
      this.later = setTimeout(() => this.flush(), this.retryMs);
    }
  }
}
