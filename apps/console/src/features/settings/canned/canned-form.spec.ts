import { describe, expect, it } from '@jest/globals';
import { type CannedAnswer, createCannedAnswerSchema } from '@loket/contracts/canned-answers.js';
import {
  cannedFormOf,
  cannedOf,
  cannedProblems,
  previewOf,
  searchCanned,
  withVariable,
  type CannedForm,
} from './canned-form.js';

const answer: CannedAnswer = {
  id: '01890000-0000-7000-8000-000000000001',
  shortcut: 'ongkir',
  title: 'Ongkos kirim',
  texts: { id: 'Halo {{customer.firstName}}, ongkirnya Rp20.000.' },
  attachments: [],
  scope: 'all',
  teamId: null,
  ownerId: '01890000-0000-7000-8000-000000000002',
  updatedAt: '2026-11-22T00:00:00Z',
  version: 2,
};

describe('a canned answer’s form', () => {
  it('sends back what it was given, without empty languages', () => {
    const { shortcut, title, texts, attachments, scope, teamId } = answer;
    expect(cannedOf(cannedFormOf(answer))).toEqual({ shortcut, title, texts, attachments, scope, teamId });
  });

  it.each<[string, Partial<CannedForm>, string[]]>([
    ['nothing', {}, []],
    ['no shortcut', { shortcut: ' ' }, ['shortcutMissing']],
    ['a shortcut of two words', { shortcut: 'ongkos kirim' }, ['shortcutWrong']],
    ['a shortcut that others of this scope have', { shortcut: 'Retur' }, ['shortcutTaken']],
    ['a shortcut of another scope', { shortcut: 'retur', scope: 'mine' }, []],
    ['no words', { texts: { id: ' ', en: '' } }, ['texts']],
    ['no title and no team', { title: '', scope: 'team' }, ['title', 'team']],
  ])('finds what the server would refuse: %s', (_, part, problems) => {
    const form = { ...cannedFormOf(answer), ...part };
    const others = [{ shortcut: 'retur', scope: 'all' as const, teamId: null }];
    expect(cannedProblems(form, others)).toEqual(problems);
    const server = createCannedAnswerSchema.safeParse(cannedOf(form));
    expect(server.success).toBe(problems.every((problem) => problem === 'shortcutTaken'));
  });

  it('puts a blank where the cursor is', () => {
    expect(withVariable('Halo , apa kabar', 'customer.name', 5, 5)).toEqual({
      text: 'Halo {{customer.name}}, apa kabar',
      at: 22,
    });
  });

  it('shows what is filled in, and what nothing fills', () => {
    const sample = {
      customer: { name: 'Sari Dewi', firstName: 'Sari' },
      agent: { name: 'Rina', firstName: 'Rina' },
      case: { number: '1042', subject: 'Mug pecah' },
      channel: { name: 'WhatsApp' },
    };
    expect(previewOf('Halo {{ customer.firstName }} {{case.number}}, {{order}}', sample)).toEqual({
      parts: [
        { text: 'Halo ', kind: 'plain' },
        { text: 'Sari', kind: 'filled' },
        { text: ' ', kind: 'plain' },
        { text: '1042', kind: 'filled' },
        { text: ', ', kind: 'plain' },
        { text: '{{order}}', kind: 'unknown' },
      ],
      unknown: ['order'],
    });
  });

  it('is found by any of its words', () => {
    const other = { ...answer, shortcut: 'retur', title: 'Retur', texts: { en: 'Send it back' } };
    const found = (words: string) => searchCanned([answer, other], words).map(({ shortcut }) => shortcut);
    expect(found('/ongk')).toEqual(['ongkir']);
    expect(found('back send')).toEqual(['retur']);
    expect(found('')).toEqual(['ongkir', 'retur']);
    expect(found('ongkir back')).toEqual([]);
  });
});
