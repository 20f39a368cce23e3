import { Module } from '@nestjs/common';
import { BulkModule } from '@loket/core/bulk/bulk.module.js';
import { BulkController } from './bulk.controller.js';
import { HandoverController } from './handover.controller.js';

@Module({ imports: [BulkModule], controllers: [BulkController, HandoverController] })
export class BulkRoutesModule {}
