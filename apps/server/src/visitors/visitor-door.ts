import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { network } from '@loket/core/access/sign-in-limits.js';
import { closed, type VisitorChannel, VisitorChannels } from '@loket/core/visitors/visitor-channels.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { isServed, originOf } from './visitor-origin.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** on the surface for visitors: the channel, and the site whose page asks */
    visitorPlace: VisitorPlace | null;
  }
}

export interface VisitorPlace {
  channel: VisitorChannel;
  origin: string;
  /** of the address, for the rates */
  network: string;
}

const path = /^\/api\/v1\/visitors\/([^/?#]+)\/[^/]/;
const filePath = /^\/api\/v1\/visitor-(?:files|pictures)\//;

/**
 * Stands before the REST calls of visitors: lets in pages of the channel's sites only, and says so to their browsers
 * (CORS) by naming that one site. Cookies count for nothing here and are never asked for.
 */
@Injectable()
export class VisitorDoor {
  constructor(
    private readonly channels: VisitorChannels,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'LOKET_PUBLIC_URL'>,
  ) {}

  /** Call it after the headers of every answer are set: a few differ here. */
  install(instance: FastifyInstance): void {
    instance.decorateRequest('visitorPlace', null);
    instance.addHook('onRequest', async (request, reply) => {
      // A picture in a page of the site, by a link that is its own proof.
      if (filePath.test(request.url)) reply.header('cross-origin-resource-policy', 'cross-origin');
      const [, channelId] = path.exec(request.url) ?? [];
      if (channelId === undefined) return;
      await this.enter(request, reply, channelId);
      if (request.method === 'OPTIONS') return answerPreflight(reply);
    });
  }

  private async enter(request: FastifyRequest, reply: FastifyReply, channelId: string): Promise<void> {
    void reply.header('vary', 'Origin').header('cross-origin-resource-policy', 'cross-origin');
    if (!idSchema.safeParse(channelId).success) throw closed();
    const channel = await this.channels.find(channelId.toLowerCase());
    const origin = originOf(request.headers, this.env.LOKET_PUBLIC_URL);
    if (!isServed(origin, channel))
      throw new AppError('forbidden', 'origin', 'this chat is not for pages of that site');
    const { origin: named } = request.headers;
    if (named !== undefined) {
      void reply
        .header('access-control-allow-origin', named)
        .header('access-control-expose-headers', 'retry-after, x-request-id');
    }
    // Only now, so that the site's browser may read why.
    if (!channel.enabled) throw closed();
    request.visitorPlace = { channel, origin, network: network(request.ip) };
  }
}

function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .status(204)
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', 'authorization, content-type')
    .header('access-control-max-age', '600')
    .send();
}

/** @throws AppError `not_found` `closed` when the request came in past the door */
export function placeOf({ visitorPlace }: FastifyRequest): VisitorPlace {
  if (visitorPlace === null) throw closed();
  return visitorPlace;
}
