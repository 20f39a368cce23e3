import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { IncidentsModule } from '@loket/core/incidents/incidents.module.js';
import { IncidentsController } from './incidents.controller.js';

@Module({ imports: [CasesModule, IncidentsModule], controllers: [IncidentsController] })
export class IncidentRoutesModule {}
