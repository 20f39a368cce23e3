import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { VisitorSeen, VisitorState } from '@loket/contracts/visitors.js';
import { Clock } from '@loket/platform/clock.js';
import { Receipts } from '../delivery/receipts.js';

/** Answers that one mark covers; whoever has more unread has marks in between. */
const maxAtOnce = 500;

/** Who has seen what: visitors our answers, agents what visitors wrote. */
@Injectable()
export class VisitorMarks {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly receipts: Receipts,
    private readonly clock: Clock,
  ) {}

  /** Everything of this chat up to that message is on the visitor's screen, or read. Nothing goes back. */
  async seen(channelId: string, visitorId: string, { messageId, state }: VisitorSeen): Promise<void> {
    const rows: { id: string; externalId: string }[] = await this.manager.query(
      `SELECT m.id, m.external_id AS "externalId"
       FROM identities o
       JOIN messages last ON last.id = $3 AND last.identity_id = o.id AND last.channel_id = $1
       JOIN messages m ON m.customer_id = o.customer_id AND m.identity_id = o.id AND m.channel_id = $1
         AND (m.created_at, m.id) <= (last.created_at, last.id)
       WHERE o.kind = 'visitor' AND o.value = $2 AND m.direction = 'outbound' AND m.external_id IS NOT NULL
         AND (m.state = 'sent' OR (m.state = 'delivered' AND $4 = 'read'))
       ORDER BY m.created_at, m.id LIMIT ${String(maxAtOnce)}`,
      [channelId, visitorId, messageId, state],
    );
    const at = this.clock.now().toISOString();
    for (const { id, externalId } of rows)
      await this.receipts.receive({ channelId, externalId, messageId: id, state, at });
  }

  /**
   * These messages stand in a console that is open.
   * @returns for each visitor the last one of his that has got there now
   */
  async deliveredToDesk(
    messageIds: readonly string[],
  ): Promise<{ visitorId: string; state: VisitorState }[]> {
    const [rows]: [{ visitorId: string; messageId: string }[], number] = await this.manager.query(
      `WITH got AS (
         SELECT DISTINCT ON (v.id) v.id, m.id AS message_id, m.created_at
         FROM messages m JOIN identities o ON o.id = m.identity_id AND o.kind = 'visitor'
         JOIN visitors v ON v.id::text = o.value AND v.channel_id = m.channel_id
         WHERE m.id = ANY($1::uuid[]) AND m.direction = 'inbound'
         ORDER BY v.id, m.created_at DESC, m.id DESC
       )
       UPDATE visitors v SET delivered_at = got.created_at FROM got
       WHERE v.id = got.id AND (v.delivered_at IS NULL OR v.delivered_at < got.created_at)
       RETURNING v.id AS "visitorId", got.message_id AS "messageId"`,
      [messageIds],
    );
    return rows.map(({ visitorId, messageId }) => ({ visitorId, state: { messageId, state: 'delivered' } }));
  }

  /**
   * An agent has this case before him, so he has read what its visitors wrote, here or from an address of theirs.
   * @returns for each visitor the last message that is read now
   */
  async readBy(caseId: string): Promise<{ visitorId: string; state: VisitorState }[]> {
    const rows: { visitorId: string; messageId: string }[] = await this.manager
      .query(
        `WITH talking AS (
         SELECT v.id, last.id AS message_id, last.created_at
         FROM threads t
         JOIN visitors v ON v.id::text = t.conversation AND v.channel_id = t.channel_id
         CROSS JOIN LATERAL (
           SELECT m.id, m.created_at FROM messages m
           WHERE m.case_id = t.case_id AND m.direction = 'inbound'
             AND (m.thread_id = t.id OR (v.email_proof = 'verified' AND m.identity_id IN (
               SELECT e.id FROM identities e WHERE e.kind = 'email' AND e.value = v.email AND e.proof = 'verified')))
           ORDER BY m.created_at DESC, m.id DESC LIMIT 1) last
         WHERE t.case_id = $1
       )
       UPDATE visitors v SET read_at = greatest(v.read_at, talking.created_at) FROM talking
       WHERE v.id = talking.id AND (v.read_at IS NULL OR v.read_at < talking.created_at)
       RETURNING v.id AS "visitorId", talking.message_id AS "messageId"`,
        [caseId],
      )
      .then(([updated]: [{ visitorId: string; messageId: string }[], number]) => updated);
    return rows.map(({ visitorId, messageId }) => ({ visitorId, state: { messageId, state: 'read' } }));
  }

  /** Visitors whose chat stands in this case now. */
  async visitorsOf(caseId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.manager.query(
      `SELECT v.id FROM threads t JOIN visitors v ON v.id::text = t.conversation AND v.channel_id = t.channel_id
       WHERE t.case_id = $1`,
      [caseId],
    );
    return rows.map(({ id }) => id);
  }

  /** The case in which a visitor's chat stands now, and the name under which agents know him. */
  async caseOf(
    channelId: string,
    visitorId: string,
  ): Promise<{ caseId: string; name: string | null } | null> {
    const [row]: { caseId: string; name: string | null }[] = await this.manager.query(
      `SELECT t.case_id AS "caseId", k.name FROM threads t
       LEFT JOIN identities i ON i.kind = 'visitor' AND i.value = $2 LEFT JOIN customers k ON k.id = i.customer_id
       WHERE t.channel_id = $1 AND t.conversation = $2 LIMIT 1`,
      [channelId, visitorId],
    );
    return row ?? null;
  }
}
