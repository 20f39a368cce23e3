import { describe, expect, it } from '@jest/globals';
import { webAddress } from './web-address.js';

describe('webAddress', () => {
  it.each([
    ['https://toko.example/', 'toko.example'],
    ['https://toko.example/mug?warna=biru#foto', 'toko.example/mug?warna=biru#foto'],
    ['http://localhost:3000/x', 'localhost:3000/x'],
    [' https://toko.example/a ', 'toko.example/a'],
    ['https://bank.example@jahat.example/masuk', 'jahat.example/masuk'],
    ['https://tokо.example/', 'xn--tok-ued.example'],
    ['https://toko.example/"><script>x</script>', 'toko.example/%22%3E%3Cscript%3Ex%3C/script%3E'],
  ])('%s shows where it leads', (text, shown) => {
    expect(webAddress(text)?.shown).toBe(shown);
    expect(webAddress(text)?.href).toMatch(/^https?:\/\/[^@]*$/);
  });

  it.each([
    'javascript:alert(1)//https://toko.example',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://toko.example/1',
    '//toko.example',
    'toko.example',
    'https://',
    '',
  ])('%j is no address to follow', (text) => {
    expect(webAddress(text)).toBeNull();
  });
});
