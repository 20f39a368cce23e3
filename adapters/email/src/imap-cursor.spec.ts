import { describe, expect, it } from '@jest/globals';
import { alignCursor, counts, type ImapCursor } from './imap-cursor.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const mailbox = { uidValidity: '7', uidNext: 101 };
const started: ImapCursor = {
  uidValidity: '7',
  uid: 100,
  since: '2026-03-01T11:55:00.000Z',
  checkDatesBelow: 0,
};
const whole: ImapCursor = { uidValidity: '7', uid: 40, since: null, checkDatesBelow: 0 };

describe('alignCursor', () => {
  it.each<[string, ImapCursor | null, Partial<typeof mailbox>, boolean, ImapCursor]>([
    ['first connect: from now on', null, {}, false, started],
    ['first connect to an empty mailbox', null, { uidNext: 1 }, false, { ...started, uid: 0 }],
    ['first connect with import: from the beginning', null, {}, true, { ...whole, uid: 0 }],
    ['later: where it was', started, { uidNext: 500 }, false, started],
    ['later with import: where it was', whole, {}, true, whole],
    ['import switched on later: from the beginning', started, {}, true, { ...whole, uid: 0 }],
    ['import switched off later: where it was', whole, {}, false, whole],
    [
      'new UIDVALIDITY: everything again, but the archive by its dates',
      started,
      { uidValidity: '8', uidNext: 60 },
      false,
      { ...started, uidValidity: '8', uid: 0, checkDatesBelow: 60 },
    ],
    [
      'new UIDVALIDITY with import: everything again',
      whole,
      { uidValidity: '8' },
      true,
      { ...whole, uidValidity: '8', uid: 0 },
    ],
    [
      'new UIDVALIDITY after an import: everything again',
      whole,
      { uidValidity: '8' },
      false,
      { ...whole, uidValidity: '8', uid: 0 },
    ],
  ])('%s', (_what, stored, patch, importExisting, expected) => {
    expect(alignCursor(stored, { ...mailbox, ...patch }, { importExisting, now })).toEqual(expected);
  });
});

describe('counts', () => {
  const resync = { ...started, uid: 0, checkDatesBelow: 60 };
  it.each([
    ['archive, before the channel', resync, 10, '2026-02-01T00:00:00Z', false],
    ['came while the channel ran', resync, 50, '2026-03-02T00:00:00Z', true],
    ['an old mail that a colleague moved in now', resync, 61, '2019-01-01T00:00:00Z', true],
    ['no date known', resync, 10, null, true],
    ['an old date in normal times', started, 101, '2019-01-01T00:00:00Z', true],
    ['import takes all', whole, 41, '2019-01-01T00:00:00Z', true],
  ])('%s', (_what, cursor, uid, date, expected) => {
    expect(counts(cursor, { uid, receivedAt: date === null ? null : new Date(date) })).toBe(expected);
  });
});
