import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '@loket/contracts/errors.js';
import type { IncidentDetail, IncidentUpdate } from '@loket/contracts/incidents.js';
import { newId } from '@loket/platform/ids.js';
import { IsNull } from 'typeorm';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { Case } from '../cases/case.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { Message } from '../messages/message.entity.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { IncidentBroadcast } from './incident-broadcast.js';
import { IncidentDelivery } from './incident-delivery.entity.js';
import { IncidentRoutes } from './incident-routes.js';
import { IncidentUpdate as IncidentUpdateRow } from './incident-update.entity.js';
import { IncidentUpdates } from './incident-updates.service.js';
import { IncidentsService } from './incidents.service.js';

let core: TestCore;
let incidents: IncidentsService;
let updates: IncidentUpdates;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  incidents = core.get(IncidentsService);
  updates = core.get(IncidentUpdates);
  channelId = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());

let written = 0;
const open = async (over: Parameters<typeof message>[1] = {}): Promise<string> => {
  written += 1;
  const n = String(written);
  const from = `orang${n}@pelanggan${n}.example`;
  return (await core.receive(message(channelId, { from, subject: `Soal ${n}`, ...over }))).caseId;
};
const create = (caseIds: string[], title = 'Mati'): Promise<IncidentDetail> =>
  incidents.create({ title, caseIds }, rina.id);
const settled = (incidentId: string): Promise<IncidentUpdate> =>
  until(
    async () => (await incidents.get(incidentId)).updates[0],
    (u) => u !== undefined && u.deliveries.every((d) => d.blocked !== null || d.state === 'sent'),
  ) as Promise<IncidentUpdate>;
const answersOf = (caseId: string): Promise<Message[]> =>
  core.database.getRepository(Message).findBy({ caseId, direction: 'outbound' });

