import type { EntityManager } from 'typeorm';
import type { MessageChange, TimelineQuote } from '@loket/contracts/cases.js';
import { changesOf, readsNow } from '../messages/shown-changes.queries.js';

/** Characters of a quoted message that are shown. */
const quoteLength = 200;

/**
 * What happened to the row `m` of `messages`, oldest first. The same edit, or the taking back, may be told with other times: the first counts.
 * Of reactions the last one of each person stands, and none when he took it away.
 */
const shownChanges = `(
  SELECT json_agg(json_build_object('type', h.type, 'at', h.at, 'side', h.side, 'name', h.name,
                                    'text', h.text, 'emoji', h.emoji) ORDER BY h.at, h.created_at, h.id)
  FROM (
    SELECT n.*, row_number() OVER (PARTITION BY n.type ORDER BY n.at, n.created_at, n.id) AS nth,
           row_number() OVER (PARTITION BY n.type, n.person ORDER BY n.at DESC, n.created_at DESC, n.id DESC) AS last,
           lag(n.text) OVER (PARTITION BY n.type ORDER BY n.at, n.created_at, n.id) AS before
    FROM ${changesOf('m')} n
  ) h
  WHERE CASE h.type WHEN 'reacted' THEN h.last = 1 AND h.emoji IS NOT NULL
                    WHEN 'revoked' THEN h.nth = 1
                    ELSE h.before IS DISTINCT FROM h.text END)`;

/** What the row `m` of `messages` quotes, as it reads today. */
const shownQuote = `
  CASE WHEN m.quotes_external_id IS NOT NULL THEN (
    SELECT json_build_object('messageId', q.id, 'direction', q.direction,
      'name', CASE q.direction WHEN 'inbound' THEN coalesce(q.sender->>'name', i.name, k.name)
                               WHEN 'outbound' THEN coalesce(qa.name, q.sender->>'name') END,
      'text', coalesce(left(${readsNow('q')}, ${quoteLength}), ''),
      'mediaType', (SELECT f.media_type FROM attachments f WHERE f.message_id = q.id ORDER BY f.position LIMIT 1))
    FROM (SELECT) one
    LEFT JOIN messages q ON q.channel_id = m.channel_id AND q.external_id = m.quotes_external_id
    LEFT JOIN agents qa ON qa.id = q.agent_id
    LEFT JOIN identities i ON i.id = q.identity_id
    LEFT JOIN customers k ON k.id = q.customer_id
  ) END`;

/** Tells of a row `m` of `messages` whether there is anything of the sort: most have nothing, and that is known quickly. */
export const isMarked = `(m.quotes_external_id IS NOT NULL OR EXISTS (
  SELECT FROM message_changes c WHERE c.channel_id = m.channel_id AND c.external_id = m.external_id AND c.type <> 'receipt'))`;

/** What a timeline says of a message beside its own words. */
export interface Marks {
  quote: TimelineQuote | null;
  changes: MessageChange[];
}

/** @returns by id, of the messages that are marked */
export async function marksOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Marks>> {
  if (ids.length === 0) return new Map();
  const rows: { id: string; quote: TimelineQuote | null; changes: MessageChange[] | null }[] =
    await manager.query(
      `SELECT m.id, ${shownQuote} AS quote, ${shownChanges} AS changes FROM messages m WHERE m.id = ANY($1::uuid[])`,
      [ids],
    );
  return new Map(
    rows.map(({ id, quote, changes }) => {
      const shown = (changes ?? []).map((c) => ({ ...c, at: new Date(c.at).toISOString() }));
      return [id, { quote, changes: shown }];
    }),
  );
}
