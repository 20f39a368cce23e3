import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { CreateNote, TimelineItem } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { lockCase } from '../cases/case-writer.js';
import { Case } from '../cases/case.entity.js';
import { TimelineService } from '../cases/timeline.service.js';
import { EventLog } from '../events/event-log.js';
import { untilHeld } from '../operations/until-held.js';
import { Note } from './note.entity.js';
import { insertAttachments, requireUploaded } from './uploads.js';

/** What colleagues tell each other about a case. Nothing that a customer can get ever reads this table. */
@Injectable()
export class NotesService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly timeline: TimelineService,
    private readonly blobs: BlobStore,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param ref id of a case; a note on a merged one goes to the case that stands for it
   * @throws AppError `not_found` `case_not_found`, `unprocessable` `attachment_missing`, `agent_unavailable`
   */
  async create(
    ref: string,
    {
      text,
      attachments,
      mentions = [],
      toAgentId = null,
      draft = false,
    }: Pick<CreateNote, 'text' | 'attachments'> & Partial<CreateNote>,
    authorId: string,
  ): Promise<TimelineItem> {
    await requireUploaded(this.blobs, attachments);
    const noteId = newId();
    await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        const { id: caseId, version } = await lockCase(tx, ref);
        await requireAgents(tx, [...mentions, ...(toAgentId ? [toAgentId] : [])]);
        const now = this.clock.now();
        const data = { noteId, ...(toAgentId && { toAgentId }) };
        await tx.insert(Note, {
          id: noteId,
          caseId,
          agentId: authorId,
          text,
          mentions: [...new Set(mentions)],
          toAgentId,
          draft,
          createdAt: now,
        });
        await insertAttachments(tx, { noteId }, attachments);
        await tx.update(Case, caseId, { version: version + 1 });
        await this.events.append(
          tx,
          [{ type: 'note.added', caseId, version: version + 1, actorId: authorId, data }],
          now,
        );
      }),
    );
    this.events.committed();
    return this.timeline.note(noteId, authorId);
  }
}

/** @throws AppError `unprocessable` `agent_unavailable` */
async function requireAgents(tx: EntityManager, agentIds: readonly string[]): Promise<void> {
  if (agentIds.length === 0) return;
  const rows: unknown[] = await tx.query(
    'SELECT FROM agents WHERE id = ANY($1::uuid[]) AND disabled_at IS NULL',
    [agentIds],
  );
  if (rows.length < new Set(agentIds).size)
    throw new AppError('unprocessable', 'agent_unavailable', 'one of these colleagues is not there');
}
