import { Injectable } from '@nestjs/common';
import { callJsonMediaType, type CreateCall, type LoggedCall } from '@loket/contracts/call-views.js';
import { AppError } from '@loket/contracts/errors.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { newId } from '@loket/platform/ids.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { IntakeService } from '../intake/intake.service.js';
import { requireUploaded } from '../messages/uploads.js';
import { CallDrafts } from './call-drafts.service.js';
import { callMessage } from './call-message.js';

/** Calls that agents write down themselves. They come in by the same door as those that telephone systems tell. */
@Injectable()
export class CallsService {
  constructor(
    private readonly directory: ChannelDirectory,
    private readonly intake: IntakeService,
    private readonly blobs: BlobStore,
    private readonly drafts: CallDrafts,
  ) {}

  /**
   * Writes a call down. With a `callId` that is known already it adds to that call, wherever that stands. The agent's
   * draft is done with then.
   *
   * @param told its `caseId` is one that there is, or `new`
   * @throws AppError `unprocessable` `channel_takes_no_calls` `channel_disabled` `attachment_missing`; `not_found`
   *   `channel_not_found`; `unavailable`
   */
  async log(told: CreateCall, agent: { id: string; name: string }): Promise<LoggedCall> {
    const { kind, config } = await this.directory.ref(told.channelId);
    const { rawMediaTypes } = await this.directory.capabilities(kind, config);
    if (!rawMediaTypes.includes(callJsonMediaType))
      throw new AppError('unprocessable', 'channel_takes_no_calls', 'this channel is no telephone line');
    if (!(await this.directory.isEnabled(told.channelId)))
      throw new AppError('unprocessable', 'channel_disabled', 'this channel is switched off');
    const recording = told.recording === null ? [] : [{ ...told.recording, name: 'recording' }];
    await requireUploaded(this.blobs, [...told.attachments, ...recording]);
    const { message, customer } = callMessage(told, {
      callId: told.callId ?? `loket:${newId()}`,
      agent,
      line: typeof config['address'] === 'string' ? config['address'] : null,
      language: config['language'] === 'en' ? 'en' : 'id',
    });
    const said = { agentId: agent.id, caseId: told.caseId };
    const result =
      told.direction === 'inbound'
        ? await this.intake.receive(message, said)
        : await this.intake.sentElsewhere(message, customer, said);
    await this.drafts.drop(agent.id);
    return logged(result);
  }
}

function logged(result: IntakeResult | null): LoggedCall {
  if (!result?.messageId || !result.caseId || !result.customerId)
    throw new AppError('unprocessable', 'call_not_taken', 'the call was put into quarantine');
  const { status, messageId, caseId, caseNumber, customerId } = result;
  return { messageId, caseId, caseNumber: caseNumber ?? 0, customerId, known: status === 'duplicate' };
}
