import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session as SessionView } from '@loket/contracts/access.js';
import { agentView } from '@loket/core/access/agent-view.js';
import { sessionCookie } from '@loket/core/access/session-cookie.js';
import type { OpenedSession, Origin } from '@loket/core/access/sessions.service.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';

/** From where a request comes. */
export function originOf(request: FastifyRequest): Origin {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? null };
}

/** The browser's side of sessions. */
@Injectable()
export class Browser {
  /** behind https the cookie must never travel without it */
  private readonly secure: boolean;

  constructor(@Inject(ENV) env: ResolvedEnv) {
    this.secure = env.LOKET_PUBLIC_URL?.startsWith('https:') ?? false;
  }

  enter(reply: FastifyReply, { secret, agent }: OpenedSession): SessionView {
    void reply.header('set-cookie', sessionCookie(secret, this.secure));
    return { agent: agentView(agent) };
  }

  leave(reply: FastifyReply): void {
    void reply.header('set-cookie', sessionCookie(null, this.secure));
  }
}
