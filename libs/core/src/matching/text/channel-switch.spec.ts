import { describe, expect, it } from '@jest/globals';
import { switchesIn } from './channel-switch.js';
import { wordsOf } from './reading.js';
import { cleanText } from './tokenise.js';

const kinds = (text: string): string =>
  switchesIn(wordsOf(cleanText(text)))
    .map((one) => one.channelKind)
    .join(' ');

describe('switchesIn', () => {
  it.each([
    ['tadi saya email', 'email'],
    ['tadi saya email soal refund', 'email'],
    ['sudah wa kemarin', 'whatsapp'],
    ['udah wa kmrn kak', 'whatsapp'],
    ['barusan saya telpon', 'phone'],
    ['lanjutan chat tadi', 'webchat'],
    ['sesuai email saya', 'email'],
    ['email saya kemarin belum dibalas', 'email'],
    ['wa saya ga dibales2', 'whatsapp'],
    ['Tadi sudah saya WA juga.', 'whatsapp'],
    ['saya sudah kirim email dua kali', 'email'],
    ['sy sdh lapor lewat telp', 'phone'],
    ['menindaklanjuti email kami sebelumnya', 'email'],
    ['as I emailed', 'email'],
    ['I emailed you about this', 'email'],
    ['following up my whatsapp', 'whatsapp'],
    ['Following up on my call yesterday', 'phone'],
    ['I already called yesterday', 'phone'],
    ['I have sent an email about this', 'email'],
    ['my earlier chat got cut off', 'webchat'],
    ['tadi chat, sekarang email', 'webchat'],
  ])('hears it in: %s', (text, expected) => {
    expect(kinds(text)).toBe(expected);
  });

  it.each([
    'tolong email saya',
    'please email me',
    'please call me back',
    'WA saya di 081234567890',
    'hubungi via email ya',
    'bisa telepon saya?',
    'email saya sudah diganti',
    'kode verifikasi tidak masuk ke email',
    'tadi kurir wa saya',
    'I have an email problem',
    'ganti nomor whatsapp saya',
    'my phone is broken',
    'tadi ada telepon dari bank',
    'chat di web kalian error',
  ])('does not hear it in: %s', (text) => {
    expect(kinds(text)).toBe('');
  });

  it('gives the words that say it, and whether the message goes on with it', () => {
    expect(switchesIn(wordsOf('halo, lanjutan telpon tadi ya'))).toEqual([
      { channelKind: 'phone', span: 'lanjutan telepon', goesOn: true },
    ]);
    expect(switchesIn(wordsOf('tadi saya email'))).toMatchObject([
      { span: 'tadi saya email', goesOn: false },
    ]);
  });
});
