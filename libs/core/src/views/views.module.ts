import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { SavedViews } from './saved-views.service.js';

@Module({ imports: [EventsModule], providers: [SavedViews], exports: [SavedViews] })
export class ViewsModule {}
