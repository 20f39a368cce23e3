import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { learnWords } from './search-words.queries.js';

/** So many steps at a time, so that a large old stock does not keep a worker from everything else. */
const maxSteps = 20;

/** Words that searches are corrected by. */
@Injectable()
export class SearchWords {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** Learns what came in since the last time. */
  async learn(): Promise<void> {
    for (let step = 0; step < maxSteps && (await learnWords(this.manager)); step++);
  }
}
