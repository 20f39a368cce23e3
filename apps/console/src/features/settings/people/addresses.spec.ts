import { describe, expect, it } from '@jest/globals';
import { addressesIn } from './addresses.js';

describe('addressesIn', () => {
  it.each([
    ['', [], []],
    ['ani@toko.example', ['ani@toko.example'], []],
    ['ani@toko.example\nbudi@toko.example\n\n', ['ani@toko.example', 'budi@toko.example'], []],
    ['ani@toko.example, budi@toko.example;cici@toko.example', ['ani', 'budi', 'cici'], []],
    ['ani@toko.example budi@toko.example', ['ani', 'budi'], []],
    ['Ani Lestari <ani@toko.example>, "Budi S." <budi@toko.example>', ['ani', 'budi'], []],
    ['Ani@Toko.Example\nani@toko.example', ['ani'], []],
    ['ani@toko\nbudi', [], ['ani@toko', 'budi']],
    ['ani@toko.example, budi@', ['ani'], ['budi@']],
  ])('%j', (text, emails, wrong) => {
    const whole = emails.map((name) => (name.includes('@') ? name : `${name}@toko.example`));
    expect(addressesIn(text)).toEqual({ emails: whole, wrong });
  });
});
