import { describe, expect, it } from '@jest/globals';
import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import { timelineRows } from './timeline-rows.js';

const dayOf = (at: string) => at.slice(0, 10);

function message(id: string, at: string, over: Partial<TimelineMessage> = {}): TimelineItem {
  const from = { kind: 'email' as const, value: 'dewi@example.com', name: null, proof: null, evidence: [] };
  const partial: Partial<TimelineMessage> = {
    type: 'message',
    id,
    at,
    direction: 'inbound',
    channelId: 'mail',
    channelKind: 'email',
    from,
    recipients: [{ role: 'to', kind: 'email', value: 'dewi@example.com' }],
    agent: null,
    ...over,
  };
  return partial as TimelineMessage;
}
const kinds = (items: TimelineItem[], seen?: string) =>
  timelineRows(items, seen, dayOf).map((row) => (row.kind === 'item' ? row.item.id : row.kind));

describe('timelineRows', () => {
  it('marks days, and each change of channel or address', () => {
    const items = [
      message('a', '2026-11-20T10:00:00Z'),
      message('b', '2026-11-20T11:00:00Z', {
        direction: 'outbound',
        from: { kind: 'email', value: 'shop@x.id', name: null, proof: null, evidence: [] },
      }),
      message('c', '2026-11-21T10:00:00Z', { channelId: 'wa', channelKind: 'whatsapp' }),
      message('d', '2026-11-21T10:01:00Z', { channelId: 'wa', channelKind: 'whatsapp' }),
    ];
    expect(kinds(items)).toEqual(['day', 'switch', 'a', 'b', 'day', 'switch', 'c', 'd']);
    expect(
      timelineRows(items, undefined, dayOf)
        .filter((row) => row.kind === 'item')
        .map((row) => row.follows),
    ).toEqual([false, false, false, true]);
  });

  it('shows a subject only where it changes', () => {
    const items = [
      'Mug retak',
      'Re: Mug retak',
      'BLS: RE: mug retak',
      'Hal lain',
      null,
      'Fwd: Mug retak',
    ].map((subject, n) => message(String(n), `2026-11-21T10:0${n}:00Z`, { subject }));
    const subjects = timelineRows(items, undefined, dayOf).flatMap((row) =>
      row.kind === 'item' ? [row.subject] : [],
    );
    expect(subjects).toEqual(['Mug retak', null, null, 'Hal lain', null, 'Fwd: Mug retak']);
  });

  it('puts “new” above the first unseen message of the customer, once', () => {
    const items = [
      message('a', '2026-11-21T10:00:00Z'),
      message('b', '2026-11-21T10:30:00Z', { direction: 'outbound' }),
      message('c', '2026-11-21T11:00:00Z'),
      message('d', '2026-11-21T11:01:00Z'),
    ];
    expect(kinds(items, '2026-11-21T10:10:00Z')).toEqual(['day', 'switch', 'a', 'b', 'fresh', 'c', 'd']);
    expect(kinds(items, '2026-11-21T12:00:00Z')).not.toContain('fresh');
    expect(kinds(items, undefined)).not.toContain('fresh');
  });

  it('marks where a conversation was joined automatically, once for each', () => {
    const match = (rule: string) =>
      ({ rule, score: 0.9, evidence: [] }) as unknown as TimelineMessage['match'];
    const items = [
      message('a', '2026-11-21T10:00:00Z', { threadId: 't1', match: match('new_case') }),
      message('b', '2026-11-21T10:01:00Z', { threadId: 't2', match: match('duplicate_text') }),
      message('c', '2026-11-21T10:02:00Z', { threadId: 't2', match: match('duplicate_text') }),
      message('d', '2026-11-21T10:03:00Z', { threadId: 't1', match: match('duplicate_text') }),
    ];
    expect(kinds(items)).toEqual(['day', 'switch', 'a', 'join', 'b', 'c', 'd']);
    expect(kinds(items.slice(1, 3))).toEqual(['day', 'switch', 'b', 'c']);
  });

  it('strikes out what was undone later, but not the line that says so', () => {
    const event = (id: string, name: string, operationId: string): TimelineItem => ({
      type: 'event',
      id,
      caseId: 'c',
      at: '2026-11-21T10:00:00Z',
      event: name,
      actor: null,
      data: { operationId },
    });
    const rows = timelineRows(
      [event('a', 'case.merged', 'o1'), event('b', 'case.split', 'o2'), event('c', 'operation.undone', 'o1')],
      undefined,
      dayOf,
    );
    expect(rows.flatMap((row) => (row.kind === 'item' ? [row.undone] : []))).toEqual([true, false, false]);
  });
});
