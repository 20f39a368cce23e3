import { describe, expect, it } from '@jest/globals';
import { madeOf } from './compare-handle.js';
import { readName } from './read-name.js';

describe('madeOf', () => {
  it.each<[string, string, number, number]>([
    ['budisantoso', 'Budi Santoso', 2, 0],
    ['santosobudi', 'Budi Santoso', 2, 0],
    ['bsantoso', 'Budi Santoso', 1, 1],
    ['budis', 'Budi Santoso', 1, 1],
    ['santosob', 'Budi Santoso', 1, 1],
    ['budi', 'Budi Santoso', 1, 0],
    ['budirawan', 'Budi Irawan', 2, 0],
    ['budiirawan', 'Budi Irawan', 2, 0],
    ['dimasaryo', 'Dimas Aryo Bimantoro', 2, 0],
    ['mochamadrizki', 'Mochamad Rizky', 2, 0],
    ['soekarnohatta', 'Sukarno Hatta', 2, 0],
    ['jyusuf', 'Joko Jusuf', 1, 1],
  ])('%s of %s', (handle, name, full, initials) => {
    expect(madeOf(handle, readName(name).tokens)).toMatchObject({ full, initials });
  });

  it.each([
    ['budi', 'Dodi Santoso'],
    ['bs', 'Budi Santoso'],
    ['budisantosa', 'Budi Santoso'],
    ['budisantosox', 'Budi Santoso'],
    ['xbudi', 'Budi Santoso'],
    ['yusuf', 'Ahmad bin Yusuf'],
    ['', 'Budi'],
    ['budi', ''],
  ])('%s not of %s', (handle, name) => {
    expect(madeOf(handle, readName(name).tokens)).toBeNull();
  });
});
