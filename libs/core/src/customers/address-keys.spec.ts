import { describe, expect, it } from '@jest/globals';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { lineKeyOf, matchKeyOf } from './address-keys.js';
import { normaliseAddress } from './normalise-address.js';

describe('matchKeyOf', () => {
  it.each<[IdentityKind, string, string]>([
    ['email', 'Budi@Toko.co.id', 'mail:budi@toko.co.id'],
    ['email', 'budi+promo@toko.co.id', 'mail:budi@toko.co.id'],
    ['email', 'budi.santoso@toko.co.id', 'mail:budi.santoso@toko.co.id'],
    ['email', 'b.u.d.i+x@gmail.com', 'mail:budi@gmail.com'],
    ['email', 'Budi.Santoso@googlemail.com', 'mail:budisantoso@gmail.com'],
    ['email', 'budi-belanja@yahoo.co.id', 'mail:budi@yahoo.co.id'],
    ['email', 'budi-belanja@ymail.com', 'mail:budi@ymail.com'],
    ['email', 'budi-santoso@toko.co.id', 'mail:budi-santoso@toko.co.id'],
    ['email', 'budi.santoso@yahoo.com', 'mail:budi.santoso@yahoo.com'],
    ['email', 'b-u.d_i@protonmail.com', 'mail:budi@proton.me'],
    ['email', 'budi@me.com', 'mail:budi@icloud.com'],
    ['email', 'info@bücher.example', 'mail:info@xn--bcher-kva.example'],
    ['email', '+x@gmail.com', 'mail:+x@gmail.com'],
    ['email', '"budi+x"@toko.co.id', 'mail:"budi+x"@toko.co.id'],
    ['email', 'undisclosed', 'mail:undisclosed'],
    ['phone', '0812-8841-2207', 'line:+6281288412207'],
    ['whatsapp', '6281288412207@c.us', 'line:+6281288412207'],
    ['phone', 'anonymous', 'phone:anonymous'],
    ['whatsapp', '123456789@lid', 'whatsapp:123456789@lid'],
    ['lid', '123456789@lid', 'lid:123456789@lid'],
    ['external', 'crm-7', 'external:crm-7'],
  ])('%s %s → %s', (kind, written, key) => {
    expect(matchKeyOf(kind, normaliseAddress(kind, written).value)).toBe(key);
  });

  it.each([
    ['yahoo.com', 'yahoo.co.id'],
    ['gmail.com', 'gmail.co.id'],
    ['toko.co.id', 'toko.id'],
  ])('keeps mailboxes of %s and %s apart', (one, other) => {
    expect(matchKeyOf('email', `budi@${one}`)).not.toBe(matchKeyOf('email', `budi@${other}`));
  });
});

describe('lineKeyOf', () => {
  it('is one for a caller and a chat on the same number, and null without one', () => {
    expect(lineKeyOf('phone', '+6281288412207')).toBe(lineKeyOf('whatsapp', '+6281288412207'));
    expect(lineKeyOf('email', '+6281288412207')).toBeNull();
    expect(lineKeyOf('phone', '110')).toBeNull();
  });
});
