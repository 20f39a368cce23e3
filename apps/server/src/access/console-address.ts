import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';

/** Where people reach the console: for links that leave it. */
@Injectable()
export class ConsoleAddress {
  /** As it was configured; null when nobody said. The only one for links that strangers can make us send. */
  readonly configured: string | null;

  constructor(@Inject(ENV) { LOKET_PUBLIC_URL }: ResolvedEnv) {
    this.configured = LOKET_PUBLIC_URL ?? null;
  }

  /** As configured, else as the browser of somebody who is signed in calls it. */
  of(request: FastifyRequest): string {
    const { origin } = request.headers;
    if (this.configured !== null) return this.configured;
    return origin !== undefined && URL.canParse(origin) ? origin : `${request.protocol}://${request.host}`;
  }
}
