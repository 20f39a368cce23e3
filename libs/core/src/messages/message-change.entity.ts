import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { MessageChange as Shown } from '@loket/contracts/cases.js';
import type { Sender } from '@loket/contracts/inbound.js';
import { Channel } from '../channels/channel.entity.js';

/**
 * What happened to a message after it was sent; never written into the message itself. Known by the message's external
 * id, since it may be told before the message comes in.
 */
@Entity('message_changes')
@Unique('message_changes_same', ['channelId', 'externalId', 'type', 'byKey', 'at', 'content'])
export class MessageChange {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel)
  @Column('uuid')
  channelId: string;
  @Column('text') externalId: string;
  /** `receipt`: a delivery state (`content`, its reason in `text`) that came before its message was known by this id */
  @Column('text') type: Shown['type'] | 'receipt';
  /** `kind:value` of who did it; empty when the channel does not say */
  @Column('text') byKey: string;
  /** what it says, short enough for a key: channels tell seconds, and a person may react twice in one */
  @Column('text') content: string;
  /** its addresses in the form in which they are compared */
  @Column('jsonb', { nullable: true }) by: Sender | null;
  /** of `edited` */
  @Column('text', { nullable: true }) text: string | null;
  /** of `reacted`; null takes the reaction away */
  @Column('text', { nullable: true }) emoji: string | null;
  /** when the channel says that it happened */
  @Column('timestamptz') at: Date;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
