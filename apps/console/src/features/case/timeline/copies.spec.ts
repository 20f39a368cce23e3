import { describe, expect, it } from '@jest/globals';
import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import { foldCopies } from './copies.js';
import { timelineRows } from './timeline-rows.js';

function item(id: string, over: Partial<TimelineMessage> = {}): TimelineItem {
  const partial: Partial<TimelineMessage> = {
    type: 'message',
    id,
    at: `2026-11-20T10:0${id.slice(-1)}:00Z`,
    sentAt: `2026-11-20T10:0${id.slice(-1)}:00Z`,
    direction: 'outbound',
    channelId: 'chat',
    channelKind: 'webchat',
    from: { kind: 'visitor', value: 'desk', name: null, proof: null, evidence: [] },
    recipients: [{ role: 'to', kind: 'visitor', value: 'v' }],
    agent: { id: 'rina', name: 'Rina' },
    text: 'Sudah dikirim',
    html: null,
    quote: null,
    changes: [],
    attachments: [],
    automatic: null,
    state: 'sent',
    bouncedBy: null,
    warnings: [],
    copyOf: null,
    ...over,
  };
  return partial as TimelineMessage;
}
const mailed = (id: string, copyOf: string) =>
  item(id, {
    copyOf,
    channelId: 'mail',
    channelKind: 'email',
    recipients: [{ role: 'to', kind: 'email', value: 'dewi@example.com' }],
  });
const rowsOf = (items: TimelineItem[]) => {
  const { shown, copies } = foldCopies(items);
  return timelineRows(shown, undefined, (at) => at.slice(0, 10), copies).flatMap((row) =>
    row.kind === 'item' ? [[row.item.id, row.copy?.id ?? null]] : row.kind === 'switch' ? [row.channel] : [],
  );
};

describe('an answer that went on by mail', () => {
  it('is one answer with a mark, and does not look like a change of channel', () => {
    expect(rowsOf([item('1'), mailed('2', '1'), item('3')])).toEqual(['webchat', ['1', '2'], ['3', null]]);
  });

  it('stands for itself where the answer is not here, and joins it when that is loaded', () => {
    expect(rowsOf([mailed('2', '1'), item('3')])).toEqual(['email', ['2', null], 'webchat', ['3', null]]);
    expect(rowsOf([item('1'), mailed('2', '1')])).toEqual(['webchat', ['1', '2']]);
  });

  it('keeps its mark when it is a picture among others', () => {
    const photo = {
      attachments: [{ name: 'a.png', mediaType: 'image/png' }] as TimelineMessage['attachments'],
      text: '',
    };
    const rows = rowsOf([item('1', photo), item('2', photo), mailed('3', '2')]);
    expect(rows).toEqual(['webchat', ['1', null], ['2', '3']]);
  });
});
