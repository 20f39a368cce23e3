import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { Draft as DraftView, SaveDraft } from '@loket/contracts/drafts.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { requireUploaded } from '../messages/uploads.js';

/** Drafts of agents, each his own. */
@Injectable()
export class DraftsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly blobs: BlobStore,
  ) {}

  /** The newest first; also those that he began in cases that were merged into this one. */
  async list(agentId: string, caseId: string): Promise<DraftView[]> {
    const rows: { slot: string; body: DraftView['body']; saved_at: Date }[] = await this.manager.query(
      `SELECT slot, body, saved_at FROM drafts WHERE agent_id = $1 AND case_id IN ${andMergedInto} ORDER BY saved_at DESC`,
      [agentId, caseId],
    );
    return rows.map(({ slot, body, saved_at: at }) => ({ slot, body, savedAt: at.toISOString() }));
  }

  /**
   * Keeps a draft, unless a newer one of another browser is kept. An empty one is none.
   * @returns what is kept now, null when that is nothing
   * @throws AppError `unprocessable` `attachment_missing`
   */
  async save(
    agentId: string,
    caseId: string,
    slot: string,
    { body, savedAt }: SaveDraft,
  ): Promise<DraftView | null> {
    if (body.text.trim() === '' && body.attachments.length === 0) {
      await this.remove(agentId, caseId, slot);
      return null;
    }
    await requireUploaded(this.blobs, body.attachments);
    await this.manager.query(
      `INSERT INTO drafts (agent_id, case_id, slot, body, saved_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (agent_id, case_id, slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
       WHERE drafts.saved_at <= excluded.saved_at`,
      [agentId, caseId, slot, JSON.stringify(body), savedAt],
    );
    const kept = await this.list(agentId, caseId);
    return kept.find((draft) => draft.slot === slot) ?? null;
  }

  async remove(agentId: string, caseId: string, slot: string): Promise<void> {
    await this.manager.query(
      `DELETE FROM drafts WHERE agent_id = $1 AND slot = $3 AND case_id IN ${andMergedInto}`,
      [agentId, caseId, slot],
    );
  }
}

const andMergedInto = '(SELECT id FROM cases WHERE id = $2 OR merged_into_id = $2)';
