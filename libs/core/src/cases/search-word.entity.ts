import { Entity, Index, PrimaryColumn } from 'typeorm';

/** A word that stands in some message or name, so that a search can tell what a misspelt one was meant to be. */
@Entity('search_words')
@Index('search_words_trgm', { synchronize: false })
export class SearchWord {
  @PrimaryColumn('text') word: string;
}
