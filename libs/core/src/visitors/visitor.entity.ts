import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Proof } from '@loket/contracts/inbound.js';
import type { VisitorPage } from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Channel } from '../channels/channel.entity.js';

/** By what an address of a visitor was proven. */
export type VisitorProof = 'signed_identity' | 'one_time_code';

/**
 * A browser that came to a site's chat, or everybody whom the site signs as the same person. His id is the value of the
 * customer's identity of kind `visitor`, from his first message on.
 */
@Entity('visitors')
@Index('visitors_id_text', { synchronize: false })
@Unique('visitors_subject', ['channelId', 'subject'])
@Check('visitors_email_proof', `email_proof IN ('verified', 'claimed')`)
export class Visitor {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel)
  @Column('uuid')
  channelId: string;
  /** the site's own id of the person, by a signed identity */
  @Column('text', { nullable: true }) subject: string | null;
  @Column('text', { nullable: true }) name: string | null;
  /** normalised */
  @Column('text', { nullable: true }) email: string | null;
  @Column('text', { nullable: true }) emailProof: Proof | null;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { nullable: true }) phoneProof: Proof | null;
  /** how the address that proves the visitor himself was proven */
  @Column('text', { nullable: true }) provenBy: VisitorProof | null;
  /** of the form before the chat, by the field's id */
  @Column('jsonb', { default: () => `'{}'` }) answers: Record<string, string>;
  /** when he agreed to the text that asks for consent */
  @Column('timestamptz', { nullable: true }) consentAt: Date | null;
  @Column('text', { nullable: true }) language: VisitorLanguage | null;
  /** the User-Agent of his browser, as it says */
  @Column('text', { nullable: true }) browser: string | null;
  /** where he is, or was last */
  @Column('jsonb', { nullable: true }) page: VisitorPage | null;
  /** what he wrote until then stands in a console that is open */
  @Column('timestamptz', { nullable: true }) deliveredAt: Date | null;
  /** an agent has seen what he wrote until then */
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) lastSeenAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
