import { describe, expect, it } from '@jest/globals';
import { legible } from './legible.js';

describe('legible', () => {
  it('takes NUL and lone surrogates out of every text, however deep, and leaves the rest alone', () => {
    const value = { text: 'a\u0000b', list: [{ name: 'x\ud800y' }], size: 3, none: null, emoji: '👋🏽' };
    expect(legible(value)).toEqual({
      text: 'ab',
      list: [{ name: 'x\ufffdy' }],
      size: 3,
      none: null,
      emoji: '👋🏽',
    });
  });

  it('copies nothing that is legible', () => {
    const value = { text: 'ab', list: [{ name: 'x' }] };
    expect(legible(value)).toBe(value);
    const broken = { text: 'a\u0000', list: value.list };
    const whole = legible(broken);
    expect([whole.list, broken.text]).toEqual([value.list, 'a\u0000']);
    expect(whole.list).toBe(value.list);
  });
});
