import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Suggestion as SuggestionView } from '@loket/contracts/suggestions.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { Channel } from '../channels/channel.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { Event } from '../events/event.entity.js';
import { CaseOperations } from '../operations/case-operations.service.js';
import { CustomerOperations } from '../operations/customer-operations.service.js';
import { SuggestionDecisions } from './suggestion-decisions.service.js';
import { SuggestionFinder } from './suggestion-finder.js';
import { Suggestion } from './suggestion.entity.js';

let core: TestCore;
let finder: SuggestionFinder;
let mail: string;
let chat: string;
beforeAll(async () => {
  core = await startCore();
  finder = core.get(SuggestionFinder);
  mail = await core.addChannel();
  chat = newId();
  await core.database
    .getRepository(Channel)
    .insert({ id: chat, kind: 'whatsapp', name: 'WA', address: '+62 811-1000-200', config: {} });
});
afterAll(() => core.close());

type Received = Awaited<ReturnType<TestCore['receive']>>;
const now = (): string => core.clock.now().toISOString();
const byMail = (
  from: string,
  name: string | null,
  text: string,
  quoted: string | null = null,
): Promise<Received> =>
  core.receive(
    message(mail, {
      from,
      sender: { name, proof: 'verified' },
      subject: 'Halo',
      text,
      quoted,
      sentAt: now(),
    }),
  );
const byChat = (number: string, name: string | null, text: string): Promise<Received> =>
  core.receive(
    message(chat, {
      sender: { kind: 'whatsapp', value: number, name, proof: 'verified' },
      thread: { conversation: number },
      subject: null,
      text,
      sentAt: now(),
    }),
  );
const about = (kind: SuggestionView['kind'], ...ids: string[]): Promise<Suggestion[]> =>
  core.database
    .getRepository(Suggestion)
    .createQueryBuilder('s')
    .where(
      `s.kind = :kind AND s.${kind === 'customer' ? 'customer_ids' : 'case_ids'} && ARRAY[:...ids]::uuid[]`,
      {
        kind,
        ids,
      },
    )
    .getMany();
const identities = (customerId: string): Promise<Identity[]> =>
  core.database.getRepository(Identity).find({ where: { customerId }, order: { createdAt: 'ASC' } });
const customer = (id: string): Promise<Customer> =>
  core.database.getRepository(Customer).findOneByOrFail({ id });

