import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { InboundEvent, Sender } from '@loket/contracts/inbound.js';
import { Clock } from '@loket/platform/clock.js';
import { asAvailability } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { followPreviews } from '../cases/preview.queries.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import { EventLog } from '../events/event-log.js';
import { IntakeChannels } from '../intake/intake-channels.js';
import { legible } from '../intake/legible.js';
import { holdLocks, threadLockKey } from '../intake/locks.js';
import { MovedMeanwhile, untilHeld } from '../operations/until-held.js';
import { changesOf } from './shown-changes.queries.js';

/** What may happen to a message after it was sent. */
export type Happened = Exclude<InboundEvent, { type: 'sent_elsewhere' }>;

interface Changed {
  id: string;
  caseId: string;
}

/** Edits, revokes and reactions. They are written beside the message, so they may be told before it and any number of times. */
@Injectable()
export class MessageChanges {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly channels: IntakeChannels,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps what happened. Resolves after commit.
   *
   * @returns `known`: whether the message is here; what is told before it comes is shown with it later
   * @throws AppError `unavailable`: nothing was stored, tell it again; `not_found` `channel_not_found`
   */
  async take(happened: Happened): Promise<{ known: boolean }> {
    try {
      const { defaultRegion } = await this.channels.find(happened.channelId);
      const told = legible(happened);
      const { known, shown } = await untilHeld(() =>
        this.manager.transaction((tx) => this.write(tx, told, defaultRegion)),
      );
      if (shown) this.events.committed();
      return { known };
    } catch (error) {
      throw asAvailability(error);
    }
  }

  private async write(
    tx: EntityManager,
    happened: Happened,
    region: string,
  ): Promise<{ known: boolean; shown: boolean }> {
    const { channelId, externalId, type } = happened;
    // Whoever writes the message itself holds this to commit: one of us two sees what the other has written.
    await holdLocks(tx, [threadLockKey(externalId)]);
    const changeId = await this.insert(tx, happened, region);
    const [message]: Changed[] = await tx.query(
      `SELECT id, case_id AS "caseId" FROM messages WHERE channel_id = $1 AND external_id = $2`,
      [channelId, externalId],
    );
    if (!message) return { known: false, shown: false };
    if (changeId === null || !(await isBelieved(tx, message.id, changeId)))
      return { known: true, shown: false };
    if (type === 'edited') await renewPreview(tx, message);
    const [[changed]]: [(Changed & { caseVersion: number })[], number] = await tx.query(
      `UPDATE messages m SET version = version + 1 WHERE id = $1
       RETURNING id, case_id AS "caseId", (SELECT version FROM cases c WHERE c.id = m.case_id) AS "caseVersion"`,
      [message.id],
    );
    if (!changed) throw new Error('a message is gone');
    // The case stays as it is, as with delivery states: agents have not been overtaken by anybody.
    const { caseId, caseVersion } = changed;
    const data = { messageId: message.id, type };
    await this.events.append(tx, [
      { type: 'message.changed', caseId, version: caseVersion, actorId: null, data },
    ]);
    return { known: true, shown: true };
  }

  /** @returns the id of the new row; null when it was told before */
  private async insert(tx: EntityManager, happened: Happened, region: string): Promise<string | null> {
    const by = happened.by && comparable(happened.by, region);
    // What is taken back stays so; some channels can only say when they heard of it, each time another time.
    const rows: { id: string }[] = await tx.query(
      `INSERT INTO message_changes (id, channel_id, external_id, type, by_key, content, "by", text, emoji, at, created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
       WHERE $4 <> 'revoked' OR NOT EXISTS (
         SELECT FROM message_changes WHERE channel_id = $2 AND external_id = $3 AND type = $4 AND by_key = $5)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        newId(),
        happened.channelId,
        happened.externalId,
        happened.type,
        by ? `${by.kind}:${by.value}` : '',
        contentOf(happened),
        by && JSON.stringify(by),
        happened.type === 'edited' ? happened.text : null,
        happened.type === 'reacted' ? happened.emoji || null : null,
        happened.at,
        this.clock.now(),
      ],
    );
    return rows[0]?.id ?? null;
  }
}

/** Only the author of a message changes its words; what anybody else is said to have done is kept, and not shown. */
async function isBelieved(tx: EntityManager, messageId: string, changeId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `SELECT FROM messages m, LATERAL ${changesOf('m')} c WHERE m.id = $1 AND c.id = $2`,
    [messageId, changeId],
  );
  return rows.length > 0;
}

/** @throws MovedMeanwhile when the message changed its case before that was held */
async function renewPreview(tx: EntityManager, { id, caseId }: Changed): Promise<void> {
  await tx.query('SELECT FROM cases WHERE id = $1 FOR NO KEY UPDATE', [caseId]);
  const rows: unknown[] = await tx.query('SELECT FROM messages WHERE id = $1 AND case_id = $2', [id, caseId]);
  if (rows.length === 0) throw new MovedMeanwhile();
  await followPreviews(tx, [caseId]);
}

function comparable(by: Sender, region: string): Sender {
  const value = (address: Pick<Sender, 'kind' | 'value'>): string =>
    normaliseAddress(address.kind, address.value, region).value;
  const also = (by.also ?? []).map((address) => ({ ...address, value: value(address) }));
  return { ...by, name: by.name?.trim() || null, value: value(by), also };
}

function contentOf(happened: Happened): string {
  switch (happened.type) {
    case 'edited':
      return createHash('sha256').update(happened.text).digest('hex');
    case 'reacted':
      return happened.emoji ?? '';
    case 'revoked':
      return '';
  }
}
