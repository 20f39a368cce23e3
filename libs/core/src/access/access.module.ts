import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/events.module.js';
import { AgentPictures } from './agent-pictures.service.js';
import { Agent } from './agent.entity.js';
import { AgentsService } from './agents.service.js';
import { ApiToken } from './api-token.entity.js';
import { Authenticator } from './authenticator.js';
import { SessionRevocations } from './session-revocations.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { SetupService } from './setup.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { TokensService } from './tokens.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Agent, ApiToken, Session]), EventsModule],
  providers: [
    AgentPictures,
    AgentsService,
    Authenticator,
    SessionRevocations,
    SessionsService,
    SetupService,
    SignInLimits,
    TokensService,
  ],
  exports: [
    AgentPictures,
    AgentsService,
    Authenticator,
    SessionRevocations,
    SessionsService,
    SetupService,
    TokensService,
  ],
})
export class AccessModule {}
