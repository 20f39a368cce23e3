import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { type NoticePreferences, noticePreferencesSchema } from '@loket/contracts/notice-preferences.js';
import { NoticePreference } from './notice-preference.entity.js';

/** What was stored before a choice existed has that choice's default. */
export function preferencesOf(stored: unknown): NoticePreferences {
  return noticePreferencesSchema.parse(stored ?? {});
}

@Injectable()
export class NoticePreferencesService {
  constructor(@InjectRepository(NoticePreference) private readonly rows: Repository<NoticePreference>) {}

  async get(agentId: string): Promise<NoticePreferences> {
    return preferencesOf((await this.rows.findOneBy({ agentId }))?.preferences);
  }

  async set(agentId: string, preferences: NoticePreferences): Promise<NoticePreferences> {
    await this.rows.upsert({ agentId, preferences }, ['agentId']);
    return preferences;
  }
}
