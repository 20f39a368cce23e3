import { describe, expect, it } from '@jest/globals';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { normaliseAddress } from './normalise-address.js';

describe('normaliseAddress', () => {
  it.each<[IdentityKind, string, string]>([
    ['email', 'Dewi.Anggraini@Gmail.COM', 'dewi.anggraini@gmail.com'],
    ['email', ' <budi@toko.co.id> ', 'budi@toko.co.id'],
    ['email', 'mailto:budi@toko.co.id', 'budi@toko.co.id'],
    ['email', 'budi+pesanan@toko.co.id', 'budi+pesanan@toko.co.id'],
    ['email', 'info@bücher.example', 'info@xn--bcher-kva.example'],
    ['email', 'info@BÜCHER.example.', 'info@xn--bcher-kva.example'],
    ['email', 'info@xn--BCHER-kva.example', 'info@xn--bcher-kva.example'],
    ['email', 'BÜDI@toko.co.id', 'büdi@toko.co.id'],
    ['email', 'Budi Santoso <Budi@Toko.co.id>', 'budi@toko.co.id'],
    ['email', '"x@y.example" <budi@toko.co.id>', 'budi@toko.co.id'],
    ['email', 'budi@toko.co.id;', 'budi@toko.co.id'],
    ['email', 'budi\u200b@toko.co.id', 'budi@toko.co.id'],
    ['email', '"budi santoso"@toko.co.id', '"budi santoso"@toko.co.id'],
    ['email', 'budi@[127.0.0.1]', 'budi@[127.0.0.1]'],
    ['email', 'undisclosed', 'undisclosed'],
    ['phone', '0812-8841-2207', '+6281288412207'],
    ['phone', '+62 812 8841 2207', '+6281288412207'],
    ['phone', '62081288412207', '+6281288412207'],
    ['phone', '+62 0812 8841 2207', '+6281288412207'],
    ['phone', '(021) 5099-1120', '+622150991120'],
    ['phone', '+1 415 555 2671', '+14155552671'],
    ['phone', '0062 812 8841 2207', '+6281288412207'],
    ['phone', '00 1 415 555 2671', '+14155552671'],
    ['phone', '008 1 415 555 2671', '+14155552671'],
    ['phone', '6281288412207', '+6281288412207'],
    ['phone', '\u202a+62 812‑8841‑2207\u202c', '+6281288412207'],
    ['phone', 'tel:+62-812-8841-2207', '+6281288412207'],
    ['phone', '+62 (0) 812 8841 2207', '+6281288412207'],
    ['phone', '0812-8841-2207 / 0813-8841-2207', '+6281288412207'],
    ['phone', '０８１２８８４１２２０７', '+6281288412207'],
    ['phone', 'anonymous', 'anonymous'],
    ['whatsapp', '6281288412207@c.us', '+6281288412207'],
    ['whatsapp', '6281288412207:12@s.whatsapp.net', '+6281288412207'],
    ['whatsapp', '081288412207', '+6281288412207'],
    ['whatsapp', 'whatsapp:+6281288412207', '+6281288412207'],
    ['whatsapp', '120363040@g.us', '120363040@g.us'],
    ['whatsapp', '81288412207@lid', '81288412207@lid'],
    ['lid', '12345@lid', '12345@lid'],
  ])('%s %s → %s', (kind, written, value) => {
    expect(normaliseAddress(kind, written).value).toBe(value);
  });

  it('reads numbers without a country code in the region of the channel', () => {
    expect(normaliseAddress('phone', '020 7946 0018', 'GB').value).toBe('+442079460018');
  });

  it('keeps what was written', () => {
    expect(normaliseAddress('phone', ' 0812-8841-2207 ').verbatim).toBe('0812-8841-2207');
    expect(normaliseAddress('email', 'Budi+Promo@BÜCHER.example').verbatim).toBe('Budi+Promo@BÜCHER.example');
  });

  it('answers what it answered before when it is asked again with its answer', () => {
    for (const [kind, written] of [
      ['email', 'Budi <Budi@BÜCHER.example>'],
      ['phone', '0812-8841-2207'],
      ['whatsapp', '6281288412207:3@s.whatsapp.net'],
      ['phone', '12'],
    ] as const) {
      const { value } = normaliseAddress(kind, written);
      expect(normaliseAddress(kind, value).value).toBe(value);
    }
  });
});
