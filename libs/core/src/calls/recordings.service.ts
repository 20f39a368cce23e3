import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { roles, type Role } from '@loket/contracts/access.js';
import type { CallRecord } from '@loket/contracts/calls.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { hasRole, type Principal } from '../access/principal.js';
import { EventLog } from '../events/event-log.js';

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
   * @param heard whether this is written down: not for the further parts of a recording that a player fetches
   * @throws AppError `not_found` `recording_not_found`; `forbidden` `recording_not_allowed`
   */
  async open(messageId: string, who: Principal, heard: boolean): Promise<Recording> {
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
    if (heard) {
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
    return row.recording;
  }
}

function roleOf(least: string | null): Role {
  return roles.find((role) => role === least) ?? 'agent';
}
