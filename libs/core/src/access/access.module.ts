import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/events.module.js';
import { AgentPictures } from './agent-pictures.service.js';
import { Agent } from './agent.entity.js';
import { AgentsService } from './agents.service.js';
import { ApiToken } from './api-token.entity.js';
import { Authenticator } from './authenticator.js';
import { LinkGate } from './link-gate.js';
import { PasswordLink } from './password-link.entity.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { SecondFactorCodes } from './second-factor-codes.js';
import { SecondFactor } from './second-factor.entity.js';
import { SecondFactorsService } from './second-factors.service.js';
import { SelfProof } from './self-proof.js';
import { SessionRevocations } from './session-revocations.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { SetupService } from './setup.service.js';
import { SignInChallenge } from './sign-in-challenge.entity.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInRulesService } from './sign-in-rules.service.js';
import { SignInService } from './sign-in.service.js';
import { TokensService } from './tokens.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Agent,
      ApiToken,
      PasswordLink,
      RecoveryCode,
      SecondFactor,
      Session,
      SignInChallenge,
    ]),
    EventsModule,
  ],
  providers: [
    AgentPictures,
    AgentsService,
    Authenticator,
    LinkGate,
    SecondFactorCodes,
    SecondFactorsService,
    SelfProof,
    SessionRevocations,
    SessionsService,
    SetupService,
    SignInLimits,
    SignInRulesService,
    SignInService,
    TokensService,
  ],
  exports: [
    AgentPictures,
    AgentsService,
    Authenticator,
    LinkGate,
    SecondFactorsService,
    SessionRevocations,
    SessionsService,
    SetupService,
    SignInLimits,
    SignInRulesService,
    SignInService,
    TokensService,
  ],
})
export class AccessModule {}
