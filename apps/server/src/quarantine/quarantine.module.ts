import { Module } from '@nestjs/common';
import { IntakeModule } from '@loket/core/intake/intake.module.js';
import { QuarantineModule as CoreQuarantineModule } from '@loket/core/quarantine/quarantine.module.js';
import { QuarantineController } from './quarantine.controller.js';

@Module({ imports: [CoreQuarantineModule, IntakeModule], controllers: [QuarantineController] })
export class QuarantineModule {}
