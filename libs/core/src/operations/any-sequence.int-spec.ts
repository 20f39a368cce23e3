import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { AppError } from '@loket/contracts/errors.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { expectWhole, snapshot, withoutRows } from '../../../../test/support/shape.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { DeliveryService } from '../delivery/delivery.service.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { CaseOperations } from './case-operations.service.js';
import { CustomerOperations } from './customer-operations.service.js';
import { IdentityOperations } from './identity-operations.service.js';
import { UndoService } from './undo.service.js';

/** Picks are numbers, taken modulo what there is when their turn comes, so that every sequence can be run and shrunk. */
type Step =
  | { do: 'receive'; by: number; channel: number; text: number; answers: number | null; automatic: boolean }
  | { do: 'elsewhere'; to: number; channel: number; text: number }
  | { do: 'change'; message: number; as: 'edited' | 'revoked' | 'reacted'; by: boolean }
  | { do: 'reply' | 'note'; case: number }
  | { do: 'deliver' }
  | { do: 'status'; case: number; to: 'open' | 'pending' | 'resolved' }
  | { do: 'edit'; case: number; tag: number }
  | { do: 'merge'; case: number; into: number; customers: boolean; back: boolean }
  | { do: 'split'; case: number; which: number; into: number | null; back: boolean }
  | { do: 'join'; customer: number; into: number; back: boolean }
  | { do: 'link'; customer: number; address: number; proven: boolean; back: boolean }
  | { do: 'unlink'; customer: number; identity: number; back: boolean }
  | { do: 'undo'; operation: number };

const nobody = '00000000-0000-4000-8000-000000000000';
const pick = fc.nat({ max: 30 });
const back = fc.boolean();
const is = <T extends string>(value: T): fc.Arbitrary<T> => fc.constant(value);
const incoming = fc.record({
  do: is('receive'),
  by: fc.nat({ max: 3 }),
  channel: fc.nat({ max: 3 }),
  text: fc.nat({ max: 4 }),
  answers: fc.option(pick),
  automatic: fc.nat({ max: 9 }).map((n) => n === 0),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: incoming },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reply', 'note'), case: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('elsewhere'),
      to: fc.nat({ max: 3 }),
      channel: fc.nat({ max: 1 }),
      text: fc.nat({ max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('change'),
      message: pick,
      as: fc.constantFrom('edited', 'revoked', 'reacted'),
      by: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('deliver') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('status'),
      case: pick,
      to: fc.constantFrom('open', 'pending', 'resolved'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('edit'), case: pick, tag: fc.nat({ max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: is('merge'), case: pick, into: pick, customers: fc.boolean(), back }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: is('split'),
      case: pick,
      which: fc.nat({ max: 255 }),
      into: fc.option(pick),
      back,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('join'), customer: pick, into: pick, back }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('link'),
      customer: pick,
      address: fc.nat({ max: 7 }),
      proven: fc.boolean(),
      back,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('unlink'), customer: pick, identity: pick, back }) },
  { weight: 4, arbitrary: fc.record({ do: is('undo'), operation: pick }) },
);

/** Something is there first, or most steps would find nothing to do. */
const sequence = fc
  .tuple(
    fc.array(incoming, { maxLength: 8, size: 'max' }),
    fc.array(step, { minLength: 1, maxLength: 16, size: 'max' }),
  )
  .map(([first, then]): Step[] => [...first, ...then]);

const texts = [
  'Mug saya retak waktu diterima, bisa diganti?',
  'mug sy retak pas diterima min, bisa ganti ga?',
  'Tidak bisa login ke akun, kode error E-1042',
  'Pesanan INV-2026-00981 belum sampai juga',
  'halo',
];
const addresses = [0, 1, 2, 3].flatMap((n) => [
  { kind: 'email' as const, value: `orang${String(n)}@customer.example` },
  { kind: 'whatsapp' as const, value: `+62812000000${String(n)}` },
]);

let core: TestCore;
let channels: { id: string; kind: 'email' | 'whatsapp' }[];
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  rina = await core.addAgent('Rina');
  channels = [
    { id: await core.addChannel(), kind: 'email' },
    { id: await core.addChannel(), kind: 'email' },
    { id: await core.addChannel({}, 'whatsapp'), kind: 'whatsapp' },
    { id: await core.addChannel({}, 'whatsapp'), kind: 'whatsapp' },
  ];
});
afterAll(() => core.close());

/** Few rows: quicker than TRUNCATE, which makes a new file for each table and index. */
const tables =
  'message_changes operation_moves operations suggestions linkage_keys thread_refs attachments messages notes threads ' +
  'incident_deliveries cases identities customers events';
const clean = (): Promise<unknown> =>
  core.database.query(
    tables
      .split(' ')
      .map((table) => `DELETE FROM ${table}`)
      .join('; '),
  );

