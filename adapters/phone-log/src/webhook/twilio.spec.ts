import { describe, expect, it } from '@jest/globals';
import { callRecordSchema, ringingCallSchema, type CallRecord } from '@loket/contracts/calls.js';
import { NormaliseError } from '@loket/channel/channel-error.js';
import { CallDesk } from './call-desk.js';
import type { CallReport } from './call-report.js';
import { readTwilioForm } from './twilio.js';

const now = Date.parse('2026-11-22T04:00:00Z');
const began = Date.parse('2026-11-22T03:00:00Z');
type Fields = Record<string, string>;
const form = (fields: Fields, after: number | null): string =>
  new URLSearchParams({
    AccountSid: 'AC00',
    ApiVersion: '2010-04-01',
    ...fields,
    ...(after === null
      ? {}
      : { Timestamp: new Date(began + after * 1000).toUTCString().replace('GMT', '+0000') }),
  }).toString();
const caller = { From: '+628123456789', To: '+622155500', Direction: 'inbound' };
const own = (status: string, after: number | null = 0, more: Fields = {}): string =>
  form({ CallSid: 'CA01', CallStatus: status, ...caller, ...more }, after);
const leg = (sid: string, to: string, status: string, after = 0, more: Fields = {}): string =>
  form(
    {
      CallSid: sid,
      ParentCallSid: 'CA01',
      CallStatus: status,
      Direction: 'outbound-dial',
      From: '+628123456789',
      To: to,
      ...more,
    },
    after,
  );
const recording = form(
  {
    CallSid: 'CA01',
    RecordingSid: 'RE1',
    RecordingUrl: 'https://api.twilio.com/RE1',
    RecordingStatus: 'completed',
  },
  null,
);

const play = (...forms: string[]): (CallReport | null)[] => {
  const desk = new CallDesk();
  return forms.map((text) => {
    const report = desk.take(readTwilioForm(text), 'channel', now);
    if (report?.type === 'over') callRecordSchema.parse(report.call);
    if (report?.type === 'going_on') ringingCallSchema.parse(report.call);
    return report;
  });
};
const last = (...forms: string[]): CallRecord => {
  const report = play(...forms).at(-1);
  if (report?.type !== 'over') throw new Error('the call is not over');
  return report.call;
};

