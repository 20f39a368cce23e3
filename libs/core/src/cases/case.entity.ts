import { Check, Column, Entity, ForeignKey, Generated, Index, PrimaryColumn } from 'typeorm';
import type { CaseStatus, Priority } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { Agent } from '../access/agent.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { Incident } from '../incidents/incident.entity.js';
import { Team } from '../teams/team.entity.js';

/** The one piece of work that agents see. Everything that changes it counts `version` up and writes an event. */
@Entity('cases')
@Check('cases_status', `status IN ('open', 'pending', 'resolved')`)
@Check('cases_priority', `priority IN ('low', 'normal', 'high', 'urgent')`)
@Index('cases_view', ['status', 'lastMessageAt', 'id'])
@Index('cases_view_waiting', ['status', 'waitingSince', 'id'])
@Index('cases_view_assignee', ['assigneeId', 'status', 'lastMessageAt', 'id'])
@Index('cases_view_team', ['teamId', 'status', 'lastMessageAt', 'id'])
@Index('cases_created', ['createdAt'])
@Index('cases_unassigned', { synchronize: false })
@Index('cases_snoozed', { synchronize: false })
@Index('cases_callback', { synchronize: false })
@Index('cases_customer', ['customerId', 'status'])
@Index('cases_merged_into', { synchronize: false })
@Index('cases_incident', { synchronize: false })
@Check('cases_not_into_itself', `merged_into_id <> id`)
export class Case {
  @PrimaryColumn('uuid') id: string;
  /** what people call it: #1042 */
  @Generated('increment')
  @Column('bigint', { unique: true, transformer: { to: (v?: number) => v, from: Number } })
  number: number;
  @Column('text') subject: string;
  @Column('text', { default: 'open' }) status: CaseStatus;
  @Column('text', { default: 'normal' }) priority: Priority;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  assigneeId: string | null;
  /** whose work it is, whether somebody of them has it or not */
  @ForeignKey(() => Team)
  @Column('uuid', { nullable: true })
  teamId: string | null;
  /** when it came to whoever has it */
  @Column('timestamptz', { nullable: true }) assignedAt: Date | null;
  /** when it came back to its team, or from another one; null while it stands where it was opened */
  @Column('timestamptz', { nullable: true }) queuedAt: Date | null;
  /** who had it before and let it go, or lost it */
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  takenFromId: string | null;
  @ForeignKey(() => Customer)
  @Column('uuid')
  customerId: string;
  @Column('text', { array: true, default: () => `'{}'` }) tags: string[];
  @Column('text', { array: true, default: () => `'{}'` }) channelKinds: ChannelKind[];
  /** first words of the newest message */
  @Column('text', { default: '' }) preview: string;
  @Column('text', { nullable: true }) lastDirection: 'inbound' | 'outbound' | null;
  @Column('integer', { default: 0 }) messageCount: number;
  @Column('timestamptz', { nullable: true }) waitingSince: Date | null;
  @Column('timestamptz', { nullable: true }) snoozedUntil: Date | null;
  /** the customer called, reached nobody and is to be called back: since when, where, and when that was last done with */
  @Column('timestamptz', { nullable: true }) callbackSince: Date | null;
  @Column('text', { nullable: true }) callbackNumber: string | null;
  @Column('timestamptz', { nullable: true }) callbackDoneAt: Date | null;
  @Column('timestamptz') lastMessageAt: Date;
  @Column('timestamptz', { nullable: true }) resolvedAt: Date | null;
  /** the case that stands for this one, always one that is not merged itself; the row stays, so that its number leads there */
  @ForeignKey(() => Case)
  @Column('uuid', { nullable: true })
  mergedIntoId: string | null;
  @ForeignKey(() => Incident)
  @Column('uuid', { nullable: true })
  incidentId: string | null;
  /** counts merges, splits and their undoing: intake sees by it that the case changed shape under its feet */
  @Column('integer', { default: 0 }) arrangement: number;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
