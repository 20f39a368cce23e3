import { describe, expect, it } from '@jest/globals';
import { AliasTable } from './alias-table.js';
import { isConversation, isReadChat } from './raw-message.js';
import { parseRaw, readMessage, refOf } from './read-message.js';
import { readVcard } from './vcard.js';

const people = new AliasTable(
  [{ lid: '777@lid', pn: '62812@c.us', chat: '777@lid' }],
  () => Promise.reject(new Error('nobody is asked here')),
  () => undefined,
);
people.signIn('62811', ['62811@c.us', '111@lid']);

const raw = (more: object = {}): object => ({
  id: { fromMe: false, remote: '62899@c.us', id: 'A1', _serialized: 'false_62899@c.us_A1' },
  t: 1_767_225_600,
  type: 'chat',
  body: 'halo',
  from: { _serialized: '62899@c.us', user: '62899' },
  ...more,
});
const read = (more: object = {}): ReturnType<typeof readMessage> => {
  const parsed = parseRaw(raw(more));
  if (!parsed) throw new Error('not read');
  return readMessage(parsed, people);
};
const group = { fromMe: false, remote: '1203@g.us', id: 'A2', participant: { _serialized: '62812@c.us' } };

describe('reading what WhatsApp Web holds', () => {
  it.each<[string, object, object]>([
    ['words', {}, { kind: 'text', text: 'halo', at: '2026-01-01T00:00:00.000Z', chat: '62899@c.us' }],
    [
      'a picture, whose body is a thumbnail',
      { type: 'image', body: '/9j/4AAQ', mimetype: 'image/jpeg', size: 10 },
      { kind: 'image', text: null, media: { mediaType: 'image/jpeg', size: 10 } },
    ],
    ['a voice note', { type: 'ptt', mimetype: 'audio/ogg; codecs=opus' }, { kind: 'voice' }],
    [
      'a file without a type',
      { type: 'document', caption: 'ini', filename: 'a.pdf' },
      { kind: 'document', text: 'ini', media: { mediaType: 'application/octet-stream', fileName: 'a.pdf' } },
    ],
    [
      'a place, whose body is a thumbnail',
      {
        type: 'location',
        body: '/9j/4AAQ',
        lat: -6.2,
        lng: 106.8,
        loc: 'Monas\nGambir\nJakarta',
        isLive: true,
      },
      { text: null, location: { name: 'Monas', address: 'Gambir, Jakarta', live: true } },
    ],
    [
      'a place beyond the poles',
      { type: 'location', lat: 91, lng: 0 },
      { kind: 'unsupported', location: null },
    ],
    ['a button that was pressed', { type: 'buttons_response', body: 'Ya' }, { kind: 'text', text: 'Ya' }],
    ['a poll', { type: 'poll_creation' }, { kind: 'unsupported', unsupported: 'poll_creation' }],
    ['our phone', { id: { fromMe: true, remote: '62899@c.us', id: 'B' } }, { from: { value: '62811' } }],
    [
      'a member of a group, by either address',
      { id: group, author: '777@lid' },
      {
        ref: { participant: '777@lid' },
        from: { kind: 'whatsapp', value: '62812', also: [{ kind: 'lid', value: '777' }] },
        group: { id: '1203@g.us' },
      },
    ],
    [
      'an answer to us',
      { quotedStanzaID: 'Q', quotedParticipant: '111@lid' },
      { quoted: { id: 'Q', fromMe: true, participant: null } },
    ],
    [
      'an answer to themselves',
      { quotedStanzaID: 'Q', quotedParticipant: { _serialized: '62899@c.us' } },
      { quoted: { id: 'Q', fromMe: false, participant: null } },
    ],
    ['odd fields', { caption: 7, size: -1, author: {}, notifyName: null }, { kind: 'text', text: 'halo' }],
  ])('%s', (_name, more, expected) => {
    expect(read(more)).toMatchObject(expected);
  });

  it('gives one key to one message, whichever address its chat comes under', () => {
    const keys = ['62812@c.us', '777@lid', { _serialized: '777@lid' }].map((remote) => {
      const parsed = parseRaw(raw({ id: { fromMe: false, remote, id: 'A1' } }));
      return parsed && [refOf(parsed.id, people), readMessage(parsed, people).chat];
    });
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
  });

  it.each([[null], [{}], [{ id: 'x', t: 1, type: 'chat' }], [raw({ t: -1 })], [raw({ type: 7 })]])(
    'makes nothing of %j',
    (data) => {
      expect(parseRaw(data)).toBeNull();
    },
  );

  it.each<[string, boolean, boolean]>([
    ['62812@c.us', false, true],
    ['777@lid', false, true],
    ['1203@g.us', false, false],
    ['1203@g.us', true, true],
    ['status@broadcast', true, false],
    ['120363@newsletter', true, false],
    ['0@c.us', true, false],
  ])('reads %s, with groups %s: %s', (chat, groups, expected) => {
    expect(isReadChat(chat, groups)).toBe(expected);
  });

  it.each(['revoked', 'ciphertext', 'e2e_notification', 'gp2', 'call_log', 'reaction'])(
    '%s is no message',
    (type) => {
      const parsed = parseRaw(raw({ type }));
      expect(parsed && isConversation(parsed, true)).toBe(false);
    },
  );
});

describe('vCards', () => {
  it.each<[string, string, object]>([
    [
      'of an iPhone',
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Budi;;;;\r\nFN:Budi Santoso\r\nORG:PT Maju\\, Tbk;\r\nitem1.TEL;waid=62811:+62 811\r\nitem1.X-ABLabel:Ponsel\r\nEND:VCARD',
      { name: 'Budi Santoso', phones: ['+62 811'], organization: 'PT Maju, Tbk' },
    ],
    [
      'with a folded line',
      'FN:Siti Nur\n  Aini\nEMAIL;TYPE=WORK:siti@example.com',
      { name: 'Siti Nur Aini', emails: ['siti@example.com'] },
    ],
    ['of nothing', '', { name: '', phones: [], emails: [], organization: null }],
  ])('%s', (_name, vcard, expected) => {
    expect(readVcard(vcard)).toMatchObject(expected);
  });
});
