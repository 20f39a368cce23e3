import { describe, expect, it } from '@jest/globals';
import { NormaliseError } from '@loket/channel/channel-error.js';
import { readGenericCall } from './call-report.js';

const over = {
  callId: 'a-1',
  direction: 'inbound',
  number: '0812',
  startedAt: '2026-11-22T10:00:00+07:00',
  outcome: 'answered',
};
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

describe('calls as generic JSON', () => {
  it('are over when they have an outcome', () => {
    expect(readGenericCall(bytes(over))).toMatchObject({
      type: 'over',
      call: { ...over, notes: null, queue: null },
    });
    expect(readGenericCall(bytes({ ...over, number: null, talkSeconds: 3 }))).toMatchObject({
      call: { number: null, talkSeconds: 3 },
    });
  });

  it('go on when they have a state', () => {
    const ringing = {
      callId: 'a-1',
      state: 'ringing',
      direction: 'inbound',
      number: '0812',
      at: '2026-11-22T03:00:00Z',
    };
    expect(readGenericCall(bytes(ringing))).toMatchObject({
      type: 'going_on',
      call: { ...ringing, agent: null },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /not JSON/],
    ['a list', [over], /^call: /],
    ['null', null, /^call: /],
    ['no id', { ...over, callId: undefined }, /^callId: /],
    ['a misspelt field', { ...over, Nomor: '0812' }, /^call: unknown fields$/],
    ['a direction of its own', { ...over, direction: 'in' }, /^direction: /],
    ['a number that is a number', { ...over, number: 812 }, /^number: /],
    ['no number at all', { ...over, number: undefined }, /^number: /],
    ['a time without a zone', { ...over, startedAt: '2026-11-22 10:00:00' }, /^startedAt: /],
    ['half seconds', { ...over, talkSeconds: 1.5 }, /^talkSeconds: /],
    ['a time that runs backwards', { ...over, ringSeconds: -1 }, /^ringSeconds: /],
    [
      'a recording from the disk',
      { ...over, recording: { kind: 'url', url: 'file:///etc/passwd' } },
      /^recording.url: /,
    ],
    ['several mistakes', { ...over, callId: '', outcome: 'x' }, /^callId: .+; outcome: /],
    ['a state of its own', { ...over, state: 'humming' }, /state: /],
  ])('are refused, saying why: %s', (_what, told, reason) => {
    const read = (): unknown => readGenericCall(told === undefined ? Buffer.from('{"callId":') : bytes(told));
    expect(read).toThrow(NormaliseError);
    expect(read).toThrow(reason);
  });

  it('are refused without a word of what they said', () => {
    expect(() => readGenericCall(bytes({ ...over, outcome: 'rahasia', notes: 7, x_0812: 1 }))).toThrow(
      /^(?!.*(?:rahasia|0812)).*$/,
    );
  });
});
