import { Module } from '@nestjs/common';
import { TagsModule } from '@loket/core/tags/tags.module.js';
import { TagsController } from './tags.controller.js';

@Module({ imports: [TagsModule], controllers: [TagsController] })
export class TagRoutesModule {}
