import { Module } from '@nestjs/common';
import { AccessModule } from '@loket/core/access/access.module.js';
import { AgentPicturesController } from './agent-pictures.controller.js';
import { AgentsController } from './agents.controller.js';
import { Browser } from './browser.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SessionController } from './session.controller.js';
import { SetupController } from './setup.controller.js';
import { SignInRulesController } from './sign-in-rules.controller.js';
import { TokensController } from './tokens.controller.js';

@Module({
  imports: [AccessModule],
  controllers: [
    AgentPicturesController,
    AgentsController,
    SecondFactorController,
    SessionController,
    SetupController,
    SignInRulesController,
    TokensController,
  ],
  providers: [Browser],
})
export class AccessRoutesModule {}
