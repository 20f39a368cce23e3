import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { IntakeResult, NormalizedMessage } from '@loket/contracts/inbound.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { message, startIntake, type TestIntake } from '../../../../test/support/intake.js';
import { Case } from '../cases/case.entity.js';

let url: TestDatabase;
let t: TestIntake;
let whatsapp: string;
let phone: string;

beforeAll(async () => {
  url = await freshDatabase();
  t = await startIntake(url.url);
  whatsapp = await t.addChannel('whatsapp');
  phone = await t.addChannel('phone');
});
afterAll(async () => {
  await t.close();
  await url.drop();
});

let numbers = 0;
const newNumber = (): string => `62811${String(7_000_000 + numbers++)}`;
const say = (from: string, text: string): Promise<IntakeResult> => t.intake.receive(chat(from, text));
const chat = (from: string, text: string): NormalizedMessage =>
  message(whatsapp, {
    sentAt: t.clock.now().toISOString(),
    subject: null,
    text,
    sender: { kind: 'whatsapp', value: from, proof: 'verified' },
  });
const parcel = 'kak paket saya BJ-771204 kok belum sampai ya, sudah seminggu';

it('opens another case where a chat turns to another matter, and goes back where it turns back', async () => {
  const from = newNumber();
  const first = await say(from, parcel);
  t.clock.advanceHours(5);
  const other = await say(from, 'beda lagi kak, mau tanya cara ganti nomor telepon di akun');
  expect(other.match).toMatchObject({
    rule: 'new_case',
    evidence: expect.arrayContaining([{ code: 'chat_turned', data: { number: first.caseNumber } }]),
  });
  expect(other.caseId).not.toBe(first.caseId);
  expect(other.customerId).toBe(first.customerId);
  const goesOn = await say(from, 'ok ditunggu');
  expect(goesOn).toMatchObject({ caseId: other.caseId, match: { rule: 'same_conversation' } });
  t.clock.advanceHours(1);
  const back = await say(from, 'paket BJ-771204 saya kok masih belum sampai juga ya kak');
  expect(back).toMatchObject({ caseId: first.caseId, match: { rule: 'duplicate_text' } });
});

it('opens another case for a new matter soon after the last one was resolved, and reopens it for thanks', async () => {
  const from = newNumber();
  const first = await say(from, parcel);
  t.clock.advanceHours(2);
  await t.database
    .getRepository(Case)
    .update(first.caseId ?? '', { status: 'resolved', resolvedAt: t.clock.now() });
  t.clock.advanceHours(26);
  expect(await say(from, 'makasih ya kak')).toMatchObject({ caseId: first.caseId });
  await t.database
    .getRepository(Case)
    .update(first.caseId ?? '', { status: 'resolved', resolvedAt: t.clock.now() });
  t.clock.advanceHours(40);
  const next = await say(from, 'mau beli voucher hadiah untuk teman kantor, ada?');
  expect(next.caseId).not.toBe(first.caseId);
});

it('stays in the case of the chat when words are to decide nothing', async () => {
  const { matching } = t;
  t.matching = { ...matching, joinAt: Infinity };
  try {
    const from = newNumber();
    const first = await say(from, parcel);
    t.clock.advanceHours(5);
    const other = await say(from, 'beda lagi kak, mau tanya cara ganti nomor telepon di akun');
    expect(other.caseId).toBe(first.caseId);
  } finally {
    t.matching = matching;
  }
});

it('does not take the callers of one telephone for one conversation', async () => {
  const from = newNumber();
  const call = (name: string, text: string): Promise<IntakeResult> =>
    t.intake.receive(
      message(phone, { subject: null, text, sender: { kind: 'phone', value: from, proof: 'claimed', name } }),
    );
  const joko = await call('Joko Prasetyo', 'Pak Joko, modem mati sejak pagi.');
  const siti = await call('Siti Aminah', 'Ibu Siti bertanya paket internet baru untuk warung.');
  expect(siti.customerId).not.toBe(joko.customerId);
  expect(siti.caseId).not.toBe(joko.caseId);
  expect(await call('Joko Prasetyo', 'Pak Joko lagi, modem masih mati.')).toMatchObject({
    caseId: joko.caseId,
  });
});
