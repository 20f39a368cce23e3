import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { whatsappAdapter } from '../adapters/whatsapp/src/index.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { GraphStandIn } from './support/graph-stand-in.js';
import { contact, delivered, message, wamid, webhookBody } from './support/graph-webhooks.js';
import { startIntake, type TestIntake } from './support/intake.js';

let database: TestDatabase;
let core: TestIntake;
let graph: GraphStandIn;
beforeAll(async () => {
  [database, graph] = await Promise.all([freshDatabase(), GraphStandIn.start()]);
  core = await startIntake(database.url);
});
afterAll(async () => {
  await core.close();
  await graph.stop();
  await database.drop();
});

it('takes an album for one case: photos that come at once, each by a call of its own, from somebody new', async () => {
  const { phoneNumberId, accessToken, appSecret } = graph.account;
  const adapter = whatsappAdapter({ cloud: { graph: { baseUrl: graph.url } } });
  const id = await core.addChannel('whatsapp');
  const config = { cloud: { phoneNumberId, accessToken } };
  const channel = { id, kind: 'whatsapp' as const, name: 'Toko', version: 1, config };
  const host = new RecordingHost(adapter);
  host.receive = (received) => core.intake.receive(received);

  const siti = { waId: '6281234567890', userId: 'ID.13491208655302741918', name: 'Siti' };
  const now = Math.floor(Date.now() / 1000);
  const photos = Array.from({ length: 12 }, (_, index) => {
    const mediaType = 'image/jpeg';
    const file = graph.hold({ bytes: randomBytes(2000), mediaType });
    const image = {
      id: file,
      mime_type: mediaType,
      ...(index === 0 ? { caption: 'Ini fotonya, mug retak' } : {}),
    };
    return webhookBody(graph.account, [
      {
        contacts: [contact(siti)],
        messages: [message(siti, wamid(`photo ${String(index)}`), now, 'image', image)],
      },
    ]);
  });
  const calls = delivered(photos, { appSecret, share: 0.4, seed: 3 });
  expect(calls.length).toBeGreaterThan(photos.length);
  await Promise.all(
    calls.map(async ({ body }) => host.ingest(channel, await host.blobs.put(body, 'application/json'))),
  );

  const [found] = await core.database.query<
    { messages: string; cases: string; customers: string; files: string }[]
  >(
    `SELECT count(DISTINCT m.id) AS messages, count(DISTINCT m.case_id) AS cases,
            count(DISTINCT c.customer_id) AS customers, count(DISTINCT a.sha256) AS files
     FROM messages m JOIN cases c ON c.id = m.case_id LEFT JOIN attachments a ON a.message_id = m.id`,
  );
  expect(found).toEqual({ messages: '12', cases: '1', customers: '1', files: '12' });
  expect(host.quarantined).toEqual([]);
  await adapter.close();
});
