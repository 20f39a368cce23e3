import { Module } from '@nestjs/common';
import { SuggestionsModule } from '@loket/core/suggestions/suggestions.module.js';
import { SuggestionsController } from './suggestions.controller.js';

@Module({ imports: [SuggestionsModule], controllers: [SuggestionsController] })
export class SuggestionRoutesModule {}
