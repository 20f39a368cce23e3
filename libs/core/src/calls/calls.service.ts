import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { CreateCall, LoggedCall } from '@loket/contracts/call-views.js';
import { AppError } from '@loket/contracts/errors.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { newId } from '@loket/platform/ids.js';
import { IntakeService } from '../intake/intake.service.js';
import { requireUploaded } from '../messages/uploads.js';
import { CallDrafts } from './call-drafts.service.js';
import { CallLines, dispositionAs } from './call-lines.service.js';
import { callMessage } from './call-message.js';

/** Calls that agents write down themselves. They come in by the same door as those that telephone systems tell. */
@Injectable()
export class CallsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly lines: CallLines,
    private readonly intake: IntakeService,
    private readonly blobs: BlobStore,
    private readonly drafts: CallDrafts,
  ) {}

  /**
   * Writes a call down. With a `callId` that is known already it adds to that call, wherever that stands: the answer says
   * so, and CallMoves takes it to where the agent wants it. His draft is done with then.
   *
   * @param told its `caseId` is one that there is, or `new`
   * @throws AppError `unprocessable` `channel_takes_no_calls` `channel_disabled` `attachment_missing`; `not_found`
   *   `channel_not_found`; `unavailable`
   */
  async log(told: CreateCall, agent: { id: string; name: string }): Promise<LoggedCall> {
    const config = await this.lines.require(told.channelId);
    const recording = told.recording === null ? [] : [{ ...told.recording, name: 'recording' }];
    await requireUploaded(this.blobs, [...told.attachments, ...recording]);
    const disposition = dispositionAs(told.disposition, config);
    const { message, customer } = callMessage(
      { ...told, disposition },
      {
        callId: told.callId ?? `loket:${newId()}`,
        agent,
        line: typeof config['address'] === 'string' ? config['address'] : null,
        language: config['language'] === 'en' ? 'en' : 'id',
      },
    );
    const said = { agentId: agent.id, caseId: told.caseId };
    const result =
      told.direction === 'inbound'
        ? await this.intake.receive(message, said)
        : await this.intake.sentElsewhere(message, customer, said);
    await this.drafts.drop(agent.id);
    const done = logged(result);
    return { ...done, elsewhere: done.known && (await this.standsElsewhere(done.caseId, told.caseId)) };
  }

  /** Named cases that were merged are the ones that stand for them. */
  private async standsElsewhere(caseId: string, named: string | undefined): Promise<boolean> {
    if (named === undefined || named === 'new') return false;
    const rows: unknown[] = await this.manager.query(
      'SELECT FROM cases WHERE id = $1 AND coalesce(merged_into_id, id) <> $2',
      [named, caseId],
    );
    return rows.length > 0;
  }
}

function logged(result: IntakeResult | null): Omit<LoggedCall, 'elsewhere'> {
  if (!result?.messageId || !result.caseId || !result.customerId)
    throw new AppError('unprocessable', 'call_not_taken', 'the call was put into quarantine');
  const { status, messageId, caseId, caseNumber, customerId } = result;
  return { messageId, caseId, caseNumber: caseNumber ?? 0, customerId, known: status === 'duplicate' };
}
