import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, In, Repository } from 'typeorm';
import type { QuarantineRequest } from '@loket/contracts/bus.js';
import { AppError } from '@loket/contracts/errors.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { decodeCursor, encodeCursor, type Page } from '@loket/contracts/primitives.js';
import type { QuarantineEntry as QuarantineEntryResource } from '@loket/contracts/quarantine.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { Channel } from '../channels/channel.entity.js';
import { EventLog } from '../events/event-log.js';
import { legible } from '../intake/legible.js';
import { Message } from '../messages/message.entity.js';
import { QuarantineEntry } from './quarantine-entry.entity.js';

/** Keeps what could not be processed, with its reason, until somebody replays or dismisses it. */
@Injectable()
export class QuarantineService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(QuarantineEntry) private readonly entries: Repository<QuarantineEntry>,
    @InjectRepository(Channel) private readonly channels: Repository<Channel>,
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Puts one away. The same original again counts its tries up instead of standing there twice. */
  async add(request: QuarantineRequest): Promise<IntakeResult> {
    const now = this.clock.now();
    const key = request.raw?.sha256 ?? request.externalId ?? newId();
    const id = await this.database.transaction(async (manager) => {
      const rows: { id: string; inserted: boolean }[] = await manager.query(
        `INSERT INTO quarantine_entries (id, channel_id, key, code, reason, attempts, raw_sha256, raw_size,
                                         raw_media_type, message, created_at, last_tried_at, subject, sender)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13)
         ON CONFLICT (channel_id, key) WHERE state = 'waiting'
         DO UPDATE SET code = excluded.code, reason = excluded.reason, last_tried_at = excluded.last_tried_at,
                       attempts = quarantine_entries.attempts + excluded.attempts
         RETURNING id, (xmax = 0) AS inserted`,
        [
          newId(),
          request.channelId,
          key,
          request.code,
          legible(request.reason),
          request.attempts,
          request.raw?.sha256 ?? null,
          request.raw?.size ?? null,
          request.raw?.mediaType ?? null,
          request.message ? JSON.stringify(legible(request.message)) : null,
          now,
          legible(request.glimpse?.subject ?? null),
          legible(request.glimpse?.from ?? null),
        ],
      );
      const [row] = rows;
      if (!row) throw new Error('the quarantine gave no row');
      if (row.inserted) {
        const data = { quarantineId: row.id, channelId: request.channelId };
        await this.events.append(manager, [
          { type: 'quarantine.added', caseId: null, version: null, actorId: null, data },
        ]);
      }
      return row.id;
    });
    this.events.committed();
    this.logger.warn(
      { channelId: request.channelId, quarantineId: id, code: request.code },
      'put into quarantine',
    );
    return {
      status: 'quarantined',
      messageId: null,
      caseId: null,
      caseNumber: null,
      customerId: null,
      match: null,
      quarantineId: id,
      reason: request.reason,
    };
  }

  /** Newest first. @throws AppError `invalid` `cursor_invalid` */
  async list(query: {
    state: QuarantineEntry['state'];
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<QuarantineEntryResource>> {
    const find = this.entries
      .createQueryBuilder('entry')
      .where({ state: query.state })
      .orderBy('entry.createdAt', 'DESC')
      .addOrderBy('entry.id', 'DESC')
      .limit(query.limit + 1);
    if (query.cursor !== undefined) {
      const [at, id] = decodeCursor(query.cursor) ?? [];
      if (typeof at !== 'string' || typeof id !== 'string') {
        throw new AppError('invalid', 'cursor_invalid', 'the cursor is not one of ours');
      }
      find.andWhere('(entry.createdAt, entry.id) < (:at, :id)', { at, id });
    }
    const rows = await find.getMany();
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await this.present(page),
      nextCursor:
        rows.length > page.length && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
    };
  }

  /** @throws AppError `not_found` `quarantine_entry_not_found` */
  async get(id: string): Promise<QuarantineEntry> {
    const entry = await this.entries.findOneBy({ id });
    if (!entry) throw new AppError('not_found', 'quarantine_entry_not_found', 'no such quarantine entry');
    return entry;
  }

  async show(id: string): Promise<QuarantineEntryResource> {
    const [entry] = await this.present([await this.get(id)]);
    if (!entry) throw new AppError('not_found', 'quarantine_entry_not_found', 'no such quarantine entry');
    return entry;
  }

  /** Ends the wait. Of two people at once one is told that it had ended. */
  async settle(
    id: string,
    state: 'replayed' | 'dismissed',
    messageId: string | null,
    actorId: string,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      const { affected } = await manager.update(
        QuarantineEntry,
        { id, state: 'waiting' },
        { state, messageId },
      );
      if (affected !== 1)
        throw new AppError('conflict', 'quarantine_entry_settled', 'somebody has dealt with this entry');
      const data = { quarantineId: id, state };
      await this.events.append(manager, [
        { type: 'quarantine.resolved', caseId: null, version: null, actorId, data },
      ]);
    });
    this.events.committed();
  }

  private async present(entries: QuarantineEntry[]): Promise<QuarantineEntryResource[]> {
    const channels = await this.channels.findBy({ id: In(entries.map((e) => e.channelId)) });
    const names = new Map(channels.map((c) => [c.id, c.name]));
    const stored = await this.messages.findBy({ id: In(entries.flatMap((e) => e.messageId ?? [])) });
    const cases = new Map(stored.map((m) => [m.id, m.caseId]));
    return entries.map((e) => ({
      id: e.id,
      channelId: e.channelId,
      channelName: names.get(e.channelId) ?? '',
      code: e.code,
      reason: e.reason,
      attempts: e.attempts,
      subject: e.message?.subject ?? e.subject,
      from: e.message?.sender.value ?? e.sender,
      size: e.rawSize,
      hasRaw: e.rawSha256 !== null,
      createdAt: e.createdAt.toISOString(),
      lastTriedAt: e.lastTriedAt.toISOString(),
      state: e.state,
      messageId: e.messageId,
      caseId: e.messageId ? (cases.get(e.messageId) ?? null) : null,
    }));
  }
}
