import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';
import { Incident } from './incident.entity.js';

/** What was told to the customers of an incident, written once. */
@Entity('incident_updates')
@Index('incident_updates_list', ['incidentId', 'createdAt', 'id'])
export class IncidentUpdate {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Incident)
  @Column('uuid')
  incidentId: string;
  @ForeignKey(() => Agent)
  @Column('uuid')
  agentId: string;
  @Column('text') text: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
