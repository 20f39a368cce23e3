import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Original } from '@loket/channel/conformance-harness.js';
import { channelConformance } from '@loket/channel/conformance.js';
import type { ChannelHost } from '@loket/channel/port.js';
import { RecordingHost } from '@loket/channel/recording-host.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { RingingCall } from '@loket/contracts/calls.js';
import { PhoneLogAdapter } from './adapter.js';
import { callMediaTypes, phoneLogAdapter } from './index.js';
import { cdrLine } from './master-csv/cdr-lines.fixture.js';
import { cursorKey, cursorSchema } from './master-csv/cursor.js';

const timing = { pollMs: 10, settleMs: 20, graceMs: 20, retry: { minMs: 5, maxMs: 30 } };
const folder = mkdtempSync(join(tmpdir(), 'phone-log-'));
const channel = (config: Record<string, unknown>): ChannelRef => ({
  id: randomUUID(),
  kind: 'phone',
  name: 'Telepon',
  version: 1,
  config,
});
const csvChannel = (): ChannelRef => channel({ masterCsv: { path: join(folder, `${randomUUID()}.csv`) } });
const pathOf = ({ config }: ChannelRef): string => (config as { masterCsv: { path: string } }).masterCsv.path;
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const generic = {
  callId: 'g-1',
  direction: 'inbound',
  number: '+62 812-3456-789',
  name: 'Büdi 🙂',
  startedAt: '2026-11-22T10:00:00+07:00',
  outcome: 'answered',
  agent: 'Sari',
  talkSeconds: 83,
  notes: 'Baris satu\r\nBaris\u0000 dua',
  recording: { kind: 'url', url: 'https://pbx.example/1' },
};
const twilio = new URLSearchParams({
  CallSid: 'CA0123',
  CallStatus: 'completed',
  Direction: 'inbound',
  From: '+628123456789',
  To: '+622155500',
  CallDuration: '60',
  Timestamp: 'Sun, 22 Nov 2026 03:01:00 +0000',
}).toString();
const threeCx = {
  CallType: 'Missed',
  Number: '08123456789',
  Duration: '00:00:00',
  CallStartTimeUTC: '2026-11-22T03:00:00Z',
};
const originals: Original[] = [
  { name: 'generic', raw: json(generic), mediaType: callMediaTypes.generic },
  {
    name: 'withheld',
    raw: json({ ...generic, callId: 'g-2', number: null, outcome: 'missed' }),
    mediaType: callMediaTypes.generic,
  },
  { name: 'Twilio', raw: Buffer.from(twilio), mediaType: callMediaTypes.twilio },
  { name: '3CX', raw: json(threeCx), mediaType: callMediaTypes['3cx'] },
  { name: 'lines of Asterisk', raw: Buffer.from(`${cdrLine(1)}\n`), mediaType: callMediaTypes.cdr },
  {
    name: 'lines in Windows-1252',
    raw: Buffer.from(`${cdrLine(2, { clid: '"Caf\u00e9" <0812>' })}\n`, 'latin1'),
    mediaType: callMediaTypes.cdr,
  },
];
const unreadable: Original[] = [
  { name: 'no call', raw: Buffer.from('{"callId":5}\n'), mediaType: callMediaTypes.generic },
  { name: 'another media type', raw: json(generic), mediaType: 'application/json' },
  { name: 'no form of Twilio', raw: Buffer.from('CallStatus=completed'), mediaType: callMediaTypes.twilio },
  {
    name: 'a recording of an unknown call',
    raw: Buffer.from('CallSid=CA9&RecordingUrl=https://a.b/c'),
    mediaType: callMediaTypes.twilio,
  },
  {
    name: 'lines of two calls',
    raw: Buffer.from(`${cdrLine(1)}\n${cdrLine(2)}\n`),
    mediaType: callMediaTypes.cdr,
  },
  { name: 'no lines', raw: Buffer.from('\n'), mediaType: callMediaTypes.cdr },
];

