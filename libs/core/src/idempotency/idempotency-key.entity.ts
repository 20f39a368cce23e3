import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The answer to a write that named an Idempotency-Key, so that repeating it repeats the answer, not the write. */
@Entity('idempotency_keys')
@Index('idempotency_keys_created_at', ['createdAt'])
export class IdempotencyKey {
  /** who asked: agent or token id */
  @PrimaryColumn('uuid') ownerId: string;
  @PrimaryColumn('text') key: string;
  /** sha256 of method, path and body; another request under the same key is refused with 409 */
  @Column('text') requestHash: string;
  /** null while the first request is under way */
  @Column('integer', { nullable: true }) status: number | null;
  @Column('jsonb', { nullable: true }) body: unknown;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
