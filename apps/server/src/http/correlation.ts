import type { FastifyInstance } from 'fastify';
import { withCorrelation } from '@loket/platform/logging/logger.js';
import { badText } from './json-body.js';

/** Gives each request an id, which its answer and every log line written on its behalf carry. */
export function correlate(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    withCorrelation(request.id, () => {
      // An encoded NUL would come as far as the database, which refuses it.
      if (request.url.includes('%00')) done(badText());
      else done();
    });
  });
}