const ids = async (sql: string, values: unknown[] = []): Promise<string[]> => {
  const rows: { id: string }[] = await core.database.query(sql, values);
  return rows.map(({ id }) => id);
};
const pickFrom = (from: readonly string[], at: number): string =>
  from[at % Math.max(1, from.length)] ?? nobody;
/** Mostly something that is there and large enough; now and then whatever has that place, also what was merged away. */
const choose = async (at: number, likely: string, any: string): Promise<string> => {
  const found = at > 27 ? [] : await ids(likely);
  return pickFrom(found.length > 0 ? found : await ids(any), at);
};
const aCase = (at: number, messages = 1): Promise<string> =>
  choose(
    at,
    `SELECT id FROM cases WHERE merged_into_id IS NULL AND message_count >= ${String(messages)} ORDER BY number`,
    'SELECT id FROM cases ORDER BY number',
  );
const aCustomer = (at: number, addresses = 1): Promise<string> =>
  choose(
    at,
    `SELECT id FROM customers k WHERE merged_into_id IS NULL AND ${String(addresses)} <=
       (SELECT count(*) FROM identities i WHERE i.customer_id = k.id) ORDER BY created_at, id`,
    'SELECT id FROM customers ORDER BY created_at, id',
  );
const by = (): { actorId: string } => ({ actorId: rina.id });

async function receive(s: Extract<Step, { do: 'receive' }>): Promise<void> {
  const channel = channels[s.channel] ?? channels[0];
  const address = addresses[s.by * 2 + (channel?.kind === 'email' ? 0 : 1)];
  if (!channel || !address) return;
  const earlier = await ids(
    `SELECT external_id AS id FROM messages WHERE channel_id = $1 AND external_id IS NOT NULL ORDER BY created_at, id`,
    [channel.id],
  );
  const answers = s.answers === null || earlier.length === 0 ? null : pickFrom(earlier, s.answers);
  await core.receive(
    message(channel.id, {
      subject: channel.kind === 'email' ? 'Tanya' : null,
      text: texts[s.text] ?? '',
      sender: { ...address, proof: channel.kind === 'email' ? 'claimed' : 'verified' },
      automatic: s.automatic ? 'auto_reply' : null,
      thread: answers === null ? {} : { inReplyTo: answers, references: [answers] },
    }),
  );
}

/** Our own side writes on the phone. */
async function elsewhere(s: Extract<Step, { do: 'elsewhere' }>): Promise<void> {
  const channel = channels[s.channel + 2];
  const address = addresses[s.to * 2 + 1];
  if (!channel || !address) return;
  const written = message(channel.id, {
    subject: null,
    text: texts[s.text] ?? '',
    sender: { kind: 'whatsapp', value: '+6281100000', proof: 'verified' },
  });
  await core.bus.request('inbound.event', {
    type: 'sent_elsewhere',
    message: written,
    to: { ...address, proof: 'verified', evidence: [] },
  });
}

/** Something happens to a message that is there, by its customer or by nobody in particular. */
async function change(s: Extract<Step, { do: 'change' }>): Promise<void> {
  const rows: { channel_id: string; external_id: string; kind: 'email'; value: string }[] =
    await core.database.query(
      `SELECT m.channel_id, m.external_id, i.kind, i.value FROM messages m JOIN identities i ON i.id = m.identity_id
       WHERE m.external_id IS NOT NULL ORDER BY m.created_at, m.id`,
    );
  const row = rows[s.message % Math.max(1, rows.length)];
  if (!row) return;
  const about = {
    channelId: row.channel_id,
    externalId: row.external_id,
    by: s.by ? { kind: row.kind, value: row.value, proof: 'verified' as const, evidence: [] } : null,
    at: core.clock.now().toISOString(),
  };
  await core.bus.request(
    'inbound.event',
    s.as === 'edited'
      ? { ...about, type: s.as, text: `sudah diubah ${String(s.message)}` }
      : s.as === 'reacted'
        ? { ...about, type: s.as, emoji: '👍' }
        : { ...about, type: s.as },
  );
}

