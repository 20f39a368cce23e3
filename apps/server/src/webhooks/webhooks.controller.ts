import { Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { publicUrl } from '@loket/channel/caller-signatures.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { WebhookCalls } from '@loket/core/webhooks/webhook-calls.service.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { Public } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';

const takenSchema = z.strictObject({}).meta({ id: 'WebhookTaken' });
const handshakeQuery = z.object({
  'hub.mode': z.string(),
  'hub.verify_token': z.string(),
  'hub.challenge': z.string(),
});

@Controller('channels')
export class WebhooksController {
  private readonly publicAddress: string;

  constructor(
    private readonly calls: WebhookCalls,
    @Inject(ENV) { LOKET_PUBLIC_URL, HOST, PORT }: ResolvedEnv,
  ) {
    this.publicAddress = LOKET_PUBLIC_URL ?? `http://${HOST}:${String(PORT)}`;
  }

  @Get(':id/webhook')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Prove to the other side that the address is ours',
    description:
      "The handshake of WebSub: echoes `hub.challenge` when `hub.verify_token` is the channel's, else 403.",
    query: handshakeQuery,
    answer: 'text/plain',
  })
  shakeHands(
    @Param('id', { schema: idSchema }) channelId: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    return this.calls.shakeHands(channelId, query);
  }

  /** Answers once the call is durable, before it is worked through; what it does not answer 2xx must be sent again. */
  @Post(':id/webhook')
  @HttpCode(200)
  @Public()
  @NotRepeatable('a call is known by its bytes')
  @Operation({
    summary: 'Take a signed call of the other side',
    description:
      'Signed with the secret of the channel, in the way that its kind asks for: Meta in `X-Hub-Signature-256` over the ' +
      'raw bytes; telephone systems in `X-Loket-Signature` (`sha256=` and the hex of HMAC-SHA256 over ' +
      '`<X-Loket-Timestamp>.<bytes>`, seconds since 1970), as Twilio does in `X-Twilio-Signature`, or with ' +
      '`Authorization: Bearer`. A wrong signature is 403, and nothing is stored then. At most 8 MB. Sending the same ' +
      'call again is safe.',
    answer: takenSchema,
    accepts: 'application/json',
  })
  async take(
    @Param('id', { schema: idSchema }) channelId: string,
    @Req() { body, headers, originalUrl }: FastifyRequest,
  ): Promise<z.infer<typeof takenSchema>> {
    await this.calls.accept(channelId, {
      bytes: body instanceof Buffer ? body : Buffer.alloc(0),
      url: publicUrl(this.publicAddress, originalUrl),
      header: (name) => {
        const value = headers[name];
        return typeof value === 'string' ? value : undefined;
      },
    });
    return {};
  }
}
