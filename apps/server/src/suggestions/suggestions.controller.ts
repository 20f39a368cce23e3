import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import {
  type AcceptSuggestion,
  acceptSuggestionSchema,
  type DecidedSuggestion,
  decidedSuggestionSchema,
  type ListSuggestions,
  listSuggestionsQuery,
  type Suggestion,
  type SuggestionCounts,
  suggestionCountsSchema,
  suggestionPageSchema,
  suggestionSchema,
} from '@loket/contracts/suggestions.js';
import { SuggestionDecisions } from '@loket/core/suggestions/suggestion-decisions.service.js';
import { SuggestionsService } from '@loket/core/suggestions/suggestions.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('suggestions')
export class SuggestionsController {
  constructor(
    private readonly suggestions: SuggestionsService,
    private readonly decisions: SuggestionDecisions,
  ) {}

  @Get()
  @Access()
  @Operation({
    summary: 'List what may belong together',
    description: 'Newest first. What waits, unless `state` says otherwise.',
    answer: suggestionPageSchema,
  })
  list(@Query({ schema: listSuggestionsQuery }) query: ListSuggestions): Promise<Page<Suggestion>> {
    return this.suggestions.list(query);
  }

  @Get('counts')
  @Access()
  @Operation({ summary: 'Count waiting suggestions by kind, up to 1,000', answer: suggestionCountsSchema })
  counts(): Promise<SuggestionCounts> {
    return this.suggestions.counts();
  }

  @Get(':id')
  @Access()
  @Operation({ summary: 'One suggestion, with what it is about side by side', answer: suggestionSchema })
  get(@Param('id', { schema: idSchema }) id: string): Promise<Suggestion> {
    return this.suggestions.get(id);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Do what was suggested',
    description:
      'Merges the two, or links the cases to an incident; the operation can be undone. When somebody was faster: 409 ' +
      '`suggestion_settled`, `data` is the suggestion as it is now.',
    answer: decidedSuggestionSchema,
  })
  accept(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: acceptSuggestionSchema }) body: AcceptSuggestion,
  ): Promise<DecidedSuggestion> {
    return this.decisions.accept(id, body, me.agent.id);
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Never suggest this again',
    description: 'When somebody was faster: 409 `suggestion_settled`, `data` is the suggestion as it is now.',
    answer: suggestionSchema,
  })
  dismiss(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Suggestion> {
    return this.decisions.dismiss(id, me.agent.id);
  }
}
