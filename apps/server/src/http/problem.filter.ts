import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  MethodNotAllowedException,
  NotFoundException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, errorKinds, type Problem } from '@loket/contracts/errors.js';
import { asAvailability, isDataException } from '@loket/platform/database/errors.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { RouteRegistry } from './route-registry.js';

/** Codes of what the framework refuses before a handler sees it. */
const frameworkCodes: Record<number, { code: string; detail: string }> = {
  400: { code: 'malformed_request', detail: 'the request cannot be read' },
  403: { code: 'cross_origin_refused', detail: 'the request comes from another site' },
  404: { code: 'route_not_found', detail: 'there is nothing at this address' },
  405: { code: 'method_not_allowed', detail: 'this address does not take this method' },
  413: { code: 'body_too_large', detail: 'the body is too large' },
  414: { code: 'uri_too_long', detail: 'the address is too long' },
  415: { code: 'unsupported_media_type', detail: 'this route does not take this kind of body' },
};

/** Turns whatever was thrown into problem+json (RFC 9457). The one place where HTTP statuses are made of errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly routes: RouteRegistry,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const allowed = thrown instanceof NotFoundException ? this.otherMethods(request) : [];
    const error = allowed.length > 0 ? new MethodNotAllowedException() : understood(thrown);
    const problem = problemOf(error, request);
    this.log(error, problem);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    const retryAfter = retryAfterSeconds(error);
    if (retryAfter !== null) void reply.header('retry-after', retryAfter);
    // Nobody reads the rest of this body, so nothing that comes after it on the connection would be heard either.
    if (!request.raw.complete) void reply.header('connection', 'close');
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** What the address takes, when it is only the method that is wrong. */
  private otherMethods({ url, method }: FastifyRequest): string[] {
    const methods = this.routes.methodsAt(url);
    return methods.includes(method) ? [] : methods;
  }

  private log(error: unknown, problem: Problem): void {
    const fields = { code: problem.code, status: problem.status };
    if (problem.status === 500) this.logger.error({ ...fields, err: error }, 'request failed by a defect');
    else if (problem.status > 500)
      this.logger.warn({ ...fields, err: error }, 'request cannot be served now');
    else this.logger.debug(fields, 'request refused');
  }
}

/** What the database says about a value that no column can hold is the caller's affair, not a defect of ours. */
function understood(thrown: unknown): unknown {
  if (thrown instanceof AppError || thrown instanceof HttpException) {
    return thrown.cause instanceof AppError ? thrown.cause : thrown;
  }
  if (isDataException(thrown)) {
    return new AppError(
      'invalid',
      'value_not_storable',
      'a value is out of range or holds what cannot be stored',
      {
        cause: thrown,
      },
    );
  }
  return asAvailability(thrown);
}

/** The body of an answer to an error that is understood as far as it can be. */
export function problemOf(error: unknown, { id }: FastifyRequest): Problem {
  return { ...describe(error, id), instance: id };
}

function describe(error: unknown, id: string): Omit<Problem, 'instance'> {
  if (error instanceof AppError && error.kind !== 'internal') {
    const { issues, ...data } = (isRecord(error.data) ? error.data : {}) as { issues?: Problem['issues'] };
    return {
      ...titled(errorKinds[error.kind], error.code, error.message),
      ...(issues === undefined ? {} : { issues }),
      ...(issues === undefined && error.data !== undefined ? { data: error.data } : {}),
      ...(issues !== undefined && Object.keys(data).length > 0 ? { data } : {}),
    };
  }
  if (error instanceof HttpException && error.getStatus() < 500) {
    const status = error.getStatus();
    const known = frameworkCodes[status] ?? {
      code: `http_${String(status)}`,
      detail: STATUS_CODES[status] ?? '',
    };
    return titled(status, known.code, known.detail);
  }
  return titled(500, 'internal_error', `an unexpected error; the log has more under ${id}`);
}

function titled(status: number, code: string, detail: string): Omit<Problem, 'instance'> {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
}

function retryAfterSeconds(error: unknown): number | null {
  if (!(error instanceof AppError)) return null;
  const given = isRecord(error.data) ? error.data.retryAfterSeconds : undefined;
  if (typeof given === 'number') return Math.max(1, Math.ceil(given));
  return error.kind === 'unavailable' || error.kind === 'rate_limited' ? 5 : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
