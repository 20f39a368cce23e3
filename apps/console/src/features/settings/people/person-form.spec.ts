import { describe, expect, it } from '@jest/globals';
import { type AgentWork, updateAgentWorkSchema } from '@loket/contracts/teams.js';
import { beyondTotal, personFormOf, teamChanges, workOf } from './person-form.js';

const work: AgentWork = {
  agent: { id: '01890000-0000-7000-8000-000000000000', name: 'Rina' },
  availability: 'away',
  since: '2026-11-22T00:00:00Z',
  limits: { total: 8, byChannel: { whatsapp: 3, phone: 0 } },
  skills: ['retur', 'grosir'],
  languages: ['id'],
  teamIds: [],
  load: 2,
  oldestWaiting: null,
};

describe('a person’s form', () => {
  it('sends back what it was given, and takes limits away again', () => {
    const form = personFormOf(work);
    expect(workOf(form)).toEqual({
      limits: work.limits,
      skills: ['grosir', 'retur'],
      languages: ['id'],
    });
    const changed = { ...form, byChannel: { ...form.byChannel, whatsapp: '' as const }, skills: [' VIP '] };
    expect(updateAgentWorkSchema.parse(workOf(changed))).toEqual({
      limits: { total: 8, byChannel: { phone: 0 } },
      skills: ['vip'],
      languages: ['id'],
    });
  });

  it('knows limits that are never reached', () => {
    const form = personFormOf(work);
    expect(beyondTotal(form)).toEqual([]);
    expect(beyondTotal({ ...form, total: 2 })).toEqual(['whatsapp']);
  });

  it('knows who joins and who leaves', () => {
    expect(teamChanges(['a', 'b'], ['b', 'c'])).toEqual({ joins: ['c'], leaves: ['a'] });
  });
});
