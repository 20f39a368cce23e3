import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { FailingCallers } from '@loket/core/webhooks/failing-callers.js';

const path = '/channels/:id/webhook';
/** Bytes of one call; Meta stays below 3 MB. */
export const maxCallBytes = 8_000_000;
/** What callers may send who have failed too often. An ordinary call has a few thousand bytes. */
const maxBytesOfFailing = 100_000;
/** Stands in for whatever type a call claims to have: the signature is over bytes, so nothing may read them before. */
const asBytes = 'application/vnd.loket.signed-call';

/**
 * Hands calls of the other side to the handler as the bytes that they came as. Call before routes exist.
 *
 * Whoever signs wrongly again and again can no longer make us read large bodies. Small ones are checked always, from
 * whatever address: behind a proxy that we do not know of, the right calls come from the same one as the wrong.
 */
export function acceptSignedCalls(instance: FastifyInstance): void {
  const failing = new FailingCallers();

  instance.addContentTypeParser(asBytes, { parseAs: 'buffer' }, (request, body, done) => {
    if (request.routeOptions.url?.endsWith(path)) done(null, body);
    else
      done(new AppError('invalid', 'unsupported_media_type', 'this route does not take this kind of body'));
  });

  const onRequest: onRequestAsyncHookHandler = async (request) => {
    const retryAfterSeconds = await failing.secondsLeft(request.ip);
    if (retryAfterSeconds !== null && mayBeLarge(request)) {
      throw new AppError('rate_limited', 'webhook_limited', 'too many calls with a wrong signature', {
        data: { retryAfterSeconds },
      });
    }
    request.headers = { 'content-type': asBytes };
  };

  instance.addHook('onRoute', (route) => {
    if (route.method !== 'POST' || !route.url.endsWith(path)) return;
    route.bodyLimit = maxCallBytes;
    route.onRequest = [route.onRequest ?? [], onRequest].flat();
    route.onResponse = [
      route.onResponse ?? [],
      async (request: FastifyRequest, { statusCode }: { statusCode: number }): Promise<void> => {
        if ([403, 404, 413].includes(statusCode)) await failing.count(request.ip);
      },
    ].flat();
  });
}

function mayBeLarge({ headers }: FastifyRequest): boolean {
  return !(Number(headers['content-length']) <= maxBytesOfFailing);
}
