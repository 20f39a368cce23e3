import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';

/** Requests under way have so long to finish once we are told to stop. */
const closeWithinMs = 5_000;

/** Takes no new requests once the process is told to stop, while those under way are finished. */
@Injectable()
export class Closing implements OnModuleDestroy {
  private closing = false;
  private instance: FastifyInstance | undefined;

  /** The first hook of a shutdown; after it, the sockets and then HTTP wait for their connections to end. */
  onModuleDestroy(): void {
    this.closing = true;
    // A client that does not read its answer must not keep us from stopping.
    setTimeout(() => this.instance?.server.closeAllConnections(), closeWithinMs).unref();
  }

  install(instance: FastifyInstance): void {
    this.instance = instance;
    instance.addHook('onRequest', (_request, reply, done) => {
      if (!this.closing) {
        done();
        return;
      }
      // So that the client's next request opens a connection, perhaps to a process that stays.
      reply.header('connection', 'close');
      done(new AppError('unavailable', 'shutting_down', 'the server is stopping; try again in a moment'));
    });
  }
}
