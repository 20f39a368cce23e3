import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import wweb, { type Client, type MessageMedia } from 'whatsapp-web.js';
import { bareType } from '../media-name.js';
import type { MediaFailure } from '../warnings.js';
import { within } from './deadline.js';
import { Limiter } from './limiter.js';
import type { RawMessage } from './raw-message.js';

/** The library's types know it as an interface only. */
const { Message } = wweb as unknown as {
  Message: new (client: Client, data: object) => { downloadMedia: () => Promise<MessageMedia | undefined> };
};

export interface MediaFile {
  path: string;
  size: number;
  mediaType: string;
}

export interface MediaLimits {
  maxBytes: number;
  deadlineMs: number;
}

/**
 * Brings files of messages from WhatsApp into a folder. The library carries them as base64 through the pipe of the
 * browser (20 MB take 0.9 s, 100 MB take 700 MB of memory), so large ones are not even asked for, and two at a time are
 * plenty.
 */
export class MediaFetcher {
  private readonly limiter = new Limiter(2);

  constructor(
    private readonly client: Client,
    private readonly spool: string,
    private readonly limits: MediaLimits,
  ) {}

  /** Never throws. */
  fetch(data: object, raw: RawMessage): Promise<MediaFile | MediaFailure> {
    if ((raw.size ?? 0) > this.limits.maxBytes) return Promise.resolve('media_too_large');
    return this.limiter.run(() => this.download(data, raw)).catch(() => 'media_unavailable');
  }

  private async download(data: object, raw: RawMessage): Promise<MediaFile | MediaFailure> {
    const message = new Message(this.client, data);
    const media = await within(this.limits.deadlineMs, 'media', message.downloadMedia());
    // The library says so when WhatsApp no longer has it.
    if (!media) return raw.directPath ? 'media_expired' : 'media_unavailable';
    const bytes = Buffer.from(media.data, 'base64');
    if (bytes.byteLength > this.limits.maxBytes) return 'media_too_large';
    const path = join(this.spool, randomUUID());
    await writeFile(path, bytes);
    return { path, size: bytes.byteLength, mediaType: bareType(media.mimetype || raw.mimetype || '') };
  }
}
