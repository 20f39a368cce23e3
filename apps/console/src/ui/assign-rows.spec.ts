import { describe, expect, it } from '@jest/globals';
import type { AgentWork } from '@loket/contracts/teams.js';
import { assignRows } from './assign-rows.js';

const person = (name: string, load: number, over: Partial<AgentWork> = {}): AgentWork => ({
  agent: { id: name, name },
  availability: 'online',
  since: '2026-11-21T01:00:00Z',
  limits: { total: 5, byChannel: {} },
  skills: [],
  languages: [],
  teamIds: [],
  load,
  oldestWaiting: null,
  ...over,
});
const people = [
  person('Budi', 5),
  person('Citra', 4),
  person('Dewi', 1, { skills: ['refunds'] }),
  person('Eka', 0, { availability: 'offline' }),
  person('Fajar', 0, { availability: 'away', teamIds: ['gudang'] }),
  person('Saya', 3),
];
const teams = [
  { id: 'gudang', name: 'Gudang' },
  { id: 'retur', name: 'Retur' },
];
const ids = (text: string, release = false) =>
  assignRows(people, teams, { me: 'Saya', text, release }).map(({ id }) => id);

describe('assignRows', () => {
  it('puts oneself first, then who has most room, and who is full or gone last, but never leaves them out', () => {
    expect(ids('', true)).toEqual([
      'Saya',
      'Dewi',
      'Citra',
      'Budi',
      'Fajar',
      'Eka',
      'nobody',
      'gudang',
      'retur',
    ]);
  });

  it.each([
    ['refund', ['Dewi']],
    ['gud', ['Fajar', 'gudang']],
    ['a', ['Saya', 'Citra', 'Fajar', 'Eka', 'gudang']],
    ['RETUR', ['retur']],
    ['zz', []],
  ])('finds people by name, skill and team, and teams by name: %s', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });
});