describe('the finder', () => {
  it('suggests customer and case when a mail gives the number of a chat in its signature', async () => {
    const one = await byMail(
      'budi.santoso88@gmail.com',
      'Budi Santoso',
      'Selamat siang, pesanan INV-20418 belum sampai padahal sudah seminggu. Mohon dicek ya.',
      '-- \nBudi Santoso\nHP: 0812-8841-2207',
    );
    const two = await byChat('6281288412207', 'budi s.', 'min pesanan saya INV-20418 kok blm sampai ya?');
    await finder.settle();
    const claim = (await identities(one.customerId)).find((i) => !i.resolves);
    expect(claim).toMatchObject({ value: '+6281288412207', proof: 'claimed', source: 'signature' });
    expect(claim?.evidence).toEqual([`message ${one.messageId}`]);
    const [people, ...others] = await about('customer', one.customerId);
    expect(others).toEqual([]);
    expect(people?.customerIds.sort()).toEqual([one.customerId, two.customerId].sort());
    expect(people?.evidence.map((e) => e.code)).toContain('same_number');
    const [work] = await about('case', one.caseId);
    expect(work).toMatchObject({ caseIds: [two.caseId, one.caseId], state: 'waiting' });
    expect(work?.evidence.map((e) => e.code)).toEqual(
      expect.arrayContaining(['same_entity', 'customers_alike']),
    );
  });

  it('says nothing of people who only have a frequent name in common', async () => {
    const one = await byMail('ahmad.rizki1@gmail.com', 'Ahmad', 'Saya mau tanya jadwal kirim ke Bandung.');
    const two = await byChat('6281300001111', 'Ahmad', 'min, ada diskon untuk pembelian kedua tidak?');
    await finder.settle();
    expect(await about('customer', one.customerId, two.customerId)).toEqual([]);
  });

  it('never takes a desk’s address, our own number or a disowned sender as a sign of who somebody is', async () => {
    const desk = await byMail(
      'info@majubersama.co.id',
      'Sari Wulandari',
      'Mohon dikirim katalog terbaru untuk kantor kami.',
    );
    const other = await byMail(
      'sari.w@gmail.com',
      'Rangga Pratama',
      'Barang pecah waktu datang.\n\n-- \nRangga\ninfo@majubersama.co.id\nWA 0811-1000-200',
    );
    const spoofed = await core.receive(
      message(mail, {
        from: 'budi.santoso88@gmail.com',
        sender: { name: 'Budi Santoso', proof: 'failed' },
        text: 'Tolong ganti nomor saya.\n\n-- \nBudi Santoso\nHP: 0812-8841-2207',
        sentAt: now(),
      }),
    );
    await finder.settle();
    expect((await identities(desk.customerId)).map((i) => i.shared)).toEqual([true]);
    expect((await customer(desk.customerId)).organizationId).not.toBeNull();
    expect((await identities(other.customerId)).map((i) => i.value)).toEqual(['sari.w@gmail.com']);
    expect((await identities(spoofed.customerId)).map((i) => i.source)).toEqual(['spoofed']);
    expect(await about('customer', desk.customerId, other.customerId, spoofed.customerId)).toEqual([]);
    expect(await about('case', spoofed.caseId)).toEqual([]);
  });

  it('sees that several people write from one address, and that many give one number', async () => {
    const shared = await byMail('ruangkelas@gmail.com', 'Dewi Anggraini', 'Buku kelas tiga belum lengkap.');
    await byMail('ruangkelas@gmail.com', 'Hendra Gunawan', 'Kami butuh faktur untuk pesanan bulan lalu.');
    const givers: string[] = [];
    for (const name of ['Yusuf Maulana', 'Kartika Sari', 'Bambang Wijaya']) {
      const from = `${name.replace(' ', '.').toLowerCase()}@gmail.com`;
      const text = `Mohon info harga.\n\n-- \n${name}\nHP 0813-5555-6666`;
      givers.push((await byMail(from, name, text)).customerId);
    }
    await finder.settle();
    expect((await identities(shared.customerId)).map((i) => i.shared)).toEqual([true]);
    for (const id of givers) {
      const claim = (await identities(id)).find((i) => i.value === '+6281355556666');
      expect(claim).toMatchObject({ shared: true, resolves: false });
    }
    const again = await byChat('6281355556666', 'Kartika', 'Halo, mau tanya harga.');
    await finder.settle();
    expect(await about('customer', again.customerId)).toEqual([]);
  });

  it('notes language and organization, and tells agents who have the customer open', async () => {
    const { customerId } = await byMail(
      'rini@sinarjaya.co.id',
      'Rini Hapsari',
      'Good morning, could you please send me the invoice for last month? Thank you.',
    );
    await byMail(
      'joko@sinarjaya.co.id',
      'Joko Susilo',
      'Pak, tolong kirim ulang kuitansi yang bulan kemarin.',
    );
    await finder.settle();
    const { language, organizationId, version } = await customer(customerId);
    expect([language, version > 1]).toEqual(['en', true]);
    expect(
      await core.database.query('SELECT domain FROM organizations WHERE id = $1', [organizationId]),
    ).toEqual([{ domain: 'sinarjaya.co.id' }]);
    expect(
      await core.database.query('SELECT count(*)::int AS n FROM customers WHERE organization_id = $1', [
        organizationId,
      ]),
    ).toEqual([{ n: 2 }]);
    const events = await core.database
      .getRepository(Event)
      .countBy({ type: 'customer.updated', data: { customerId } as never });
    expect(events).toBe(1);
  });

  it('calls somebody by the name that he signs with when his channel gives none', async () => {
    const { customerId } = await byChat(
      '6281399887766',
      null,
      'Halo min, nama saya Wahyu Hidayat, mau tanya garansi.',
    );
    await finder.settle();
    expect((await identities(customerId)).map((i) => i.name)).toEqual(['Wahyu Hidayat']);
  });

  it('suggests cases of two who name one order, or by one name speak of one thing, and forgets what is done', async () => {
    const asks = await byMail(
      'rudi@tokosumber.co.id',
      'Rudi Hermawan',
      'PO SB/2026/114 untuk 20 kursi lipat belum kami terima.',
    );
    const colleague = await byChat(
      '6281355577788',
      'Gudang Sumber',
      'kak PO SB/2026/114 kursi lipat sudah dikirim belum? kami blm terima',
    );
    const one = await byMail(
      'sekar.larasati@gmail.com',
      'Sekar Ayu Larasati',
      'Kartu peserta saya belum dikirim sejak saya mendaftar awal bulan.',
    );
    const same = await byChat(
      '6287833440912',
      'Sekar',
      'kak kartu peserta saya kok blm dikirim ya sejak mendaftar?',
    );
    const namesake = await byChat(
      '6287800000001',
      'Sekar',
      'kak berapa harga kursi lipat untuk acara kantor?',
    );
    await finder.settle();
    const [order] = await about('case', colleague.caseId);
    expect(order).toMatchObject({ caseIds: [colleague.caseId, asks.caseId] });
    const [topic] = await about('case', same.caseId);
    expect(topic).toMatchObject({
      caseIds: [same.caseId, one.caseId],
      customerIds: [same.customerId, one.customerId],
    });
    expect(await about('case', namesake.caseId)).toEqual([]);
    const keys = async (): Promise<number> => {
      const sql = `SELECT count(*)::int AS n FROM linkage_keys WHERE key LIKE 'said:%' AND customer_id = $1`;
      const [row]: { n: number }[] = await core.database.query(sql, [colleague.customerId]);
      return row?.n ?? 0;
    };
    expect(await keys()).toBeGreaterThan(0);
    const agent = await core.addAgent('Lia');
    await core.get(CaseChanges).update(colleague.caseId, { status: 'resolved' }, agent.id);
    await finder.settle();
    expect(await keys()).toBe(0);
  });

  it('does not suggest again what was dismissed, whatever more is written', async () => {
    const one = await byMail(
      'citra.lestari@gmail.com',
      'Citra Lestari',
      'Tas yang saya beli sobek.\n\n-- \nCitra\n0817 222 3344',
    );
    const two = await byChat('628172223344', 'citra', 'kak tas yg saya beli sobek, bisa tukar?');
    await finder.settle();
    const decisions = core.get(SuggestionDecisions);
    const agent = await core.addAgent('Rina');
    for (const kind of ['customer', 'case'] as const) {
      const [found] = await about(kind, ...(kind === 'case' ? [one.caseId] : [one.customerId]));
      const dismissed = await decisions.dismiss(found?.id ?? '', agent.id);
      expect(dismissed).toMatchObject({ state: 'dismissed', decided: { actor: agent } });
    }
    await byMail(
      'citra.lestari@gmail.com',
      'Citra Lestari',
      'Bagaimana dengan tas saya yang sobek?\n\n-- \nCitra\n0817 222 3344',
    );
    await byChat('628172223344', 'Citra Lestari', 'halo kak tas sobek saya gimana ya?');
    await finder.settle();
    const all = [
      ...(await about('customer', one.customerId, two.customerId)),
      ...(await about('case', one.caseId, two.caseId)),
    ];
    expect(all.map((s) => [s.kind, s.state])).toEqual([
      ['customer', 'dismissed'],
      ['case', 'dismissed'],
    ]);
  });

  it('writes the same down when it works on the same events again', async () => {
    const snapshot = (): Promise<unknown[]> =>
      Promise.all(
        ['identities', 'customers', 'linkage_keys', 'suggestions', 'organizations'].map(
          (table): Promise<unknown> => core.database.query(`SELECT * FROM ${table} t ORDER BY t::text`),
        ),
      );
    await finder.settle();
    const before = await snapshot();
    const [{ documents }] = await core.database.query(`SELECT documents FROM terms WHERE term = ''`);
    await core.database.query(`UPDATE consumer_cursors SET tx = 0, id = 0 WHERE name = 'suggestions'`);
    await finder.settle();
    expect(await snapshot()).toEqual(before);
    const [again] = await core.database.query(`SELECT documents FROM terms WHERE term = ''`);
    expect(again.documents).toBe(documents * 2);
  });

  it('finds cases that belong together once their customers have become one, and lets settled ones be', async () => {
    const one = await byMail(
      'lukman.hakim77@yahoo.com',
      'Lukman Hakim',
      'Mesin cuci ML-700 tidak mau berputar setelah diservis.',
    );
    const two = await byChat(
      '6281200007777',
      'Pak RT',
      'mesin cuci ML-700 saya tdk mau muter habis diservis',
    );
    await finder.settle();
    expect(await about('case', one.caseId)).toEqual([]);
    const agent = await core.addAgent('Budi');
    await core.get(CustomerOperations).merge(two.customerId, { into: one.customerId }, { actorId: agent.id });
    await finder.settle();
    const [work] = await about('case', one.caseId);
    expect(work).toMatchObject({ state: 'waiting', caseIds: [two.caseId, one.caseId], customerIds: [] });
    await core.get(CaseOperations).merge(two.caseId, { into: one.caseId }, { actorId: agent.id });
    await finder.settle();
    expect((await about('case', one.caseId)).map((s) => s.state)).toEqual(['obsolete']);
  });
});

