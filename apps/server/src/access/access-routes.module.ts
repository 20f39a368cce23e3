import { Module } from '@nestjs/common';
import { AccessModule } from '@loket/core/access/access.module.js';
import { InvitationsModule } from '@loket/core/invitations/invitations.module.js';
import { PasswordLinksModule } from '@loket/core/password-links/password-links.module.js';
import { AgentPicturesController } from './agent-pictures.controller.js';
import { AgentsController } from './agents.controller.js';
import { Browser } from './browser.js';
import { ConsoleAddress } from './console-address.js';
import { InvitationsController } from './invitations.controller.js';
import { PasswordLinksController } from './password-links.controller.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SessionController } from './session.controller.js';
import { SetupController } from './setup.controller.js';
import { SignInRulesController } from './sign-in-rules.controller.js';
import { TokensController } from './tokens.controller.js';

@Module({
  imports: [AccessModule, InvitationsModule, PasswordLinksModule],
  controllers: [
    AgentPicturesController,
    AgentsController,
    InvitationsController,
    PasswordLinksController,
    SecondFactorController,
    SessionController,
    SetupController,
    SignInRulesController,
    TokensController,
  ],
  providers: [Browser, ConsoleAddress],
})
export class AccessRoutesModule {}
