import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '@loket/contracts/errors.js';
import { startCore, type TestCore } from '../../../../test/support/core.js';
import { expectWhole } from '../../../../test/support/shape.js';
import { type Opened, Writers } from '../../../../test/support/writers.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { CaseOperations } from './case-operations.service.js';
import { CustomerOperations } from './customer-operations.service.js';
import { UndoService } from './undo.service.js';

let core: TestCore;
let people: Writers;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  people = await Writers.on(core);
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());

let count = 0;
const open = (): Promise<Opened> => people.open(`Masalah nomor ${String(++count)}`);
const merge = (from: string, into: string, mergeCustomers = false): Promise<unknown> =>
  core.get(CaseOperations).merge(from, { into, mergeCustomers }, { actorId: rina.id });
/** What an agent may be told; anything else, a deadlock above all, is a defect. */
const told = [
  'merge_into_itself',
  'case_merged_already',
  'customer_merged_already',
  'undo_blocked',
  'already_undone',
];
async function settled(work: readonly Promise<unknown>[]): Promise<unknown[]> {
  const done = await Promise.allSettled(work);
  return done.flatMap((one) => {
    if (one.status === 'fulfilled') return [one.value];
    const reason: unknown = one.reason;
    if (!(reason instanceof AppError)) throw reason;
    expect(told).toContain(reason.code);
    return [];
  });
}
const messagesOf = async (froms: readonly string[]): Promise<{ case_id: string; merged: boolean }[]> =>
  core.database.query(
    `SELECT m.case_id, c.merged_into_id IS NOT NULL AS merged FROM messages m JOIN cases c ON c.id = m.case_id
     WHERE m.sender->>'value' = ANY($1)`,
    [froms],
  );

describe('merges at once', () => {
  it('that cross end in one case, whichever was first', async () => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [await open(), await open()];
      const crossing = round % 2 === 0;
      const done = await settled([merge(a.id, b.id, crossing), merge(b.id, a.id, crossing)]);
      expect(done).toHaveLength(1);
      const roots = await Promise.all([a, b].map(({ id }) => core.get(CasesService).resolve(id)));
      expect(new Set(roots).size).toBe(1);
    }
    await expectWhole(core.database);
  });

  it('in a ring of three make one case and no circle', async () => {
    for (let round = 0; round < 6; round++) {
      const ring = [await open(), await open(), await open()];
      await settled(ring.map((one, i) => merge(one.id, ring[(i + 1) % 3]?.id ?? '', round % 2 === 0)));
      const roots = new Set(await Promise.all(ring.map(({ id }) => core.get(CasesService).resolve(id))));
      expect(roots.size).toBeLessThanOrEqual(2);
      for (const root of roots) expect((await core.get(CasesService).get(root)).mergedInto).toBeNull();
    }
    await expectWhole(core.database);
  });

  it('of many cases into each other leave one row for every message', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, open));
    const pairs = Array.from({ length: 40 }, (_, i) => [many[(i * 5) % 12], many[(i * 7 + 1) % 12]] as const);
    await settled(pairs.map(([a, b], i) => merge(a?.id ?? '', b?.id ?? '', i % 3 === 0)));
    expect(await messagesOf(many.map((one) => one.from))).toHaveLength(12);
    await expectWhole(core.database);
  });

  it('of customers cross as little', async () => {
    for (let round = 0; round < 6; round++) {
      const [a, b] = [await open(), await open()];
      const join = (from: Opened, into: Opened): Promise<unknown> =>
        core.get(CustomerOperations).merge(from.customerId, { into: into.customerId }, { actorId: rina.id });
      expect(await settled([join(a, b), join(b, a)])).toHaveLength(1);
    }
    await expectWhole(core.database);
  });
});

describe('a merge', () => {
  it('while fifty messages come in loses none and leaves none behind', async () => {
    for (let round = 0; round < 2; round++) {
      const [a, b] = [await open(), await open()];
      const number = `+62813999000${String(round)}`;
      const say = (text: string): Promise<unknown> => people.say(number, text);
      await say('halo kak');
      const incoming = Array.from({ length: 50 }, (_, i) => {
        const to = i % 2 === 0 ? a : b;
        return i % 5 === 0 ? say(`pesan ${String(i)}`) : people.answer(to, `jawaban ${String(i)}`);
      });
      await settled([...incoming, merge(a.id, b.id, round % 2 === 0)]);
      const found = await messagesOf([a.from, b.from]);
      expect(found).toHaveLength(42);
      expect(new Set(found.map((m) => m.case_id))).toEqual(new Set([b.id]));
      await expectWhole(core.database);
    }
  });

  it('while colleagues answer, write notes and assign lets all of it through, to the case that remains', async () => {
    for (let round = 0; round < 2; round++) {
      const [a, b] = [await open(), await open()];
      const work = Array.from({ length: 24 }, (_, i) => {
        const id = i % 2 === 0 ? a.id : b.id;
        if (i % 3 === 0)
          return core.get(RepliesService).create(id, { text: `jawab ${String(i)}`, attachments: [] }, rina);
        if (i % 3 === 1)
          return core
            .get(NotesService)
            .create(id, { text: `catatan ${String(i)}`, attachments: [] }, rina.id);
        return core.get(CaseChanges).update(id, { tags: [`t${String(i)}`] }, rina.id);
      });
      expect(await settled([...work.slice(0, 12), merge(a.id, b.id), ...work.slice(12)])).toHaveLength(25);
      const [notes]: { n: number }[] = await core.database.query(
        'SELECT count(*)::int AS n FROM notes WHERE case_id = $1',
        [b.id],
      );
      expect(notes?.n).toBe(8);
      expect(await core.get(CasesService).get(a.id)).toMatchObject({ id: b.id, messageCount: 10 });
    }
    await expectWhole(core.database);
  });

  it('undone while messages come in, and merged again, keeps every message in one case', async () => {
    const [a, b] = [await open(), await open()];
    const undoLast = async (): Promise<void> => {
      const [last]: { id: string }[] = await core.database.query(
        'SELECT id FROM operations WHERE undone_at IS NULL AND from_id = $1 ORDER BY position DESC LIMIT 1',
        [a.id],
      );
      if (last) await core.get(UndoService).undo(last.id, rina.id);
    };
    const incoming = Array.from({ length: 40 }, (_, i) => {
      const to = i % 2 === 0 ? a : b;
      return people.answer(to, `m ${String(i)}`);
    });
    const toAndFro = async (): Promise<void> => {
      for (let i = 0; i < 6; i++) await settled([i % 2 === 0 ? merge(a.id, b.id) : undoLast()]);
    };
    await Promise.all([...incoming, toAndFro()]);
    const found = await messagesOf([a.from, b.from]);
    expect(found).toHaveLength(42);
    expect(found.filter((m) => m.merged)).toEqual([]);
    expect(found.filter((m) => m.case_id === a.id)).toHaveLength(21);
    await expectWhole(core.database);
  });
});
