import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import {
  aCall,
  callSecret,
  signedBy,
  telephoneOf,
  type Telephone,
} from '../../../../test/support/telephone.js';
import { until } from '../../../../test/support/until.js';

let server: TestApp;
let phone: Telephone;
beforeAll(async () => {
  server = await startApp();
  phone = await telephoneOf(server);
});
afterAll(() => server.close());

describe('the signed webhook', () => {
  const known = (callId: string): Promise<unknown[]> =>
    server.app.get(DataSource).query('SELECT call FROM messages WHERE external_id = $1', [callId]);

  it('takes what is signed with the secret and lately, and nothing else', async () => {
    const record = aCall();
    const body = JSON.stringify(record);
    const old = String(Math.floor(Date.now() / 1000) - 600);
    expect(await phone.post(body, {})).toBe(403);
    expect(await phone.post(body, signedBy(body, old))).toBe(403);
    expect(await phone.post(body, signedBy(body, undefined, 'lain'))).toBe(403);
    expect(await phone.post(`${body} `, signedBy(body))).toBe(403);
    expect(await known(record.callId)).toEqual([]);
    expect(await phone.post(body, signedBy(body))).toBe(200);
    await until(
      () => known(record.callId),
      (rows) => rows.length === 1,
    );
  });

  it('has no handshake', async () => {
    const query = 'hub.mode=subscribe&hub.verify_token=&hub.challenge=1';
    expect((await fetch(`${server.url}/api/v1/channels/${phone.channelId}/webhook?${query}`)).status).toBe(
      403,
    );
  });

  it('takes forms of Twilio and reports of 3CX in their own ways', async () => {
    const create = (name: string, format: 'twilio' | '3cx'): Promise<{ id: string }> =>
      server.admin.createChannel({
        kind: 'phone',
        name,
        config: { webhook: { format, secret: callSecret } },
      });
    const twilio = (await create('Twilio', 'twilio')).id;
    const sid = 'CA0123456789abcdef0123456789abcdef';
    const form = {
      CallSid: sid,
      CallStatus: 'no-answer',
      Direction: 'inbound',
      From: '+6281299887766',
      To: '+62215550100',
    };
    const body = new URLSearchParams(form).toString();
    const url = `http://127.0.0.1:3000/api/v1/channels/${twilio}/webhook`;
    const text =
      url +
      Object.entries(form)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flat()
        .join('');
    const signature = createHmac('sha1', callSecret).update(text).digest('base64');
    expect(await phone.post(body, { 'x-twilio-signature': 'x' }, twilio)).toBe(403);
    expect(await phone.post(body, { 'x-twilio-signature': signature }, twilio)).toBe(200);
    await until(
      () => known(sid),
      (rows) => rows.length === 1,
    );
    const pbx = (await create('3CX', '3cx')).id;
    const report = { CallType: 'Missed', Number: '081299887755', CallStartTimeUTC: '11/20/2026 03:00:00' };
    expect(await phone.post(JSON.stringify(report), { authorization: 'Bearer lain' }, pbx)).toBe(403);
    expect(await phone.post(JSON.stringify(report), { authorization: `Bearer ${callSecret}` }, pbx)).toBe(
      200,
    );
    const calls = (): Promise<unknown[]> =>
      server.app.get(DataSource).query('SELECT FROM messages WHERE channel_id = $1', [pbx]);
    await until(calls, (rows) => rows.length === 1);
  });
});
