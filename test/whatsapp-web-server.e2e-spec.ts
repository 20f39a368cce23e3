import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { channelSessionSchema, type ChannelSession } from '@loket/contracts/channel-sessions.js';
import { channelSchema } from '@loket/contracts/channels.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { chromiumOf } from './support/whatsapp-web.js';
import { WhatsAppWebStub } from './support/whatsapp-web-stub/whatsapp-web-stub.js';

describe('the built server and linked phones', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let id: string;
  let stub: WhatsAppWebStub;
  let folder: string;
  beforeEach(async () => {
    [database, stub, folder] = await Promise.all([
      freshDatabase(),
      WhatsAppWebStub.start(),
      mkdtemp(join(tmpdir(), 'loket-linked-')),
    ]);
  });
  afterEach(async () => {
    await server.stop();
    await stub.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (chromium: string): Promise<void> => {
    server = await startServer({ databaseUrl: database.url, env: { CHROMIUM_PATH: chromium } });
    admin = await signInAdmin(server);
    id = (await admin.createChannel({ kind: 'whatsapp', name: 'Toko', config: { web: {} } })).id;
    await until(() => session().catch(() => null));
  };
  const session = (): Promise<ChannelSession> => admin.get(`/channels/${id}/session`, channelSessionSchema);
  const pair = (): Promise<Response> =>
    admin.send('POST', `/channels/${id}/session`, { body: { action: 'pair' } });

  it('runs without a browser, and says of such channels that there is none', async () => {
    await start(join(folder, 'chromium'));
    expect(await session()).toMatchObject({ state: 'stopped', reason: 'web_unavailable', offer: null });
    const channel = await admin.get(`/channels/${id}`, channelSchema);
    expect(channel).toMatchObject({ status: 'paused', statusCode: 'whatsapp_web_unavailable' });
    await expect(pair()).rejects.toMatchObject({
      problem: { status: 409, code: 'whatsapp_web_unavailable' },
    });
  });

  it('stops with a linked phone in good time, and leaves no process behind and no code in the log', async () => {
    const chromium = join(folder, 'chromium');
    const args = stub.chromiumArgs.map((arg) => `'${arg}'`).join(' ');
    await writeFile(chromium, `#!/bin/sh\nexec '${chromiumOf()}' ${args} "$@"\n`);
    await chmod(chromium, 0o755);
    await start(chromium);
    await pair();
    const { offer } = await until(session, (now) => now.offer !== null);
    await stub.pair();
    await until(session, ({ state }) => state === 'ready');
    expect(processes(server.dataDir)).toBeGreaterThan(2);

    const began = Date.now();
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(processes(server.dataDir)).toBe(0);
    expect(offer?.kind === 'qr' && server.log().includes(offer.qr.slice(0, 12))).toBe(false);
  });
});

/** Whatever names the folder: the session's process and its browser. */
function processes(folder: string): number {
  const lines = execFileSync('ps', ['-eo', 'args']).toString().split('\n');
  return lines.filter((line) => line.includes(join(folder, 'whatsapp'))).length;
}
