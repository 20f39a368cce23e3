import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { CasesController } from './cases.controller.js';

@Module({ imports: [CasesModule], controllers: [CasesController] })
export class CaseRoutesModule {}
