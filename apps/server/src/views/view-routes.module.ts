import { Module } from '@nestjs/common';
import { ViewsModule } from '@loket/core/views/views.module.js';
import { SavedViewsController } from './saved-views.controller.js';

@Module({ imports: [ViewsModule], controllers: [SavedViewsController] })
export class ViewRoutesModule {}
