import { describe, expect, it } from '@jest/globals';
import { callRecordSchema, mergeCalls, phoneConfigSchema, type CallRecordInput } from './calls.js';

const call = (fields: Partial<CallRecordInput> = {}) =>
  callRecordSchema.parse({
    callId: 'c1',
    direction: 'inbound',
    number: '0812',
    startedAt: '2026-11-22T03:00:00Z',
    outcome: 'missed',
    ...fields,
  });

describe('two reports of one call', () => {
  it.each<[string, Partial<CallRecordInput>, Partial<CallRecordInput>, object]>([
    [
      'a recording that comes later',
      {},
      { recording: { kind: 'url', url: 'https://a.b/c' } },
      { outcome: 'missed', recording: { kind: 'url' } },
    ],
    [
      'another telephone that nobody took',
      { outcome: 'answered', agent: '201', talkSeconds: 9 },
      { outcome: 'missed', agent: '202', talkSeconds: 0, ringSeconds: 30 },
      { outcome: 'answered', agent: '201', talkSeconds: 9, ringSeconds: 30 },
    ],
    [
      'somebody took it after all',
      { outcome: 'missed' },
      { outcome: 'answered', agent: '202' },
      { outcome: 'answered', agent: '202' },
    ],
    ['the number was withheld at first', { number: null }, { number: '0813' }, { number: '0813' }],
    ['another number does not change the caller', {}, { number: '0899' }, { number: '0812' }],
    [
      'the earlier beginning',
      {},
      { startedAt: '2026-11-22T09:59:58+07:00' },
      { startedAt: '2026-11-22T09:59:58+07:00' },
    ],
    ['the later duration', { talkSeconds: 4 }, { talkSeconds: 7 }, { talkSeconds: 7 }],
  ])('%s', (_what, known, told, expected) => {
    const merged = mergeCalls(call(known), call(told));
    expect(merged).toMatchObject(expected);
    expect(mergeCalls(merged, call(told))).toEqual(merged);
    expect(callRecordSchema.parse(merged)).toEqual(merged);
  });
});

describe('settings of a telephone line', () => {
  it('have defaults', () => {
    expect(phoneConfigSchema.parse({})).toEqual({ language: 'id' });
    expect(
      phoneConfigSchema.parse({ masterCsv: { path: '/var/log/asterisk/cdr-csv/Master.csv' } }).masterCsv,
    ).toEqual({
      path: '/var/log/asterisk/cdr-csv/Master.csv',
      timeZone: 'Asia/Jakarta',
      importExisting: false,
    });
  });

  it.each([
    [{ masterCsv: { path: 'Master.csv' } }],
    [{ masterCsv: { path: '/etc/shadow' } }],
    [{ masterCsv: { path: '/a/b.csv', timeZone: 'Mars/Olympus' } }],
    [{ webhook: { format: 'cisco' } }],
    [{ webhook: { format: 'twilio', password: 'x' } }],
    [{ language: 'jv' }],
  ])('refuse %j', (config) => {
    expect(phoneConfigSchema.safeParse(config).success).toBe(false);
  });
});
