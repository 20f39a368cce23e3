import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { visitorFileTypes, visitorLimits } from './visitor-limits.js';
import * as wire from './visitors.js';
import { originSchema, webchatConfigSchema } from './webchat-config.js';

const id = randomUUID();
const at = '2026-03-04T05:06:07.000Z';
const send = { clientId: id, text: 'halo', attachments: [] };
const message: wire.VisitorMessage = {
  id,
  clientId: null,
  from: 'agent',
  name: 'Rani',
  picture: '/pictures/1',
  text: 'halo',
  attachments: [{ id, name: 'a.png', mediaType: 'image/png', size: 1, url: '/files/1' }],
  at,
  state: 'sent',
  via: 'webchat',
};
const config = webchatConfigSchema.parse({});

describe('what crosses between a visitor and the server', () => {
  const shapes: [string, z.ZodType, object][] = [
    ['handshake', wire.visitorHandshakeSchema, { channelId: id, token: 'x'.repeat(43), language: 'id' }],
    ['message', wire.visitorSendSchema, send],
    ['typing', wire.visitorTypingSchema, { typing: true }],
    ['seen', wire.visitorSeenSchema, { messageId: id, state: 'read' }],
    ['page', wire.visitorPageSchema, { url: 'https://a.example/', title: '', referrer: '' }],
    ['identify', wire.visitorIdentifySchema, { jwt: 'x' }],
    ['claim', wire.visitorClaimSchema, { email: 'a@b.example' }],
    ['confirm', wire.visitorConfirmSchema, { code: '012345' }],
    ['token request', wire.visitorTokenRequestSchema, { consentAt: at }],
    ['shown message', wire.visitorMessageSchema, message],
    ['state', wire.visitorStateSchema, { messageId: id, state: 'delivered' }],
    ['agent', wire.visitorAgentSchema, { name: 'Rani', picture: null }],
    ['status', wire.visitorStatusSchema, { online: true, expectedMinutes: 6, opensAt: null }],
    ['error', wire.visitorErrorSchema, { code: 'rate_limited' }],
  ];

  it.each(shapes)('%s: takes its shape, and nothing beside it', (_, schema, value) => {
    expect(schema.safeParse(value).error).toBeUndefined();
    expect(schema.safeParse({ ...value, note: 'x' }).success).toBe(false);
    for (const key of Object.keys(value)) {
      expect(schema.safeParse({ ...value, [key]: { $gt: '' } }).success).toBe(false);
      expect(schema.safeParse({ ...value, [key]: 'x'.repeat(300_000) }).success).toBe(false);
    }
  });

  it.each([
    ['nothing', { ...send, text: ' \n' }],
    ['too long', { ...send, text: 'x'.repeat(visitorLimits.text + 1) }],
    ['too many files', { ...send, attachments: Array.from({ length: 6 }, () => id) }],
    ['an id that is none', { ...send, clientId: '1' }],
    ['too many answers', { ...send, preChat: Object.fromEntries([...'abcdefghi'].map((key) => [key, ''])) }],
    ['an answer with another name', { ...send, preChat: { ['__proto__x']: 'x' } }],
  ])('a message of %s is refused', (_, value) =>
    expect(wire.visitorSendSchema.safeParse(value).success).toBe(false),
  );

  it('the largest message fits a packet', () => {
    const largest = {
      clientId: id,
      text: '\u20ac'.repeat(visitorLimits.text),
      attachments: Array.from({ length: visitorLimits.files }, () => id),
      preChat: Object.fromEntries([...'abcdefgh'].map((key) => [key, '\u20ac'.repeat(visitorLimits.answer)])),
    };
    expect(wire.visitorSendSchema.safeParse(largest).error).toBeUndefined();
    expect(Buffer.byteLength(JSON.stringify(largest))).toBeLessThan(visitorLimits.packetBytes - 100);
  });

  it.each([['javascript:alert(1)'], ['https://elsewhere.example/x'], ['']])(
    'a picture or file is a path of ours, not %j',
    (url) => {
      expect(wire.visitorMessageSchema.safeParse({ ...message, picture: url }).success).toBe(false);
      expect(wire.visitorFileSchema.safeParse({ ...message.attachments[0], url }).success).toBe(false);
    },
  );

  it('the public settings hold neither secrets nor sites', () => {
    const shown = Object.keys(wire.visitorConfigSchema.shape);
    expect(Object.keys(config).filter((key) => !shown.includes(key))).toEqual([
      'allowedOrigins',
      'officeHours',
      'identity',
    ]);
  });
});

describe('settings of a web chat', () => {
  it('are complete when nothing is set, and serve no site', () => {
    expect(config).toMatchObject({
      allowedOrigins: [],
      colour: '#0b6374',
      language: 'page',
      identity: { on: false },
    });
    expect(config.files?.types).toEqual([...visitorFileTypes]);
  });

  it.each([
    [{ colour: 'red;}' }],
    [{ colour: '#fff' }],
    [{ greeting: { de: 'x' } }],
    [{ officeHours: { timeZone: 'Asia/Jakarta', week: [{ day: 0, from: '08:00', to: '17:00' }] } }],
    [{ officeHours: { timeZone: 'Asia/Jakarta', week: [{ day: 1, from: '8', to: '17:00' }] } }],
    [{ preChat: [{ id: '__proto__', kind: 'name', label: {} }] }],
    [{ files: { maxBytes: visitorLimits.fileBytes + 1 } }],
  ])('refuse %j', (value) => expect(webchatConfigSchema.safeParse(value).success).toBe(false));

  it.each([
    ['https://toko.example', true],
    ['http://localhost:8080', true],
    ['https://toko.example/', false],
    ['https://*.example', false],
    ['null', false],
    ['*', false],
  ])('site %s: %s', (origin, ok) => expect(originSchema.safeParse(origin).success).toBe(ok));
});
