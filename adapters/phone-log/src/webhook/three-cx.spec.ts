import { describe, expect, it } from '@jest/globals';
import { NormaliseError } from '@loket/channel/channel-error.js';
import { callRecordSchema, ringingCallSchema, type CallRecord } from '@loket/contracts/calls.js';
import { readThreeCxCall } from './three-cx.js';

const now = Date.parse('2026-11-22T04:00:00Z');
const journal = {
  CallType: 'Inbound',
  Number: '08123456789',
  Name: 'Budi Santoso',
  Agent: '201',
  AgentEmail: 'sari@example.com',
  AgentFirstName: 'Sari',
  AgentLastName: 'Dewi',
  Duration: '00:01:23',
  DateTime: '11/22/2026 10:00:00',
  CallStartTimeLocal: '11/22/2026 10:00:00',
  CallStartTimeUTC: '2026-11-22T03:00:00Z',
  CallEstablishedTimeUTC: '2026-11-22T03:00:08Z',
  QueueExtension: '800',
  EntityId: '',
  EntityType: 'Contacts',
};
const read = (fields: Record<string, unknown>) =>
  readThreeCxCall(Buffer.from(JSON.stringify(fields)), 'Asia/Jakarta', now);
const call = (fields: Record<string, unknown>): CallRecord => {
  const report = read(fields);
  if (report.type !== 'over') throw new Error('the call is not over');
  return callRecordSchema.parse(report.call);
};

describe('a call that 3CX journals', () => {
  it('tells all that a call has, but an id', () => {
    expect(call(journal)).toEqual({
      callId: expect.stringMatching(/^3cx:[0-9a-f]{40}$/),
      direction: 'inbound',
      number: '08123456789',
      name: 'Budi Santoso',
      line: null,
      startedAt: '2026-11-22T03:00:00.000Z',
      ringSeconds: 8,
      talkSeconds: 83,
      outcome: 'answered',
      agent: 'Sari Dewi',
      queue: '800',
      recording: null,
      notes: null,
      disposition: null,
    });
  });

  it.each<[string, Record<string, unknown>, Partial<CallRecord>]>([
    [
      'missed',
      { CallType: 'Missed', Duration: '00:00:00' },
      { direction: 'inbound', outcome: 'missed', talkSeconds: null, ringSeconds: null },
    ],
    ['ours, not picked up', { CallType: 'Notanswered' }, { direction: 'outbound', outcome: 'missed' }],
    [
      'ours, picked up',
      { CallType: 'Outbound' },
      { direction: 'outbound', outcome: 'answered', talkSeconds: 83 },
    ],
    ['withheld', { Number: 'Anonymous' }, { number: null }],
    [
      'variables that were not filled',
      {
        Name: '[Name]',
        AgentFirstName: '[AgentFirstName]',
        AgentLastName: '',
        AgentEmail: 'null',
        QueueExtension: '[QueueExtension]',
        RecordingUrl: '[RecordingUrl]',
      },
      { name: null, agent: '201', queue: null, recording: null },
    ],
    [
      'only local times',
      { CallStartTimeUTC: undefined, CallEstablishedTimeUTC: undefined },
      { startedAt: '2026-11-22T03:00:00.000Z', ringSeconds: null },
    ],
    [
      'times as 3CX writes them unformatted',
      { CallStartTimeUTC: '11/22/2026 03:00:00' },
      { startedAt: '2026-11-22T03:00:00.000Z' },
    ],
    ['seconds as a number', { Duration: 83 }, { talkSeconds: 83 }],
    [
      'a recording and what 3CX heard',
      { RecordingUrl: 'https://pbx.example/r/1', Summary: 'Menanyakan tagihan.' },
      { recording: { kind: 'url', url: 'https://pbx.example/r/1' }, notes: 'Menanyakan tagihan.' },
    ],
    ['an id of the template’s own', { call_id: 'x-1' }, { callId: 'x-1' }],
  ])('%s', (_what, fields, expected) => {
    expect(call({ ...journal, ...fields })).toMatchObject(expected);
  });

  it('is the same whatever the template calls its fields', () => {
    const snake = Object.entries(journal).map(([key, value]) => [
      key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase(),
      value,
    ]);
    const camel = Object.entries(journal).map(([key, value]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      value,
    ]);
    expect(call(Object.fromEntries(snake))).toEqual(call(journal));
    expect(call(Object.fromEntries(camel))).toEqual(call(journal));
  });

  it('is one, however many desks report it; other calls are others', () => {
    const id = call(journal).callId;
    expect(call({ ...journal, Agent: '202', AgentFirstName: 'Adi' }).callId).toBe(id);
    expect(call({ ...journal, CallType: 'Missed', Agent: '203' }).callId).toBe(id);
    expect(call({ ...journal, Number: '0813' }).callId).not.toBe(id);
    expect(call({ ...journal, CallStartTimeUTC: '2026-11-22T03:00:01Z' }).callId).not.toBe(id);
    expect(call({ ...journal, CallType: 'Outbound' }).callId).not.toBe(id);
  });

  it('rings when the template looks the caller up', () => {
    const report = read({ Event: 'ringing', Number: '08123456789', Agent: '201' });
    expect(report).toMatchObject({
      type: 'going_on',
      call: {
        state: 'ringing',
        direction: 'inbound',
        number: '08123456789',
        agent: '201',
        at: '2026-11-22T04:00:00.000Z',
      },
    });
    expect(ringingCallSchema.parse(report.call)).toEqual(report.call);
  });

  it.each<[string, unknown, RegExp]>([
    ['no kind of call', { ...journal, CallType: undefined }, /^CallType/],
    ['a kind of its own', { ...journal, CallType: 'Conference' }, /^CallType/],
    [
      'no time',
      { ...journal, CallStartTimeUTC: undefined, CallStartTimeLocal: '', DateTime: '[DateTime]' },
      /^CallStartTimeUTC/,
    ],
    [
      'a time that is none',
      { ...journal, CallStartTimeUTC: 'x', CallStartTimeLocal: 'x', DateTime: 'x' },
      /^CallStartTimeUTC/,
    ],
    ['a list', [journal], /^call/],
    ['an object in it', { ...journal, Number: { a: 1 } }, /^Number/],
    ['a word', 'Inbound', /^call/],
  ])('is refused: %s', (_what, told, reason) => {
    const attempt = (): unknown => readThreeCxCall(Buffer.from(JSON.stringify(told)), 'UTC', now);
    expect(attempt).toThrow(NormaliseError);
    expect(attempt).toThrow(reason);
  });
});