describe('a call that Twilio tells', () => {
  it.each<[string, string[], Partial<CallRecord>]>([
    [
      'alone, taken',
      [own('completed', 60, { CallDuration: '60' })],
      {
        outcome: 'answered',
        talkSeconds: 60,
        startedAt: '2026-11-22T03:00:00.000Z',
        number: '+628123456789',
        line: '+622155500',
        agent: null,
      },
    ],
    [
      'alone, without a time',
      [own('completed', null, { CallDuration: '60' })],
      { startedAt: '2026-11-22T03:59:00.000Z' },
    ],
    ['nobody there', [own('no-answer')], { outcome: 'missed', talkSeconds: null }],
    ['busy', [own('busy')], { outcome: 'busy' }],
    ['failed', [own('failed')], { outcome: 'failed' }],
    ['given up before Twilio took it', [own('canceled')], { outcome: 'abandoned' }],
    [
      'dialled and taken by one of two',
      [
        own('ringing'),
        leg('CA02', 'client:sari', 'ringing', 1),
        leg('CA03', 'sip:201@pbx.example', 'ringing', 1),
        leg('CA03', 'sip:201@pbx.example', 'in-progress', 9),
        leg('CA02', 'client:sari', 'canceled', 9),
        leg('CA03', 'sip:201@pbx.example', 'completed', 69, { CallDuration: '60' }),
        own('completed', 70, { CallDuration: '70' }),
      ],
      {
        outcome: 'answered',
        agent: '201',
        talkSeconds: 60,
        ringSeconds: 8,
        startedAt: '2026-11-22T03:00:00.000Z',
      },
    ],
    [
      'the same, in the worst order',
      [
        leg('CA03', '+62811', 'completed', 69, { CallDuration: '60' }),
        leg('CA03', '+62811', 'in-progress', 9),
        leg('CA03', '+62811', 'ringing', 1),
        own('completed', 70, { CallDuration: '70' }),
        own('ringing'),
      ],
      { outcome: 'answered', agent: '+62811', talkSeconds: 60, ringSeconds: 8 },
    ],
    [
      'dialled, nobody took it',
      [leg('CA02', 'client:sari', 'no-answer', 30), own('completed', 31, { CallDuration: '31' })],
      { outcome: 'missed', agent: null, talkSeconds: null },
    ],
    [
      'dialled, hung up while it rang',
      [leg('CA02', 'client:sari', 'canceled', 30), own('completed', 31)],
      { outcome: 'abandoned' },
    ],
    [
      'dialled, nobody took it, spoke to the machine',
      [
        leg('CA02', 'client:sari', 'no-answer', 30),
        own('completed', 50, { RecordingUrl: 'https://api.twilio.com/RE1' }),
      ],
      { outcome: 'voicemail', recording: { kind: 'url', url: 'https://api.twilio.com/RE1' } },
    ],
    [
      'told by the action of Dial',
      [own('in-progress', 20, { DialCallStatus: 'no-answer', DialCallSid: 'CA02' }), own('completed', 31)],
      { outcome: 'missed' },
    ],
    [
      'taken, told by the action of Dial',
      [
        own('in-progress', 20, { DialCallStatus: 'completed', DialCallSid: 'CA02', DialCallDuration: '12' }),
        own('completed', 31, { CallDuration: '31' }),
      ],
      { outcome: 'answered', talkSeconds: 12 },
    ],
    [
      'a leg that is told after the end',
      [own('completed', 70, { CallDuration: '70' }), leg('CA02', 'client:sari', 'no-answer', 69)],
      { outcome: 'missed' },
    ],
    [
      'a recording that is told after the end',
      [own('completed', 70, { CallDuration: '70' }), recording],
      { outcome: 'answered', talkSeconds: 70, recording: { kind: 'url', url: 'https://api.twilio.com/RE1' } },
    ],
    [
      'its end told again',
      [own('completed', 70, { CallDuration: '70' }), own('completed', 70, { CallDuration: '70' })],
      { outcome: 'answered', startedAt: '2026-11-22T03:00:00.000Z' },
    ],
    [
      'made by us over the API',
      [
        form(
          {
            CallSid: 'CA01',
            CallStatus: 'completed',
            Direction: 'outbound-api',
            From: '+622155500',
            To: '+62811',
            CallDuration: '5',
          },
          5,
        ),
      ],
      { direction: 'outbound', number: '+62811', line: '+622155500', outcome: 'answered' },
    ],
    [
      'made by us, refused',
      [
        form(
          {
            CallSid: 'CA01',
            CallStatus: 'busy',
            Direction: 'outbound-api',
            From: '+622155500',
            To: '+62811',
          },
          5,
        ),
      ],
      { direction: 'outbound', outcome: 'busy' },
    ],
    [
      'made from a softphone',
      [
        form(
          {
            CallSid: 'CA01',
            CallStatus: 'completed',
            Direction: 'inbound',
            From: 'client:sari',
            To: '+62811',
            CallDuration: '9',
          },
          9,
        ),
      ],
      { direction: 'outbound', number: '+62811', agent: 'sari', line: null },
    ],
    ['withheld', [own('no-answer', 0, { From: 'anonymous' })], { number: null }],
    ['withheld, as Twilio writes it', [own('no-answer', 0, { From: '+266696687' })], { number: null }],
    [
      'with the name of the line',
      [own('ringing', 0, { CallerName: 'PT Maju' }), own('completed', 9)],
      { name: 'PT Maju' },
    ],
    [
      'as Exotel-like parties write it',
      [
        form(
          {
            CallSid: 'CA01',
            CallStatus: 'completed',
            Caller: '+62811',
            Called: '+6221',
            Direction: 'inbound',
          },
          0,
        ),
      ],
      { number: '+62811', line: '+6221' },
    ],
  ])('%s', (_what, forms, expected) => {
    expect(last(...forms)).toMatchObject({ callId: 'CA01', ...expected });
  });

  it('is told on screens while it rings, under the id that it will have', () => {
    const reports = play(
      own('initiated'),
      own('ringing', 1),
      leg('CA02', 'client:sari', 'ringing', 2),
      leg('CA02', 'client:sari', 'in-progress', 5),
      leg('CA02', 'client:sari', 'completed', 9),
    );
    const states = reports.map(
      (report) =>
        report?.type === 'going_on' && [
          report.call.callId,
          report.call.state,
          report.call.number,
          report.call.line,
          report.call.agent,
        ],
    );
    const common = ['CA01', 'ringing', '+628123456789', '+622155500'];
    expect(states).toEqual([
      [...common, null],
      [...common, null],
      [...common, 'sari'],
      ['CA01', 'in_progress', '+628123456789', '+622155500', 'sari'],
      false,
    ]);
  });

  it('is over only by its own last report', () => {
    const reports = play(
      leg('CA02', 'client:sari', 'no-answer'),
      leg('CA03', 'client:adi', 'completed'),
      own('in-progress'),
    );
    expect(reports.map((report) => report?.type ?? null)).toEqual([null, null, 'going_on']);
  });

  it('does not come back from the dead', () => {
    const reports = play(
      own('completed', 9, { CallDuration: '9' }),
      own('ringing', 1),
      own('in-progress', 2),
    );
    expect(reports.map((report) => report?.type)).toEqual(['over', 'over', 'over']);
    expect(reports.map((report) => report?.type === 'over' && report.call.outcome)).toEqual([
      'answered',
      'answered',
      'answered',
    ]);
  });

  it('is kept apart from one of another channel, and forgotten in time', () => {
    const desk = new CallDesk(2);
    const take = (text: string, scope = 'a'): CallReport | null =>
      desk.take(readTwilioForm(text), scope, now);
    take(leg('CA02', 'client:sari', 'no-answer'));
    expect(take(own('completed'), 'b')).toMatchObject({ call: { outcome: 'answered' } });
    expect(take(own('completed'))).toMatchObject({ call: { outcome: 'missed' } });
    take(form({ CallSid: 'CA77', CallStatus: 'completed', ...caller }, 0));
    take(form({ CallSid: 'CA78', CallStatus: 'completed', ...caller }, 0));
    expect(() => take(recording)).toThrow(NormaliseError);
    expect(take(own('completed'))).toMatchObject({ call: { outcome: 'answered' } });
  });
});

describe('forms that are none of Twilio’s', () => {
  it.each([
    ['nothing', ''],
    ['no id', 'CallStatus=completed'],
    ['an id of something else', 'CallSid=SM01&CallStatus=completed'],
    ['an id with more in it', 'CallSid=CA01%0A%00&CallStatus=completed&x=%00'],
    ['no status', 'CallSid=CA01'],
    ['a status of its own', 'CallSid=CA01&CallStatus=humming'],
    ['JSON', '{"CallSid":"CA01"}'],
    ['a recording from the disk', 'CallSid=CA01&RecordingUrl=file:///etc/passwd'],
  ])('%s', (what, text) => {
    const read = (): unknown => readTwilioForm(text);
    if (what === 'an id with more in it') expect(readTwilioForm(text).callId).toBe('CA01');
    else expect(read).toThrow(NormaliseError);
  });
});
