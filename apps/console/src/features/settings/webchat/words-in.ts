import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';

/** As the chat chooses: what is missing in one language is said in the other. */
export function wordsIn(words: Record<VisitorLanguage, string>, language: VisitorLanguage): string {
  return words[language].trim() || words.id.trim() || words.en.trim();
}
