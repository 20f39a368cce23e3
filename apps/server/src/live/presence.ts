import type { Presence, PresenceUpdate } from '@loket/contracts/sockets.js';

/** After this time without a sign of life somebody is no longer there (peers.md: 25 s). */
export const presenceMs = 25_000;
/** Cases that one window can be on at once; more is a mistake or an attack. */
const maxPerWindow = 20;

interface Entry {
  agentId: string;
  name: string;
  state: 'viewing' | 'typing';
  until: number;
}

/** Who is on which case, by every window that this process has heard of. Every change is told through `changed`. */
export class PresenceBook {
  private readonly cases = new Map<string, Map<string, Entry>>();

  constructor(private readonly changed: (update: PresenceUpdate) => void) {}

  set(window: string, agent: { id: string; name: string }, { caseId, state }: Presence, now: number): void {
    if (state === 'left') {
      this.remove(caseId, window);
      return;
    }
    const entries = this.cases.get(caseId);
    const before = entries?.get(window);
    if (!before && this.countOf(window) >= maxPerWindow) return;
    const entry = { agentId: agent.id, name: agent.name, state, until: now + presenceMs };
    if (entries) entries.set(window, entry);
    else this.cases.set(caseId, new Map([[window, entry]]));
    if (before?.state !== state) this.changed(this.of(caseId));
  }

  /** The window is gone. */
  leave(window: string): void {
    for (const caseId of [...this.cases.keys()]) this.remove(caseId, window);
  }

  /** Drops whoever has not been heard of. Call it every second or so. */
  expire(now: number): void {
    for (const [caseId, entries] of [...this.cases])
      for (const [window, { until }] of [...entries]) if (until <= now) this.remove(caseId, window);
  }

  /** One line per person, however many windows he has open; typing in one of them is typing. */
  of(caseId: string): PresenceUpdate {
    const agents = new Map<string, PresenceUpdate['agents'][number]>();
    for (const { agentId, name, state } of this.cases.get(caseId)?.values() ?? []) {
      if (state === 'typing' || !agents.has(agentId)) agents.set(agentId, { agentId, name, state });
    }
    return { caseId, agents: [...agents.values()] };
  }

  /** Every case on which somebody is. */
  all(): PresenceUpdate[] {
    return [...this.cases.keys()].map((caseId) => this.of(caseId));
  }

  private remove(caseId: string, window: string): void {
    const entries = this.cases.get(caseId);
    if (!entries?.delete(window)) return;
    if (entries.size === 0) this.cases.delete(caseId);
    this.changed(this.of(caseId));
  }

  private countOf(window: string): number {
    let count = 0;
    for (const entries of this.cases.values()) if (entries.has(window)) count++;
    return count;
  }
}
