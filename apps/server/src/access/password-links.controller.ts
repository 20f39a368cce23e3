import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type LinkRef, linkRefSchema } from '@loket/contracts/invitations.js';
import {
  type AskPasswordLink,
  askPasswordLinkSchema,
  type MadePasswordLink,
  madePasswordLinkSchema,
  type OpenPasswordLink,
  openPasswordLinkSchema,
  type PasswordLinkWays,
  passwordLinkWaysSchema,
  type UsePasswordLink,
  usePasswordLinkSchema,
} from '@loket/contracts/password-links.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { PasswordLinks } from '@loket/core/password-links/password-links.service.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { Access, Public } from './access.decorator.js';
import { ConsoleAddress } from './console-address.js';
import { CurrentPrincipal, type Principal } from './principal.js';

/** For whoever has forgotten his password. */
@Controller()
export class PasswordLinksController {
  constructor(
    private readonly links: PasswordLinks,
    private readonly address: ConsoleAddress,
  ) {}

  @Get('password-links')
  @Public()
  @Operation({ summary: 'Can a link for a new password come by mail', answer: passwordLinkWaysSchema })
  async ways(): Promise<PasswordLinkWays> {
    return { mail: await this.links.canMail(this.address.configured) };
  }

  @Post('password-links')
  @HttpCode(202)
  @Public()
  @Operation({
    summary: 'Ask for a link that sets a new password',
    description:
      'Goes by mail to whoever has this address and may sign in, at most three in an hour. The answer is the same ' +
      'whether there is such a person or not.',
    answer: null,
  })
  async ask(
    @Req() request: FastifyRequest,
    @Body({ schema: askPasswordLinkSchema }) { email }: AskPasswordLink,
  ): Promise<void> {
    await this.links.ask(request.ip, email, this.address.configured);
  }

  @Post('password-links/look')
  @HttpCode(200)
  @Public()
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Whose password a link sets',
    description:
      'Takes the secret of the link. 404 `password_link_unknown`; 422 `password_link_expired` `password_link_used` ' +
      '`password_link_ended`.',
    answer: openPasswordLinkSchema,
  })
  look(
    @Req() request: FastifyRequest,
    @Body({ schema: linkRefSchema }) { token }: LinkRef,
  ): Promise<OpenPasswordLink> {
    return this.links.look(request.ip, token);
  }

  @Post('password-links/use')
  @HttpCode(204)
  @Public()
  @Operation({
    summary: 'Set a new password with a link',
    description:
      'Ends all sessions. Then sign in with it; a second step is asked for as before. Refused as ' +
      '`POST /password-links/look` is.',
    answer: null,
  })
  async use(
    @Req() request: FastifyRequest,
    @Body({ schema: usePasswordLinkSchema }) body: UsePasswordLink,
  ): Promise<void> {
    await this.links.use(request.ip, body);
  }

  @Post('agents/:id/password-link')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable('its answer holds a link, which is never stored')
  @Operation({
    summary: 'A link for somebody who has forgotten his password, to hand over',
    description: 'Works once, within an hour, and is shown this once. Links before it hold no more.',
    answer: madePasswordLinkSchema,
  })
  make(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<MadePasswordLink> {
    return this.links.make(me, id, this.address.of(request));
  }
}