describe('an update', () => {
  it('shows whom it reaches, then goes to each customer in his own case, with his own name', async () => {
    const dewi = await open({ from: 'dewi@a.example', sender: { name: 'Dewi Anggraini' } });
    const anon = await open({ from: 'anon@b.example' });
    const { id } = await create([dewi, anon]);
    const reach = await updates.reach(id);
    expect(reach.deliveries).toMatchObject([
      { caseId: dewi, customerName: 'Dewi Anggraini', address: 'dewi@a.example', channelKind: 'email' },
      { caseId: anon, customerName: null, address: 'anon@b.example', blocked: null, messageId: null },
    ]);
    const text = 'Halo {{name}}, internet sudah pulih.';
    const told = await updates.create(id, { text }, rina.id);
    expect(told).toMatchObject({ text, agent: rina });
    expect(told.deliveries.map(({ caseId }) => caseId)).toEqual([dewi, anon]);
    await settled(id);
    const sent = core.sent.filter((m) => m.text.includes('sudah pulih'));
    expect(sent.map((m) => [m.to.value, m.text]).sort()).toEqual([
      ['anon@b.example', 'Halo, internet sudah pulih.'],
      ['dewi@a.example', 'Halo Dewi Anggraini, internet sudah pulih.'],
    ]);
    const [after] = (await incidents.get(id)).updates;
    expect(after?.deliveries).toMatchObject([
      { caseId: dewi, state: 'sent', channelKind: 'email', address: 'dewi@a.example', blocked: null },
      { caseId: anon, state: 'sent' },
    ]);
    expect(after?.deliveries.every((d) => d.messageId !== null)).toBe(true);
  });

  it('tells nobody anything of another: no subject, no name, no note, no message, no title', async () => {
    const kanari = (who: string, what: string): string => `KANARI-${who}-${what}`;
    const people = ['ana', 'budi', 'citra'];
    const caseIds: string[] = [];
    for (const who of people) {
      const from = `${kanari(who, 'alamat')}@${who}.example`;
      const first = message(channelId, {
        from,
        sender: { name: kanari(who, 'nama') },
        subject: kanari(who, 'subjek'),
        text: kanari(who, 'pesan'),
      });
      const { caseId } = await core.receive(first);
      caseIds.push(caseId);
      const note = { text: kanari(who, 'catatan'), attachments: [] };
      await core.get(NotesService).create(caseId, note, rina.id);
    }
    // somebody else of the same firm has the last word in the first case
    const [anas] = caseIds;
    const thread = await core.database.getRepository(Message).findOneByOrFail({ caseId: anas ?? '' });
    await core.receive(
      message(channelId, {
        from: `${kanari('rekan', 'alamat')}@ana.example`,
        sender: { name: kanari('rekan', 'nama') },
        text: kanari('rekan', 'pesan'),
        thread: { references: [thread.externalId ?? ''] },
      }),
    );
    const { id } = await create(caseIds, 'KANARI-JUDUL dengan nama ana dan budi');
    const before = core.sent.length;
    await updates.create(id, { text: 'Halo {{name}}, kami sedang memperbaikinya.' }, rina.id);
    await settled(id);
    const sent = core.sent.slice(before);
    expect(sent).toHaveLength(people.length);
    for (const [n, who] of people.entries()) {
      const address = `${kanari(who, 'alamat')}@${who}.example`;
      const [mine, ...more] = sent.filter((m) => m.to.value === address);
      expect(more).toEqual([]);
      expect(mine?.text).toBe(`Halo ${kanari(who, 'nama')}, kami sedang memperbaikinya.`);
      const whole = JSON.stringify(mine);
      for (const other of [...people, 'rekan'])
        if (other !== who) expect(whole).not.toContain(`KANARI-${other}`);
      expect(whole).not.toContain(kanari(who, 'catatan'));
      expect(whole).not.toContain('KANARI-JUDUL');
      expect(mine?.others).toEqual([]);
      const row = await core.database.getRepository(Message).findOneByOrFail({ id: mine?.messageId ?? '' });
      expect(row.caseId).toBe(caseIds[n]);
      expect(row.recipients).toHaveLength(1);
    }
  });

  it('goes to the chosen cases only, also resolved ones, and leaves their status alone', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    await core.get(CaseChanges).update(b, { status: 'resolved' }, rina.id);
    const { id } = await create([a, b]);
    await updates.create(id, { text: 'Satu' }, rina.id);
    expect((await settled(id)).deliveries.map((d) => [d.caseId, d.state])).toEqual([
      [a, 'sent'],
      [b, 'sent'],
    ]);
    expect((await core.database.getRepository(Case).findOneByOrFail({ id: b })).status).toBe('resolved');
    await updates.create(id, { text: 'Dua', caseIds: [a] }, rina.id);
    expect((await settled(id)).deliveries.map((d) => d.caseId)).toEqual([a]);
    await expect(updates.create(id, { text: 'Tiga', caseIds: [a, c] }, rina.id)).rejects.toMatchObject({
      code: 'case_not_linked',
      data: { caseId: c },
    });
    const empty = await create([]);
    await expect(updates.create(empty.id, { text: 'Halo' }, rina.id)).rejects.toMatchObject({
      code: 'incident_empty',
    });
    await expect(updates.create(id, { text: 'Halo {{subjek}}' }, rina.id)).rejects.toMatchObject({
      code: 'placeholder_unknown',
    });
    await expect(updates.reach(newId())).rejects.toMatchObject({ code: 'incident_not_found' });
  });

  it('says with a code where it cannot go, before and after; one person at one address gets it once', async () => {
    const twice = 'sering@c.example';
    const a = await open({ from: twice, subject: 'Pertama', text: 'Meteran listrik saya rusak sejak pagi' });
    const b = await open({ from: twice, subject: 'Kedua', text: 'Kapan faktur pajak bulan lalu dikirim?' });
    expect(b).not.toBe(a);
    const gone = await open({ from: 'pindah@d.example' });
    await core.database.query(
      `UPDATE identities SET undeliverable_at = now() WHERE value = 'pindah@d.example'`,
    );
    const { id } = await create([a, b, gone]);
    const blocked = [
      [a, null],
      [b, 'told_already'],
      [gone, 'undeliverable'],
    ];
    expect((await updates.reach(id)).deliveries.map((d) => [d.caseId, d.blocked])).toEqual(blocked);
    await updates.create(id, { text: 'Sudah pulih.' }, rina.id);
    expect((await settled(id)).deliveries.map((d) => [d.caseId, d.blocked])).toEqual(blocked);
    expect(await answersOf(b)).toEqual([]);
    expect(await answersOf(gone)).toEqual([]);
  });

  it('takes another way where the chat has closed for free text, and says so where there is none', async () => {
    const line = await core.addChannel({ address: '+6281100', cloud: { phoneNumberId: '1' } }, 'whatsapp');
    const chat = async (n: number, agoHours: number) => {
      const value = `+62812600000${String(n)}`;
      const sender = { kind: 'whatsapp', value, proof: 'verified' } as const;
      const sentAt = new Date(core.clock.now().getTime() - agoHours * 3_600_000).toISOString();
      const over = { sender, sentAt, subject: null, text: `Listrik padam di blok ${String(n)}` };
      const conversation = { thread: { conversation: value } };
      return core.receive(message(line, { ...over, ...conversation }));
    };
    const [reached, both, lost] = [await chat(1, 1), await chat(2, 30), await chat(3, 30)];
    const email = `dewi${newId()}@mail.example`;
    const address = {
      kind: 'email',
      value: email,
      verbatim: email,
      proof: 'verified',
      source: 'test',
    } as const;
    await core.database
      .getRepository(Identity)
      .insert({ id: newId(), customerId: both.customerId, ...address });
    const { id } = await create([reached.caseId, both.caseId, lost.caseId]);
    const expected = [
      { caseId: reached.caseId, channelKind: 'whatsapp', blocked: null },
      { caseId: both.caseId, channelKind: 'email', address: email, blocked: null },
      { caseId: lost.caseId, blocked: 'window_closed' },
    ];
    expect((await updates.reach(id)).deliveries).toMatchObject(expected);
    await updates.create(id, { text: 'Sudah menyala.' }, rina.id);
    expect((await settled(id)).deliveries).toMatchObject(expected);
    expect(await answersOf(lost.caseId)).toEqual([]);
    // The window closes between the look at it and the writing.
    const routes = core.get(IncidentRoutes);
    const real = routes.of.bind(routes);
    routes.of = async (...args) => {
      const route = await real(...args);
      return route && { ...route, blocked: null };
    };
    await updates.create(id, { text: 'Semua sudah menyala.', caseIds: [lost.caseId] }, rina.id);
    expect((await settled(id)).deliveries).toMatchObject([expected[2]]);
    routes.of = real;
  });

  it('under an Idempotency-Key is written once', async () => {
    const { id } = await create([await open()]);
    const [one, two] = await Promise.all(
      [1, 2].map(() => updates.create(id, { text: 'Sekali' }, rina.id, 'kunci')),
    );
    expect(one?.id).toBe(two?.id);
    await settled(id);
    expect((await incidents.get(id)).updates).toHaveLength(1);
  });
});

