import { describe, expect, it } from '@jest/globals';
import type { MessageChange } from '@loket/contracts/cases.js';
import { wordsOf } from './message-words.js';

const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
const change = (patch: Partial<MessageChange> & Pick<MessageChange, 'type'>): MessageChange => ({
  at: at(5),
  side: 'customer',
  name: 'Dewi',
  text: null,
  emoji: null,
  ...patch,
});
const of = (...changes: MessageChange[]) => wordsOf({ text: 'jam 3', sentAt: at(0), changes });

describe('wordsOf', () => {
  it('a message to which nothing happened reads as it was sent', () => {
    expect(of()).toEqual({
      text: 'jam 3',
      versions: [{ text: 'jam 3', at: at(0) }],
      editedAt: null,
      revoked: null,
      reactions: [],
    });
  });

  it('shows the latest words, and keeps those of before', () => {
    const words = of(
      change({ type: 'edited', text: 'jam 4', at: at(1) }),
      change({ type: 'edited', text: '', at: at(2) }),
    );
    expect(words.text).toBe('');
    expect(words.editedAt).toBe(at(2));
    expect(words.versions.map((version) => version.text)).toEqual(['jam 3', 'jam 4', '']);
  });

  it('counts who reacted with the same, most first', () => {
    const reacted = (emoji: string, name: string) => change({ type: 'reacted', emoji, name });
    const { reactions } = of(reacted('🙏', 'A'), reacted('👍', 'B'), reacted('👍', 'C'));
    expect(reactions.map(({ emoji, by }) => [emoji, by.map((one) => one.name)])).toEqual([
      ['👍', ['B', 'C']],
      ['🙏', ['A']],
    ]);
  });

  it('tells that it was taken back, and still what it said last', () => {
    const taken = change({ type: 'revoked', side: 'own', at: at(9) });
    expect(of(change({ type: 'edited', text: 'jam 4' }), taken)).toMatchObject({
      text: 'jam 4',
      revoked: taken,
    });
  });
});
