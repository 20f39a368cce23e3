import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { CreateReply } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { OutboundMessage, OutboundPreview } from '@loket/contracts/outbound.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { newId } from '@loket/platform/ids.js';
import { SECRET } from '@loket/platform/secret.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { readOutgoing } from '../delivery/delivery.queries.js';
import { outboundMessage } from '../delivery/outbound-message.js';
import { untilHeld } from '../operations/until-held.js';
import { RepliesService } from './replies.service.js';
import { requireUploaded } from './uploads.js';

interface Looked {
  channelId: string;
  message: OutboundMessage;
}

/** Ends the transaction in which an answer was written only to be looked at. */
class NotMeant extends Error {
  constructor(readonly looked: Looked) {
    super('written to be looked at');
  }
}

/**
 * An answer as it would go out now. It is written like any other, read back by what sends, made by the channel's own
 * adapter, and never committed: so the preview cannot differ from what is sent.
 */
@Injectable()
export class ReplyPreviews {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(SECRET) private readonly secret: string,
    private readonly replies: RepliesService,
    private readonly channels: ChannelDirectory,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * @throws AppError those of `RepliesService.create` but for `case_changed`; `unprocessable` `preview_unsupported`, and
   *   why the channel could not send it
   */
  async of(
    caseId: string,
    reply: Omit<CreateReply, 'template'>,
    author: { id: string; name: string },
  ): Promise<OutboundPreview> {
    await requireUploaded(this.blobs, reply.attachments);
    const { channelId, message } = await this.look(caseId, reply, author);
    const channel = await this.channels.ref(channelId);
    const { preview } = await this.channels.capabilities(channel.kind, channel.config);
    if (!preview)
      throw new AppError('unprocessable', 'preview_unsupported', 'this channel shows nothing beforehand');
    return this.bus.request('channel.preview', { channel, message });
  }

  private async look(
    caseId: string,
    reply: Omit<CreateReply, 'template'>,
    author: { id: string; name: string },
  ): Promise<Looked> {
    const messageId = newId();
    try {
      return await untilHeld(() =>
        this.manager.transaction<never>(async (tx) => {
          await this.replies.writeWithin(tx, caseId, messageId, reply, author);
          const outgoing = await readOutgoing(tx, messageId);
          if (!outgoing) throw new AppError('internal', 'preview_lost', 'an answer was not there to be read');
          const message = outboundMessage(messageId, outgoing, 1, this.secret);
          throw new NotMeant({ channelId: outgoing.channelId, message });
        }),
      );
    } catch (error) {
      if (error instanceof NotMeant) return error.looked;
      throw error;
    }
  }
}
