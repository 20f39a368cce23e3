import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { CustomerOperations } from '../operations/customer-operations.service.js';
import { IdentityOperations } from '../operations/identity-operations.service.js';
import type { VisitorProof } from './visitor.entity.js';

/** Puts what a visitor has proven, or only says, to the customer that he is. */
@Injectable()
export class VisitorJoining {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly identities: IdentityOperations,
    private readonly customers: CustomerOperations,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * The visitor has proven who he is. Who has not written yet is no customer; his first message brings the proof along.
   * The profile with that address takes the visitor's in, as one line of the ledger that a person can undo, unless the
   * visitor's own has proven another address of the kind: that may be two people at one computer, so people decide.
   *
   * @param email normalised; null when only the visitor himself is proven
   */
  async join(visitorId: string, email: string | null, by: VisitorProof): Promise<void> {
    const own = await this.customerOf('visitor', visitorId);
    if (own === null) return;
    const desk = { actorId: null, evidence: [{ code: by }] };
    await this.identities.link(own, { kind: 'visitor', value: visitorId, proof: 'verified' }, desk, by);
    if (email === null) return;
    const owner = await this.customerOf('email', email);
    try {
      if (owner !== null && owner !== own) {
        if (await this.hasProvenOther(own, email)) return;
        await this.identities.link(owner, { kind: 'email', value: email, proof: 'verified' }, desk, by);
        await this.customers.merge(own, { into: owner, reason: by }, desk);
        return;
      }
      await this.identities.link(own, { kind: 'email', value: email, proof: 'verified' }, desk, by);
    } catch (error) {
      // Somebody was quicker: the address, or the profile, has found its place meanwhile.
      if (!(error instanceof AppError && ['identity_taken', 'customer_merged_already'].includes(error.code)))
        throw error;
    }
  }

  /** What the visitor says of himself: kept beside his other addresses, decides nothing, makes suggestions. */
  async claim(visitorId: string, kind: 'email' | 'phone', value: string, verbatim: string): Promise<void> {
    const customerId = await this.customerOf('visitor', visitorId);
    if (customerId === null) return;
    await this.manager.transaction(async (tx) => {
      const [, added]: [unknown, number] = await tx
        .query(
          `WITH held AS MATERIALIZED (SELECT id FROM customers WHERE id = $2 AND merged_into_id IS NULL FOR NO KEY UPDATE)
         INSERT INTO identities (id, customer_id, kind, value, verbatim, proof, resolves, source, created_at)
         SELECT $1, held.id, $3, $4, $5, 'claimed', false, 'form', $6 FROM held
         WHERE NOT EXISTS (SELECT FROM identities d WHERE d.customer_id = held.id AND d.kind = $3 AND d.value = $4)
         RETURNING id`,
          [newId(), customerId, kind, value, verbatim, this.clock.now()],
        )
        .then((rows: unknown[]) => [rows, rows.length]);
      if (added === 0) return;
      await this.events.append(tx, [
        { type: 'customer.updated', caseId: null, version: null, actorId: null, data: { customerId } },
      ]);
    });
    this.events.committed();
  }

  private async customerOf(kind: 'visitor' | 'email', value: string): Promise<string | null> {
    const [row]: { customerId: string }[] = await this.manager.query(
      `SELECT customer_id AS "customerId" FROM identities WHERE kind = $1 AND value = $2 AND resolves LIMIT 1`,
      [kind, value],
    );
    return row?.customerId ?? null;
  }

  private async hasProvenOther(customerId: string, email: string): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      `SELECT FROM identities WHERE customer_id = $1 AND kind = 'email' AND proof = 'verified' AND value <> $2 LIMIT 1`,
      [customerId, email],
    );
    return rows.length > 0;
  }
}
