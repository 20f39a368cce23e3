import { beforeEach, describe, expect, it } from '@jest/globals';
import { AliasTable } from './alias-table.js';
import type { Alias } from './session-protocol.js';

describe('people with two addresses', () => {
  let asked: string[];
  let learned: Alias[];
  let answer: { lid: string | null; pn: string | null } | null;
  const table = (known: Alias[] = []): AliasTable =>
    new AliasTable(
      known,
      (id) => {
        asked.push(id);
        return answer ? Promise.resolve(answer) : Promise.reject(new Error('offline'));
      },
      (alias) => learned.push(alias),
    );
  beforeEach(() => {
    asked = [];
    learned = [];
    answer = { lid: '7@lid', pn: '62@c.us' };
  });

  it('are asked about once, however often and wherever they come up', async () => {
    const people = table();
    await Promise.all([people.meet(['7@lid', '7@lid', null]), people.meet(['7@lid', undefined])]);
    await people.meet(['62@c.us', '1@g.us', 'status@broadcast']);
    expect(asked).toEqual(['7@lid']);
    expect(learned).toEqual([{ lid: '7@lid', pn: '62@c.us', chat: '7@lid' }]);
  });

  it.each(['7@lid', '62@c.us'])('keep the chat under which they came first: %s', async (first) => {
    const people = table();
    await people.meet([first]);
    expect([people.chat('7@lid'), people.chat('62@c.us')]).toEqual([first, first]);
    const after = table(learned);
    expect([after.chat('7@lid'), after.chat('62@c.us')]).toEqual([first, first]);
  });

  it('keep it, too, when the phone becomes known later', async () => {
    answer = { lid: '7@lid', pn: null };
    await table().meet(['7@lid']);
    answer = { lid: '7@lid', pn: '62@c.us' };
    const later = table(learned);
    await later.meet(['7@lid']);
    expect(learned.at(-1)).toEqual({ lid: '7@lid', pn: '62@c.us', chat: '7@lid' });
    expect(later.person('62@c.us', 'Siti')).toEqual({
      kind: 'whatsapp',
      value: '62',
      name: 'Siti',
      also: [{ kind: 'lid', value: '7' }],
    });
  });

  it('are who they are when WhatsApp does not tell', async () => {
    answer = null;
    const people = table();
    await people.meet(['7@lid']);
    expect(people.person('7@lid', null)).toEqual({ kind: 'lid', value: '7', name: null, also: [] });
    expect(people.chat('7@lid')).toBe('7@lid');
    expect(learned).toEqual([]);
  });
});
