import type { EntityManager } from 'typeorm';
import type { DraftBody } from '@loket/contracts/drafts.js';
import { newId } from '@loket/platform/ids.js';
import type { NewEvent } from '../events/event-log.js';
import { Note } from '../messages/note.entity.js';
import { insertAttachments } from '../messages/uploads.js';

/** A case that was taken from somebody. */
export interface Lost {
  caseId: string;
  agentId: string;
}

/**
 * What people had written in cases that were taken from them stays there as notes of theirs, for whoever goes on. The
 * caller holds the cases.
 *
 * @returns the events to append after those of the taking; each note counts the version of its case up
 */
export async function keepDrafts(tx: EntityManager, lost: readonly Lost[], now: Date): Promise<NewEvent[]> {
  if (lost.length === 0) return [];
  const [rows]: [{ case_id: string; agent_id: string; body: DraftBody }[], number] = await tx.query(
    `DELETE FROM drafts d USING unnest($1::uuid[], $2::uuid[]) AS l(case_id, agent_id)
     WHERE d.case_id = l.case_id AND d.agent_id = l.agent_id RETURNING d.case_id, d.agent_id, d.body`,
    [lost.map(({ caseId }) => caseId), lost.map(({ agentId }) => agentId)],
  );
  const events: NewEvent[] = [];
  for (const { case_id: caseId, agent_id: agentId, body } of rows) {
    const noteId = newId();
    // What was meant for one stays for one.
    const toAgentId = body.toAgentId ?? null;
    await tx.insert(Note, {
      id: noteId,
      caseId,
      agentId,
      text: body.text,
      draft: true,
      toAgentId,
      createdAt: now,
    });
    await insertAttachments(tx, { noteId }, body.attachments);
    const [[row]]: [{ version: number }[], number] = await tx.query(
      'UPDATE cases SET version = version + 1 WHERE id = $1 RETURNING version',
      [caseId],
    );
    events.push({
      type: 'note.added',
      caseId,
      version: row!.version,
      actorId: agentId,
      data: { noteId, ...(toAgentId && { toAgentId }) },
    });
  }
  return events;
}
