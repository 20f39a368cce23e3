import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timelinePageSchema } from '@loket/contracts/cases.js';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiClient } from '../../../../test/support/client.js';
import { aCall, signedBy, telephoneOf, type Telephone } from '../../../../test/support/telephone.js';

let server: TestApp;
let phone: Telephone;
beforeAll(async () => {
  server = await startApp();
  phone = await telephoneOf(server);
});
afterAll(() => server.close());

describe('recordings', () => {
  const upload = async (bytes: string): Promise<{ sha256: string; mediaType: string; size: number }> => {
    const form = new FormData();
    form.set('file', new File([bytes], 'rekaman.mp3', { type: 'audio/mpeg' }));
    const answer = await fetch(`${server.url}/api/v1/attachments`, {
      method: 'POST',
      body: form,
      headers: { cookie: server.admin.cookieHeader() },
    });
    const { sha256, mediaType, size } = (await answer.json()) as Awaited<ReturnType<typeof upload>>;
    return { sha256, mediaType, size };
  };

  it('are played to whom the channel allows, and each time is written down', async () => {
    const recording = await upload('suara');
    const { messageId } = await phone.log({ recording });
    const heard = await server.admin.send('GET', `/calls/${messageId}/recording`, {});
    expect([heard.headers.get('content-type'), await heard.text()]).toEqual(['audio/mpeg', 'suara']);
    const headers = { range: 'bytes=2-' };
    const rest = await server.admin.send('GET', `/calls/${messageId}/recording`, { headers });
    expect([rest.status, await rest.text()]).toEqual([206, 'ara']);
    const may = await server.admin.send('HEAD', `/calls/${messageId}/recording`, {});
    expect([may.status, await may.text()]).toEqual([200, '']);
    expect(await phone.eventsOf(messageId, 'recording.played')).toEqual([
      expect.objectContaining({ actorId: expect.any(String) }),
    ]);
  });

  it('are written down too for whoever skips the beginning', async () => {
    const { messageId } = await phone.log({ recording: await upload('bisikan') });
    for (const range of ['bytes=1-', 'bytes=2-'])
      await server.admin.send('GET', `/calls/${messageId}/recording`, { headers: { range } });
    expect(await phone.eventsOf(messageId, 'recording.played')).toHaveLength(1);
  });

  it('are not for those below the role that the line sets, by no way at all', async () => {
    const line = await telephoneOf(server, { recordings: 'supervisor' });
    const bytes = await upload('rahasia');
    const { messageId, caseId } = await line.log({ recording: bytes });
    const rudi = {
      email: 'rudi@loket.example',
      name: 'Rudi',
      role: 'agent',
      password: 'kata sandi yang panjang',
    };
    await server.admin.post('/agents', rudi, z.unknown());
    const agent = new ApiClient(server.url);
    await agent.signIn(rudi.email, rudi.password);
    for (const method of ['GET', 'HEAD']) {
      const url = `${server.url}/api/v1/calls/${messageId}/recording`;
      const answer = await fetch(url, { method, headers: { cookie: agent.cookieHeader() } });
      expect([method, answer.status]).toEqual([method, 403]);
    }
    const { items } = await agent.get(`/cases/${caseId}/timeline`, timelinePageSchema);
    expect(JSON.stringify(items)).not.toContain(bytes.sha256);
    const heard = await phone.eventsThat((event) => event.type === 'message.received');
    expect(heard.map(({ type }) => type)).not.toContain('recording.played');
    const boss = await server.admin.send('GET', `/calls/${messageId}/recording`, {});
    expect(await boss.text()).toBe('rahasia');
  });

  /** what a browser is told that does not follow */
  const ask = (messageId: string | null): Promise<Response> =>
    fetch(`${server.url}/api/v1/calls/${messageId ?? ''}/recording`, {
      redirect: 'manual',
      headers: { cookie: server.admin.cookieHeader() },
    });

  it('that stand elsewhere are led to by the browser, never fetched by us, and each time is written down', async () => {
    let asked = 0;
    const inside = createServer((_request, response) => {
      asked += 1;
      response.end('inside');
    });
    await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${String((inside.address() as AddressInfo).port)}/rec/3.wav`;
    const { messageId } = await phone.told(aCall({ outcome: 'answered', recording: { kind: 'url', url } }));
    const answer = await ask(messageId);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, url]);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await phone.eventsOf(messageId ?? '', 'recording.played')).toHaveLength(1);
    const may = await fetch(`${server.url}/api/v1/calls/${messageId ?? ''}/recording`, {
      method: 'HEAD',
      redirect: 'manual',
      headers: { cookie: server.admin.cookieHeader() },
    });
    expect([may.status, may.headers.get('location')]).toEqual([200, null]);
    inside.close();
    expect(asked).toBe(0);
  });

  it.each([
    'javascript:alert(1)',
    'data:audio/wav;base64,AAAA',
    'file:///etc/passwd',
    'ftp://pbx.example/1.wav',
  ])('of no web address are taken by no door and led to by none: %s', async (url) => {
    const record = aCall({ outcome: 'answered', recording: { kind: 'url', url } });
    expect(await phone.told(record)).toMatchObject({ status: 'quarantined' });
    const body = JSON.stringify(record);
    expect(await phone.post(body, signedBy(body))).toBe(200);
    const message = {
      ...{
        externalId: record.callId,
        sender: { kind: 'phone' as const, value: '0812' },
        sentAt: record.startedAt,
      },
      ...{ text: 'Telepon', call: record },
    } as const;
    await expect(server.admin.ingest(phone.channelId, message)).rejects.toMatchObject({ status: 400 });
    // whatever got into the row by another way
    const { messageId } = await phone.told(aCall({ outcome: 'answered' }));
    await server.app
      .get(DataSource)
      .query(`UPDATE messages SET call = jsonb_set(call, '{recording}', $2) WHERE id = $1`, [
        messageId,
        JSON.stringify({ kind: 'url', url }),
      ]);
    const answer = await ask(messageId);
    expect([answer.status, answer.headers.get('location')]).toEqual([422, null]);
    expect(await answer.json()).toMatchObject({ code: 'recording_address_refused' });
  });
});
