import type { EntityManager } from 'typeorm';
import type { Meanwhile } from '@loket/contracts/cases.js';
import { othersAnswer } from './held-replies.queries.js';

/** Told at most; more than that nobody reads before he sends. */
const most = 20;

/**
 * What others did in a case since a version of it that an answer must know of, oldest first. Notes of colleagues count
 * too: they may say that this answer must not go out. So does a merge, which brought more to read, and that somebody
 * resolved the case. An answer of a colleague that can still be taken back has been given all the same.
 */
export async function saidSince(
  tx: EntityManager,
  caseId: string,
  version: number,
  authorId: string,
): Promise<Meanwhile[]> {
  const rows: (Omit<Meanwhile, 'at'> & { at: Date })[] = await tx.query(
    `SELECT e.type, e.at, CASE WHEN a.id IS NULL THEN NULL ELSE json_build_object('id', a.id, 'name', a.name) END AS actor,
            coalesce(e.data->>'messageId', e.data->>'noteId') AS "itemId"
     FROM events e LEFT JOIN agents a ON a.id = e.actor_id
     WHERE e.case_id = $1 AND e.version > $2 AND e.actor_id IS DISTINCT FROM $3
       AND (e.type IN ('message.received', 'message.queued', 'message.sent_elsewhere', 'case.merged', 'case.split',
                       'operation.undone')
            OR (e.type = 'note.added' AND coalesce(e.data->>'toAgentId', $3::text) = $3::text)
            OR (e.type = 'case.updated' AND e.data->'status'->>'to' = 'resolved'))
     ORDER BY e.id LIMIT ${most}`,
    [caseId, version, authorId],
  );
  const said = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  const leaving = await othersAnswer(tx, caseId, authorId);
  return leaving
    ? [...said, { type: 'held_reply.changed', at: leaving.at, actor: leaving.agent, itemId: leaving.id }]
    : said;
}
