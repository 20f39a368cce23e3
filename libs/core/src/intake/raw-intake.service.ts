import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';
import type { AttachmentRef, BlobRef } from '@loket/contracts/primitives.js';
import type { InboundJson, IntakeResult, NormalizedMessage } from '@loket/contracts/inbound.js';
import { sanitiseHtml } from '@loket/channel/html.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import type { QuarantineEntry } from '../quarantine/quarantine-entry.entity.js';
import { QuarantineService } from '../quarantine/quarantine.service.js';
import { IntakeService, sentElsewhereFailed } from './intake.service.js';

/** What was told is taken note of, and is nothing that stands in a case: a telephone rings, colleagues call each other. */
const noMessage: IntakeResult = {
  ...{ status: 'accepted', messageId: null, caseId: null, caseNumber: null, customerId: null, match: null },
};

/** The raw ingress (DESIGN §9): originals for the channel's adapter, or ready messages of somebody else's. */
@Injectable()
export class RawIntakeService {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
    private readonly directory: ChannelDirectory,
    private readonly intake: IntakeService,
    private readonly quarantine: QuarantineService,
  ) {}

  /**
   * An original that stands in the blob store already, for the adapter of its channel.
   * @throws AppError `unprocessable` `media_type_not_taken` when the channel has no adapter for it
   */
  async takeOriginal(channelId: string, raw: BlobRef): Promise<IntakeResult> {
    const channel = await this.directory.ref(channelId);
    const { rawMediaTypes } = await this.directory.capabilities(channel.kind, channel.config);
    if (!rawMediaTypes.includes(raw.mediaType)) {
      throw new AppError('unprocessable', 'media_type_not_taken', `this channel takes no ${raw.mediaType}`, {
        data: { takes: [...rawMediaTypes, 'application/json'] },
      });
    }
    const receivedAt = this.clock.now().toISOString();
    const { results } = await this.bus.request('channel.ingest', { channel, raw, receivedAt });
    return results[0] ?? noMessage;
  }

  /**
   * A NormalizedMessage from outside. Its html is not trusted, and its files must have been uploaded before.
   * @throws AppError `invalid` `channel_mismatch`; `unprocessable` `attachment_missing` `call_without_number`
   */
  async takeMessage(channelId: string, json: InboundJson): Promise<IntakeResult> {
    if (json.channelId !== undefined && json.channelId !== channelId) {
      throw new AppError('invalid', 'channel_mismatch', 'the message names another channel than the address');
    }
    await this.requireBlobs([...json.attachments, ...(json.raw ? [json.raw] : [])]);
    const message: NormalizedMessage = {
      ...json,
      channelId,
      html: typeof json.html === 'string' ? sanitiseHtml(json.html) : null,
    };
    return message.call?.direction === 'outbound' ? this.takeOwnCall(message) : this.intake.receive(message);
  }

  /** A call that we made is no message of the customer's. */
  private async takeOwnCall(message: NormalizedMessage): Promise<IntakeResult> {
    const { number = null, name = null } = message.call ?? {};
    const to = number === null ? null : { kind: 'phone' as const, value: number, name };
    const result = await this.intake.sentElsewhere(
      message,
      to && { ...to, proof: 'claimed', evidence: ['phone=caller_id'] },
    );
    if (result) return result;
    throw new AppError('unprocessable', 'call_without_number', 'a call that we made has a number');
  }

  /** Tries a quarantined message again. What fails once more stays where it is. */
  async replay(entryId: string, actorId: string): Promise<IntakeResult> {
    const entry = await this.quarantine.get(entryId);
    if (entry.state !== 'waiting') {
      throw new AppError('conflict', 'quarantine_entry_settled', 'somebody has dealt with this entry');
    }
    const result = await this.tryAgain(entry);
    if (result.status !== 'quarantined') {
      await this.quarantine.settle(entryId, 'replayed', result.messageId, actorId);
    }
    return result;
  }

  private async tryAgain({
    channelId,
    message,
    rawSha256,
    rawSize,
    rawMediaType,
    code,
  }: QuarantineEntry): Promise<IntakeResult> {
    if (message && code === sentElsewhereFailed) return this.replayOwn(message);
    if (message) return this.intake.receive(message);
    if (rawSha256 === null || rawMediaType === null) {
      throw new AppError(
        'unprocessable',
        'nothing_to_replay',
        'the source never gave us the original of this message',
      );
    }
    return this.takeOriginal(channelId, { sha256: rawSha256, size: rawSize ?? 0, mediaType: rawMediaType });
  }

  private async replayOwn(message: NormalizedMessage): Promise<IntakeResult> {
    const to = message.recipients.find(({ role }) => role === 'to');
    const person = to && {
      kind: to.kind,
      value: to.value,
      name: to.name,
      proof: 'claimed' as const,
      evidence: [],
    };
    const result = await this.intake.sentElsewhere(message, person ?? null);
    if (result) return result;
    throw new AppError('unprocessable', 'nothing_to_replay', 'nobody knows whom this message was for');
  }

  private async requireBlobs(blobs: readonly (BlobRef | AttachmentRef)[]): Promise<void> {
    for (const { sha256 } of blobs) {
      if (await this.blobs.has(sha256)) continue;
      throw new AppError('unprocessable', 'attachment_missing', 'a file was not uploaded before', {
        data: { sha256 },
      });
    }
  }
}