describe('a decision', () => {
  it('to accept joins the two and says who, once, also under a double click', async () => {
    const one = await byMail(
      'nadia.putri@gmail.com',
      'Nadia Putri',
      'Sepatu NX-88 kekecilan, mau tukar ukuran.\n\n-- \nNadia Putri\n0819 4444 5555',
    );
    const two = await byChat('6281944445555', 'Nadia', 'kak sepatu NX-88 kekecilan mau tukar ukuran');
    await finder.settle();
    const decisions = core.get(SuggestionDecisions);
    const agent = await core.addAgent('Sari');
    const [work] = await about('case', one.caseId);
    const choice = { mergeCustomers: true };
    const clicks = await Promise.allSettled(
      [1, 2, 3].map(() => decisions.accept(work?.id ?? '', choice, agent.id)),
    );
    const done = clicks.flatMap((c) => (c.status === 'fulfilled' ? [c.value] : []));
    expect(done).toHaveLength(1);
    expect(done[0]).toMatchObject({
      suggestion: { state: 'accepted', decided: { actor: agent, operationId: done[0]?.operations[0]?.id } },
      operations: [{ kind: 'merge_cases', suggestionId: work?.id, actor: agent }],
    });
    for (const click of clicks) {
      if (click.status === 'rejected')
        expect(click.reason).toMatchObject({
          kind: 'conflict',
          code: 'suggestion_settled',
          data: { state: 'accepted' },
        });
    }
    expect(
      (await customer(two.customerId)).mergedIntoId ?? (await customer(one.customerId)).mergedIntoId,
    ).not.toBeNull();
    await finder.settle();
    expect((await about('customer', one.customerId)).map((s) => s.state)).toEqual(['obsolete']);
    const [{ settled }] = await core.database.query(
      `SELECT count(*)::int AS settled FROM events WHERE type = 'suggestion.settled' AND data->>'suggestionId' = $1`,
      [work?.id],
    );
    expect(settled).toBe(1);
  });

  it('counts as taken when the process died between the merge and the note of it', async () => {
    const one = await byMail(
      'fajar.nugraha@gmail.com',
      'Fajar Nugraha',
      'Lampu LD-9 kedip terus.\n\n-- \nFajar\n0818 1234 9876',
    );
    const two = await byChat('6281812349876', 'Fajar', 'lampu LD-9 kedip terus kak');
    await finder.settle();
    const agent = await core.addAgent('Tono');
    const [people] = await about('customer', one.customerId);
    const [from = '', into = ''] = people?.customerIds ?? [];
    const { operation } = await core
      .get(CustomerOperations)
      .merge(from, { into }, { actorId: agent.id, suggestionId: people?.id ?? '' });
    await finder.settle();
    expect([from, into].sort()).toEqual([one.customerId, two.customerId].sort());
    expect((await about('customer', into))[0]).toMatchObject({
      state: 'accepted',
      decidedById: agent.id,
      operationId: operation.id,
    });
  });

  it('is refused when told to keep something else', async () => {
    const one = await byMail(
      'gita.permata@gmail.com',
      'Gita Permata',
      'Kipas KP-3 berisik.\n\n-- \nGita\n0815 7777 1212',
    );
    await byChat('6281577771212', 'Gita', 'kipas KP-3 berisik');
    await finder.settle();
    const agent = await core.addAgent('Wati');
    const [people] = await about('customer', one.customerId);
    await expect(
      core
        .get(SuggestionDecisions)
        .accept(people?.id ?? '', { into: newId(), mergeCustomers: false }, agent.id),
    ).rejects.toMatchObject({ kind: 'invalid', code: 'not_of_suggestion' });
    expect((await about('customer', one.customerId))[0]?.state).toBe('waiting');
  });
});
