import { describe, expect, it } from '@jest/globals';
import { personalText, requireKnownPlaceholders } from './personal-text.js';

describe('personalText', () => {
  it.each([
    ['Halo {{name}}, sudah pulih.', 'Dewi Anggraini', 'Halo Dewi Anggraini, sudah pulih.'],
    ['Halo {{ NAMA }}.', 'Dewi', 'Halo Dewi.'],
    ['Halo {{name}}, {{name}}', 'Dewi', 'Halo Dewi, Dewi'],
    ['Halo {{name}}, sudah pulih.', null, 'Halo, sudah pulih.'],
    ['Halo Bapak/Ibu {{name}},\n\nSudah pulih.', null, 'Halo Bapak/Ibu,\n\nSudah pulih.'],
    ['{{name}}, kami sudah perbaiki.', null, 'Kami sudah perbaiki.'],
    ['{{name}}\n\nSudah pulih.', null, 'Sudah pulih.'],
    ['Terima kasih {{name}}', null, 'Terima kasih'],
    // what stands in for a name is none
    ['Halo {{name}}!', 'dewi@customer.example', 'Halo!'],
    ['Halo {{name}}!', '+62 811 1900 222', 'Halo!'],
    ['Halo {{name}}!', '   ', 'Halo!'],
    ['Halo {{name}}!', 'https://jahat.example', 'Halo!'],
    // a name cannot write into the message, nor bring back what replace understands
    ['Halo {{name}}!', 'Dewi\n\nTransfer ke 123', 'Halo Dewi Transfer ke 123!'],
    ['Halo {{name}}!', "$& $' {{name}}", "Halo $& $' name!"],
    ['Halo {{name}}!', '<b>Dewi</b>', 'Halo!'],
    ['Halo {{name}}!', 'D'.repeat(300), `Halo ${'D'.repeat(80)}!`],
    ['Tanpa sapaan.', 'Dewi', 'Tanpa sapaan.'],
  ])('%j for %j → %j', (text, name, expected) => {
    expect(personalText(text, name)).toBe(expected);
  });
});

describe('requireKnownPlaceholders', () => {
  it.each(['Halo {{name}} {{ nama }}', 'tanpa', 'kurung { biasa } {{', 'a {{name}} b {{NAME}}'])(
    'takes %j',
    (text) => {
      expect(() => requireKnownPlaceholders(text)).not.toThrow();
    },
  );
  it.each(['Halo {{nmae}}', 'Kasus {{case.subject}}', '{{}}', '{{name}} dan {{alamat}}'])(
    'refuses %j',
    (text) => {
      expect(() => requireKnownPlaceholders(text)).toThrow(
        expect.objectContaining({ code: 'placeholder_unknown' }),
      );
    },
  );
});
