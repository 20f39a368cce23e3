import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callersSchema, callLinesSchema } from '@loket/contracts/call-views.js';
import { caseOperationSchema } from '@loket/contracts/operations.js';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { aCall, aNumber, atMinute, telephoneOf, type Telephone } from '../../../../test/support/telephone.js';

let server: TestApp;
let phone: Telephone;
beforeAll(async () => {
  server = await startApp();
  phone = await telephoneOf(server);
});
afterAll(() => server.close());

const caseCount = async (): Promise<number> => {
  const [row]: { n: number }[] = await server.app
    .get(DataSource)
    .query('SELECT count(*)::int AS n FROM cases');
  return row?.n ?? 0;
};

describe('a call that an agent writes down', () => {
  it('goes into the case that he names, and its customer is the caller', async () => {
    const { caseId, customerId } = await phone.told(aCall({ outcome: 'answered' }));
    const { number: caseNumber } = await phone.caseOf(caseId);
    const unknown = aNumber();
    const logged = await phone.log({ number: unknown, caseId: caseId ?? '', notes: 'Dari telepon kantor' });
    expect(logged).toMatchObject({ caseId, caseNumber, customerId, known: false });
    const hidden = await phone.log({ number: null, caseId: caseId ?? '' });
    expect(hidden).toMatchObject({ caseId, customerId });
    const [, message] = await phone.messagesOf(caseId);
    expect(message).toMatchObject({
      agent: { name: expect.any(String) },
      call: { notes: 'Dari telepon kantor', line: '021-5550100', number: unknown },
      match: { evidence: [{ code: 'agent_said' }] },
    });
  });

  it('opens a new case where he wants one, and leaves the rest to the rules', async () => {
    const number = aNumber();
    const { caseId, customerId } = await phone.told(aCall({ number }));
    const fresh = await phone.log({ number, caseId: 'new', notes: 'Soal tagihan Oktober' });
    expect(fresh.customerId).toBe(customerId);
    expect(fresh.caseId).not.toBe(caseId);
    expect((await phone.caseOf(fresh.caseId)).subject).toBe('Soal tagihan Oktober');
    const before = await caseCount();
    await expect(phone.log({ caseId: newId() })).rejects.toMatchObject({ status: 404 });
    expect(await caseCount()).toBe(before);
  });

  it('adds to what the telephone system tells of the same call', async () => {
    const record = aCall({ outcome: 'answered', talkSeconds: 42, agent: '201' });
    const { messageId, caseId } = await phone.told(record);
    const { callId, number } = record;
    const logged = await phone.log({ callId, number, notes: 'Sudah beres', disposition: 'Selesai' });
    expect(logged).toEqual(expect.objectContaining({ messageId, caseId, known: true }));
    expect((await phone.messagesOf(caseId)).map((m) => m.call)).toEqual([
      expect.objectContaining({ talkSeconds: 42, notes: 'Sudah beres', disposition: 'Selesai' }),
    ]);
  });

  it('has a result in the spelling of the list, or in words of its own', async () => {
    const line = await telephoneOf(server, { dispositions: ['Selesai', 'Telepon lagi', 'Salah sambung'] });
    const { items } = await server.admin.get('/calls/lines', callLinesSchema);
    expect(items.find(({ id }) => id === line.channelId)?.dispositions).toEqual([
      ...['Selesai', 'Telepon lagi', 'Salah sambung'],
    ]);
    expect(items.find(({ id }) => id === phone.channelId)?.dispositions).toEqual([]);
    for (const [told, stored] of [
      [' telepon LAGI ', 'Telepon lagi'],
      ['Minta kurir lain', 'Minta kurir lain'],
      ['  ', null],
    ]) {
      const { caseId } = await line.log({ disposition: told });
      expect((await line.messagesOf(caseId)).at(-1)?.call?.disposition).toBe(stored);
    }
    const twice = { kind: 'phone', name: 'Dua kali', config: { dispositions: ['Selesai', 'SELESAI'] } };
    await expect(server.admin.post('/channels', twice, z.unknown())).rejects.toMatchObject({ status: 400 });
  });

  it('is refused on a channel that is no telephone, and without a number that we called', async () => {
    const mail = await server.admin.createChannel({ kind: 'email', name: 'Surel', config: {} });
    await expect(phone.log({ channelId: mail.id })).rejects.toMatchObject({
      problem: { code: 'channel_takes_no_calls' },
    });
    await expect(phone.log({ direction: 'outbound', number: null })).rejects.toMatchObject({ status: 400 });
  });
});

