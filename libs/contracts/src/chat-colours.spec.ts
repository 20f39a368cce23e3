import { describe, expect, it } from '@jest/globals';
import { chatColours, contrast, inkOn, readableOn } from './chat-colours.js';

const colours = [
  '#000000',
  '#ffffff',
  '#0b6374',
  '#ffd54a',
  '#767676',
  '#ff0000',
  '#00ff00',
  '#0000ff',
  '#7f7f7f',
];

describe('colours of a channel', () => {
  it('knows the ends of the scale', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#123456', '#123456')).toBe(1);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it.each(colours)('words on %s and words in it can be read, on light and dark', (colour) => {
    expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['#ffffff', '#191c1e']) {
      expect(contrast(readableOn(colour, ground), ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('leaves a colour alone that can be read', () => {
    expect(readableOn('#0b6374', '#ffffff')).toBe('#0b6374');
  });

  it('gives a fill that stands out from the chat itself', () => {
    expect(chatColours('#ffffff', 'light').accent).not.toBe('#ffffff');
    expect(chatColours('#0b6374', 'light')).toMatchObject({ accent: '#0b6374', onAccent: '#ffffff' });
  });
});
