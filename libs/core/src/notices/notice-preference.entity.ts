import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { NoticePreferences } from '@loket/contracts/notice-preferences.js';
import { Agent } from '../access/agent.entity.js';

/** How somebody hears of his news; whoever has no row has never changed anything. */
@Entity('notice_preferences')
export class NoticePreference {
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
  @Column('jsonb') preferences: NoticePreferences;
}
