import { describe, expect, it } from '@jest/globals';
import { readDuration } from './duration.js';

describe('durations', () => {
  it.each<[string, number | null]>([
    ['83', 83],
    [' 83 ', 83],
    ['83.0', 83],
    ['83,5', 83],
    ['0', 0],
    ['00:01:23', 83],
    ['1:02:03', 3723],
    ['1:23', 83],
    ['01:23', 83],
    ['90:00', 5400],
    ['00.01.23', 83],
    ['00:00:05.1234567', 5],
    ['1m23s', 83],
    ['1m 23s', 83],
    ['1h2m3s', 3723],
    ['1 menit 23 detik', 83],
    ['2 jam 5 mnt', 7500],
    ['45 dtk', 45],
    ['1 min. 5 sec.', 65],
    ['1 hour, 1 minute', 3660],
    ['1\'23"', 83],
    ['23s', 23],
    ['', null],
    ['-5', null],
    ['1:90:00', null],
    ['1:75', null],
    ['lama', null],
    ['1m1m', null],
    ['5s 1m', null],
    ['3 hari', null],
    ['99999999', null],
    ['604801', null],
    ['1e5', null],
    ['12/05', null],
  ])('%j: %j', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });
});
