import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import type { TimelineItem } from '@loket/contracts/cases.js';
import { eventText, operationOf } from './event-text.js';

type EventItem = Extract<TimelineItem, { type: 'event' }>;
const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as object;
const texts = read('../locales/en.json');
const shared = read('../../../ui/locales/en.json');
const i18n = createInstance();
void i18n.init({
  lng: 'en',
  resources: { en: { translation: { case: texts, ui: shared } } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

function item(event: string, data: Record<string, unknown>, actor = true): EventItem {
  const base = { type: 'event' as const, id: 'e', caseId: 'c', at: '2026-11-21T10:00:00Z' };
  return { ...base, event, data, actor: actor ? { id: 'a', name: 'Ayu' } : null };
}
const moved = {
  operationId: 'o',
  from: { id: 'x', number: 41 },
  into: { id: 'y', number: 42 },
  messages: 2,
};

describe('eventText', () => {
  it.each<[EventItem, number, string]>([
    [item('case.merged', moved), 42, 'Ayu merged #41 into this case (2 messages)'],
    [item('case.merged', moved), 41, 'Ayu merged this case into #42'],
    [item('case.merged', moved), 50, 'Ayu merged #41 into #42'],
    [item('case.split', { ...moved, messages: 1 }), 41, 'Ayu split 1 message out into #42'],
    [item('case.split', moved), 42, 'Ayu split 2 messages out of #41 into this case'],
    [item('case.split', moved), 50, 'Ayu split #42 out of #41'],
    [item('case.linked', { operationId: 'o', number: 7 }, false), 42, 'Loket linked the incident INC-7'],
    [
      item('case.reason_given', { moved: 3, reason: 'Bima cuti' }),
      42,
      'Ayu gave the reason for the move: Bima cuti',
    ],
    [item('operation.undone', { operationId: 'o', kind: 'merge_cases' }), 42, 'Ayu undid a merge'],
    [item('operation.undone', { operationId: 'o', kind: 'unheard_of' }), 42, 'Ayu undid an operation'],
  ])('%#: %j seen from #%s', (event, number, sentence) => {
    expect(eventText(i18n.t, event, [], number)).toBe(sentence);
  });

  it.each<[Record<string, unknown>, boolean, string]>([
    [{ from: null, to: 'a' }, true, 'Ayu took this case'],
    [{ from: 'b', to: 'a', reason: 'urgent' }, true, 'Ayu took over from Bima: urgent'],
    [{ from: 'b', to: 'c', reason: 'Bima cuti' }, true, 'Ayu gave it from Bima to Citra: Bima cuti'],
    [{ from: null, to: 'c', routing: 'round_robin' }, false, 'Loket assigned it to Citra: in turn'],
    [
      { from: 'b', to: null, routing: 'silent' },
      false,
      'Loket took it back from Bima for the team: no answer for too long',
    ],
    [{ from: 'a', to: null }, true, 'Ayu released this case'],
    [
      { from: 'b', to: null, team: { from: null, to: 't' }, reason: 'stok' },
      true,
      'Ayu moved it to the queue of Gudang: stok',
    ],
    [
      { from: null, to: null, team: { from: 't', to: 'gone' }, routing: 'overflow' },
      false,
      'Loket moved it to the queue of another team: nobody could take it in time',
    ],
    [{ from: null, to: null, team: { from: 't', to: null } }, true, 'Ayu took it out of its team'],
  ])('tells who has it and why: %j', (data, byHand, sentence) => {
    const agents = [
      { id: 'a', name: 'Ayu' },
      { id: 'b', name: 'Bima' },
      { id: 'c', name: 'Citra' },
    ];
    const teams = [{ id: 't', name: 'Gudang' }];
    expect(eventText(i18n.t, item('case.assigned', data, byHand), agents, 42, teams)).toBe(sentence);
  });

  it.each<[EventItem, string | null]>([
    [item('case.merged', moved), 'o'],
    [item('case.split', moved), 'o'],
    [item('case.unlinked', { operationId: 'o', number: 1 }), 'o'],
    [item('operation.undone', { operationId: 'o', kind: 'merge_cases' }), null],
    [item('case.assigned', { from: null, to: null }), null],
  ])('offers to undo what can be undone: %j', (event, operationId) => {
    expect(operationOf(event)).toBe(operationId);
  });
});
