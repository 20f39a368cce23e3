import { Module } from '@nestjs/common';
import { AccessModule } from '@loket/core/access/access.module.js';
import { AgentPicturesController } from './agent-pictures.controller.js';
import { AgentsController } from './agents.controller.js';
import { Browser } from './browser.js';
import { SessionController } from './session.controller.js';
import { SetupController } from './setup.controller.js';
import { TokensController } from './tokens.controller.js';

@Module({
  imports: [AccessModule],
  controllers: [
    AgentPicturesController,
    AgentsController,
    SessionController,
    SetupController,
    TokensController,
  ],
  providers: [Browser],
})
export class AccessRoutesModule {}
