import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type CaseDetail,
  caseSchema,
  timelinePageSchema,
  type TimelineMessage,
} from '@loket/contracts/cases.js';
import {
  callersSchema,
  loggedCallSchema,
  type CreateCallInput,
  type LoggedCall,
  type Ringing,
} from '@loket/contracts/call-views.js';
import type { CallRecordInput, RingingCall } from '@loket/contracts/calls.js';
import { eventPageSchema, type LiveEvent } from '@loket/contracts/events.js';
import { intakeResultSchema, type IntakeResult } from '@loket/contracts/inbound.js';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { agentSocket } from '../../../../test/support/live-client.js';
import { until } from '../../../../test/support/until.js';

const secret = 'rahasia-sentral-telepon';
let server: TestApp;
let channelId: string;
beforeAll(async () => {
  server = await startApp();
  const config = { address: '021-5550100', webhook: { format: 'generic' as const, secret } };
  channelId = (await server.admin.createChannel({ kind: 'phone', name: 'Telepon', config })).id;
});
afterAll(() => server.close());

let numbers = 0;
const aNumber = (): string => `0813${String(10_000_000 + ++numbers)}`;
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 3, minute)).toISOString();
const call = (over: Partial<CallRecordInput> = {}): CallRecordInput => ({
  callId: newId(),
  direction: 'inbound',
  number: aNumber(),
  startedAt: at(0),
  outcome: 'missed',
  ...over,
});

/** as a script of the telephone system hands one in */
const told = async (record: CallRecordInput): Promise<IntakeResult> => {
  const headers = { 'content-type': 'application/vnd.loket.call+json' };
  const answer = await server.admin.send(
    'POST',
    `/channels/${channelId}/inbound`,
    { headers },
    JSON.stringify(record),
  );
  return intakeResultSchema.parse(await answer.json());
};
const log = (over: Partial<CreateCallInput> = {}): Promise<LoggedCall> =>
  server.admin.post(
    '/calls',
    { channelId, direction: 'inbound', number: aNumber(), startedAt: at(0), outcome: 'answered', ...over },
    loggedCallSchema,
  );
const caseOf = (id: string | null): Promise<CaseDetail> => server.admin.get(`/cases/${id ?? ''}`, caseSchema);
const messagesOf = async (id: string | null): Promise<TimelineMessage[]> => {
  const { items } = await server.admin.get(`/cases/${id ?? ''}/timeline`, timelinePageSchema);
  return items.filter((item) => item.type === 'message');
};
/** The log shows what is behind every transaction that runs, so it is asked until it does. */
const eventsThat = (wanted: (event: LiveEvent) => boolean): Promise<LiveEvent[]> =>
  until(
    async () => (await server.admin.get('/events?limit=500', eventPageSchema)).items.filter(wanted),
    (events) => events.length > 0,
  );
const eventsOf = (messageId: string, type: string): Promise<LiveEvent[]> =>
  eventsThat((event) => event.type === type && event.data['messageId'] === messageId);
const caseCount = async (): Promise<number> => {
  const [row]: { n: number }[] = await server.app
    .get(DataSource)
    .query('SELECT count(*)::int AS n FROM cases');
  return row?.n ?? 0;
};

