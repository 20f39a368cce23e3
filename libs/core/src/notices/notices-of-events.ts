import type { EntityManager } from 'typeorm';
import type { EventData } from '@loket/contracts/events.js';
import type { NoticeKind } from '@loket/contracts/notices.js';
import type { StoredEvent } from '../events/events.queries.js';

/** What one person is told of an event. */
export interface News {
  agentId: string;
  eventId: string;
  kind: NoticeKind;
  caseId: string;
  actorId: string | null;
  noteId: string | null;
  toId: string | null;
  routing: string | null;
  reason: string | null;
  at: Date;
}

/** What was before he followed is no news to him, however late it is told. */
interface Follower {
  agentId: string;
  since: Date;
}

interface NoteRow {
  id: string;
  mentions: string[];
  draft: boolean;
}

/** Nobody is told of what he did himself, and nobody twice of one event. */
export async function newsOf(manager: EntityManager, events: readonly StoredEvent[]): Promise<News[]> {
  const noteIds = events.flatMap(({ type, data }) => (type === 'note.added' ? [String(data['noteId'])] : []));
  const rows: NoteRow[] =
    noteIds.length === 0
      ? []
      : await manager.query('SELECT id, mentions, draft FROM notes WHERE id = ANY($1::uuid[])', [noteIds]);
  const notes = new Map(rows.map((row) => [row.id, row]));
  const followers = await followersOf(
    manager,
    events.filter(({ type }) => isNewsOfCase(type)),
  );
  return events.flatMap((event) => {
    const { caseId, actorId } = event;
    if (caseId === null) return [];
    const told = new Map<string, News>();
    const tell = (agentId: string | null | undefined, kind: NoticeKind, more: Partial<News> = {}): void => {
      if (!agentId || agentId === actorId || told.has(agentId)) return;
      told.set(agentId, { ...blank(event, caseId), agentId, kind, ...more });
    };
    if (event.type === 'case.assigned') {
      const { from, to, routing, reason } = event.data as EventData<'case.assigned'>;
      const more = { toId: to ?? null, routing: routing ?? null, reason: reason ?? null };
      tell(to, 'given', more);
      if (from !== to) tell(from, 'taken', more);
    }
    if (event.type === 'note.added') {
      const { noteId, toAgentId } = event.data as EventData<'note.added'>;
      tell(toAgentId, 'whisper', { noteId });
      const note = notes.get(noteId);
      for (const agentId of note?.mentions ?? []) tell(agentId, 'mention', { noteId });
      if (toAgentId !== undefined || note?.draft) return [...told.values()];
    }
    for (const { agentId, since } of followers.get(caseId) ?? [])
      if (isNewsOfCase(event.type) && event.at >= since) tell(agentId, 'followed');
    return [...told.values()];
  });
}

/** Why a case was moved, said after it was. */
export interface LaterReason {
  caseId: string;
  /** the version of the case's event that told of the move */
  moved: number;
  reason: string;
}

/** The last one for each move. */
export function reasonsOf(events: readonly StoredEvent[]): LaterReason[] {
  const reasons = new Map<string, LaterReason>();
  for (const { type, caseId, data } of events) {
    if (type !== 'case.reason_given' || caseId === null) continue;
    const { moved, reason } = data as EventData<'case.reason_given'>;
    reasons.set(`${caseId} ${String(moved)}`, { caseId, moved, reason });
  }
  return [...reasons.values()];
}

/** What those who follow a case want to hear of. */
function isNewsOfCase(type: StoredEvent['type']): boolean {
  return ['message.received', 'message.queued', 'message.sent_elsewhere', 'note.added'].includes(type);
}

/** Whoever followed a case that was merged into one of these, follows that one. */
async function followersOf(
  manager: EntityManager,
  events: readonly StoredEvent[],
): Promise<Map<string, Follower[]>> {
  const caseIds = [...new Set(events.flatMap(({ caseId }) => caseId ?? []))];
  if (caseIds.length === 0) return new Map();
  const rows: (Follower & { caseId: string })[] = await manager.query(
    `SELECT coalesce(k.merged_into_id, k.id) AS "caseId", f.agent_id AS "agentId", min(f.since) AS since
     FROM case_followers f JOIN cases k ON k.id = f.case_id
     WHERE k.id = ANY($1::uuid[]) OR k.merged_into_id = ANY($1::uuid[]) GROUP BY 1, 2`,
    [caseIds],
  );
  const followers = new Map<string, Follower[]>();
  for (const { caseId, ...follower } of rows)
    followers.set(caseId, [...(followers.get(caseId) ?? []), follower]);
  return followers;
}

function blank({ position, actorId, at }: StoredEvent, caseId: string): Omit<News, 'agentId' | 'kind'> {
  return {
    eventId: String(position.id),
    caseId,
    actorId,
    noteId: null,
    toId: null,
    routing: null,
    reason: null,
    at,
  };
}
