import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { callJsonMediaType } from '@loket/contracts/call-views.js';
import { AppError } from '@loket/contracts/errors.js';

/** Originals that the ingress takes as they are; which of them a channel takes, its adapter says. */
export const rawMediaTypes = ['message/rfc822', callJsonMediaType] as const;

/** Bytes of one original. What a channel thinks too large comes in all the same and is quarantined, so nothing is lost. */
export const maxRawBytes = 100_000_000;
/** Bytes of one message as JSON: text and html at their caps. */
const maxJsonBytes = 12_000_000;

/** Hands originals to the handler as a stream, and lets the ingress alone take large JSON. Call before routes exist. */
export function acceptRawBodies(instance: FastifyInstance): void {
  instance.addContentTypeParser([...rawMediaTypes], (_request, payload, done) => {
    done(null, payload);
  });
  instance.addHook('onRoute', (route) => {
    if (route.url.endsWith('/channels/:id/inbound')) route.bodyLimit = maxJsonBytes;
  });
}

/** @throws AppError `too_large` `original_too_large` from the stream once it is longer than `limit` bytes */
export async function* atMost(body: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit)
      throw new AppError('too_large', 'original_too_large', `an original may have ${String(limit)} bytes`);
    yield chunk;
  }
}
