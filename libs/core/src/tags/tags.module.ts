import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { TagReplacements } from './tag-replacements.js';
import { TagsService } from './tags.service.js';

@Module({
  imports: [EventsModule, JobsModule],
  providers: [TagReplacements, TagsService],
  exports: [TagReplacements, TagsService],
})
export class TagsModule {}
