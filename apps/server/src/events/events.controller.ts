import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { eventPageSchema, type LiveEvent, listEventsQuery } from '@loket/contracts/events.js';
import type { Page } from '@loket/contracts/primitives.js';
import { hasRole } from '@loket/core/access/principal.js';
import { EventHistory } from '@loket/core/cases/event-history.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('events')
export class EventsController {
  constructor(private readonly history: EventHistory) {}

  @Get()
  @Access()
  @Operation({
    summary: 'What happened since a cursor',
    description:
      'The log behind the sockets; without `after` from its beginning. `nextCursor` is always the cursor to go on ' +
      'from, also when there is nothing more yet. A cursor that this log does not know: 409 `cursor_expired`. ' +
      'Events about channels, quarantine and people are for admins only.',
    answer: eventPageSchema,
  })
  list(
    @CurrentPrincipal() me: Principal,
    @Query({ schema: listEventsQuery }) query: z.infer<typeof listEventsQuery>,
  ): Promise<Page<LiveEvent>> {
    return this.history.page(query, hasRole(me, 'admin'));
  }
}
