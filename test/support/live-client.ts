import type { CaseSummary, TimelineItem } from '@loket/contracts/cases.js';
import { liveEventSchema } from '@loket/contracts/events.js';
import type { ClientToServer, Room, ServerToClient, SubscribeAck } from '@loket/contracts/sockets.js';
import { io, type Socket } from 'socket.io-client';
import type { ApiClient } from './client.js';
import { listCases, readTimeline } from './desk.js';

export type AgentSocket = Socket<ServerToClient, ClientToServer>;

/** A socket of an agent, as the console opens one. */
export function agentSocket(url: string, headers: Record<string, string>): AgentSocket {
  return io(`${url}/agents`, {
    transports: ['websocket'],
    extraHeaders: headers,
    forceNew: true,
    reconnectionDelay: 30,
    reconnectionDelayMax: 100,
  });
}

/**
 * The least that a client of the live interface has to do (DESIGN §6): a snapshot once, then events, kept by id and
 * version; after a drop it goes on from its cursor, and takes a new snapshot only when it is told that it must.
 */
export class LiveClient {
  /** what the server must not do: events out of order within a case */
  readonly faults: string[] = [];
  private cursor: string | undefined;
  private cases = new Map<string, CaseSummary>();
  private items = new Map<string, TimelineItem>();
  private readonly heard = new Map<string, number>();

  private constructor(
    private readonly socket: AgentSocket,
    private readonly client: ApiClient,
    private readonly watched: string | null,
  ) {}

  /** @param watched case whose timeline is kept too */
  static async open(url: string, client: ApiClient, watched: string | null): Promise<LiveClient> {
    const live = new LiveClient(agentSocket(url, { cookie: client.cookieHeader() }), client, watched);
    live.socket.on('event', (event) => live.take(event));
    await new Promise<void>((resolve, reject) => {
      live.socket.on('connect', () => {
        live.resume().then(resolve, reject);
      });
    });
    return live;
  }

  subscribe(rooms: Room[], after?: string): Promise<SubscribeAck> {
    const request = { rooms, ...(after === undefined ? {} : { after }) };
    return new Promise((resolve) => this.socket.emit('subscribe', request, resolve));
  }

  /** As a fresh reader would put it. */
  state(): { cases: Record<string, CaseSummary>; timeline: TimelineItem[] } {
    const byTime = (a: CaseSummary, b: CaseSummary): number =>
      a.lastMessageAt === b.lastMessageAt
        ? a.id < b.id
          ? 1
          : -1
        : a.lastMessageAt < b.lastMessageAt
          ? 1
          : -1;
    return {
      cases: Object.fromEntries([...this.cases.values()].sort(byTime).map((c) => [c.id, c])),
      timeline: [...this.items.values()].sort((a, b) =>
        a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1,
      ),
    };
  }

  close(): void {
    this.socket.close();
  }

  private async resume(): Promise<void> {
    const rooms: Room[] = ['inbox', ...(this.watched === null ? [] : [`case:${this.watched}` as const])];
    const before = this.cursor;
    const answer = await this.subscribe(rooms, before);
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
    if (before !== undefined && !answer.expired) return;
    this.cursor ??= answer.cursor;
    if (answer.expired) this.cursor = answer.cursor;
    const summaries = await listCases(this.client, 'status=all&limit=100');
    for (const summary of summaries) this.putCase(summary);
    const items = this.watched === null ? [] : await readTimeline(this.client, this.watched);
    for (const item of items) this.putItem(item);
  }

  private take(received: unknown): void {
    const event = liveEventSchema.parse(received);
    this.cursor = event.cursor;
    if (event.caseId !== null && event.version !== null) {
      const before = this.heard.get(event.caseId) ?? 0;
      // Again after a drop is fine; a version that was skipped is not.
      if (event.version > before + 1 && before > 0)
        this.faults.push(`${event.caseId}: ${String(before)} → ${String(event.version)}`);
      this.heard.set(event.caseId, Math.max(before, event.version));
    }
    if (event.case) this.putCase(event.case);
    if (event.item) this.putItem(event.item);
  }

  private putCase(summary: CaseSummary): void {
    const known = this.cases.get(summary.id);
    if (!known || known.version <= summary.version) this.cases.set(summary.id, summary);
  }

  private putItem(item: TimelineItem): void {
    const known = this.items.get(item.id);
    const older = known?.type === 'message' && item.type === 'message' && known.version > item.version;
    if (!older) this.items.set(item.id, item);
  }
}
