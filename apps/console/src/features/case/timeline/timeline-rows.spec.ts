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
    sentAt: at,
    text: 'halo',
    html: null,
    quote: null,
    changes: [],
    attachments: [],
    automatic: null,
    state: null,
    bouncedBy: null,
    warnings: [],
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

  it('knows a number with and without its plus as one', () => {
    const chat = { channelId: 'wa', channelKind: 'whatsapp' } as const;
    const from = { kind: 'whatsapp', value: '6281288412207', name: null, proof: null, evidence: [] } as const;
    const items = [
      message('a', '2026-11-20T10:00:00Z', { ...chat, from: { ...from, evidence: [] } }),
      message('b', '2026-11-20T10:01:00Z', {
        ...chat,
        direction: 'outbound',
        recipients: [{ role: 'to', kind: 'whatsapp', value: '+6281288412207' }],
      }),
    ];
    expect(kinds(items)).toEqual(['day', 'switch', 'a', 'b']);
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

  describe('pictures of one go', () => {
    const picture = (second: number, over: Partial<TimelineMessage> = {}) =>
      message(`p${second}`, `2026-11-21T10:00:${String(second).padStart(2, '0')}Z`, {
        channelId: 'wa',
        channelKind: 'whatsapp',
        text: '',
        attachments: [
          {
            id: `f${second}`,
            name: 'image.jpg',
            mediaType: 'image/jpeg',
            size: 1,
            sha256: 'f'.repeat(64),
            inline: false,
            contentId: null,
            url: '/f',
          },
        ],
        ...over,
      });
    const shown = (...items: TimelineItem[]) =>
      timelineRows(items, undefined, dayOf)
        .filter((row) => row.kind === 'item' || row.kind === 'album')
        .map((row) => (row.kind === 'album' ? row.items.map(({ id }) => id).join('+') : row.key));
    const failed = { direction: 'outbound', state: 'failed' } as const;

    it.each<[string, TimelineItem[], string[]]>([
      ['stand together', [picture(1), picture(2), picture(3)], ['p1+p2+p3']],
      ['with a caption on the first', [picture(1, { text: 'ini' }), picture(2)], ['p1+p2']],
      ['with a caption on the last', [picture(1), picture(2, { text: 'ini' })], ['p1+p2']],
      ['begin anew after a caption', [picture(1), picture(2, { text: 'ini' }), picture(3)], ['p1+p2', 'p3']],
      ['with two captions', [picture(1, { text: 'a' }), picture(2, { text: 'b' })], ['p1', 'p2']],
      ['of two people', [picture(1), picture(2, { direction: 'outbound' })], ['p1', 'p2']],
      ['one of which failed', [picture(1, failed), picture(2, failed)], ['p1', 'p2']],
      ['a sticker apart', [picture(1), picture(2, { attachments: [] }), picture(3)], ['p1', 'p2', 'p3']],
      [
        'sent long after each other',
        [picture(1), { ...picture(2), sentAt: '2026-11-21T10:01:02Z' } as TimelineItem],
        ['p1', 'p2'],
      ],
      [
        'of mails are mails',
        [picture(1, { channelKind: 'email' }), picture(2, { channelKind: 'email' })],
        ['p1', 'p2'],
      ],
    ])('%s', (_, items, expected) => {
      expect(shown(...items)).toEqual(expected);
    });
  });
});