describe('a call that a telephone system tells', () => {
  it('stands in the timeline as what it is, without the address of its recording', async () => {
    const record = call({
      outcome: 'answered',
      ringSeconds: 6,
      talkSeconds: 125,
      agent: 'Sari',
      queue: 'Servis',
      recording: { kind: 'url', url: 'https://pbx.example/rec/1.wav?token=rahasia' },
    });
    const { caseId, status } = await told(record);
    expect(status).toBe('accepted');
    const [message] = await messagesOf(caseId);
    expect(message).toMatchObject({
      direction: 'inbound',
      channelKind: 'phone',
      hasRaw: false,
      call: {
        ...{ callId: record.callId, outcome: 'answered', ringSeconds: 6, talkSeconds: 125, agent: 'Sari' },
        ...{ queue: 'Servis', recording: { kind: 'link', mediaType: null } },
      },
    });
    expect(JSON.stringify(message)).not.toContain('rahasia');
    const raw = server.admin.send('GET', `/messages/${message?.id ?? ''}/raw`, {});
    await expect(raw).rejects.toMatchObject({ status: 404 });
    // somebody was spoken to: nobody waits, nobody is to be called back
    expect(await caseOf(caseId)).toMatchObject({ waitingSince: null, callback: null, status: 'open' });
  });

  it('grows with each report into the same call, whatever their order', async () => {
    const first = call({ outcome: 'missed', ringSeconds: 20 });
    const taken: CallRecordInput = { ...first, outcome: 'answered', talkSeconds: 60, agent: 'Sari' };
    const noted: CallRecordInput = { ...taken, notes: 'Minta dikirim ulang', disposition: 'Servis' };
    const recorded: CallRecordInput = {
      ...first,
      recording: { kind: 'url', url: 'https://pbx.example/2.wav' },
    };
    const reports = [first, taken, noted, recorded];
    const seen = [];
    for (const order of [reports, reports.toReversed(), [taken, recorded, first, noted]]) {
      const own = order.map((report) => ({ ...report, callId: `${report.callId}-${String(seen.length)}` }));
      const results: IntakeResult[] = [];
      for (const report of own) results.push(await told(report));
      expect(new Set(results.map((r) => r.messageId)).size).toBe(1);
      expect(results.map((r) => r.status)).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate']);
      const messages = await messagesOf(results[0]?.caseId ?? null);
      const message = messages.find((m) => m.id === results[0]?.messageId);
      seen.push({ ...message?.call, callId: null, text: message?.text });
      expect(await told(own[0] ?? first)).toMatchObject({ status: 'duplicate' });
      expect((await messagesOf(results[0]?.caseId ?? null)).find((m) => m.id === message?.id)).toEqual(
        message,
      );
    }
    expect(seen[0]).toMatchObject({
      ...{ outcome: 'answered', talkSeconds: 60, agent: 'Sari', notes: 'Minta dikirim ulang' },
      ...{ recording: { kind: 'link' }, text: expect.stringContaining('Minta dikirim ulang') },
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('tells every screen what became known', async () => {
    const record = call();
    const { messageId, caseId } = await told(record);
    const { version } = await caseOf(caseId);
    await told({ ...record, outcome: 'answered', talkSeconds: 5 });
    const [event] = await eventsOf(messageId ?? '', 'call.updated');
    expect(event).toMatchObject({ caseId, version: version + 1, item: { id: messageId, version: 2 } });
    expect(await caseOf(caseId)).toMatchObject({ version: version + 1, callback: null, waitingSince: null });
    await told({ ...record, outcome: 'answered', talkSeconds: 5 });
    expect(await eventsOf(messageId ?? '', 'call.updated')).toHaveLength(1);
  });

  it('is never put together with others by withheld numbers', async () => {
    const hidden = [await told(call({ number: null })), await told(call({ number: 'anonymous' }))];
    expect(new Set(hidden.map((r) => r.customerId)).size).toBe(2);
    expect(new Set(hidden.map((r) => r.caseId)).size).toBe(2);
  });

  it('of ours to a customer is no message of his', async () => {
    const number = aNumber();
    const { caseId } = await told(call({ number }));
    const made = await told(
      call({ number, direction: 'outbound', outcome: 'answered', startedAt: at(9), agent: 'Sari' }),
    );
    expect(made).toMatchObject({ status: 'accepted', caseId });
    const messages = await messagesOf(caseId);
    expect(messages.map((m) => [m.direction, m.call?.outcome])).toEqual([
      ['inbound', 'missed'],
      ['outbound', 'answered'],
    ]);
    expect(await caseOf(caseId)).toMatchObject({ callback: null, waitingSince: null });
  });
});

describe('a call as a message of an adapter elsewhere', () => {
  it('is on the side of whoever called', async () => {
    const number = aNumber();
    const json = (record: CallRecordInput): Promise<IntakeResult> =>
      server.admin.ingest(channelId, {
        externalId: record.callId,
        sender: { kind: 'phone', value: number },
        sentAt: record.startedAt,
        text: 'Telepon',
        call: record,
      });
    const { caseId } = await json(call({ number }));
    const made = await json(call({ number, direction: 'outbound', outcome: 'answered', startedAt: at(3) }));
    expect(made).toMatchObject({ status: 'accepted', caseId });
    expect((await messagesOf(caseId)).map((m) => m.direction)).toEqual(['inbound', 'outbound']);
    await expect(json(call({ number: null, direction: 'outbound' }))).rejects.toMatchObject({
      problem: { code: 'call_without_number' },
    });
  });
});

describe('the task to call back', () => {
  it.each(['missed', 'abandoned', 'voicemail', 'busy'] as const)(
    'comes with a call that ended %s',
    async (outcome) => {
      const number = aNumber();
      const { caseId } = await told(call({ number, outcome }));
      expect((await caseOf(caseId)).callback).toEqual({ since: at(0), number });
    },
  );

  it('stands in the only open case, since the first of several calls', async () => {
    const number = aNumber();
    const first = await told(call({ number }));
    const second = await told(call({ number, startedAt: at(20) }));
    expect(second.caseId).toBe(first.caseId);
    expect((await caseOf(first.caseId)).callback).toEqual({ since: at(0), number });
  });

  it('ends when somebody reaches him, not when nobody takes our call', async () => {
    const number = aNumber();
    const { caseId } = await told(call({ number }));
    await log({ number, direction: 'outbound', outcome: 'missed', startedAt: at(5) });
    expect((await caseOf(caseId)).callback).not.toBeNull();
    const made = await log({ number, direction: 'outbound', startedAt: at(6), talkSeconds: 60 });
    expect(made.caseId).toBe(caseId);
    expect((await caseOf(caseId)).callback).toBeNull();
  });

  it('does not come back with reports that arrive late', async () => {
    const number = aNumber();
    const answered = await told(call({ number, outcome: 'answered', startedAt: at(30) }));
    const late = await told(call({ number, startedAt: at(10) }));
    expect(late.caseId).toBe(answered.caseId);
    expect((await caseOf(late.caseId)).callback).toBeNull();
  });

  it('ends when an agent says so or resolves the case, and is told as a change', async () => {
    for (const change of [{ callbackDone: true }, { status: 'resolved' }]) {
      const number = aNumber();
      const { caseId } = await told(call({ number }));
      const done = await server.admin.patch(`/cases/${caseId ?? ''}`, change, caseSchema);
      expect(done.callback).toBeNull();
      const changes = await eventsThat((e) => e.caseId === caseId && e.type === 'case.updated');
      expect(changes.at(-1)?.data).toMatchObject({
        callback: { from: { since: at(0), number }, to: null },
      });
      await told(call({ number, startedAt: at(1) }));
      expect((await caseOf(caseId)).callback).toBeNull();
    }
  });
});

describe('a call that an agent writes down', () => {
  it('goes into the case that he names, and its customer is the caller', async () => {
    const { caseId, customerId } = await told(call({ outcome: 'answered' }));
    const { number: caseNumber } = await caseOf(caseId);
    const unknown = aNumber();
    const logged = await log({ number: unknown, caseId: caseId ?? '', notes: 'Dari telepon kantor' });
    expect(logged).toMatchObject({ caseId, caseNumber, customerId, known: false });
    const hidden = await log({ number: null, caseId: caseId ?? '' });
    expect(hidden).toMatchObject({ caseId, customerId });
    const [, message] = await messagesOf(caseId);
    expect(message).toMatchObject({
      agent: { name: expect.any(String) },
      call: { notes: 'Dari telepon kantor', line: '021-5550100', number: unknown },
      match: { evidence: [{ code: 'agent_said' }] },
    });
  });

  it('opens a new case where he wants one, and leaves the rest to the rules', async () => {
    const number = aNumber();
    const { caseId, customerId } = await told(call({ number }));
    const fresh = await log({ number, caseId: 'new', notes: 'Soal tagihan Oktober' });
    expect(fresh.customerId).toBe(customerId);
    expect(fresh.caseId).not.toBe(caseId);
    expect((await caseOf(fresh.caseId)).subject).toBe('Soal tagihan Oktober');
    const before = await caseCount();
    await expect(log({ caseId: newId() })).rejects.toMatchObject({ status: 404 });
    expect(await caseCount()).toBe(before);
  });

  it('adds to what the telephone system tells of the same call', async () => {
    const record = call({ outcome: 'answered', talkSeconds: 42, agent: '201' });
    const { messageId, caseId } = await told(record);
    const { callId, number } = record;
    const logged = await log({ callId, number, notes: 'Sudah beres', disposition: 'Selesai' });
    expect(logged).toEqual(expect.objectContaining({ messageId, caseId, known: true }));
    expect((await messagesOf(caseId)).map((m) => m.call)).toEqual([
      expect.objectContaining({ talkSeconds: 42, notes: 'Sudah beres', disposition: 'Selesai' }),
    ]);
  });

  it('is refused on a channel that is no telephone, and without a number that we called', async () => {
    const mail = await server.admin.createChannel({ kind: 'email', name: 'Surel', config: {} });
    await expect(log({ channelId: mail.id })).rejects.toMatchObject({
      problem: { code: 'channel_takes_no_calls' },
    });
    await expect(log({ direction: 'outbound', number: null })).rejects.toMatchObject({ status: 400 });
  });
});

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
    const { messageId } = await log({ recording });
    const heard = await server.admin.send('GET', `/calls/${messageId}/recording`, {});
    expect([heard.headers.get('content-type'), await heard.text()]).toEqual(['audio/mpeg', 'suara']);
    const headers = { range: 'bytes=2-' };
    const rest = await server.admin.send('GET', `/calls/${messageId}/recording`, { headers });
    expect([rest.status, await rest.text()]).toEqual([206, 'ara']);
    expect(await eventsOf(messageId, 'recording.played')).toEqual([
      expect.objectContaining({ actorId: expect.any(String) }),
    ]);
  });

  it('that stand elsewhere are led to', async () => {
    const url = 'https://pbx.example/rec/3.wav';
    const { messageId } = await told(call({ outcome: 'answered', recording: { kind: 'url', url } }));
    const answer = await fetch(`${server.url}/api/v1/calls/${messageId ?? ''}/recording`, {
      redirect: 'manual',
      headers: { cookie: server.admin.cookieHeader() },
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, url]);
  });
});

