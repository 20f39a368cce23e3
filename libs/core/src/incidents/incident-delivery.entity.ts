import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Case } from '../cases/case.entity.js';
import { Message } from '../messages/message.entity.js';
import { IncidentUpdate } from './incident-update.entity.js';

/** An update on its way to one case. The row is written with the update, so that a crash forgets nobody. */
@Entity('incident_deliveries')
@Index('incident_deliveries_pending', { synchronize: false })
export class IncidentDelivery {
  @ForeignKey(() => IncidentUpdate)
  @PrimaryColumn('uuid')
  updateId: string;
  @ForeignKey(() => Case)
  @PrimaryColumn('uuid')
  caseId: string;
  /** the answer that carries it, once written */
  @ForeignKey(() => Message)
  @Column('uuid', { nullable: true })
  messageId: string | null;
  /** stable code of why it could not be sent to this case */
  @Column('text', { nullable: true }) blocked: string | null;
}
