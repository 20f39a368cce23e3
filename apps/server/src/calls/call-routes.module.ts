import { Module } from '@nestjs/common';
import { CallsModule } from '@loket/core/calls/calls.module.js';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { CallImportsController } from './call-imports.controller.js';
import { CallsController } from './calls.controller.js';

@Module({ imports: [CallsModule, CasesModule], controllers: [CallImportsController, CallsController] })
export class CallRoutesModule {}
