import { describe, expect, it } from '@jest/globals';
import type { PresenceUpdate } from '@loket/contracts/sockets.js';
import { PresenceBook, presenceMs } from './presence.js';

const caseId = '01890a5d-ac96-774b-bcce-b302099a8057';
const rina = { id: 'r', name: 'Rina' };
const budi = { id: 'b', name: 'Budi' };

function book(): { presence: PresenceBook; told: string[] } {
  const told: string[] = [];
  const line = ({ agents }: PresenceUpdate): string => agents.map((a) => `${a.name} ${a.state}`).join(', ');
  return { presence: new PresenceBook((update) => told.push(line(update))), told };
}

describe('presence', () => {
  it('tells changes only, and each person once however many windows he has', () => {
    const { presence, told } = book();
    presence.set('w1', rina, { caseId, state: 'viewing' }, 0);
    presence.set('w1', rina, { caseId, state: 'viewing' }, 5_000);
    presence.set('w2', rina, { caseId, state: 'typing' }, 5_000);
    presence.set('w3', budi, { caseId, state: 'viewing' }, 5_000);
    presence.set('w2', rina, { caseId, state: 'left' }, 6_000);
    presence.leave('w3');
    presence.leave('w3');
    expect(told).toEqual([
      'Rina viewing',
      'Rina typing',
      'Rina typing, Budi viewing',
      'Rina viewing, Budi viewing',
      'Rina viewing',
    ]);
  });

  it('forgets who is silent for 25 seconds', () => {
    const { presence, told } = book();
    presence.set('w1', rina, { caseId, state: 'viewing' }, 0);
    presence.set('w3', budi, { caseId, state: 'viewing' }, 10_000);
    presence.expire(presenceMs - 1);
    expect(presence.of(caseId).agents).toHaveLength(2);
    presence.expire(presenceMs);
    expect(told.at(-1)).toBe('Budi viewing');
    presence.expire(10_000 + presenceMs);
    expect(told.at(-1)).toBe('');
  });

  it('bounds how many cases one window can be on', () => {
    const { presence, told } = book();
    for (let i = 0; i < 100; i++)
      presence.set('w1', rina, { caseId: `case-${String(i)}`, state: 'viewing' }, 0);
    expect(told).toHaveLength(20);
    presence.leave('w1');
    expect(told).toHaveLength(40);
  });
});