describe('looking a caller up', () => {
  it('follows the number as it is typed', async () => {
    const number = '0857-7123-9876';
    const { customerId, caseId } = await told(call({ number, name: 'Wulan Sari' }));
    const found = async (text: string): Promise<string[]> => {
      const path = `/calls/callers?number=${encodeURIComponent(text)}`;
      return (await server.admin.get(path, callersSchema)).items.map((item) => item.customerId);
    };
    for (const typed of [
      '0857-7',
      '08577123',
      '+62857712',
      '62857712',
      '857712398',
      '9876',
      '0857 7123 9876',
    ])
      expect([typed, await found(typed)]).toEqual([typed, [customerId]]);
    expect(await found('0857-8')).toEqual([]);
    expect(await found('abc')).toEqual([]);
    const { items } = await server.admin.get('/calls/callers?number=085771239876', callersSchema);
    expect(items[0]).toMatchObject({
      ...{ name: 'Wulan Sari', openCases: 1, identity: { kind: 'phone', value: '+6285771239876' } },
      cases: [{ id: caseId, status: 'open', callback: true }],
    });
  });
});

describe('the signed webhook', () => {
  const post = async (body: string, headers: Record<string, string>, id = channelId): Promise<number> => {
    const url = `${server.url}/api/v1/channels/${id}/webhook`;
    return (await fetch(url, { method: 'POST', body, headers })).status;
  };
  const seconds = (): string => String(Math.floor(Date.now() / 1000));
  const signed = (body: string, timestamp = seconds(), key = secret): Record<string, string> => ({
    'x-loket-timestamp': timestamp,
    'x-loket-signature': `sha256=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`,
  });
  const known = (callId: string): Promise<unknown[]> =>
    server.app.get(DataSource).query('SELECT call FROM messages WHERE external_id = $1', [callId]);

  it('takes what is signed with the secret and lately, and nothing else', async () => {
    const record = call();
    const body = JSON.stringify(record);
    const old = String(Math.floor(Date.now() / 1000) - 600);
    expect(await post(body, {})).toBe(403);
    expect(await post(body, signed(body, old))).toBe(403);
    expect(await post(body, signed(body, undefined, 'lain'))).toBe(403);
    expect(await post(`${body} `, signed(body))).toBe(403);
    expect(await known(record.callId)).toEqual([]);
    expect(await post(body, signed(body))).toBe(200);
    await until(
      () => known(record.callId),
      (rows) => rows.length === 1,
    );
  });

  it('has no handshake', async () => {
    const query = 'hub.mode=subscribe&hub.verify_token=&hub.challenge=1';
    expect((await fetch(`${server.url}/api/v1/channels/${channelId}/webhook?${query}`)).status).toBe(403);
  });

  it('takes forms of Twilio and reports of 3CX in their own ways', async () => {
    const create = (name: string, format: 'twilio' | '3cx'): Promise<{ id: string }> =>
      server.admin.createChannel({ kind: 'phone', name, config: { webhook: { format, secret } } });
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
    const signature = createHmac('sha1', secret).update(text).digest('base64');
    expect(await post(body, { 'x-twilio-signature': 'x' }, twilio)).toBe(403);
    expect(await post(body, { 'x-twilio-signature': signature }, twilio)).toBe(200);
    await until(
      () => known(sid),
      (rows) => rows.length === 1,
    );
    const pbx = (await create('3CX', '3cx')).id;
    const report = { CallType: 'Missed', Number: '081299887755', CallStartTimeUTC: '11/20/2026 03:00:00' };
    expect(await post(JSON.stringify(report), { authorization: 'Bearer lain' }, pbx)).toBe(403);
    expect(await post(JSON.stringify(report), { authorization: `Bearer ${secret}` }, pbx)).toBe(200);
    const calls = (): Promise<unknown[]> =>
      server.app.get(DataSource).query('SELECT FROM messages WHERE channel_id = $1', [pbx]);
    await until(calls, (rows) => rows.length === 1);
  });
});

