import { describe, expect, it } from '@jest/globals';
import { messageKey, parseMessageKey, type MessageRef } from './message-key.js';

const ref = (rest: Partial<MessageRef> = {}): MessageRef => ({
  account: '628110001',
  id: '3EB0C767D26A',
  fromMe: false,
  participant: null,
  ...rest,
});

describe('the key of a message', () => {
  it.each([
    ['of a customer', ref(), '628110001:i:3EB0C767D26A'],
    ['of our own', ref({ fromMe: true }), '628110001:o:3EB0C767D26A'],
    ['in a group', ref({ participant: '62812:3@c.us' }), '628110001:i:3EB0C767D26A:62812:3@c.us'],
    ['of the Cloud API', ref({ id: 'wamid.HB+/x==' }), '628110001:c:wamid.HB+/x=='],
  ])('%s leads back to the message', (_name, given, key) => {
    expect(messageKey(given)).toBe(key);
    expect(parseMessageKey(key)).toEqual({ ...given, fromMe: given.fromMe });
  });

  it('is the same for either side where the id alone tells them apart', () => {
    const id = 'wamid.ABC=';
    expect(messageKey(ref({ id, fromMe: true }))).toBe(messageKey(ref({ id })));
    expect(messageKey(ref({ fromMe: true }))).not.toBe(messageKey(ref()));
  });

  it('fits the database however long the id is, and then leads nowhere', () => {
    const key = messageKey(ref({ id: `wamid.${'A'.repeat(400)}` }));
    expect(key).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(parseMessageKey(key)).toBeNull();
  });

  it.each(['', 'CAF@mail.example', 'sha256:abc', ':i:x', 'a:x:b'])('%p is none of ours', (key) => {
    expect(parseMessageKey(key)).toBeNull();
  });
});
