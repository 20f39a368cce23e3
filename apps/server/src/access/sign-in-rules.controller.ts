import { Body, Controller, Get, Patch } from '@nestjs/common';
import {
  type SignInRules,
  signInRulesSchema,
  type UpdateSignInRules,
  updateSignInRulesSchema,
} from '@loket/contracts/second-factor.js';
import { SignInRulesService } from '@loket/core/access/sign-in-rules.service.js';
import { Operation } from '../http/operation.decorator.js';
import { Access } from './access.decorator.js';
import { CurrentPrincipal, type Principal } from './principal.js';

@Controller('settings/sign-in')
export class SignInRulesController {
  constructor(private readonly rules: SignInRulesService) {}

  @Get()
  @Access({ role: 'admin' })
  @Operation({ summary: 'Who has to have a second step of signing in', answer: signInRulesSchema })
  get(): Promise<SignInRules> {
    return this.rules.get();
  }

  @Patch()
  @Access({ role: 'admin', scope: null })
  @Operation({
    summary: 'Change who has to have a second step of signing in',
    description:
      'Whoever lacks one sets it up at his next sign-in, before anything else. With a stale `version`: 409 ' +
      '`version_conflict`, `data` is the rules as they are now.',
    answer: signInRulesSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: updateSignInRulesSchema }) body: UpdateSignInRules,
  ): Promise<SignInRules> {
    return this.rules.update(body, me.agent.id);
  }
}
