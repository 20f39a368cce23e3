import { describe, expect, it } from '@jest/globals';
import { preChatFieldSchema } from '@loket/contracts/webchat-config.js';
import { moved, newQuestion, questionKinds, withKind } from './questions.js';
import type { Question } from './webchat-form.js';

describe('questions before the chat', () => {
  it('are offered one kind after the other, each with a name of its own that the server takes', () => {
    const list: Question[] = [];
    for (let n = 0; n < 5; n++) list.push(newQuestion(list));
    expect(list.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      ...['name name', 'email email', 'phone phone', 'text text', 'text text_2'],
    ]);
    for (const question of list) expect(preChatFieldSchema.safeParse(question).success).toBe(true);
  });

  it('know every kind that there is', () => {
    expect([...questionKinds].sort()).toEqual([...preChatFieldSchema.shape.kind.options].sort());
  });

  it('lose words and names that were put there for another kind, and keep what somebody wrote', () => {
    const [name, other] = [newQuestion([]), withKind(newQuestion([]), 'choice', [])];
    expect(withKind(name, 'email', [])).toMatchObject({ id: 'email', label: { en: 'Email address' } });
    expect(withKind(name, 'choice', [other])).toMatchObject({ id: 'choice_2', label: { id: '', en: '' } });
    const own = { ...name, id: 'sapaan', label: { id: 'Siapa Anda?', en: '' }, required: true };
    expect(withKind(own, 'text', [])).toEqual({ ...own, kind: 'text' });
  });

  it.each([
    [0, 1, 'bac'],
    [2, 0, 'cab'],
    [0, -1, 'abc'],
    [2, 3, 'abc'],
  ])('move from %i to %i: %s', (from, to, order) => {
    expect(moved([...'abc'], from, to).join('')).toBe(order);
  });
});
