import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { VisitorCard } from '@loket/contracts/visitor-cards.js';
import type { VisitorPage } from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Visitor, type VisitorProof } from './visitor.entity.js';

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
  createdAt: Date;
  lastSeenAt: Date;
}

/** What agents may know of the browsers that a customer chats from. */
@Injectable()
export class VisitorCards {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** The one seen last first. */
  async ofCustomer(customerId: string): Promise<{ items: VisitorCard[] }> {
    const rows: Row[] = await this.manager.query(
      `SELECT v.id, v.channel_id AS "channelId", ch.name AS "channelName", v.name, v.proven_by AS "provenBy", v.page,
              v.browser, v.language, v.answers, v.consent_at AS "consentAt", v.created_at AS "createdAt",
              v.last_seen_at AS "lastSeenAt"
       FROM identities i
       JOIN visitors v ON v.id::text = i.value
       JOIN channels ch ON ch.id = v.channel_id
       WHERE i.kind = 'visitor'
         AND i.customer_id = (SELECT coalesce(merged_into_id, id) FROM customers WHERE id = $1)
       ORDER BY v.last_seen_at DESC, v.id LIMIT 20`,
      [customerId],
    );
    return {
      items: rows.map(({ consentAt, createdAt, lastSeenAt, ...row }) => ({
        ...row,
        consentAt: consentAt?.toISOString() ?? null,
        firstSeenAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      })),
    };
  }
}
