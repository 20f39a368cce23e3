import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { roles, type Role } from '@loket/contracts/access.js';
import type { CallRecord } from '@loket/contracts/calls.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { hasRole, type Principal } from '../access/principal.js';
import { EventLog } from '../events/event-log.js';

/** Seeking within it for so long is one listening. */
const oneListeningMs = 3_600_000;

type Recording = NonNullable<CallRecord['recording']>;

/** Recordings of calls. Who listened to which, and when, stands in the event log for ever. */
@Injectable()
export class Recordings {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param how `ask`: whether he may, without listening · `start`, `further_on`: where in the file he listens; what a player
   *   fetches further on is one listening, not many
   * @throws AppError `not_found` `recording_not_found`; `forbidden` `recording_not_allowed`; `unprocessable`
   *   `recording_address_refused`
   */
  async open(messageId: string, who: Principal, how: 'ask' | 'start' | 'further_on'): Promise<Recording> {
    const [row]: { recording: Recording | null; least: string | null; caseId: string; version: number }[] =
      await this.manager.query(
        `SELECT m.call->'recording' AS recording, ch.config->>'recordings' AS least, m.case_id AS "caseId", c.version
         FROM messages m JOIN channels ch ON ch.id = m.channel_id JOIN cases c ON c.id = m.case_id WHERE m.id = $1`,
        [messageId],
      );
    if (!row?.recording)
      throw new AppError('not_found', 'recording_not_found', 'there is no recording of this call');
    if (!hasRole(who, roleOf(row.least)))
      throw new AppError(
        'forbidden',
        'recording_not_allowed',
        'recordings of this line are not for everybody',
      );
    const { recording } = row;
    if (recording.kind === 'url') requireWebAddress(recording.url);
    // Whoever skips the first byte has listened too, unless he is written down already.
    const known = how === 'further_on' && (await this.heardLately(messageId, row.caseId, who));
    if (how !== 'ask' && !known) {
      const { caseId, version } = row;
      await this.manager.transaction(async (tx) => {
        const about = { caseId, version, actorId: who.agent.id };
        await this.events.append(
          tx,
          [{ type: 'recording.played', ...about, data: { messageId } }],
          this.clock.now(),
        );
      });
      this.events.committed();
    }
    return recording;
  }

  private async heardLately(messageId: string, caseId: string, { agent }: Principal): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - oneListeningMs);
    const rows: unknown[] = await this.manager.query(
      `SELECT FROM events WHERE case_id = $1 AND type = 'recording.played' AND data->>'messageId' = $2 AND actor_id = $3
         AND at > $4 LIMIT 1`,
      [caseId, messageId, agent.id, since],
    );
    return rows.length > 0;
  }
}

/**
 * Followed by the listener's browser, never by us (ADR 15). Every door checks it; so does this one, whatever stands in
 * the row.
 */
function requireWebAddress(address: string): void {
  const protocol = URL.canParse(address) ? new URL(address).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new AppError(
      'unprocessable',
      'recording_address_refused',
      'the address of this recording is none of the web',
    );
}

function roleOf(least: string | null): Role {
  return roles.find((role) => role === least) ?? 'agent';
}
