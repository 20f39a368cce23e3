import { describe, expect, it } from '@jest/globals';
import { callRecordSchema, type CallRecord } from '@loket/contracts/calls.js';
import { callIdOfLeg, callOfLegs } from './cdr-call.js';
import { readCdrLine, type CdrLeg } from './cdr-line.js';

const base = {
  accountcode: '',
  src: '08123456789',
  dst: '02155500',
  dcontext: 'from-trunk',
  clid: '"Budi Santoso" <08123456789>',
  channel: 'PJSIP/telkom-0000001a',
  dstchannel: 'PJSIP/201-0000001b',
  lastapp: 'Dial',
  lastdata: 'PJSIP/201,20,Ttr',
  start: '2026-11-22 10:00:00',
  answer: '2026-11-22 10:00:08',
  end: '2026-11-22 10:01:31',
  duration: '91',
  billsec: '83',
  disposition: 'ANSWERED',
  amaflags: 'DOCUMENTATION',
};
type Fields = Partial<typeof base>;
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const line = (fields: Fields = {}, more: string[] = ['1795332600.42', '']): string => {
  const { duration, billsec, answer, ...rest } = { ...base, ...fields };
  const cells = Object.entries({ ...base, ...rest, duration, billsec, answer }).map(([name, text]) =>
    name === 'duration' || name === 'billsec' || (name === 'answer' && text === '') ? text : quote(text),
  );
  return [...cells, ...more.map((text) => (/^\d{1,3}$/.test(text) ? text : quote(text)))].join(',');
};
const read = (text: string): CdrLeg => {
  const leg = readCdrLine(text, 'Asia/Jakarta');
  if (!leg) throw new Error(`not read: ${text}`);
  return leg;
};
const call = (...legs: Fields[]): CallRecord | null => {
  const made = callOfLegs(
    '1795332600.42',
    legs.map((fields) => read(line(fields))),
  );
  return made && callRecordSchema.parse(made);
};
const unanswered = { answer: '', billsec: '0', disposition: 'NO ANSWER' };

describe('lines of Master.csv', () => {
  it.each<[string, string[], Partial<CdrLeg>]>([
    ['sixteen columns', [], { uniqueId: null, userField: null, linkedId: null }],
    ['with the id', ['1795332600.42'], { uniqueId: '1795332600.42', userField: null, linkedId: null }],
    ['with the user field alone', ['rekaman'], { uniqueId: null, userField: 'rekaman' }],
    [
      'eighteen columns',
      ['pbx-1-1795332600.42', 'rekaman'],
      { uniqueId: 'pbx-1-1795332600.42', userField: 'rekaman' },
    ],
    [
      'twenty-one columns',
      ['1795332600.43', '', '', '1795332600.42', '7'],
      { uniqueId: '1795332600.43', linkedId: '1795332600.42' },
    ],
    [
      'nineteen: only the newer ones',
      ['', '1795332600.42', '7'],
      { uniqueId: null, linkedId: '1795332600.42' },
    ],
    [
      'twenty: with the id',
      ['1795332600.43', '', '1795332600.42', '7'],
      { uniqueId: '1795332600.43', userField: null, linkedId: '1795332600.42' },
    ],
  ])('%s', (_what, more, expected) => {
    expect(readCdrLine(line({}, more), 'Asia/Jakarta')).toMatchObject({
      format: 'cdr_csv',
      src: '08123456789',
      dst: '02155500',
      start: Date.parse('2026-11-22T03:00:00Z'),
      talk: 83,
      ...expected,
    });
  });

  it('as the sample of cdr_custom writes them', () => {
    const { accountcode, clid, ...rest } = base;
    const cells = [
      clid,
      rest.src,
      rest.dst,
      rest.dcontext,
      ...Object.values(rest).slice(3),
      accountcode,
      '1795332600.42',
      '',
    ];
    const leg = readCdrLine(cells.map(quote).join(','), 'UTC');
    const plain = readCdrLine(line(), 'UTC');
    expect(leg).toEqual({ ...plain, format: 'cdr_custom' });
  });

  it('with quotes, commas and line ends in their cells', () => {
    const clid = '"PT ""Maju"", Tbk" <08123456789>';
    expect(read(line({ clid, lastdata: 'a,"b"\nc' }))).toMatchObject({ clid, lastData: 'a,"b"\nc' });
  });

  it.each([
    ['nothing', ''],
    [
      'a heading',
      'accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags',
    ],
    ['too few columns', line().split(',').slice(0, 10).join(',')],
    ['no time', line({ start: '' })],
    ['a time that is none', line({ start: '2026-13-45 10:00:00' })],
    ['no duration', line({ duration: '' })],
    ['words for seconds', line({ billsec: 'lama' })],
    ['no disposition', line({ disposition: '' })],
    ['something else', '{"callId":"1"}'],
    ['many columns', ','.repeat(500)],
  ])('are none: %s', (_what, text) => {
    expect(readCdrLine(text, 'Asia/Jakarta')).toBeNull();
  });

  it('tell which call they belong to', () => {
    const id = (text: string): string => callIdOfLeg(read(text), text);
    expect(id(line({}, ['1795332600.43', '', '', '1795332600.42', '7']))).toBe('1795332600.42');
    expect(id(line())).toBe('1795332600.42');
    expect(id(line({}, []))).toMatch(/^cdr:[0-9a-f]{40}$/);
    expect(id(line({}, []))).toBe(id(line({}, [])));
    expect(id(line({ src: '0813' }, []))).not.toBe(id(line({}, [])));
  });
});

