import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';
import { Team } from './team.entity.js';

@Entity('team_members')
export class TeamMember {
  @ForeignKey(() => Team, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  teamId: string;
  @Index('team_members_agent')
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
}
