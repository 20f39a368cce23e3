import { describe, expect, it } from '@jest/globals';
import type { CannedAnswer } from '@loket/contracts/canned-answers.js';
import { cannedText, findCanned } from './canned.js';

const answer = (shortcut: string, title: string, texts: CannedAnswer['texts']): CannedAnswer => ({
  ...{ id: shortcut, shortcut, title, texts, attachments: [], scope: 'all', teamId: null },
  ...{ ownerId: 'o', updatedAt: '', version: 1 },
});
const all = [
  answer('salam', 'Pembuka', { id: 'Halo, ongkos kirim gratis' }),
  answer('ongkir', 'Ongkos kirim', { id: 'Ongkirnya…', en: 'Shipping…' }),
];

describe('canned answers', () => {
  it('are found by shortcut before title before text', () => {
    expect(findCanned(all, 'ong', 'id').map(({ id }) => id)).toEqual(['ongkir', 'salam']);
    expect(findCanned(all, 'pembuka', 'id').map(({ id }) => id)).toEqual(['salam']);
    expect(findCanned(all, 'zzz', 'id')).toEqual([]);
  });

  it('speak the customer’s language where they can', () => {
    expect(cannedText(all[1]!, 'en')).toEqual({ text: 'Shipping…', language: 'en' });
    expect(cannedText(all[0]!, 'en')).toEqual({ text: 'Halo, ongkos kirim gratis', language: 'id' });
  });
});
