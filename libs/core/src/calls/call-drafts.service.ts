import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { CallDraft as Draft } from '@loket/contracts/call-views.js';
import { Clock } from '@loket/platform/clock.js';
import { CallDraft } from './call-draft.entity.js';

/** What agents are noting while they speak: saved as they write, there again in any browser. */
@Injectable()
export class CallDrafts {
  constructor(
    @InjectRepository(CallDraft) private readonly drafts: Repository<CallDraft>,
    private readonly clock: Clock,
  ) {}

  /** @returns null when he is writing nothing down */
  async of(agentId: string): Promise<Draft | null> {
    const row = await this.drafts.findOneBy({ agentId });
    return row && { draft: row.draft, savedAt: row.savedAt.toISOString() };
  }

  async save(agentId: string, draft: Draft['draft']): Promise<Draft> {
    const savedAt = this.clock.now();
    await this.drafts.upsert({ agentId, draft, savedAt }, ['agentId']);
    return { draft, savedAt: savedAt.toISOString() };
  }

  async drop(agentId: string): Promise<void> {
    await this.drafts.delete({ agentId });
  }
}
