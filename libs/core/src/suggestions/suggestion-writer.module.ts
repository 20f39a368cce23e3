import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { SuggestionWriter } from './suggestion-writer.js';

/** By itself, so that whoever only writes suggestions does not depend on what reads and decides them. */
@Module({ imports: [EventsModule], providers: [SuggestionWriter], exports: [SuggestionWriter] })
export class SuggestionWriterModule {}
