import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  type AcceptInvitation,
  acceptInvitationSchema,
  type CreatedInvitations,
  createdInvitationsSchema,
  type CreateInvitations,
  createInvitationsSchema,
  type InvitationList,
  invitationListSchema,
  type Invited,
  invitedSchema,
  type LinkRef,
  linkRefSchema,
  type OpenInvitation,
  openInvitationSchema,
  type RenewInvitation,
  renewInvitationSchema,
} from '@loket/contracts/invitations.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { InvitationAcceptance } from '@loket/core/invitations/invitation-acceptance.js';
import { InvitationsService } from '@loket/core/invitations/invitations.service.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { Access, Public } from './access.decorator.js';
import { ConsoleAddress } from './console-address.js';
import { CurrentPrincipal, type Principal } from './principal.js';

const secret = 'its answer holds links, which are never stored';

/** People are asked to work here, and come. */
@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly acceptance: InvitationAcceptance,
    private readonly address: ConsoleAddress,
  ) {}

  @Get()
  @Access({ role: 'admin' })
  @Operation({ summary: 'List invitations that wait', answer: invitationListSchema })
  list(): Promise<InvitationList> {
    return this.invitations.list();
  }

  @Post()
  @Access({ role: 'admin' })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable(secret)
  @Operation({
    summary: 'Invite people',
    description:
      'Each gets a link that works once, within 7 days, and is shown this once. With `mail` it also goes by mail, ' +
      'through a channel that can send (422 `mail_unavailable` when there is none). Whoever cannot be invited is in ' +
      '`refused`, with the reason; the others are invited all the same.',
    answer: createdInvitationsSchema,
  })
  invite(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Body({ schema: createInvitationsSchema }) body: CreateInvitations,
  ): Promise<CreatedInvitations> {
    return this.invitations.invite(me, body, this.address.of(request));
  }

  @Post(':id/link')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable(secret)
  @Operation({
    summary: 'A new link for somebody who was invited',
    description: 'Holds for 7 days from now. Links before it hold no more.',
    answer: invitedSchema,
  })
  renew(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: renewInvitationSchema }) { mail }: RenewInvitation,
  ): Promise<Invited> {
    return this.invitations.renew(me, id, mail, this.address.of(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access({ role: 'admin' })
  @Operation({ summary: 'Withdraw an invitation', answer: null })
  async withdraw(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.invitations.withdraw(me, id);
  }

  @Post('look')
  @HttpCode(200)
  @Public()
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Who invites me',
    description:
      'Takes the secret of the link. 404 `invitation_unknown`; 422 `invitation_expired` `invitation_withdrawn` ' +
      '`invitation_used`.',
    answer: openInvitationSchema,
  })
  look(
    @Req() request: FastifyRequest,
    @Body({ schema: linkRefSchema }) { token }: LinkRef,
  ): Promise<OpenInvitation> {
    return this.acceptance.look(request.ip, token);
  }

  @Post('accept')
  @HttpCode(204)
  @Public()
  @Operation({
    summary: 'Accept an invitation',
    description: 'Then sign in with the password that was chosen. Refused as `POST /invitations/look` is.',
    answer: null,
  })
  async accept(
    @Req() request: FastifyRequest,
    @Body({ schema: acceptInvitationSchema }) body: AcceptInvitation,
  ): Promise<void> {
    await this.acceptance.accept(request.ip, body);
  }
}
