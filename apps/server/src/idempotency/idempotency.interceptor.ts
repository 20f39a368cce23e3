import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, defer, from, type Observable, of, switchMap } from 'rxjs';
import { AppError } from '@loket/contracts/errors.js';
import { IdempotencyService, type RepeatableRequest } from '@loket/core/idempotency/idempotency.service.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { NOT_REPEATABLE } from './not-repeatable.decorator.js';

const writes = ['POST', 'PUT', 'PATCH'];

/** Honours the Idempotency-Key of writes with a JSON body, or none, by whoever is known to us. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly reflector: Reflector,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || !writes.includes(request.method) || !this.applies(context, request))
      return next.handle();
    const repeatable = describe(request, key);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.idempotency.begin(repeatable)).pipe(
      switchMap((stored) => {
        if (stored === null) return this.first(repeatable, reply, next);
        void reply.status(stored.status).header('idempotency-replayed', 'true');
        return of(stored.body);
      }),
    );
  }

  private first(request: RepeatableRequest, reply: FastifyReply, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      switchMap(async (body: unknown) => {
        await this.idempotency
          .complete(request, { status: reply.statusCode, body })
          // The write is done; without its note, a repetition is refused until the lease is over.
          .catch((err: unknown) => {
            this.logger.error({ err }, 'answer could not be kept for repetition');
          });
        return body;
      }),
      catchError((error: unknown) =>
        defer(async () => {
          await this.idempotency.abandon(request).catch(() => undefined);
          throw error;
        }),
      ),
    );
  }

  private applies(context: ExecutionContext, request: FastifyRequest): boolean {
    const json = /^application\/json\b/i.test(request.headers['content-type'] ?? 'application/json');
    return (
      json && request.principal !== null && !this.reflector.get<unknown>(NOT_REPEATABLE, context.getHandler())
    );
  }
}

function describe(request: FastifyRequest, key: string | string[]): RepeatableRequest {
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new AppError('invalid', 'idempotency_key_invalid', 'a key has 1 to 255 printable ASCII characters');
  const ownerId = request.principal?.agent.id ?? '';
  return { ownerId, key, method: request.method, path: request.url, body: request.body };
}
