import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallRecordInput } from '@loket/contracts/calls.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { aCall, aNumber, atMinute, telephoneOf, type Telephone } from '../../../../test/support/telephone.js';

let server: TestApp;
let phone: Telephone;
beforeAll(async () => {
  server = await startApp();
  phone = await telephoneOf(server);
});
afterAll(() => server.close());

describe('a call that a telephone system tells', () => {
  it('stands in the timeline as what it is, without the address of its recording', async () => {
    const record = aCall({
      outcome: 'answered',
      ringSeconds: 6,
      talkSeconds: 125,
      agent: 'Sari',
      queue: 'Servis',
      recording: { kind: 'url', url: 'https://pbx.example/rec/1.wav?token=rahasia' },
    });
    const { caseId, status } = await phone.told(record);
    expect(status).toBe('accepted');
    const [message] = await phone.messagesOf(caseId);
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
    expect(await phone.caseOf(caseId)).toMatchObject({ waitingSince: null, callback: null, status: 'open' });
  });

  it('grows with each report into the same call, whatever their order', async () => {
    const first = aCall({ outcome: 'missed', ringSeconds: 20 });
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
      for (const report of own) results.push(await phone.told(report));
      expect(new Set(results.map((r) => r.messageId)).size).toBe(1);
      expect(results.map((r) => r.status)).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate']);
      const messages = await phone.messagesOf(results[0]?.caseId ?? null);
      const message = messages.find((m) => m.id === results[0]?.messageId);
      seen.push({ ...message?.call, callId: null, text: message?.text });
      expect(await phone.told(own[0] ?? first)).toMatchObject({ status: 'duplicate' });
      expect((await phone.messagesOf(results[0]?.caseId ?? null)).find((m) => m.id === message?.id)).toEqual(
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
    const record = aCall();
    const { messageId, caseId } = await phone.told(record);
    const { version } = await phone.caseOf(caseId);
    await phone.told({ ...record, outcome: 'answered', talkSeconds: 5 });
    const [event] = await phone.eventsOf(messageId ?? '', 'call.updated');
    expect(event).toMatchObject({ caseId, version: version + 1, item: { id: messageId, version: 2 } });
    expect(await phone.caseOf(caseId)).toMatchObject({
      version: version + 1,
      callback: null,
      waitingSince: null,
    });
    await phone.told({ ...record, outcome: 'answered', talkSeconds: 5 });
    expect(await phone.eventsOf(messageId ?? '', 'call.updated')).toHaveLength(1);
  });

  it('is never put together with others by withheld numbers', async () => {
    const hidden = [
      await phone.told(aCall({ number: null })),
      await phone.told(aCall({ number: 'anonymous' })),
    ];
    expect(new Set(hidden.map((r) => r.customerId)).size).toBe(2);
    expect(new Set(hidden.map((r) => r.caseId)).size).toBe(2);
  });

  it('of ours to a customer is no message of his', async () => {
    const number = aNumber();
    const { caseId } = await phone.told(aCall({ number }));
    const made = await phone.told(
      aCall({ number, direction: 'outbound', outcome: 'answered', startedAt: atMinute(9), agent: 'Sari' }),
    );
    expect(made).toMatchObject({ status: 'accepted', caseId });
    const messages = await phone.messagesOf(caseId);
    expect(messages.map((m) => [m.direction, m.call?.outcome])).toEqual([
      ['inbound', 'missed'],
      ['outbound', 'answered'],
    ]);
    expect(await phone.caseOf(caseId)).toMatchObject({ callback: null, waitingSince: null });
  });
});

describe('a call as a message of an adapter elsewhere', () => {
  it('is on the side of whoever called', async () => {
    const number = aNumber();
    const json = (record: CallRecordInput): Promise<IntakeResult> =>
      server.admin.ingest(phone.channelId, {
        externalId: record.callId,
        sender: { kind: 'phone', value: number },
        sentAt: record.startedAt,
        text: 'Telepon',
        call: record,
      });
    const { caseId } = await json(aCall({ number }));
    const made = await json(
      aCall({ number, direction: 'outbound', outcome: 'answered', startedAt: atMinute(3) }),
    );
    expect(made).toMatchObject({ status: 'accepted', caseId });
    expect((await phone.messagesOf(caseId)).map((m) => m.direction)).toEqual(['inbound', 'outbound']);
    await expect(json(aCall({ number: null, direction: 'outbound' }))).rejects.toMatchObject({
      problem: { code: 'call_without_number' },
    });
  });
});
