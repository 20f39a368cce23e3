import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type AnswerChallenge,
  answerChallengeSchema,
  type BeginSecondFactor,
  beginSecondFactorSchema,
  type ChallengedSession,
  challengedSessionSchema,
  challengeRefSchema,
  type ConfirmSecondFactor,
  confirmSecondFactorSchema,
  type ProveSecondFactor,
  proveSecondFactorSchema,
  type RecoveryCodes,
  recoveryCodesSchema,
  type SecondFactorSetup,
  secondFactorSetupSchema,
  type SecondFactorState,
  secondFactorStateSchema,
} from '@loket/contracts/second-factor.js';
import { SecondFactorsService } from '@loket/core/access/second-factors.service.js';
import { sessionSecret } from '@loket/core/access/session-cookie.js';
import { SignInService } from '@loket/core/access/sign-in.service.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { Access, Public } from './access.decorator.js';
import { Browser, originOf } from './browser.js';
import { CurrentPrincipal, type Principal } from './principal.js';

const secret = 'its answer is a secret, which is never stored';

/** A second step of signing in. */
@Controller()
export class SecondFactorController {
  constructor(
    private readonly signIns: SignInService,
    private readonly factors: SecondFactorsService,
    private readonly browser: Browser,
  ) {}

  @Post('session/second-factor')
  @Public()
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Sign in, second step',
    description:
      'Takes the `challenge` of the 401 that `POST /session` answered, and a code of the app or a recovery code. ' +
      'A wrong code (422 `second_factor_wrong`, `second_factor_used`) leaves the challenge as it is.',
    answer: challengedSessionSchema,
  })
  async answer(
    @Body({ schema: answerChallengeSchema }) body: AnswerChallenge,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChallengedSession> {
    const earlier = sessionSecret(request.headers.cookie);
    const opened = await this.signIns.answer(body, originOf(request), earlier);
    return { ...this.browser.enter(reply, opened), recoveryCodes: opened.recoveryCodes };
  }

  @Post('session/second-factor/setup')
  @HttpCode(200)
  @Public()
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Set up the second step that my role has to have, before I am signed in',
    description:
      'Takes the `challenge` of a 401 `second_factor_setup_required`. The first code of the new app, with the same ' +
      'challenge, goes to `POST /session/second-factor`.',
    answer: secondFactorSetupSchema,
  })
  setUp(@Body({ schema: challengeRefSchema }) body: { challenge: string }): Promise<SecondFactorSetup> {
    return this.signIns.setUp(body.challenge);
  }

  @Get('me/second-factor')
  @Access({ scope: null })
  @Operation({ summary: 'My second step of signing in', answer: secondFactorStateSchema })
  state(@CurrentPrincipal() me: Principal): Promise<SecondFactorState> {
    return this.factors.state(me.agent.id);
  }

  @Post('me/second-factor')
  @Access({ scope: null })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable(secret)
  @Operation({
    summary: 'Begin to set up my second step',
    description: 'Its secret is shown this once. It counts after `POST /me/second-factor/confirmation`.',
    answer: secondFactorSetupSchema,
  })
  begin(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Body({ schema: beginSecondFactorSchema }) body: BeginSecondFactor,
  ): Promise<SecondFactorSetup> {
    return this.factors.begin(me, request.ip, body.currentPassword);
  }

  @Post('me/second-factor/confirmation')
  @HttpCode(200)
  @Access({ scope: null })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable(secret)
  @Operation({
    summary: 'Turn my second step on with a first code',
    description: 'Ends my other sessions. The recovery codes are shown this once.',
    answer: recoveryCodesSchema,
  })
  confirm(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: confirmSecondFactorSchema }) body: ConfirmSecondFactor,
  ): Promise<RecoveryCodes> {
    return this.factors.confirm(me, body.code);
  }

  @Post('me/second-factor/recovery-codes')
  @HttpCode(200)
  @Access({ scope: null })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable(secret)
  @Operation({
    summary: 'New recovery codes; those before count no more',
    answer: recoveryCodesSchema,
  })
  renew(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Body({ schema: proveSecondFactorSchema }) body: ProveSecondFactor,
  ): Promise<RecoveryCodes> {
    return this.factors.renewCodes(me, request.ip, body);
  }

  @Post('me/second-factor/removal')
  @HttpCode(204)
  @Access({ scope: null })
  @NotRepeatable('its body holds a password')
  @Operation({ summary: 'Turn my second step off', answer: null })
  async turnOff(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Body({ schema: proveSecondFactorSchema }) body: ProveSecondFactor,
  ): Promise<void> {
    await this.factors.turnOff(me, request.ip, body);
  }

  @Delete('me/second-factor/reset')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'I have read that an admin took my second step away', answer: null })
  async acknowledge(@CurrentPrincipal() me: Principal): Promise<void> {
    await this.factors.acknowledgeReset(me.agent.id);
  }

  @Delete('agents/:id/second-factor')
  @HttpCode(204)
  @Access({ role: 'admin', scope: null })
  @Operation({
    summary: 'Take away the second step of somebody who has lost it',
    description: 'Ends his sessions and tells him at his next sign-in. His API tokens live on.',
    answer: null,
  })
  async reset(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.factors.reset(me, id);
  }
}
