import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type CreateTag,
  createTagSchema,
  type MergeTag,
  mergeTagSchema,
  type Tag,
  tagListSchema,
  tagSchema,
  type TagUsage,
  tagUsageListSchema,
  type UpdateTag,
  updateTagSchema,
} from '@loket/contracts/tags.js';
import { TagsService } from '@loket/core/tags/tags.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('tags')
export class TagsController {
  constructor(private readonly tags: TagsService) {}

  @Get()
  @Access()
  @Operation({ summary: 'Tags that were agreed on, archived ones too', answer: tagListSchema })
  async list(): Promise<{ items: Tag[] }> {
    return { items: await this.tags.list() };
  }

  @Get('usage')
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'How many cases have which tag, free words too',
    answer: tagUsageListSchema,
  })
  async usage(): Promise<{ items: TagUsage[] }> {
    return { items: await this.tags.usage() };
  }

  @Post()
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Agree on a tag',
    description: '409 `tag_name_taken`, `data` is the tag that has the name.',
    answer: tagSchema,
  })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createTagSchema }) body: CreateTag,
  ): Promise<Tag> {
    return this.tags.create(me.agent.id, body);
  }

  @Patch(':id')
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Rename, describe or archive a tag',
    description:
      'Cases, saved views and skills follow its name, cases in the background. With a stale `version`: 409 ' +
      '`version_conflict`, `data` is the tag as it is now. 409 `tag_name_taken`: merge them instead.',
    answer: tagSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateTagSchema }) body: UpdateTag,
  ): Promise<Tag> {
    return this.tags.update(me.agent.id, id, body);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Merge a tag into another',
    description: 'Cases get the other one in the background; this one is gone at once. Cannot be undone.',
    answer: tagSchema,
  })
  merge(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: mergeTagSchema }) { intoId }: MergeTag,
  ): Promise<Tag> {
    return this.tags.merge(me.agent.id, id, intoId);
  }
}