describe('calls of their legs', () => {
  it.each<[string, Fields[], Partial<CallRecord> | null]>([
    [
      'taken',
      [{}],
      {
        direction: 'inbound',
        number: '08123456789',
        name: 'Budi Santoso',
        line: '02155500',
        outcome: 'answered',
        talkSeconds: 83,
        ringSeconds: 8,
        agent: '201',
        startedAt: '2026-11-22T03:00:00.000Z',
        queue: null,
      },
    ],
    [
      'not taken',
      [{ ...unanswered, duration: '20' }],
      { outcome: 'missed', talkSeconds: null, ringSeconds: 20, agent: null },
    ],
    ['busy', [{ ...unanswered, disposition: 'BUSY' }], { outcome: 'busy' }],
    ['congested', [{ ...unanswered, disposition: 'CONGESTION' }], { outcome: 'failed' }],
    [
      'voicemail',
      [{ dstchannel: '', lastapp: 'VoiceMail', lastdata: '201@default,u' }],
      { outcome: 'voicemail', talkSeconds: null, agent: null },
    ],
    [
      'a queue that rang at two desks',
      [
        { ...unanswered, lastapp: 'Queue', lastdata: '800,t,,,60', dst: '800' },
        {
          lastapp: 'Queue',
          lastdata: '800,t,,,60',
          dst: '800',
          dstchannel: 'PJSIP/202-0000001c',
          answer: '2026-11-22 10:00:30',
          billsec: '61',
        },
      ],
      { outcome: 'answered', queue: '800', agent: '202', ringSeconds: 30, talkSeconds: 61, line: '800' },
    ],
    [
      'a queue that nobody came from',
      [{ dstchannel: '', lastapp: 'Queue', lastdata: '800,t', duration: '45', billsec: '45' }],
      { outcome: 'abandoned', queue: '800', talkSeconds: null },
    ],
    [
      'a queue that did not pick up',
      [{ ...unanswered, lastapp: 'Queue', lastdata: '800' }],
      { outcome: 'abandoned' },
    ],
    [
      'gone in the menu',
      [{ dstchannel: '', lastapp: 'BackGround', dst: 's', dcontext: 'ivr-1' }],
      { outcome: 'abandoned', line: null },
    ],
    [
      'passed on',
      [
        { billsec: '10' },
        {
          dstchannel: 'PJSIP/203-0000001d',
          start: '2026-11-22 10:00:18',
          answer: '2026-11-22 10:00:20',
          billsec: '30',
        },
      ],
      { outcome: 'answered', agent: '203', talkSeconds: 40, ringSeconds: 8 },
    ],
    ['withheld', [{ src: '', clid: '"Anonymous" <anonymous>' }], { number: null, name: null }],
    ['the number for a name', [{ clid: '"08123456789" <08123456789>' }], { name: null }],
    ['a name without quotes', [{ clid: 'Budi <08123456789>' }], { name: 'Budi' }],
    [
      'made by us',
      [
        {
          src: '201',
          dst: '08123456789',
          dcontext: 'from-internal',
          channel: 'PJSIP/201-00000020',
          dstchannel: 'PJSIP/telkom-00000021',
          clid: '"Sari" <201>',
        },
      ],
      { direction: 'outbound', number: '08123456789', agent: '201', line: null, outcome: 'answered' },
    ],
    [
      'made by us, the line shown as FreePBX does',
      [{ src: '02155500', dst: '08123456789', dcontext: 'from-internal', channel: 'SIP/201-00000020' }],
      { direction: 'outbound', number: '08123456789', line: '02155500', agent: '201' },
    ],
    [
      'made by us, not picked up',
      [{ ...unanswered, src: '201', dst: '08123456789', channel: 'SIP/201-00000020' }],
      { direction: 'outbound', outcome: 'missed' },
    ],
    [
      'between two of us',
      [{ src: '201', dst: '202', dcontext: 'from-internal', channel: 'PJSIP/201-00000020' }],
      null,
    ],
    [
      'a feature code',
      [{ src: '201', dst: '*97', dcontext: 'from-internal', channel: 'PJSIP/201-00000020' }],
      null,
    ],
    ['a recording on the web', [{}], { recording: null }],
  ])('%s', (_what, legs, expected) => {
    const made = call(...legs);
    if (expected === null) expect(made).toBeNull();
    else expect(made).toMatchObject({ callId: '1795332600.42', ...expected });
  });

  it('know a recording that the user field names', () => {
    const leg = read(line({}, ['1795332600.42', 'https://pbx.example/r/1.wav']));
    expect(callOfLegs('1', [leg])?.recording).toEqual({ kind: 'url', url: 'https://pbx.example/r/1.wav' });
    expect(
      callOfLegs('1', [read(line({}, ['1795332600.42', '/var/spool/asterisk/1.wav']))])?.recording,
    ).toBeNull();
  });
});
