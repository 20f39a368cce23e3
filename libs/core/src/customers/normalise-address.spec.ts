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
    ['email', 'undisclosed', 'undisclosed'],
    ['phone', '0812-8841-2207', '+6281288412207'],
    ['phone', '+62 812 8841 2207', '+6281288412207'],
    ['phone', '62081288412207', '+6281288412207'],
    ['phone', '+62 0812 8841 2207', '+6281288412207'],
    ['phone', '(021) 5099-1120', '+622150991120'],
    ['phone', '+1 415 555 2671', '+14155552671'],
    ['phone', 'anonymous', 'anonymous'],
    ['whatsapp', '6281288412207@c.us', '+6281288412207'],
    ['whatsapp', '6281288412207:12@s.whatsapp.net', '+6281288412207'],
    ['whatsapp', '081288412207', '+6281288412207'],
    ['lid', '12345@lid', '12345@lid'],
  ])('%s %s → %s', (kind, written, value) => {
    expect(normaliseAddress(kind, written).value).toBe(value);
  });

  it('reads numbers without a country code in the region of the channel', () => {
    expect(normaliseAddress('phone', '020 7946 0018', 'GB').value).toBe('+442079460018');
  });

  it('keeps what was written', () => {
    expect(normaliseAddress('phone', ' 0812-8841-2207 ').verbatim).toBe('0812-8841-2207');
  });
});
