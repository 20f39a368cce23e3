import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { OperationsModule } from '@loket/core/operations/operations.module.js';
import { CaseShapeController } from './case-shape.controller.js';
import { CasesController } from './cases.controller.js';

@Module({ imports: [CasesModule, OperationsModule], controllers: [CasesController, CaseShapeController] })
export class CaseRoutesModule {}