describe('a telephone that rings', () => {
  it('is on the screens of agents within a second, with who it may be', async () => {
    const number = aNumber();
    const { caseId, customerId } = await told(call({ number, name: 'Rudi Hartono' }));
    const socket = agentSocket(server.url, { cookie: server.admin.cookieHeader() });
    const rung: Ringing[] = [];
    socket.on('ringing', (ringing) => rung.push(ringing));
    await new Promise<void>((done) => socket.once('connect', done));
    await new Promise((done) => socket.emit('subscribe', { rooms: ['inbox', 'calls'] }, done));
    const ring = async (over: Partial<RingingCall>): Promise<void> => {
      const at = new Date().toISOString();
      const ringing = { callId: newId(), state: 'ringing', direction: 'inbound', number: null, at, ...over };
      const body = JSON.stringify(ringing);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      const answer = await fetch(`${server.url}/api/v1/channels/${channelId}/webhook`, {
        method: 'POST',
        body,
        headers: { 'x-loket-timestamp': timestamp, 'x-loket-signature': `sha256=${mac}` },
      });
      expect(answer.status).toBe(200);
    };
    const callId = newId();
    const before = Date.now();
    await ring({ callId, number, queue: 'Servis' });
    await until(
      () => Promise.resolve(rung),
      (calls) => calls.length === 1,
    );
    expect(Date.now() - before).toBeLessThan(1000);
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
});
