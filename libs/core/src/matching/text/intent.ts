import { denial } from './lexicon.js';
import { courtesy } from './spelling.js';
import { topicOf, type Word } from './reading.js';

/** What the writer is after: to buy or to know before buying, or to have something put right. */
export type Intent = 'buy' | 'trouble' | null;

const troubleTopics = new Set(['damage', 'wrong', 'missing', 'dup', 'fraud', 'refund', 'service', 'net']);
const troubles = new Set([
  'fail',
  'crash',
  'locked',
  'hacked',
  'late',
  'lost',
  'stuck',
  'slow',
  'notshipped',
  'markeddelivered',
  'leak',
  'noise',
  'charged',
  'overbill',
  'complain',
  'return',
  'cancel',
  'vanish',
  'stolen',
  'reject',
]);
const saleTopics = new Set(['sales', 'biz', 'info']);
const wishes = new Set([
  'mau',
  'ingin',
  'minat',
  'tertarik',
  'rencana',
  'want',
  'would',
  'like',
  'interested',
  'looking',
  'planning',
  'boleh',
  'bisa',
  'can',
  'could',
]);
const purchases = new Set(['order', 'rent', 'install', 'register', 'schedule', 'stock']);
/** between the wish and what is wished for */
const reach = 3;

export function intentOf(written: readonly Word[], words: ReadonlyMap<string, number>): Intent {
  for (const word of words.keys()) {
    if (word.startsWith(denial) || troubles.has(word) || troubleTopics.has(topicOf(word) ?? ''))
      return 'trouble';
  }
  const sale = [...words.keys()].some((word) => saleTopics.has(topicOf(word) ?? ''));
  return sale || wishesToBuy(written, words) ? 'buy' : null;
}

function wishesToBuy(written: readonly Word[], words: ReadonlyMap<string, number>): boolean {
  if (askable.some((name) => words.has(name)) && asksWhether(written)) return true;
  if (![...purchases].some((name) => words.has(name))) return false;
  return written.some(
    ({ text }, at) =>
      wishes.has(text) && written.slice(at + 1, at + 1 + reach).some(({ form }) => orders.has(form)),
  );
}

const askable = ['ship', 'order', 'pay', 'pickup', 'return', 'install'];

/** "kirim ke Papua bisa?": whether it can be done is asked last, courtesies aside */
function asksWhether(written: readonly Word[]): boolean {
  const last = written.findLast(({ text }) => !courtesy.has(text) && text !== 'tidak');
  return last?.text === 'bisa' && written.length <= 12;
}

const orders = new Set([
  'pesan',
  'beli',
  'order',
  'booking',
  'book',
  'buy',
  'purchase',
  'sewa',
  'rent',
  'pasang',
  'install',
  'daftar',
  'register',
  'reservasi',
  'belanja',
  'schedule',
  'jadwal',
]);
