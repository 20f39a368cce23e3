import { beforeAll, describe, expect, it } from '@jest/globals';
import { createFormat } from './format.js';
import { loadPhoneNumbers } from './phone-numbers.js';

beforeAll(loadPhoneNumbers);

const id = createFormat('id', 'Asia/Jakarta');
const en = createFormat('en', 'Asia/Jakarta');
const now = new Date('2026-11-21T10:00:00Z');

describe('times', () => {
  it('follow the language and the agent’s time zone', () => {
    expect(id.time('2026-11-21T02:41:00Z')).toBe('09.41');
    expect(en.time('2026-11-21T02:41:00Z')).toBe('09:41');
    expect(createFormat('id', 'Asia/Jayapura').time('2026-11-21T02:41:00Z')).toBe('11.41');
    expect(createFormat('id', 'Mars/Olympus').time('2026-11-21T02:41:00Z')).toBe('09.41');
    expect(id.time('2026-11-20T17:05:00Z')).toBe('00.05');
  });

  it.each([
    ['2026-11-20T17:00:00Z', '00.00', '00:00'],
    ['2026-11-20T16:59:00Z', 'Jum', 'Fri'],
    ['2026-11-15T10:00:00Z', 'Min', 'Sun'],
    ['2026-11-14T10:00:00Z', '14 Nov', '14 Nov'],
    ['2025-11-14T10:00:00Z', '14 Nov 2025', '14 Nov 2025'],
  ])('beside a row, %s is short', (at, indonesian, english) => {
    expect(id.short(at, now)).toBe(indonesian);
    expect(en.short(at, now)).toBe(english);
  });

  it('name days by the calendar of the agent, not by spans of 24 hours', () => {
    const words = { today: 'T', yesterday: 'Y' };
    expect(id.day('2026-11-20T17:00:00Z', words, now)).toBe('T');
    expect(id.day('2026-11-20T16:00:00Z', words, now)).toBe('Y');
    expect(id.day('2026-11-18T16:00:00Z', words, now)).toBe('Rabu, 18 November');
  });

  it.each([
    [30_000, '<1 mnt', '<1 min'],
    [59 * 60_000, '59 mnt', '59 min'],
    [47 * 3_600_000, '47 jam', '47 h'],
    [49 * 3_600_000, '2 hari', '2 days'],
  ])('%d ms is a span in its largest unit', (ms, indonesian, english) => {
    expect(id.span(ms)).toBe(indonesian);
    expect(en.span(ms)).toBe(english);
  });
});

describe('figures', () => {
  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [84_123, '84 KB', '84 KB'],
    [1_550_000, '1,6 MB', '1.6 MB'],
    [2_000_000_000, '2 GB', '2 GB'],
  ])('%d bytes', (bytes, indonesian, english) => {
    expect(id.size(bytes)).toBe(indonesian);
    expect(en.size(bytes)).toBe(english);
  });

  it('shows home numbers as people write them and leaves other texts alone', () => {
    expect(id.phone('+6281288412207')).toBe('0812-8841-2207');
    expect(id.phone('+442079460958')).toBe('+44 20 7946 0958');
    expect(id.phone('dewi@example.com')).toBe('dewi@example.com');
    expect(id.phone('62812')).toBe('62812');
    // a browser that chats
    expect(id.phone('01890a5d-ac96-774b-bcce-b302099a8057')).toBe('Pengunjung 8057');
    expect(en.phone('01890a5d-ac96-774b-bcce-b302099abcde')).toBe('Visitor BCDE');
    // as chats write them; an order number is none
    expect(id.phone('6281288412207')).toBe('0812-8841-2207');
    expect(id.phone('99999999999999')).toBe('99999999999999');
  });
});