/** The follower's own notes are what it takes for settled: looked up with the host that it was given. */
const hosts = new Map<string, ChannelHost>();
const watched = (): PhoneLogAdapter => {
  const adapter = phoneLogAdapter({ timing, csvFolders: [folder] });
  const connect = adapter.connect.bind(adapter);
  adapter.connect = (ref, host) => {
    hosts.set(ref.id, host);
    return connect(ref, host);
  };
  return adapter;
};
let calls = 100;

channelConformance(
  'The telephone adapter',
  {
    stop: () => rm(folder, { recursive: true, force: true }),
    create: watched,
    channel: () => {
      const ref = csvChannel();
      writeFileSync(pathOf(ref), '');
      return ref;
    },
    originals,
    unreadable,
    source: {
      next: () => ({ name: 'line', raw: Buffer.from(cdrLine((calls += 1))), mediaType: callMediaTypes.cdr }),
      deliver: async ({ raw }, ref) => {
        const text = raw.toString('latin1');
        await appendFile(pathOf(ref), text.endsWith('\n') ? text : `${text}\n`, 'latin1');
      },
      acknowledged: async (ref) => {
        const cursors = await hosts.get(ref.id)?.cursors(ref.id);
        const parsed = cursorSchema.safeParse(cursors?.[cursorKey(pathOf(ref))]);
        if (!parsed.success || parsed.data.offset === 0) return 0;
        const settled = (await readFile(pathOf(ref))).subarray(0, parsed.data.offset).toString('latin1');
        return settled.split('\n').length - 1;
      },
    },
    badConfig: { masterCsv: { path: '/var/log/asterisk/nowhere/Master.csv' } },
  },
  { describe, it, beforeAll, afterAll },
);

