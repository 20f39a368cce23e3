import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CallRecord } from '@loket/contracts/calls.js';
import type {
  AutomaticKind,
  Bounce,
  Evidence,
  MatchRule,
  Recipient,
  Sender,
} from '@loket/contracts/inbound.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import type { SignatureWords } from '@loket/contracts/signature-text.js';
import type { ChosenTemplate } from '@loket/contracts/templates.js';
import { Agent } from '../access/agent.entity.js';
import { Case } from '../cases/case.entity.js';
import { Thread } from '../cases/thread.entity.js';
import { Channel } from '../channels/channel.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { Identity } from '../customers/identity.entity.js';

/**
 * One thing said, on one channel. Immutable but for its delivery state, and for calls, of which more is told until all is
 * known. Internal notes are not messages: see Note.
 */
@Entity('messages')
@Check('messages_direction', `direction IN ('inbound', 'outbound')`)
@Unique('messages_external_id', ['channelId', 'externalId'])
@Index('messages_timeline', ['caseId', 'createdAt', 'id'])
@Index('messages_outbox', { synchronize: false })
@Index('messages_search', { synchronize: false })
@Index('messages_last_inbound', { synchronize: false })
@Index('messages_answers', { synchronize: false })
export class Message {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Case)
  @Column('uuid')
  caseId: string;
  @Index('messages_thread_id')
  @ForeignKey(() => Thread)
  @Column('uuid')
  threadId: string;
  @ForeignKey(() => Channel)
  @Column('uuid')
  channelId: string;
  @Index('messages_customer_id')
  @ForeignKey(() => Customer)
  @Column('uuid')
  customerId: string;
  /** inbound: who wrote; outbound: to whom */
  @ForeignKey(() => Identity)
  @Column('uuid')
  identityId: string;
  @Column('text') direction: 'inbound' | 'outbound';
  /** unique within the channel; null for answers that no channel has taken yet */
  @Column('text', { nullable: true }) externalId: string | null;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  agentId: string | null;
  @Column('jsonb') sender: Sender;
  @Column('jsonb', { default: () => `'[]'` }) recipients: Recipient[];
  @Column('text', { nullable: true }) subject: string | null;
  @Column('text') text: string;
  @Column('text', { nullable: true }) quoted: string | null;
  @Column('text', { nullable: true }) html: string | null;
  /** what stands below the words of an answer when it goes out; apart from them, since it says nothing of the case */
  @Column('jsonb', { nullable: true }) signature: SignatureWords | null;
  /** external id of the message that this one quotes, as a chat can */
  @Column('text', { nullable: true }) quotesExternalId: string | null;
  /** what an answer was made of; its `text` is how it reads */
  @Column('jsonb', { nullable: true }) template: ChosenTemplate | null;
  @Column('text', { nullable: true }) automatic: AutomaticKind | null;
  /** the telephone call that it is */
  @Column('jsonb', { nullable: true }) call: CallRecord | null;
  @Column('jsonb', { nullable: true }) bounce: Bounce | null;
  @Column('text', { nullable: true }) matchRule: MatchRule | null;
  @Column('real', { nullable: true }) matchScore: number | null;
  @Column('jsonb', { nullable: true }) matchEvidence: Evidence[] | null;
  @Column('text', { array: true, default: () => `'{}'` }) warnings: string[];
  @Column('text', { nullable: true }) rawSha256: string | null;
  /** what the sender says */
  @Column('timestamptz') sentAt: Date;
  @Column('text', { nullable: true }) state: DeliveryState | null;
  @Column('text', { nullable: true }) stateReason: string | null;
  @Column('text', { nullable: true }) stateDetail: string | null;
  @Column('timestamptz', { nullable: true }) stateAt: Date | null;
  @Column('integer', { default: 0 }) attempts: number;
  /** the bounce that came back for it */
  @Column('uuid', { nullable: true }) bouncedById: string | null;
  /** the chat's answer that this one repeats by mail */
  @Column('uuid', { nullable: true }) copyOfId: string | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
