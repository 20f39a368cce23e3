import { describe, expect, it } from '@jest/globals';
import type { TimelineItem } from '@loket/contracts/cases.js';
import { laterReason } from './useTaken.js';

type EventItem = Extract<TimelineItem, { type: 'event' }>;
const item = (n: number, event: string, data: Record<string, unknown> = {}): EventItem => ({
  type: 'event',
  id: `ffffffff-ffff-8000-8000-00000000000${String(n)}`,
  caseId: 'c',
  // a move and what follows it may be in the same millisecond
  at: '2026-11-21T10:00:00.000Z',
  event,
  actor: { id: 'a', name: 'Ayu' },
  data,
});
const because = (n: number, reason: string) => item(n, 'case.reason_given', { moved: n, reason });
const move = item(1, 'case.assigned');

describe('laterReason', () => {
  it.each<[string, EventItem[], string | null]>([
    ['nobody said why', [move], null],
    ['it was said since', [because(2, 'cuti'), move], 'cuti'],
    ['it was said better', [move, because(2, 'cuti'), because(3, 'sakit')], 'sakit'],
    ['it was said of the move before', [because(0, 'beban'), move], null],
    ['it was said of the next one', [move, item(2, 'case.assigned'), because(3, 'beban')], null],
  ])('%s', (_, items, reason) => {
    expect(laterReason(items, move)).toBe(reason);
  });
});
