import { describe, expect, it } from '@jest/globals';
import { whoseMessage, type KnownAddress, type SenderFacts } from './whose-message.js';

const known = (over: Partial<KnownAddress>): KnownAddress => ({
  role: 'sender',
  id: 'identity',
  customerId: 'K',
  kind: 'email',
  value: 'rani@shop.example',
  proof: 'claimed',
  resolves: true,
  source: 'email',
  name: null,
  profileName: null,
  nothingElse: false,
  ...over,
});
const mail: SenderFacts = {
  kind: 'email',
  value: 'rani@shop.example',
  proof: 'claimed',
  name: null,
  trustCallerId: true,
};
const caller: SenderFacts = {
  kind: 'phone',
  value: '+62812',
  proof: 'claimed',
  name: null,
  trustCallerId: true,
};
const chat: SenderFacts = {
  kind: 'whatsapp',
  value: '+62812',
  proof: 'verified',
  name: 'Budi',
  trustCallerId: true,
};

describe('whoseMessage', () => {
  it.each<[string, SenderFacts, KnownAddress[], string]>([
    ['a newcomer is new', mail, [], 'new'],
    [
      'an address decides, whatever name stands beside it',
      { ...mail, name: 'Toko Rani' },
      [known({ name: 'Rani K' })],
      'K',
    ],
    [
      'a withheld number is nobody’s',
      { ...caller, value: 'anonymous' },
      [known({ kind: 'phone' })],
      'new, beside',
    ],
    ['nor is a mail without a sender', { ...mail, value: 'unknown@invalid' }, [known({})], 'new, beside'],
    ['a disowned sender gets a profile of his own', { ...mail, proof: 'failed' }, [known({})], 'new, beside'],
    [
      'and keeps it',
      { ...mail, proof: 'failed' },
      [known({}), known({ customerId: 'S', resolves: false, source: 'spoofed' })],
      'S',
    ],
    [
      'an honest sender is not put with him',
      mail,
      [known({ customerId: 'S', resolves: false, source: 'spoofed' })],
      'new',
    ],
    [
      'a caller finds who has proven the number on WhatsApp',
      caller,
      [known({ role: 'twin', kind: 'whatsapp', proof: 'verified' })],
      'K +',
    ],
    [
      'not when the channel does not trust caller ids',
      { ...caller, trustCallerId: false },
      [known({ role: 'twin', kind: 'whatsapp', proof: 'verified' })],
      'new',
    ],
    ['not when that number was only claimed', caller, [known({ role: 'twin', kind: 'whatsapp' })], 'new'],
    [
      'not when he gives another name',
      { ...caller, name: 'Siti Aminah' },
      [known({ role: 'twin', kind: 'whatsapp', proof: 'verified', name: 'Joko Prasetyo' })],
      'new',
    ],
    [
      'by the name of his profile, whatever he calls himself in chats',
      { ...caller, name: 'Pak Hartono' },
      [
        known({
          role: 'twin',
          kind: 'whatsapp',
          proof: 'verified',
          name: 'Tono Batik',
          profileName: 'Hartono Wijaya',
        }),
      ],
      'K +',
    ],
    [
      'who writes on WhatsApp is who called from that number, when nothing else is known of the caller',
      chat,
      [known({ role: 'twin', kind: 'phone', nothingElse: true })],
      'K +',
    ],
    [
      'but a number that somebody only gave as his opens no history',
      chat,
      [known({ role: 'twin', kind: 'phone', nothingElse: false })],
      'new',
    ],
    [
      'a second person on one line is kept apart',
      { ...caller, name: 'Siti Aminah' },
      [known({ kind: 'phone', name: 'Joko Prasetyo' })],
      'new, beside',
    ],
    [
      'and found again',
      { ...caller, name: 'Ibu Siti' },
      [
        known({ kind: 'phone', name: 'Joko Prasetyo' }),
        known({
          kind: 'phone',
          customerId: 'S',
          name: 'Siti Aminah',
          resolves: false,
          source: 'shared_line',
        }),
      ],
      'S',
    ],
    [
      'two callers whose names share nothing are two, also when nobody knows such names',
      { ...caller, name: 'Karyono' },
      [known({ kind: 'phone', name: 'Sulastri' })],
      'new, beside',
    ],
    [
      'a caller called short is who gave the whole name before',
      { ...caller, name: 'Bu Lastri' },
      [known({ kind: 'phone', name: 'Sulastri' })],
      'K',
    ],
    [
      'a caller without a name is the line’s first owner',
      caller,
      [known({ kind: 'phone', name: 'Joko Prasetyo' })],
      'K',
    ],
    [
      'what the channel vouches for leads to its owner',
      { ...mail, kind: 'visitor' },
      [known({ role: 'also', proof: 'verified' })],
      'K +',
    ],
    [
      'the sender’s own address goes before what he has besides',
      { ...chat, kind: 'lid' },
      [known({ kind: 'lid', customerId: 'L' }), known({ role: 'also', kind: 'whatsapp', proof: 'verified' })],
      'L',
    ],
  ])('%s', (_, sender, addresses, expected) => {
    const whose = whoseMessage(sender, addresses);
    const said =
      whose.is === 'known'
        ? whose.address.customerId
        : whose.is === 'attached'
          ? `${whose.customerId} +`
          : whose.shares
            ? 'new, beside'
            : 'new';
    expect(said).toBe(expected);
  });
});
