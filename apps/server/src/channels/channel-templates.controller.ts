import { Controller, Get, Param } from '@nestjs/common';
import type { z } from 'zod';
import { idSchema } from '@loket/contracts/primitives.js';
import { templateListSchema } from '@loket/contracts/templates.js';
import { ChannelTemplates } from '@loket/core/channels/channel-templates.js';
import { Access } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('channels')
export class ChannelTemplatesController {
  constructor(private readonly templates: ChannelTemplates) {}

  @Get(':id/templates')
  @Access()
  @Operation({
    summary: 'Texts that the channel has approved beforehand',
    description: 'What may still be sent when the time for free text is over. At most five minutes old.',
    answer: templateListSchema,
  })
  async list(@Param('id', { schema: idSchema }) id: string): Promise<z.infer<typeof templateListSchema>> {
    return { items: await this.templates.list(id) };
  }
}