describe('the telephone adapter', () => {
  let own = '';
  beforeAll(async () => {
    own = await mkdtemp(join(tmpdir(), 'phone-log-own-'));
  });
  afterAll(() => rm(own, { recursive: true, force: true }));

  it('tells calls in the language of the channel', async () => {
    const adapter = phoneLogAdapter();
    const host = new RecordingHost(adapter);
    for (const [language, text] of [
      [
        undefined,
        /^Panggilan masuk dari Büdi 🙂 \(\+62 812-3456-789\): dijawab oleh Sari, bicara 1 menit 23 detik\.\nAda rekaman\.\nCatatan: Baris satu\nBaris dua$/,
      ],
      ['en', /^Incoming call from Büdi 🙂/],
      ['jv', /^Panggilan masuk/],
    ] as const) {
      const ref = channel({ language, defaultRegion: 'ID' });
      await host.ingest(ref, await host.blobs.put(json(generic), callMediaTypes.generic));
      expect(host.messages.at(-1)?.text).toMatch(text);
    }
  });

  it('tells calls that we made as our own, and those that ring to whoever waits for them', async () => {
    const ringing: RingingCall[] = [];
    const adapter = phoneLogAdapter({
      onRinging: (_channel, call) => (ringing.push(call), Promise.resolve()),
    });
    const host = new RecordingHost(adapter);
    const ref = channel({});
    const told = async (value: unknown) =>
      host.ingest(ref, await host.blobs.put(json(value), callMediaTypes.generic));
    const { callId, number, direction } = generic;
    expect(await told({ callId, number, direction, state: 'ringing', at: '2026-11-22T03:00:00Z' })).toEqual(
      [],
    );
    expect(await told({ ...generic, direction: 'outbound', line: '021-555' })).toEqual([]);
    expect(ringing).toMatchObject([{ callId: 'g-1', state: 'ringing', number: '+62 812-3456-789' }]);
    expect(host.messages).toEqual([]);
    expect(host.events).toMatchObject([
      {
        type: 'sent_elsewhere',
        to: { value: '+62 812-3456-789' },
        message: { raw: { mediaType: callMediaTypes.generic } },
      },
    ]);
  });

  it('does not take in what is too large', async () => {
    const adapter = phoneLogAdapter();
    const host = new RecordingHost(adapter);
    await host.ingest(
      channel({}),
      await host.blobs.put(Buffer.alloc(1_000_001, ' '), callMediaTypes.generic),
    );
    expect(host.quarantined).toMatchObject([{ code: 'too_large' }]);
  });

  it('keeps nothing open without a file to follow, and waits for a person where it may not be followed', async () => {
    const adapter = phoneLogAdapter({ timing, csvFolders: [own] });
    expect(
      await adapter.connect(channel({ webhook: { format: 'twilio', secret: 's' } }), new RecordingHost()),
    ).toBeNull();
    const [outside, link] = [join(tmpdir(), `${randomUUID()}.csv`), join(own, 'link.csv')];
    await writeFile(outside, `${cdrLine(1)}\n`);
    await symlink(outside, link);
    try {
      for (const [path, code] of [
        [outside, 'csv_not_allowed'],
        [link, 'csv_not_allowed'],
        [join(own, '..', 'x.csv'), 'csv_not_allowed'],
        ['Master.csv', 'config_invalid'],
      ]) {
        const host = new RecordingHost(adapter);
        const connection = await adapter.connect(channel({ masterCsv: { path } }), host);
        expect(host.statuses).toMatchObject([{ status: 'paused', code }]);
        await connection?.close();
      }
    } finally {
      await rm(outside);
    }
  });

  it.each<[string, Record<string, unknown>, string[], (string | null)[]]>([
    ['nothing', {}, ['phone_settings'], ['nothing_to_test']],
    ['wrong settings', { masterCsv: { path: 7 } }, ['phone_settings'], ['config_invalid']],
    ['a webhook', { webhook: { format: 'generic', secret: 's' } }, ['phone_webhook'], [null]],
    [
      'a webhook without its secret',
      { webhook: { format: '3cx' } },
      ['phone_webhook'],
      ['webhook_secret_missing'],
    ],
    ['a file that is not there', { masterCsv: { path: '$/no.csv' } }, ['phone_csv_open'], ['csv_missing']],
    ['a file elsewhere', { masterCsv: { path: '/etc/passwd.csv' } }, ['phone_csv_open'], ['csv_not_allowed']],
    [
      'a file of calls',
      { masterCsv: { path: '$/good.csv' } },
      ['phone_csv_open', 'phone_csv_format'],
      [null, null],
    ],
    [
      'an empty file',
      { masterCsv: { path: '$/empty.csv' } },
      ['phone_csv_open', 'phone_csv_format'],
      [null, null],
    ],
    [
      'a file of something else',
      { masterCsv: { path: '$/bad.csv' } },
      ['phone_csv_open', 'phone_csv_format'],
      [null, 'csv_format_unknown'],
    ],
    [
      'both',
      { masterCsv: { path: '$/good.csv' }, webhook: { format: 'twilio' } },
      ['phone_csv_open', 'phone_csv_format', 'phone_webhook'],
      [null, null, 'webhook_secret_missing'],
    ],
  ])('tests settings: %s', async (_what, config, steps, codes) => {
    await writeFile(join(own, 'good.csv'), `${cdrLine(1)}\n${cdrLine(2)}\n`.repeat(300));
    await writeFile(join(own, 'empty.csv'), '');
    await writeFile(join(own, 'bad.csv'), 'nama,alamat\nBudi,Bandung\n');
    const here = JSON.parse(JSON.stringify(config).replace('$', own)) as Record<string, unknown>;
    const report = await phoneLogAdapter({ csvFolders: [own] }).test(here);
    expect(report.steps.map(({ step }) => step)).toEqual(steps);
    expect(report.steps.map(({ code }) => code)).toEqual(codes);
    expect(report.ok).toBe(codes.every((code) => code === null));
    if (steps.includes('phone_csv_format') && codes[1] === null && JSON.stringify(config).includes('good'))
      expect(report.steps[1]?.data).toMatchObject({ format: 'cdr_csv', uniqueId: true, linkedId: false });
  });
});
