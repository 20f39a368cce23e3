import { describe, expect, it } from '@jest/globals';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { NoticePreferences } from '@loket/contracts/notice-preferences.js';
import type { Notice } from '@loket/contracts/notices.js';
import { alertFor } from './alerts.js';

const me = 'rina';
const myTeams = new Set(['returns']);
const preferences: NoticePreferences = {
  ...{ desktop: ['given', 'mention'], sound: ['mention'], push: [], views: ['mine', 'teams'] },
  ...{ pushWords: false, quiet: null },
};
const awake = { me, myTeams, quiet: false };
const notice = (kind: Notice['kind']) => ({ kind: 'notice', notice: { kind } as Notice }) as const;
const message = (assignee: string | null, team: string | null) =>
  ({
    kind: 'message',
    case: {
      assignee: assignee && { id: assignee, name: '' },
      team: team && { id: team, name: '' },
    } as CaseSummary,
  }) as const;

describe('alertFor', () => {
  it('rings and pops up by kind', () => {
    expect(alertFor(notice('given'), preferences, awake)).toEqual({ desktop: true, sound: false });
    expect(alertFor(notice('mention'), preferences, awake)).toEqual({ desktop: true, sound: true });
    expect(alertFor(notice('taken'), preferences, awake)).toEqual({ desktop: false, sound: false });
  });

  it('hears customers in the chosen views only', () => {
    const both = { desktop: true, sound: true };
    const nothing = { desktop: false, sound: false };
    expect(alertFor(message(me, null), preferences, awake)).toEqual(both);
    expect(alertFor(message(null, 'returns'), preferences, awake)).toEqual(both);
    expect(alertFor(message(null, 'sales'), preferences, awake)).toEqual(nothing);
    expect(alertFor(message('budi', 'returns'), preferences, awake)).toEqual(nothing);
    expect(alertFor(message(null, null), preferences, awake)).toEqual(nothing);
    expect(alertFor(message(null, null), { ...preferences, views: ['unassigned'] }, awake)).toEqual(both);
  });

  it('is still in quiet hours', () => {
    expect(alertFor(notice('mention'), preferences, { ...awake, quiet: true })).toEqual({
      desktop: false,
      sound: false,
    });
  });
});
