import { describe, expect, it } from '@jest/globals';
import { busContracts, type BusReply, type BusRequest, type BusSubject } from '@loket/contracts/bus.js';
import type { ChannelSession } from '@loket/contracts/channel-sessions.js';
import { ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { IntakeResult, NormalizedMessage } from '@loket/contracts/inbound.js';
import { LocalBus } from './local-bus.js';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const at = '2026-11-20T03:00:00Z';
const raw = { sha256: 'a'.repeat(64), size: 12, mediaType: 'message/rfc822' };
const channel = {
  id,
  kind: 'email',
  name: 'Halo',
  version: 3,
  config: { imap: { host: 'imap.toko.example' } },
} as const;
const file = { ...raw, name: 'mug.png', contentId: 'c1', inline: true };

const message: NormalizedMessage = {
  channelId: id,
  externalId: 'm1@toko.example',
  thread: {
    conversation: null,
    references: ['m0@toko.example'],
    inReplyTo: 'm0@toko.example',
    tokens: ['lkrs-abcdefghijklmnop'],
    forwarded: false,
  },
  sender: {
    kind: 'email',
    value: 'Dewi@Toko.Example',
    name: 'Dewi',
    proof: 'claimed',
    evidence: ['dkim=none'],
  },
  recipients: [{ role: 'cc', kind: 'email', value: 'budi@toko.example', name: null }],
  sentAt: at,
  subject: 'Mug retak 🍵',
  text: 'bisa diganti?',
  quoted: '> lama',
  html: '<p>bisa diganti?</p>',
  attachments: [file],
  automatic: 'bounce',
  bounce: {
    about: ['m0@toko.example'],
    tokens: [],
    recipient: null,
    status: '5.1.1',
    permanent: true,
    diagnostic: 'no',
  },
  raw,
  warnings: ['charset_guessed'],
};

const accepted: IntakeResult = {
  status: 'accepted',
  messageId: id,
  caseId: id,
  caseNumber: 1042,
  customerId: id,
  match: {
    rule: 'thread_reference',
    score: 1,
    evidence: [{ code: 'reference_known', data: { ref: 'm0@toko.example' } }],
  },
};

const session: ChannelSession = {
  state: 'qr_pending',
  reason: 'pairing',
  account: null,
  offer: { kind: 'qr', qr: '2@abc' },
  offerEndsAt: at,
  nextTryAt: null,
};

const importSettings: BusRequest<'channel.runImport'>['settings'] = {
  form: { encoding: 'utf-8', delimiter: ';', hasHeader: true },
  mapping: { startedAt: 0, number: 1 },
  timeZone: 'Asia/Jakarta',
  order: 'day_first',
  direction: 'inbound',
};
const unreadable = {
  ...{ field: 'startedAt' as const, column: 0, severity: 'error' as const },
  ...{ code: 'date_unreadable', value: 'kemarin' },
};
const progress = { bytes: 900, rows: 20, imported: 17, known: 2, failed: 1 };

/** An answer as an adapter gets it, with everything that can be in one. */
const outbound: BusRequest<'channel.send'>['message'] = {
  messageId: id,
  caseNumber: 1042,
  token: 'lkrs-abcdefghijklmnop',
  to: { kind: 'email', value: 'dewi@toko.example', name: null },
  others: [],
  subject: 'Mug retak',
  text: 'Baik, Bu.',
  html: null,
  signature: { text: 'Sari · Toko', html: '<p>Sari · Toko</p>' },
  quote: 'm0',
  template: { name: 'order_ready', language: 'id', values: { 'body.1': 'Dewi' } },
  attachments: [file],
  thread: { conversation: null, inReplyTo: 'm1', references: ['m1'] },
  agentName: 'Rani',
  automatic: false,
  createdAt: at,
  attempt: 1,
};

/** One full example of everything that crosses; a new subject does not compile without one. */
const examples: { [S in BusSubject]: { request: BusRequest<S>; reply: BusReply<S> } } = {
  'inbound.receive': { request: message, reply: accepted },
  'inbound.quarantine': {
    request: {
      channelId: id,
      externalId: null,
      raw,
      message: null,
      glimpse: { subject: 'Mug', from: null },
      code: 'parse_failed',
      reason: 'no header',
      attempts: 3,
    },
    reply: {
      ...accepted,
      status: 'quarantined',
      messageId: null,
      match: null,
      quarantineId: id,
      reason: 'no header',
    },
  },
  'delivery.receipt': {
    request: { channelId: id, externalId: 'm1', messageId: id, state: 'read', at, reason: null },
    reply: { known: true },
  },
  'inbound.event': {
    request: {
      type: 'edited',
      channelId: id,
      externalId: 'm1',
      by: { kind: 'whatsapp', value: '+628121', name: 'Dewi', proof: 'verified', evidence: [] },
      at,
      text: 'dua mug',
    },
    reply: { known: false, result: null },
  },
  'calls.ringing': {
    request: {
      channelId: id,
      call: {
        ...{
          callId: 'pbx-1',
          state: 'ringing' as const,
          direction: 'inbound' as const,
          number: null,
          name: 'Dewi',
        },
        ...{ line: '021', agent: '201', queue: 'Servis', at },
      },
    },
    reply: {},
  },
  'imports.report': {
    request: { importId: id, progress, problems: [{ line: 7, ...unreadable }] },
    reply: {},
  },
  'channel.previewImport': {
    request: { channel, file: raw, settings: importSettings },
    reply: {
      settings: importSettings,
      headers: ['Tanggal', 'Nomor'],
      missing: ['startedAt'],
      rows: [{ line: 2, cells: ['kemarin', '0812'], taken: false, problems: [unreadable] }],
    },
  },
  'channel.runImport': {
    request: { importId: id, channel, file: raw, settings: importSettings },
    reply: progress,
  },
  'adapters.announce': {
    request: {
      hostId: 'embedded',
      adapters: [{ kind: 'phone', capabilities: ingressOnlyCapabilities, bySection: {} }],
    },
    reply: {},
  },
  'channels.lease': {
    request: { hostId: 'embedded', kinds: ['email'] },
    reply: { channels: [channel], ttlMs: 30_000 },
  },
  'channels.release': { request: { hostId: 'embedded' }, reply: {} },
  'channels.status': {
    request: { channelId: id, status: 'paused', code: 'imap_auth_failed', detail: 'NO' },
    reply: {},
  },
  'channels.cursors': {
    request: { channelId: id },
    reply: { cursors: { 'imap:INBOX': { uidValidity: '1', uid: 7, seen: [1, null, true] } } },
  },
  'channels.saveCursor': { request: { channelId: id, key: 'imap:INBOX', value: { uid: 8 } }, reply: {} },
  'channel.ingest': { request: { channel, raw, receivedAt: at }, reply: { results: [accepted] } },
  'channel.send': {
    request: { channel, message: outbound },
    reply: {
      ok: false,
      failure: { code: 'temporary', reason: 'smtp_busy', detail: null, retryAfterMs: 60_000 },
    },
  },
  'channel.preview': {
    request: { channel, message: outbound },
    reply: {
      from: { name: 'Toko', address: 'halo@toko.example' },
      to: [{ name: 'Dewi', address: 'dewi@toko.example' }],
      cc: [],
      replyTo: 'halo+lkrs-abcdefghijklmnop@toko.example',
      subject: 'Re: Mug retak [#1042]',
      text: 'Baik, Bu.',
      html: null,
      attachments: [{ name: 'foto.jpg', mediaType: 'image/jpeg', size: 900 }],
    },
  },
  'channel.test': {
    request: { kind: 'email', config: {} },
    reply: {
      ok: true,
      steps: [{ step: 'imap_login', ok: true, ms: 12, code: null, detail: null, data: { messages: 3 } }],
    },
  },
  'channel.templates': {
    request: { channel },
    reply: {
      templates: [
        {
          name: 'order_ready',
          language: 'id',
          category: 'UTILITY',
          header: null,
          body: 'Halo {{1}}',
          footer: 'Toko Mug',
          buttons: ['Lacak'],
          blanks: [{ key: 'body.1', kind: 'text', example: 'Dewi' }],
        },
      ],
    },
  },
  'channel.markRead': { request: { channel, externalId: 'm1' }, reply: {} },
  'channel.session': { request: { channelId: id, kind: 'whatsapp' }, reply: session },
  'channel.sessionAction': {
    request: { channelId: id, kind: 'whatsapp', action: { action: 'pair', phone: '+6281100' } },
    reply: { ...session, state: 'code_pending', offer: { kind: 'code', code: 'ABCD-1234' } },
  },
  'channels.changed': { request: { channelId: id }, reply: {} },
};
const subjects = Object.keys(busContracts) as BusSubject[];

describe('what crosses the bus', () => {
  it.each(subjects)('%s survives JSON, there and back', (subject) => {
    for (const side of ['request', 'reply'] as const) {
      const example: unknown = examples[subject][side];
      const schema = busContracts[subject][side];
      expect(schema.parse(JSON.parse(JSON.stringify(example)))).toStrictEqual(schema.parse(example));
      expect(JSON.parse(JSON.stringify(example))).toStrictEqual(example);
    }
  });
});

describe('LocalBus', () => {
  it.each(subjects)('carries %s to its handler and the answer back', async (subject) => {
    const bus = new LocalBus();
    const { request, reply } = examples[subject];
    let arrived: unknown;
    bus.handle(subject, (given) => {
      arrived = given;
      return Promise.resolve(reply as never);
    });
    expect(await bus.request(subject, request as never)).toStrictEqual(reply);
    expect(arrived).toStrictEqual(request);
    expect(arrived).not.toBe(request);
  });

  it('refuses what would not survive a network', async () => {
    const bus = new LocalBus();
    bus.handle('channels.changed', () => Promise.resolve({}));
    await expect(bus.request('channels.changed', { channelId: new Date() } as never)).rejects.toMatchObject({
      code: 'bus_request_invalid',
    });
  });

  it('brings an error over with its kind, code and data', async () => {
    const bus = new LocalBus();
    bus.handle('channels.changed', () =>
      Promise.reject(
        new AppError('conflict', 'version_conflict', 'somebody was quicker', { data: { version: 4 } }),
      ),
    );
    const error: unknown = await bus.request('channels.changed', { channelId: id }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ kind: 'conflict', code: 'version_conflict', data: { version: 4 } });
  });

  it('says so when nobody answers, and refuses a second handler', async () => {
    const bus = new LocalBus();
    await expect(bus.request('channels.changed', { channelId: id })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'bus_no_handler',
    });
    const handler = () => Promise.resolve({});
    bus.handle('channels.changed', handler);
    expect(() => {
      bus.handle('channels.changed', handler);
    }).toThrow('two handlers');
  });
});
