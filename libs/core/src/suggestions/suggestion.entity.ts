import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { SuggestionKind, SuggestionState } from '@loket/contracts/suggestions.js';
import { Agent } from '../access/agent.entity.js';

/**
 * Something that the desk believes and does not do by itself. One row a pair for ever: what was dismissed, or joined and
 * undone, is not suggested again.
 */
@Entity('suggestions')
@Check('suggestions_kind', `kind IN ('case', 'customer', 'incident')`)
@Check('suggestions_state', `state IN ('waiting', 'accepted', 'dismissed', 'obsolete')`)
@Unique('suggestions_key', ['kind', 'key'])
@Index('suggestions_list', ['state', 'kind', 'createdAt', 'id'])
@Index('suggestions_case_ids', { synchronize: false })
@Index('suggestions_customer_ids', { synchronize: false })
export class Suggestion {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: SuggestionKind;
  /** names the pair whatever its order: the two ids, the lower first; of an incident its first case or its id */
  @Column('text') key: string;
  @Column('text', { default: 'waiting' }) state: SuggestionState;
  @Column('real') score: number;
  @Column('jsonb') evidence: Evidence[];
  /** `case`, `customer`: the one that would remain stands last */
  @Column('uuid', { array: true, default: () => `'{}'` }) caseIds: string[];
  @Column('uuid', { array: true, default: () => `'{}'` }) customerIds: string[];
  @Column('uuid', { nullable: true }) incidentId: string | null;
  @Column('uuid', { nullable: true }) operationId: string | null;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  decidedById: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