describe('a call that stands elsewhere already', () => {
  /** a call that the telephone system told first, and the case that the agent has in view */
  const mixedUp = async () => {
    const record = aCall({ outcome: 'answered', talkSeconds: 42 });
    const there = await phone.told(record);
    const here = await phone.told(aCall({ outcome: 'answered' }));
    const { callId, number } = record;
    const logged = await phone.log({ callId, number, notes: 'Soal garansi', caseId: here.caseId ?? '' });
    expect(logged).toMatchObject({
      messageId: there.messageId,
      caseId: there.caseId,
      known: true,
      elsewhere: true,
    });
    return { record, there, here, logged };
  };
  const move = (messageId: string, into: string) =>
    server.admin.post(`/calls/${messageId}/move`, { into }, caseOperationSchema);
  const callsOf = async (caseId: string | null) => (await phone.messagesOf(caseId)).map(({ id }) => id);
  const undo = (id: string) => server.admin.post(`/operations/${id}/undo`, {}, z.unknown());

  it('is moved into the case that the agent means, with its whole case when that is all of it', async () => {
    const { there, here, logged } = await mixedUp();
    const { operation, case: now } = await move(logged.messageId, here.caseId ?? '');
    expect([operation.kind, now.id]).toEqual(['merge_cases', here.caseId]);
    expect((await callsOf(here.caseId)).toSorted()).toEqual([here.messageId, there.messageId].toSorted());
    const moved = (await phone.messagesOf(here.caseId)).find(({ id }) => id === there.messageId);
    expect(moved?.call).toMatchObject({ talkSeconds: 42, notes: 'Soal garansi' });
    await undo(operation.id);
    expect(await callsOf(here.caseId)).toEqual([here.messageId]);
    expect(await callsOf(there.caseId)).toEqual([there.messageId]);
  });

  it('leaves what else is in its case, and takes the task to call back along', async () => {
    const number = aNumber();
    const first = await phone.told(aCall({ number, outcome: 'answered' }));
    const missed = await phone.told(aCall({ number, startedAt: atMinute(9) }));
    expect(missed.caseId).toBe(first.caseId);
    const here = await phone.told(aCall({ outcome: 'answered' }));
    const { number: shown } = await phone.caseOf(here.caseId);
    const { operation } = await move(missed.messageId ?? '', `#${String(shown)}`);
    expect(operation.kind).toBe('split_case');
    expect(await callsOf(first.caseId)).toEqual([first.messageId]);
    expect((await phone.caseOf(first.caseId)).callback).toBeNull();
    expect((await phone.caseOf(here.caseId)).callback).toEqual({ since: atMinute(9), number });
    await undo(operation.id);
    expect((await phone.caseOf(first.caseId)).callback).toEqual({ since: atMinute(9), number });
    expect((await phone.caseOf(here.caseId)).callback).toBeNull();
  });

  it('stays one call, whatever the telephone system tells of it afterwards', async () => {
    const { record, here, logged } = await mixedUp();
    await move(logged.messageId, here.caseId ?? '');
    const again = await phone.told({ ...record, talkSeconds: 50 });
    expect(again).toMatchObject({ status: 'duplicate', messageId: logged.messageId, caseId: here.caseId });
    const written = await phone.log({
      callId: record.callId,
      number: record.number,
      caseId: here.caseId ?? '',
    });
    expect(written).toMatchObject({ known: true, elsewhere: false });
    expect(await callsOf(here.caseId)).toHaveLength(2);
  });

  it('is where it should be when its case was merged there meanwhile', async () => {
    const record = aCall({ outcome: 'answered' });
    const there = await phone.told(record);
    const here = await phone.told(aCall({ outcome: 'answered' }));
    await server.admin.post(`/cases/${here.caseId ?? ''}/merge`, { into: there.caseId }, z.unknown());
    const { callId, number } = record;
    expect(await phone.log({ callId, number, caseId: here.caseId ?? '' })).toMatchObject({
      elsewhere: false,
    });
  });

  it('goes to no resolved case, and only calls are moved', async () => {
    const { here, logged } = await mixedUp();
    await server.admin.patch(`/cases/${here.caseId ?? ''}`, { status: 'resolved' }, z.unknown());
    const more = await phone.told(aCall({ number: aNumber() }));
    await expect(move(newId(), here.caseId ?? '')).rejects.toMatchObject({
      problem: { code: 'call_not_found' },
    });
    await expect(move(more.messageId ?? '', newId())).rejects.toMatchObject({ status: 404 });
    await expect(move(logged.messageId, logged.caseId)).rejects.toMatchObject({
      problem: { code: expect.stringMatching(/_into_itself$/) },
    });
  });
});

describe('looking a caller up', () => {
  it('follows the number as it is typed', async () => {
    const number = '0857-7123-9876';
    const { customerId, caseId } = await phone.told(aCall({ number, name: 'Wulan Sari' }));
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

  it('reads numbers as where the line stands', async () => {
    const line = await telephoneOf(server, { defaultRegion: 'SG' });
    const { customerId } = await line.told(aCall({ number: '6123 4567' }));
    const found = async (text: string, channel?: string): Promise<string[]> => {
      const query = new URLSearchParams({ number: text, ...(channel && { channel }) });
      const { items } = await server.admin.get(`/calls/callers?${query.toString()}`, callersSchema);
      return items.map((item) => item.customerId);
    };
    expect(await found('6123', line.channelId)).toEqual([customerId]);
    expect(await found('61234567', line.channelId)).toEqual([customerId]);
    // in Indonesia these digits begin another number
    expect(await found('6123', phone.channelId)).toEqual([]);
    await expect(found('6123', newId())).rejects.toMatchObject({ status: 404 });
  });
});
