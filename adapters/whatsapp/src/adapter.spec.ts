import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { capabilitiesSchema, ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { outboundMessageSchema } from '@loket/contracts/outbound.js';
import { textMessage, wamid, webhookBody } from '../../../test/support/graph-webhooks.js';
import { whatsappAdapter } from './index.js';

const number = { phoneNumberId: '1065', displayNumber: '62811', businessAccountId: '1022' };
const cloud = { phoneNumberId: '1065', accessToken: 't', appSecret: 's', verifyToken: 'rahasia-webhook' };
const channel = (config: Record<string, unknown>) => ({
  id: randomUUID(),
  kind: 'whatsapp' as const,
  name: 'Toko',
  version: 1,
  config,
});
const message = outboundMessageSchema.parse({
  messageId: randomUUID(),
  caseNumber: 7,
  token: 'lk7-0123456789abcdef',
  to: { kind: 'whatsapp', value: '6281234567890' },
  text: 'Halo',
  thread: {},
  createdAt: '2026-01-01T00:00:00Z',
  attempt: 1,
});

describe('a WhatsApp channel', () => {
  const adapter = whatsappAdapter();
  const host = new RecordingHost(adapter);

  it('set up for neither way is fed by the ingress alone, as before', async () => {
    expect(adapter.capabilities).toEqual(ingressOnlyCapabilities);
    expect(await adapter.connect(channel({ address: '62811' }), host)).toBeNull();
    await expect(adapter.send(message, channel({}), host)).rejects.toMatchObject({
      code: 'rejected',
      reason: 'whatsapp_not_configured',
    });
    const raw = await host.blobs.put(webhookBody(number, []), 'application/json');
    expect((await host.ingest(channel({}), raw)).map(({ status }) => status)).toEqual(['quarantined']);
  });

  it('can do what its way can', () => {
    const { cloud: official, web } = adapter.bySection;
    for (const capabilities of [official, web]) capabilitiesSchema.parse(capabilities);
    expect([official.replyWindowHours, official.templates]).toEqual([24, true]);
    expect([web.replyWindowHours, web.templates]).toEqual([null, false]);
  });

  it('of the Cloud API takes its webhook and keeps nothing open', async () => {
    const raw = await host.blobs.put(
      webhookBody(number, [
        { messages: [textMessage({ waId: '62812' }, wamid('a'), 'Halo', 1_767_225_600)] },
      ]),
      'application/json',
    );
    expect((await host.ingest(channel({ cloud }), raw)).map(({ status }) => status)).toEqual(['accepted']);
    expect(await adapter.connect(channel({ cloud }), host)).toBeNull();
  });

  it.each([
    [{}, 'whatsapp_web_unavailable'],
    [{ groups: 'ya' }, 'config_invalid'],
  ])('of a linked device waits for a person where it cannot run: %p', async (web, code) => {
    const own = new RecordingHost(adapter);
    const ref = channel({ web });
    const connection = await adapter.connect(ref, own);
    expect(own.statuses).toMatchObject([{ status: 'paused', code }]);
    const reason = code.replace('whatsapp_', '');
    expect(adapter.session(ref.id)).toMatchObject({ state: 'stopped', reason, offer: null });
    await expect(adapter.sessionAction(ref.id, { action: 'pair', phone: null })).rejects.toMatchObject({
      kind: 'conflict',
      code,
    });
    await connection?.close();
    expect(() => adapter.session(ref.id)).toThrow(expect.objectContaining({ code: 'session_not_here' }));
    expect((await adapter.test({ web })).steps).toMatchObject([
      { step: 'whatsapp_browser', ok: false, code },
    ]);
    await expect(adapter.send(message, channel({ web }), own)).rejects.toMatchObject({ code: 'temporary' });
  });

  it('of a linked device is tested for its browser', async () => {
    const dataDir = join(tmpdir(), randomUUID());
    const here = whatsappAdapter({ web: { dataDir, chromiumPath: process.execPath } });
    expect((await here.test({ web: {} })).ok).toBe(true);
    await here.close();
    const gone = whatsappAdapter({ web: { dataDir, chromiumPath: join(dataDir, 'chromium') } });
    expect((await gone.test({ web: {} })).steps).toMatchObject([{ code: 'whatsapp_web_unavailable' }]);
    const own = new RecordingHost(gone);
    await gone.connect(channel({ web: {} }), own);
    expect(own.statuses).toMatchObject([{ status: 'paused', code: 'whatsapp_web_unavailable' }]);
  });

  it('beyond what the machine carries says so, to whoever wants to link it too', async () => {
    const dataDir = join(tmpdir(), randomUUID());
    const none = whatsappAdapter({ web: { dataDir, chromiumPath: process.execPath, maxSessions: 0 } });
    const ref = channel({ web: {} });
    await expect(none.connect(ref, new RecordingHost(none))).rejects.toMatchObject({
      code: 'temporary',
      reason: 'whatsapp_sessions_full',
    });
    expect(none.session(ref.id)).toMatchObject({ state: 'stopped', reason: 'sessions_full' });
    await expect(none.sessionAction(ref.id, { action: 'pair', phone: null })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'whatsapp_sessions_full',
    });
  });

  it('marks and lists only where its way can', async () => {
    expect(await adapter.templates(channel({ web: {} }))).toEqual([]);
    await expect(adapter.markRead('62811:i:A', channel({ web: {} }))).resolves.toBeUndefined();
    const quiet = channel({ cloud: { ...cloud, markRead: false } });
    await expect(adapter.markRead(`1065:c:${wamid('a')}`, quiet)).resolves.toBeUndefined();
  });
});
