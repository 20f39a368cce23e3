import { describe, expect, it } from '@jest/globals';
import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import { messagesOf, suggestedSubject, threadsOf } from './split-choice.js';

function message(id: string, threadId: string, over: Partial<TimelineMessage> = {}): TimelineMessage {
  const from = { kind: 'email' as const, value: 'dewi@x.id', name: null, proof: null, evidence: [] };
  const partial: Partial<TimelineMessage> = {
    type: 'message',
    id,
    threadId,
    direction: 'inbound',
    channelKind: 'email',
    from,
    recipients: [],
    subject: null,
    text: `text of ${id}`,
    ...over,
  };
  return partial as TimelineMessage;
}

describe('what can be split out', () => {
  it('are messages that the server knows', () => {
    const note = { type: 'note', id: 'n' } as TimelineItem;
    expect(messagesOf([message('a', 't'), note, message('local:b', 't')]).map(({ id }) => id)).toEqual(['a']);
  });

  it('comes by thread, in the order of their beginnings', () => {
    const us = message('b', 't1', {
      direction: 'outbound',
      recipients: [{ role: 'to', kind: 'email', value: 'dewi@x.id' }],
    });
    const chat = message('c', 't2', { channelKind: 'whatsapp' });
    expect(threadsOf([message('a', 't1'), chat, us])).toMatchObject([
      { threadId: 't1', channelKind: 'email', address: 'dewi@x.id', messageIds: ['a', 'b'] },
      { threadId: 't2', channelKind: 'whatsapp', messageIds: ['c'] },
    ]);
  });

  it.each<[string, TimelineMessage[]]>([
    ['Ongkir', [message('a', 't', { subject: 'Ongkir' })]],
    ['halo kak', [message('a', 't', { text: '\n  halo kak  \nmau tanya' })]],
    [
      'dari pelanggan',
      [
        message('a', 't', { direction: 'outbound', text: 'dari kami' }),
        message('b', 't', { text: 'dari pelanggan' }),
      ],
    ],
    ['', []],
  ])('is called “%s”', (subject, messages) => {
    expect(suggestedSubject(messages)).toBe(subject);
  });
});
