import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryBlobs, RecordingHost } from '@loket/channel/recording-host.js';
import { AppError } from '@loket/contracts/errors.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import { GraphStandIn, type HeldMedia } from '../../../../test/support/graph-stand-in.js';
import { message, textMessage, wamid, webhookBody } from '../../../../test/support/graph-webhooks.js';
import { CloudAdapter } from './adapter.js';

const budi = { waId: '6281234567890', name: 'Budi' };
const at = 1_767_225_600;
const bytes = randomBytes(200_000);

let graph: GraphStandIn;
let host: RecordingHost;
let adapter: CloudAdapter;
/** a server that must never be asked for anything */
let canary: { server: Server; url: string; hits: number };

beforeAll(async () => {
  graph = await GraphStandIn.start();
  const server = createServer((_request, response) => {
    canary.hits += 1;
    response.end('tertipu');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  canary = { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, hits: 0 };
});
afterAll(async () => {
  await graph.stop();
  canary.server.closeAllConnections();
  await new Promise((resolve) => canary.server.close(resolve));
});
beforeEach(() => {
  adapter = new CloudAdapter({ graph: { baseUrl: graph.url }, maxMediaBytes: 250_000, mediaRetryMs: [5, 5] });
  host = new RecordingHost(adapter);
  graph.misbehave(null);
});

const channel = () => ({
  id: randomUUID(),
  kind: 'whatsapp' as const,
  name: 'Toko',
  version: 1,
  config: {
    cloud: { phoneNumberId: graph.account.phoneNumberId, accessToken: graph.account.accessToken },
  },
});

async function receive(
  type: string,
  held: HeldMedia,
  content: Record<string, unknown> = {},
): Promise<NormalizedMessage> {
  const id = graph.hold(held);
  const element = message(budi, wamid(id), at, type, { id, mime_type: held.mediaType, ...content });
  const raw = await host.blobs.put(webhookBody(graph.account, [{ messages: [element] }]), 'application/json');
  const [made] = await adapter.normalise(raw, channel(), host);
  if (!made) throw new Error('no message');
  return made;
}

describe('files that customers send', () => {
  it.each([
    ['image', 'image/jpeg', {}, 'image.jpg'],
    ['audio', 'audio/ogg; codecs=opus', { voice: true }, 'voice.ogg'],
    ['video', 'video/mp4', {}, 'video.mp4'],
    ['sticker', 'image/webp', {}, 'sticker.webp'],
    ['document', 'application/pdf', { filename: 'Faktur 7.pdf' }, 'Faktur 7.pdf'],
  ])('%s', async (type, mediaType, content, name) => {
    const { attachments, warnings, text } = await receive(type, { bytes, mediaType }, content);
    expect(attachments).toMatchObject([
      { name, mediaType: mediaType.split(';')[0], size: bytes.length, inline: false },
    ]);
    expect(bytes.equals(await host.blobs.read(attachments[0]?.sha256 ?? ''))).toBe(true);
    expect([warnings, text]).toEqual([[], '']);
  });

  it.each<[string, Partial<HeldMedia>, string | null]>([
    ['whose id has run out', { expired: true }, 'media_expired'],
    ['whose address has run out once', { staleAddresses: 1 }, null],
    ['whose address always has', { staleAddresses: 9 }, 'media_expired'],
    ['larger than we take', { bytes: randomBytes(250_001) }, 'media_too_large'],
    ['larger than it says', { bytes: randomBytes(250_001), announcedSize: 10 }, 'media_too_large'],
    ['that breaks off once', { breaks: 1 }, null],
    ['that always breaks off', { breaks: 9 }, 'media_unavailable'],
    ['other than it says', { announcedHash: 'f'.repeat(64) }, 'media_unavailable'],
  ])('%s', async (_name, held, warning) => {
    const { attachments, warnings, text } = await receive(
      'image',
      { bytes, mediaType: 'image/jpeg', ...held },
      { caption: 'Rusak' },
    );
    expect(warnings).toEqual(warning === null ? [] : [warning]);
    expect(attachments).toHaveLength(warning === null ? 1 : 0);
    expect(text).toBe(warning === null ? 'Rusak' : '[gambar / image]\nRusak');
  });

  it.each([
    ['a trouble that passes', { error: 131016 }, 1, [], 2],
    ['a trouble that stays', { error: 131016 }, 9, ['media_unavailable'], 3],
    ['no right to it', { error: 10 }, 9, ['media_unavailable'], 1],
  ] as const)('%s', async (_name, trouble, times, warnings, calls) => {
    graph.calls.clear();
    graph.misbehave(trouble, times, 'info');
    expect((await receive('image', { bytes, mediaType: 'image/jpeg' })).warnings).toEqual(warnings);
    expect(graph.calls.get('info')).toBe(calls);
  });

  it('are asked for nowhere but at Meta’s', async () => {
    const elsewhere = [
      canary.url,
      `${canary.url}/attachments/1`,
      'http://lookaside.fbsbx.com/a',
      'https://fbsbx.com.example/a',
      'https://evilfbsbx.com/a',
      'https://graph.facebook.com@127.0.0.1/a',
      'file:///etc/passwd',
      'ftp://facebook.com/a',
      '//127.0.0.1/a',
      '',
    ];
    for (const address of elsewhere) {
      const { warnings } = await receive('image', { bytes, mediaType: 'image/jpeg', address });
      expect([address, warnings]).toEqual([address, ['media_unavailable']]);
    }
    const { warnings } = await receive('image', { bytes, mediaType: 'image/jpeg', redirectTo: canary.url });
    expect([warnings, canary.hits]).toEqual([['media_unavailable'], 0]);
  });

  it('do not stand in the way of words, nor of their neighbours', async () => {
    const ids = Array.from({ length: 10 }, (_, index) =>
      graph.hold({ bytes: randomBytes(1000), mediaType: 'image/jpeg', expired: index === 4 }),
    );
    const album = ids.map((id, index) =>
      message(budi, wamid(id), at + index, 'image', { id, mime_type: 'image/jpeg' }),
    );
    const body = webhookBody(graph.account, [
      { messages: [...album, textMessage(budi, wamid('last'), 'itu semua', at + 20)] },
    ]);
    const raw = await host.blobs.put(body, 'application/json');
    const made = await adapter.normalise(raw, channel(), host);
    expect(made.map(({ attachments }) => attachments.length)).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0]);
    // one burst of one person in one chat, in order: core makes one case of it
    expect(
      new Set(made.map(({ thread, sender }) => `${thread.conversation ?? ''} ${sender.value}`)).size,
    ).toBe(1);
    expect(new Set(made.map(({ externalId }) => externalId)).size).toBe(11);
    expect(made.map(({ sentAt }) => sentAt)).toEqual(made.map(({ sentAt }) => sentAt).toSorted());
  });

  it('wait for a store that is away, rather than being given up', async () => {
    const away = new AppError('unavailable', 'blob_store', 'the store is away');
    const put = host.blobs.put.bind(host.blobs);
    host.blobs.put = async (given, mediaType) => {
      if (mediaType === 'image/jpeg') throw away;
      return put(given, mediaType);
    };
    await expect(receive('image', { bytes, mediaType: 'image/jpeg' })).rejects.toBe(away);
  });

  it('are read by the piece', async () => {
    let largest = 0;
    class Watched extends MemoryBlobs {
      override async put(given: Parameters<MemoryBlobs['put']>[0], mediaType: string) {
        if (given instanceof Uint8Array) return super.put(given, mediaType);
        given.on('data', (chunk: Uint8Array) => (largest = Math.max(largest, chunk.byteLength)));
        given.pause();
        return super.put(given, mediaType);
      }
    }
    Object.assign(host, { blobs: new Watched() });
    const { attachments } = await receive('video', { bytes, mediaType: 'video/mp4' });
    expect(attachments).toHaveLength(1);
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(bytes.length);
  });
});
