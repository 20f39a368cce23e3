import { describe, expect, it } from '@jest/globals';
import { blanksIn, findTrigger, mentionParts, mentionsIn } from './triggers.js';

describe('what is typed', () => {
  it.each([
    ['/', { sign: '/', query: '', length: 1 }],
    ['Halo /Ong', { sign: '/', query: 'ong', length: 4 }],
    ['Tolong @ra', { sign: '@', query: 'ra', length: 3 }],
    ['(@', { sign: '@', query: '', length: 1 }],
    ['1/2', null],
    ['https://x', null],
    ['a@b', null],
    ['/ongkir ', null],
  ])('%p', (before, found) => {
    expect(findTrigger(before, ['/', '@'])).toEqual(found);
  });

  it('asks only for what there is here', () => {
    expect(findTrigger('@ra', ['/'])).toBeNull();
  });
});

describe('mentions', () => {
  const people = [
    { id: '1', name: 'Ayu' },
    { id: '2', name: 'Ayu Pratiwi' },
  ];
  it('mean the longer name, whole names, and each person once', () => {
    expect(mentionsIn('@Ayu Pratiwi dan @Ayu, @Ayu', people)).toEqual(['2', '1']);
    expect(mentionsIn('@Ayunda', people)).toEqual([]);
    expect(mentionsIn('Ayu', people)).toEqual([]);
  });

  it('split a text without losing any of it', () => {
    const text = 'Halo @Ayu Pratiwi, cek @Budi';
    const parts = mentionParts(text, people);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter((part) => part.id)).toEqual([{ text: '@Ayu Pratiwi', id: '2' }]);
  });
});

it('blanks are found where they stand', () => {
  expect(blanksIn('Halo {{ customer.name }}, {x}')).toEqual([{ name: 'customer.name', at: 5, length: 19 }]);
});
