import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Ringing } from '@loket/contracts/call-views.js';
import type { RingingCall } from '@loket/contracts/calls.js';
import { eventPageSchema } from '@loket/contracts/events.js';
import { intakeResultSchema } from '@loket/contracts/inbound.js';
import { newId } from '@loket/platform/ids.js';
import { z } from 'zod';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { agentSocket } from '../../../../test/support/live-client.js';
import { aCall, aNumber, telephoneOf, type Telephone } from '../../../../test/support/telephone.js';
import { until } from '../../../../test/support/until.js';

let server: TestApp;
let phone: Telephone;
beforeAll(async () => {
  server = await startApp();
  phone = await telephoneOf(server);
});
afterAll(() => server.close());

describe('a telephone that rings', () => {
  it('is on the screens of agents within a second, with who it may be', async () => {
    const number = aNumber();
    const { caseId, customerId } = await phone.told(aCall({ number, name: 'Rudi Hartono' }));
    const socket = agentSocket(server.url, { cookie: server.admin.cookieHeader() });
    const rung: Ringing[] = [];
    socket.on('ringing', (ringing) => rung.push(ringing));
    await new Promise<void>((done) => socket.once('connect', done));
    await new Promise((done) => socket.emit('subscribe', { rooms: ['inbox', 'calls'] }, done));
    const ring = async (over: Partial<RingingCall>): Promise<void> =>
      expect(await phone.ring(over)).toBe(200);
    const callId = newId();
    // one of a few: the machine may be busy with something else
    for (let tries = 1; ; tries += 1) {
      rung.length = 0;
      const before = Date.now();
      await ring({ callId, number, queue: 'Servis' });
      await until(
        () => Promise.resolve(rung),
        (calls) => calls.length === 1,
      );
      const took = Date.now() - before;
      if (took < 1000) break;
      if (tries === 5) throw new Error(`it took ${String(took)} ms`);
    }
    expect(rung[0]).toMatchObject({
      ...{ callId, state: 'ringing', queue: 'Servis', channelName: 'Telepon', agentRef: null },
      caller: { customerId, name: 'Rudi Hartono', openCases: 1, cases: [{ id: caseId, callback: true }] },
    });
    // nobody known, and nobody at all
    await ring({ number: '+628990001112' });
    await until(
      () => Promise.resolve(rung),
      (calls) => calls.length === 2,
    );
    await ring({});
    await until(
      () => Promise.resolve(rung),
      (calls) => calls.length === 3,
    );
    // old news, somebody else's telephone, a call of ours that no screen waits for
    await ring({ number, at: new Date(Date.now() - 120_000).toISOString() });
    await ring({ number, direction: 'outbound' });
    const other = {
      email: 'lain@loket.example',
      name: 'Lain',
      role: 'agent',
      password: 'kata sandi yang panjang',
    };
    await server.admin.post('/agents', other, z.unknown());
    await ring({ number, agent: other.email });
    await ring({ number, state: 'in_progress', agent: 'LAIN@loket.example', callId });
    await until(
      () => Promise.resolve(rung),
      (calls) => calls.some(({ state }) => state === 'in_progress'),
    );
    expect(
      rung.slice(1).map((one) => [one.number, one.caller?.customerId ?? null, one.agentRef?.name]),
    ).toEqual([
      ['+628990001112', null, undefined],
      [null, null, undefined],
      [number, customerId, 'Lain'],
    ]);
    const { items } = await server.admin.get('/events?limit=500', eventPageSchema);
    expect(items.map(({ type }) => type)).not.toContain('call.ringing');
    socket.close();
  });

  it('may be told at the raw ingress too: it is taken, and is no message', async () => {
    const number = aNumber();
    const { customerId } = await phone.told(aCall({ number }));
    const socket = agentSocket(server.url, { cookie: server.admin.cookieHeader() });
    const rung: Ringing[] = [];
    socket.on('ringing', (ringing) => rung.push(ringing));
    await new Promise<void>((done) => socket.once('connect', done));
    await new Promise((done) => socket.emit('subscribe', { rooms: ['inbox', 'calls'] }, done));
    const ringing = {
      ...{ callId: newId(), state: 'ringing', direction: 'inbound', number },
      at: new Date().toISOString(),
    };
    const answer = await phone.handIn(ringing);
    expect(intakeResultSchema.parse(await answer.json())).toEqual({
      ...{
        status: 'accepted',
        messageId: null,
        caseId: null,
        caseNumber: null,
        customerId: null,
        match: null,
      },
    });
    await until(
      () => Promise.resolve(rung),
      (calls) => calls.length === 1,
    );
    expect(rung[0]).toMatchObject({ callId: ringing.callId, caller: { customerId } });
    // a field that nobody knows is the sender's mistake, here as at the webhook
    const wrong = intakeResultSchema.parse(await (await phone.handIn({ ...ringing, colour: 'red' })).json());
    expect(wrong).toMatchObject({ status: 'quarantined', reason: expect.stringContaining('unknown fields') });
    socket.close();
  });
});
