import { Readable } from 'node:stream';
import { z } from 'zod';
import type { BlobAccess } from '@loket/channel/port.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { bareType } from '../media-name.js';
import type { MediaFailure } from '../warnings.js';
import type { Media } from '../whatsapp-event.js';
import { verdictOf } from './graph-codes.js';
import { GraphError, GraphSilence, TooLarge, type GraphClient } from './graph-client.js';

const infoSchema = z.looseObject({
  url: z.string().min(1),
  mime_type: z.string().optional(),
  sha256: z.string().optional(),
  file_size: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
});

export interface MediaSource {
  client: GraphClient;
  token: string;
  phoneNumberId: string;
  /** bytes of the largest file that is taken in */
  maxBytes: number;
  /** milliseconds before each further try */
  retryMs: readonly number[];
}

/**
 * Fetches a file that a customer sent, straight into the blob store. Its address is good for five minutes, its id for a
 * week; an address that has run out is asked for again.
 *
 * @returns the stored file, or why there is none: a message is never held up for its file
 * @throws what the blob store throws
 */
export async function fetchMedia(
  media: Media,
  source: MediaSource,
  blobs: BlobAccess,
): Promise<BlobRef | MediaFailure> {
  let failure: MediaFailure = 'media_unavailable';
  for (const pauseMs of [0, ...source.retryMs]) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const outcome = await attempt(media, source, blobs);
    if (typeof outcome === 'object') return outcome;
    failure = outcome.replace('again:', '') as MediaFailure;
    if (outcome === failure) return failure;
  }
  return failure;
}

/** `again:` = worth another try */
type Outcome = BlobRef | MediaFailure | `again:${MediaFailure}`;

async function attempt(media: Media, source: MediaSource, blobs: BlobAccess): Promise<Outcome> {
  const { client, token, phoneNumberId, maxBytes } = source;
  let asked = false;
  const broken: { by: unknown } = { by: null };
  try {
    const path = `/${encodeURIComponent(media.reference)}`;
    const query = { phone_number_id: phoneNumberId };
    const info = infoSchema.safeParse(await client.call({ method: 'GET', path, token, query })).data;
    if (!info) return 'again:media_unavailable';
    asked = true;
    if ((info.file_size ?? 0) > maxBytes) return 'media_too_large';
    const { body } = await client.download(info.url, token, maxBytes);
    const stored = await blobs.put(watched(body, broken), bareType(info.mime_type ?? media.mediaType));
    const promised = /^[0-9a-f]{64}$/i.exec(info.sha256 ?? '')?.[0].toLowerCase();
    return promised === undefined || promised === stored.sha256 ? stored : 'again:media_unavailable';
  } catch (error) {
    // The store wraps what broke its source in an error of its own.
    return judge(broken.by ?? error, asked);
  }
}

function judge(error: unknown, asked: boolean): Outcome {
  if (error instanceof TooLarge) return 'media_too_large';
  if (error instanceof GraphSilence) return 'again:media_unavailable';
  if (!(error instanceof GraphError)) throw error;
  const gone = error.status === 404 || error.status === 410;
  // Gone below its address: the address is old. Unknown by its id: the file is.
  if (asked && gone) return 'again:media_expired';
  if (!asked && (gone || error.graphCode === 100)) return 'media_expired';
  return verdictOf(error.graphCode, error.status).code === 'temporary'
    ? 'again:media_unavailable'
    : 'media_unavailable';
}

/** Keeps what broke the stream, whatever becomes of it further on. */
function watched(body: Readable, broken: { by: unknown }): Readable {
  const read = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* body as AsyncIterable<Uint8Array>;
    } catch (error) {
      broken.by = error;
      throw error;
    }
  };
  return Readable.from(read());
}

const uploadedSchema = z.looseObject({ id: z.string().min(1) });

/**
 * Hands a file to WhatsApp before it is sent. Can be repeated without harm.
 *
 * @returns the media id
 * @throws GraphError, GraphSilence
 */
export async function uploadMedia(
  client: GraphClient,
  { token, phoneNumberId }: { token: string; phoneNumberId: string },
  file: { bytes: Buffer; mediaType: string; name: string },
): Promise<string> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', file.mediaType);
  form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  const answer = await client.call({ method: 'POST', path: `/${phoneNumberId}/media`, token, form });
  const uploaded = uploadedSchema.safeParse(answer).data;
  if (!uploaded) throw new GraphSilence(true, 'the answer names no media', null);
  return uploaded.id;
}