describe('a process that dies over an update', () => {
  /** As `create` leaves it when the process dies right after the commit: rows, and nobody who was told of them. */
  const strand = async (incidentId: string, caseIds: readonly string[]): Promise<string> => {
    const updateId = newId();
    await core.database.transaction(async (tx) => {
      await tx.insert(IncidentUpdateRow, {
        id: updateId,
        incidentId,
        agentId: rina.id,
        text: 'Halo {{name}}',
      });
      await tx.insert(
        IncidentDelivery,
        caseIds.map((caseId) => ({ updateId, caseId })),
      );
    });
    return updateId;
  };

  it('forgets nobody and tells nobody twice, wherever it died, with two others working beside it', async () => {
    const caseIds = await Promise.all(Array.from({ length: 30 }, () => open()));
    const { id } = await create(caseIds);
    const updateId = await strand(id, caseIds);
    const broadcast = core.get(IncidentBroadcast);
    const replies = core.get(RepliesService);
    const real = replies.writeWithin.bind(replies);
    const fatal = new Set(caseIds.filter((_, n) => n % 3 === 0));
    // There the process dies after the answer was written and before the commit.
    replies.writeWithin = async (...args) => {
      await real(...args);
      if (fatal.has(args[1])) throw new Error('killed');
    };
    await Promise.all([broadcast.send(updateId), broadcast.send(updateId)]);
    const left = await core.database
      .getRepository(IncidentDelivery)
      .countBy({ updateId, messageId: IsNull() });
    expect(left).toBe(fatal.size);
    replies.writeWithin = real;
    await broadcast.sweep();
    await settled(id);
    for (const caseId of caseIds) expect(await answersOf(caseId)).toHaveLength(1);
    const sent = core.sent.filter((m) => m.text === 'Halo').map((m) => m.to.value);
    expect(new Set(sent).size).toBe(caseIds.length);
    expect(sent).toHaveLength(caseIds.length);
  });

  it('is not held up by one case that cannot be written; that one is given up after an hour, with a code', async () => {
    const [a, b] = [await open(), await open()];
    const { id } = await create([a, b]);
    const updateId = await strand(id, [a, b]);
    const replies = core.get(RepliesService);
    const real = replies.writeWithin.bind(replies);
    replies.writeWithin = (...args) => (args[1] === a ? Promise.reject(new Error('defect')) : real(...args));
    const broadcast = core.get(IncidentBroadcast);
    await broadcast.send(updateId);
    const blocked = async (): Promise<(string | null)[]> =>
      ((await incidents.get(id)).updates[0]?.deliveries ?? []).map((d) => d.blocked);
    expect(await blocked()).toEqual([null, null]);
    expect(await answersOf(b)).toHaveLength(1);
    await core.database.query(
      `UPDATE incident_updates SET created_at = now() - interval '2 hours' WHERE id = $1`,
      [updateId],
    );
    await broadcast.send(updateId);
    expect(await blocked()).toEqual(['failed', null]);
    replies.writeWithin = (...args) =>
      args[1] === a ? Promise.reject(new AppError('internal', 'x', 'x')) : real(...args);
    await broadcast.send(updateId);
    replies.writeWithin = real;
    expect(await answersOf(a)).toEqual([]);
  });

  it('tells the root of a case that was merged meanwhile, once', async () => {
    const [a, b] = [await open(), await open()];
    const { id } = await create([a, b]);
    const updateId = await strand(id, [a, b]);
    await core.database.query('UPDATE cases SET merged_into_id = $1 WHERE id = $2', [a, b]);
    await core.get(IncidentBroadcast).send(updateId);
    const [update] = (await incidents.get(id)).updates;
    expect(update?.deliveries.map((d) => [d.caseId, d.blocked])).toEqual([
      [a, null],
      [a, 'told_already'],
    ]);
    expect(await answersOf(a)).toHaveLength(1);
    expect(await answersOf(b)).toEqual([]);
  });
});
