import { describe, expect, it } from '@jest/globals';
import { type MergeableFields, mergedFields } from './merged-fields.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));
const fields = (over: Partial<MergeableFields> = {}): MergeableFields => ({
  status: 'open',
  priority: 'normal',
  assigneeId: null,
  teamId: null,
  tags: [],
  waitingSince: null,
  snoozedUntil: null,
  resolvedAt: null,
  incidentId: null,
  ...over,
});
const resolved = { status: 'resolved', resolvedAt: at(1) } as const;
const pending = { status: 'pending' } as const;

describe('the fields of two cases that become one', () => {
  it.each<[string, Partial<MergeableFields>, Partial<MergeableFields>, Partial<MergeableFields>]>([
    ['open beats resolved', {}, resolved, { status: 'open', resolvedAt: null }],
    ['open beats pending', pending, {}, { status: 'open' }],
    ['pending beats resolved', pending, resolved, { status: 'pending', resolvedAt: null }],
    [
      'both resolved keep the time of the one that remains',
      { ...resolved, resolvedAt: at(9) },
      resolved,
      resolved,
    ],
    ['the higher priority', { priority: 'urgent' }, { priority: 'low' }, { priority: 'urgent' }],
    ['never a lower one', { priority: 'low' }, { priority: 'normal' }, { priority: 'normal' }],
    ['its own assignee', { assigneeId: 'a' }, { assigneeId: 'b' }, { assigneeId: 'b' }],
    ['the assignee of the other when it has none', { assigneeId: 'a' }, {}, { assigneeId: 'a' }],
    ['its own team', { teamId: 's' }, { teamId: 't' }, { teamId: 't' }],
    ['the team of the other when it has none', { teamId: 's' }, {}, { teamId: 's' }],
    [
      'the team for which the other’s assignee has it',
      { assigneeId: 'a', teamId: 's' },
      { teamId: 't' },
      { assigneeId: 'a', teamId: 's' },
    ],
    [
      'all tags, its own first, none twice',
      { tags: ['x', 'y'] },
      { tags: ['y', 'z'] },
      { tags: ['y', 'z', 'x'] },
    ],
    ['the longer wait', { waitingSince: at(3) }, { waitingSince: at(5) }, { waitingSince: at(3) }],
    ['a wait of the other', { waitingSince: at(3) }, {}, { waitingSince: at(3) }],
    [
      'a wait of the other also opens a resolved one',
      { waitingSince: at(3) },
      resolved,
      { waitingSince: at(3) },
    ],
    ['awake when it was', { snoozedUntil: at(9) }, {}, { snoozedUntil: null }],
    ['awake when the other was', {}, { snoozedUntil: at(9) }, { snoozedUntil: null }],
    [
      'both asleep until the first of the two',
      { snoozedUntil: at(7) },
      { snoozedUntil: at(9) },
      { snoozedUntil: at(7) },
    ],
    ['a resolved one wakes nobody', resolved, { snoozedUntil: at(9) }, { snoozedUntil: at(9) }],
    [
      'asleep as the one that is not resolved',
      { ...pending, snoozedUntil: at(9) },
      resolved,
      { snoozedUntil: at(9) },
    ],
    ['the incident of the other', { incidentId: 'i' }, {}, { incidentId: 'i' }],
    ['its own incident', { incidentId: 'i' }, { incidentId: 'j' }, { incidentId: 'j' }],
  ])('%s', (_, from, into, expected) => {
    expect(mergedFields(fields(from), fields(into))).toMatchObject(expected);
  });

  it('are the same whichever is merged into which, but for what only one can keep', () => {
    const [a, b] = [fields({ ...pending, priority: 'high' }), fields({ waitingSince: at(3) })];
    expect(mergedFields(a, b)).toEqual(mergedFields(b, a));
  });
});
