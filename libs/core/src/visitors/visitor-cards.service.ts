import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { VisitorCard } from '@loket/contracts/visitor-cards.js';
import type { VisitorPage } from '@loket/contracts/visitors.js';
import type { PreChatField, VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Visitor, type VisitorProof } from './visitor.entity.js';

/** Whether he is here now is not in any table. */
export type StoredVisitorCard = Omit<VisitorCard, 'online'>;

interface Row {
  id: string;
  channelId: string;
  channelName: string;
  name: string | null;
  provenBy: VisitorProof | null;
  page: VisitorPage | null;
  browser: string | null;
  language: VisitorLanguage | null;
  answers: Visitor['answers'];
  consentAt: Date | null;
  fields: Pick<PreChatField, 'id' | 'label'>[] | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** What agents may know of the browsers that a customer chats from. */
@Injectable()
export class VisitorCards {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** The one seen last first. */
  async ofCustomer(customerId: string): Promise<StoredVisitorCard[]> {
    const rows: Row[] = await this.manager.query(
      `SELECT v.id, v.channel_id AS "channelId", ch.name AS "channelName", v.name, v.proven_by AS "provenBy", v.page,
              v.browser, v.language, v.answers, ch.config->'preChat' AS fields, v.consent_at AS "consentAt", v.created_at AS "createdAt",
              v.last_seen_at AS "lastSeenAt"
       FROM identities i
       JOIN visitors v ON v.id::text = i.value
       JOIN channels ch ON ch.id = v.channel_id
       WHERE i.kind = 'visitor'
         AND i.customer_id = (SELECT coalesce(merged_into_id, id) FROM customers WHERE id = $1)
       ORDER BY v.last_seen_at DESC, v.id LIMIT 20`,
      [customerId],
    );
    return rows.map(({ fields, consentAt, createdAt, lastSeenAt, ...row }) => ({
      ...row,
      questions: questionsOf(fields ?? [], row),
      consentAt: consentAt?.toISOString() ?? null,
      firstSeenAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    }));
  }

  /**
   * Which of these cases are of the customer that the visitor is.
   * @returns null when there is none
   */
  async lookedAt(
    visitorId: string,
    caseIds: readonly string[],
  ): Promise<{ customerId: string; caseIds: string[] } | null> {
    const rows: { customerId: string; caseId: string }[] = await this.manager.query(
      `SELECT i.customer_id AS "customerId", c.id AS "caseId"
       FROM identities i JOIN cases c ON c.customer_id = i.customer_id
       WHERE i.kind = 'visitor' AND i.value = $1 AND c.id = ANY($2::uuid[])`,
      [visitorId, caseIds],
    );
    const [first] = rows;
    return first ? { customerId: first.customerId, caseIds: rows.map(({ caseId }) => caseId) } : null;
  }
}

/** As he read them, so that answers and questions are of one piece. */
function questionsOf(
  fields: readonly Pick<PreChatField, 'id' | 'label'>[],
  { answers, language }: Pick<Row, 'answers' | 'language'>,
): Record<string, string> {
  const asked = fields.filter(({ id }) => id in answers);
  return Object.fromEntries(
    asked.map(({ id, label }) => [id, label[language ?? 'id'] ?? Object.values(label)[0] ?? id]),
  );
}
