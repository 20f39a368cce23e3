import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { Page } from '@loket/contracts/primitives.js';
import type { ListSuggestions, Suggestion, SuggestionCounts } from '@loket/contracts/suggestions.js';
import { countWaiting, listSuggestionIds } from './suggestion-list.queries.js';
import { suggestionViews } from './suggestion-views.queries.js';

/** Reading what the desk suggests. */
@Injectable()
export class SuggestionsService {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** Newest first. @throws AppError `invalid` `cursor_invalid` */
  async list(query: ListSuggestions): Promise<Page<Suggestion>> {
    const { ids, nextCursor } = await listSuggestionIds(this.manager, query);
    return { items: await suggestionViews(this.manager, ids), nextCursor };
  }

  /** Those that wait, by kind, for the badges beside them. */
  counts(): Promise<SuggestionCounts> {
    return countWaiting(this.manager);
  }

  /** @throws AppError `not_found` `suggestion_not_found` */
  async get(id: string): Promise<Suggestion> {
    const [found] = await suggestionViews(this.manager, [id]);
    if (!found) throw new AppError('not_found', 'suggestion_not_found', 'there is no such suggestion');
    return found;
  }
}
