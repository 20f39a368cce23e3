import { describe, expect, it } from '@jest/globals';
import { createCannedAnswerSchema } from './canned-answers.js';
import { fillCanned } from './canned-text.js';

describe('a canned answer', () => {
  it('is filled with what is known, and shows what is not', () => {
    const text = 'Halo {{customer.firstName}}, kasus {{ case.number }} ({{order}}) {{agent.name}}';
    expect(
      fillCanned(text, { 'customer.firstName': 'Dewi', 'case.number': '#1042', 'agent.name': null }),
    ).toEqual({
      text: 'Halo Dewi, kasus #1042 ({{order}}) {{agent.name}}',
      missing: ['order', 'agent.name'],
    });
  });

  it('never takes what is put in for another blank', () => {
    expect(
      fillCanned('{{customer.name}}', { 'customer.name': '{{agent.name}} $& $1', 'agent.name': 'x' }).text,
    ).toBe('{{agent.name}} $& $1');
  });

  it('is of a team exactly when it names one', () => {
    const base = { shortcut: 'Retur', title: 'Retur', texts: { id: 'x' } };
    const teamId = '01890000-0000-7000-8000-000000000000';
    expect(createCannedAnswerSchema.parse(base)).toMatchObject({
      shortcut: 'retur',
      scope: 'mine',
      teamId: null,
    });
    expect(createCannedAnswerSchema.safeParse({ ...base, scope: 'team' }).success).toBe(false);
    expect(createCannedAnswerSchema.safeParse({ ...base, scope: 'all', teamId }).success).toBe(false);
    expect(createCannedAnswerSchema.safeParse({ ...base, scope: 'team', teamId }).success).toBe(true);
    expect(createCannedAnswerSchema.safeParse({ ...base, texts: {} }).success).toBe(false);
    expect(createCannedAnswerSchema.safeParse({ ...base, shortcut: 'dua kata' }).success).toBe(false);
  });
});
