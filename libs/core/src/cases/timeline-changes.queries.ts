import { changesOf, readsNow } from '../messages/shown-changes.queries.js';

// What a timeline says of a message beside its own words. Both are for the row `m` of `messages`.

/** Characters of a quoted message that are shown. */
const quoteLength = 200;

/**
 * What happened to it, oldest first. The same edit, or the taking back, may be told with other times: the first counts.
 * Of reactions the last one of each person stands, and none when he took it away.
 */
export const shownChanges = `(
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

/** What it quotes, as it reads today. */
export const shownQuote = `
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
