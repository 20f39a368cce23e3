import { asksSomething, isQuestion } from './content.js';
import { phrases, says } from './phrases.js';
import type { Word } from './reading.js';

const freshPhrases = phrases([
  'hal lain',
  'masalah lain',
  'kasus lain',
  'keluhan lain',
  'kendala lain',
  'urusan lain',
  'masalah baru',
  'kendala baru',
  'keluhan baru',
  'beda lagi',
  'beda kasus',
  'beda masalah',
  'beda topik',
  'ganti topik',
  'di luar itu',
  'di luar masalah',
  'selain itu',
  'selain masalah',
  'pertanyaan lain',
  'tanya lain',
  'bukan soal',
  'bukan tentang',
  'bukan masalah',
  'lain lagi',
  'lain hal',
  'sekalian mau tanya',
  'sekalian tanya',
  'hal berbeda',
  'berbeda dari',
  'berbeda dengan',
  'pesanan lain',
  'order lain',
  'topik lain',
  'yang satunya',
  'satunya lagi',
  'another question',
  'another issue',
  'another problem',
  'another thing',
  'another matter',
  'another order',
  'different issue',
  'different question',
  'different matter',
  'different topic',
  'different order',
  'different problem',
  'new issue',
  'new question',
  'new problem',
  'new request',
  'new matter',
  'separate issue',
  'separate matter',
  'separate question',
  'separately',
  'unrelated',
  'not about',
  'something else',
  'other issue',
  'other question',
  'other order',
  'tidak terkait',
  'tidak ada hubungan',
  'tidak berhubungan',
  'second order',
  'second issue',
]);

/** "mau tanya hal lain", "a different issue": says itself that it is another matter */
export function isFresh(written: readonly Word[]): boolean {
  return says(written, freshPhrases);
}

const turningPhrases = phrases([
  'btw',
  'by the way',
  'oiya',
  'oia',
  'oya',
  'ohya',
  'oh iya',
  'oh ya',
  'o iya',
  'o ya',
  'eh iya',
  'sekalian',
  'mumpung',
  'satu lagi',
  'one more thing',
  'one more question',
  'while i am at it',
  'while at it',
]);

/**
 * "btw …?", "oiya kak, … gimana": asks or tells of something that came to mind just now. It may be about the matter all
 * the same; what it says decides.
 *
 * @param said the words as they stand, for their question marks
 */
export function turns(written: readonly Word[], said: string, wants: boolean): boolean {
  const asks = wants || said.includes('?') || isQuestion(written) || asksSomething(written);
  return asks && says(written, turningPhrases);
}
