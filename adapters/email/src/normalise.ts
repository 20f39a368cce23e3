import type { ChannelRef } from '@loket/contracts/bus.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { NormaliseError } from '@loket/channel/channel-error.js';
import type { BlobAccess } from '@loket/channel/port.js';

/** Makes messages of raw mails, in worker threads that can be killed. */
export class MailNormaliser {
  constructor(private readonly options: { maxThreads?: number; timeoutMs?: number } = {}) {}

  /** @throws NormaliseError `parse_failed` `parse_timeout` `too_large` `not_a_mail` */
  async normalise(_raw: BlobRef, _channel: ChannelRef, _blobs: BlobAccess): Promise<NormalizedMessage> {
    await Promise.resolve(this.options);
    throw new NormaliseError('parse_failed', 'not built yet');
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