/** @returns the id of the operation, when it was one */
async function perform(s: Step): Promise<string | null> {
  switch (s.do) {
    case 'receive':
      await receive(s);
      return null;
    case 'elsewhere':
      await elsewhere(s);
      return null;
    case 'change':
      await change(s);
      return null;
    case 'reply': {
      const reply = { text: 'Baik, kami cek dulu.', attachments: [] };
      await core.get(RepliesService).create(await aCase(s.case), reply, rina);
      return null;
    }
    case 'note':
      await core.get(NotesService).create(await aCase(s.case), { text: 'catatan', attachments: [] }, rina.id);
      return null;
    case 'deliver':
      for (const id of await ids(`SELECT id FROM messages WHERE state = 'pending' ORDER BY created_at, id`))
        await core.get(DeliveryService).deliver(id);
      return null;
    case 'status':
      await core.get(CaseChanges).update(await aCase(s.case), { status: s.to }, rina.id);
      return null;
    case 'edit': {
      const change = {
        tags: [`t${String(s.tag)}`],
        priority: s.tag > 1 ? ('high' as const) : ('low' as const),
      };
      await core.get(CaseChanges).update(await aCase(s.case), change, rina.id);
      return null;
    }
    case 'merge': {
      const into = { into: await aCase(s.into), mergeCustomers: s.customers };
      return (await core.get(CaseOperations).merge(await aCase(s.case), into, by())).operation.id;
    }
    case 'split': {
      const caseId = await core.get(CasesService).resolve(await aCase(s.case, 2));
      const all = await ids('SELECT id FROM messages WHERE case_id = $1 ORDER BY created_at, id', [caseId]);
      const messageIds = all.filter((_, i) => ((s.which >> (i % 8)) & 1) === 1);
      const into = s.into === null ? {} : { into: await aCase(s.into) };
      if (messageIds.length === 0) return null;
      return (await core.get(CaseOperations).split(caseId, { messageIds, ...into }, by())).operation.id;
    }
    case 'join': {
      const into = { into: await aCustomer(s.into) };
      return (await core.get(CustomerOperations).merge(await aCustomer(s.customer), into, by())).operation.id;
    }
    case 'link': {
      const address = { ...addresses[s.address], proof: s.proven ? 'verified' : 'claimed' } as const;
      const [before] = await ids('SELECT id FROM operations ORDER BY position DESC LIMIT 1');
      await core
        .get(IdentityOperations)
        .link(await aCustomer(s.customer), { kind: 'email', value: '', ...address }, by());
      const [after] = await ids('SELECT id FROM operations ORDER BY position DESC LIMIT 1');
      return after === before ? null : (after ?? null);
    }
    case 'unlink': {
      const customer = await aCustomer(s.customer, 2);
      const own = await ids('SELECT id FROM identities WHERE customer_id = $1 ORDER BY id', [customer]);
      if (own.length === 0) return null;
      return (await core.get(IdentityOperations).unlink(customer, pickFrom(own, s.identity), by())).operation
        .id;
    }
    case 'undo': {
      const standing = await ids('SELECT id FROM operations WHERE undone_at IS NULL ORDER BY position');
      if (standing.length === 0) return null;
      await core.get(UndoService).undo(pickFrom(standing, s.operation), rina.id);
      done.set('undo', (done.get('undo') ?? 0) + 1);
      return null;
    }
  }
}

/** What the desk refuses is no failure, as long as nothing happened. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && ['conflict', 'unprocessable', 'not_found'].includes(error.kind))
      return null;
    throw error;
  }
}

/** Rows that an operation made and that stay after its undoing, leading to where things went back to. */
async function redirectsLeftBy(operationId: string): Promise<string[]> {
  return ids(
    `SELECT unnest(ids) AS id FROM operation_moves
     WHERE operation_id = $1 AND action = 'create' AND table_name IN ('cases', 'customers')`,
    [operationId],
  );
}

/** How often each was really done, so that a generator that never gets anywhere is noticed. */
const done = new Map<string, number>();

async function run(steps: readonly Step[]): Promise<void> {
  await clean();
  for (const s of steps) {
    const before = 'back' in s && s.back ? await snapshot(core.database) : null;
    const operationId = await unlessRefused(() => perform(s));
    if (operationId !== null) done.set(s.do, (done.get(s.do) ?? 0) + 1);
    if (operationId !== null || s.do === 'undo') await expectWhole(core.database);
    if (!before) continue;
    if (operationId !== null) {
      await core.get(UndoService).undo(operationId, rina.id);
      await expectWhole(core.database);
    }
    const gone = operationId === null ? [] : await redirectsLeftBy(operationId);
    expect(withoutRows(await snapshot(core.database), gone)).toEqual(before);
  }
  await expectWhole(core.database);
}

describe('whatever is done, in whatever order,', () => {
  it('every message is in one case, every number leads somewhere, and undoing the last step restores every row', async () => {
    const seed = Number(process.env['LOKET_SEED'] ?? Date.now() % 2 ** 31);
    process.stdout.write(`any sequence of operations: seed ${String(seed)}\n`);
    await fc.assert(fc.asyncProperty(sequence, run), {
      seed,
      numRuns: Number(process.env['LOKET_RUNS'] ?? 200),
      interruptAfterTimeLimit: Number(process.env['LOKET_MS'] ?? 15_000),
    });
    process.stdout.write(`done: ${JSON.stringify(Object.fromEntries(done))}\n`);
    expect([...done.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThan(5);
  });
});
