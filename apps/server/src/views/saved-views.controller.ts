import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type CreateSavedView,
  createSavedViewSchema,
  orderSavedViewsSchema,
  type SavedView,
  savedViewListSchema,
  savedViewSchema,
  type UpdateSavedView,
  updateSavedViewSchema,
} from '@loket/contracts/saved-views.js';
import { hasRole } from '@loket/core/access/principal.js';
import { SavedViews } from '@loket/core/views/saved-views.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('views')
export class SavedViewsController {
  constructor(private readonly views: SavedViews) {}

  @Get()
  @Access()
  @Operation({ summary: 'Saved views: mine and shared ones', answer: savedViewListSchema })
  async list(@CurrentPrincipal() me: Principal): Promise<{ items: SavedView[] }> {
    return { items: await this.views.list(me.agent.id) };
  }

  @Post()
  @Access()
  @Operation({
    summary: 'Save a view',
    description:
      'Sharing needs a supervisor: 403 `supervisor_needed`. At most 100 each: 422 `too_many_views`.',
    answer: savedViewSchema,
  })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createSavedViewSchema }) body: CreateSavedView,
  ): Promise<SavedView> {
    return this.views.create(actorOf(me), body);
  }

  @Put('order')
  @HttpCode(204)
  @Access()
  @Operation({ summary: 'Put my saved views into this order', answer: null })
  async order(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: orderSavedViewsSchema }) { ids }: { ids: string[] },
  ): Promise<void> {
    await this.views.order(me.agent.id, ids);
  }

  @Patch(':id')
  @Access()
  @Operation({
    summary: 'Change a saved view',
    description: 'With a stale `version`: 409 `version_conflict`, `data` is it as it is now.',
    answer: savedViewSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateSavedViewSchema }) body: UpdateSavedView,
  ): Promise<SavedView> {
    return this.views.update(actorOf(me), id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access()
  @Operation({ summary: 'Delete a saved view', answer: null })
  async remove(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.views.remove(actorOf(me), id);
  }
}

function actorOf(me: Principal): { id: string; supervises: boolean } {
  return { id: me.agent.id, supervises: hasRole(me, 'supervisor') };
}
