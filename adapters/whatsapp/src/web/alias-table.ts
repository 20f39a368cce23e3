import type { Person, WhatsappAddress } from '../whatsapp-event.js';
import type { People } from './read-message.js';
import type { Alias } from './session-protocol.js';

/** Asks WhatsApp for both addresses of a person. */
export type AliasLookup = (id: string) => Promise<{ lid: string | null; pn: string | null }>;

/**
 * `@lid` and phone are one person (DESIGN §4), and one message comes under either (waha#1627). WhatsApp is asked once
 * for each address; what it does not tell then is taken for unknown until the next start.
 */
export class AliasTable implements People {
  private readonly byId = new Map<string, Alias>();
  private readonly asked = new Map<string, Promise<void>>();
  account = '';
  private self = new Set<string>();

  constructor(
    known: readonly Alias[],
    private readonly lookup: AliasLookup,
    private readonly learned: (alias: Alias) => void,
  ) {
    for (const alias of known) this.remember(alias);
  }

  /** @param ids `…@c.us` and `…@lid` of our own account */
  signIn(account: string, ids: readonly string[]): void {
    this.account = account;
    this.self = new Set([`${account}@c.us`, ...ids]);
  }

  /** Resolves when all is known about these addresses that will be. Never throws. */
  async meet(ids: readonly (string | null | undefined)[]): Promise<void> {
    const askable = [...new Set(ids)].filter((id) => typeof id === 'string' && /@(lid|c\.us)$/.test(id));
    await Promise.all(askable.map((id) => this.ask(String(id))));
  }

  chat(id: string): string {
    return this.byId.get(id)?.chat ?? id;
  }

  isSelf(id: string): boolean {
    return this.self.has(id);
  }

  person(id: string, name: string | null): Person {
    const alias = this.byId.get(id);
    const lid = alias?.lid ?? (id.endsWith('@lid') ? id : null);
    const pn = alias?.pn ?? (id.endsWith('@c.us') ? id : null);
    const addresses: WhatsappAddress[] = [];
    if (pn !== null) addresses.push({ kind: 'whatsapp', value: bare(pn) });
    if (lid !== null) addresses.push({ kind: 'lid', value: bare(lid) });
    const [first = { kind: 'whatsapp' as const, value: bare(id) }, ...also] = addresses;
    return { ...first, name, also };
  }

  private ask(id: string): Promise<void> {
    if (this.byId.get(id)?.pn != null) return Promise.resolve();
    const asked = this.asked.get(id) ?? this.resolve(id);
    this.asked.set(id, asked);
    return asked;
  }

  private async resolve(id: string): Promise<void> {
    const { lid, pn } = await this.lookup(id).catch(() => ({ lid: null, pn: null }));
    const known = this.byId.get(id);
    if (lid === null || (known && known.pn === pn)) return;
    const before = known ?? this.byId.get(lid) ?? (pn === null ? undefined : this.byId.get(pn));
    const alias = { lid, pn, chat: before?.chat ?? id };
    this.remember(alias);
    this.learned(alias);
  }

  private remember(alias: Alias): void {
    this.byId.set(alias.lid, alias);
    if (alias.pn !== null) this.byId.set(alias.pn, alias);
  }
}

/** `62812…:12@c.us` names a device; the person is what stands before it. */
function bare(id: string): string {
  return id.replace(/@.*$/, '').replace(/:\d+$/, '');
}
