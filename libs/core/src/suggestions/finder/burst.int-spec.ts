import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../../test/support/core.js';
import { IncidentsService } from '../../incidents/incidents.service.js';
import { SuggestionFinder } from '../suggestion-finder.js';
import { Suggestion } from '../suggestion.entity.js';

let core: TestCore;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  channelId = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());

let people = 0;
type Over = Parameters<typeof message>[1];
interface Told {
  caseId: string;
  customerId: string;
}
const tell = async (text: string, over: Over = {}): Promise<Told> => {
  people += 1;
  const sentAt = core.clock.now().toISOString();
  const from = `orang${String(people)}@pelanggan${String(people)}.example`;
  return core.receive(message(channelId, { from, subject: null, text, sentAt, ...over }));
};
const tellAll = async (texts: readonly string[]): Promise<string[]> => {
  const caseIds: string[] = [];
  for (const text of texts) caseIds.push((await tell(text)).caseId);
  return caseIds;
};
const suggested = async (): Promise<Suggestion[]> => {
  await core.get(SuggestionFinder).settle();
  return core.database
    .getRepository(Suggestion)
    .find({ where: { kind: 'incident' }, order: { createdAt: 'ASC', id: 'ASC' } });
};
const waiting = async (): Promise<Suggestion[]> => (await suggested()).filter((s) => s.state === 'waiting');

/** Each test has its own hours: what came before is long ago, and no more than history. */
beforeEach(async () => {
  await core.get(SuggestionFinder).settle();
  await core.database.query(`DELETE FROM suggestions`);
  await core.database.query(`UPDATE cases SET incident_id = NULL`);
  await core.database.query(`UPDATE messages SET text = 'Lama', subject = NULL`);
  core.clock.advanceHours(30);
});

describe('a burst', () => {
  it.each([
    [
      'an outage, told by everybody in his own way',
      [
        'internet mati di kotagede min, dari jam 7',
        'Internet saya di Kotagede mati sejak pukul 19.00. Mohon info.',
        'internet down di kotagede, ada gangguan?',
      ],
    ],
    [
      'an app that does not open',
      [
        'aplikasi ga bisa dibuka min, loading terus',
        'Aplikasi tidak dapat dibuka sejak pukul 12 siang, hanya loading terus.',
        'The app will not open for me, keeps loading',
      ],
    ],
    [
      'an error code, whatever the words',
      [
        'Muncul error PAY-412 waktu proses gaji',
        'Payroll run fails with error PAY-412 since this morning',
        'kok keluar kode error PAY-412 terus ya kak pas klik proses',
      ],
    ],
    [
      'a sign-in that fails for all',
      [
        'gk bs login dari tadi, padahal password bener',
        'Saya tidak bisa masuk ke akun saya sejak pagi ini, tolong bantu',
        "I can't log in since this morning, is the login down?",
      ],
    ],
  ])('is suggested: %s', async (_, texts) => {
    const caseIds = await tellAll(texts.slice(0, 2));
    expect(await suggested()).toEqual([]);
    caseIds.push(...(await tellAll(texts.slice(2))));
    const [found, ...more] = await suggested();
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'incident', state: 'waiting', key: caseIds[0], incidentId: null });
    expect(found?.caseIds).toEqual(caseIds);
    expect(found?.evidence[0]).toMatchObject({ code: 'customers', data: { count: 3 } });
    expect(found?.score).toBeGreaterThan(0.5);
  });

  it('grows while it waits, without a second suggestion; dismissed, it does not come back', async () => {
    const caseIds = await tellAll([
      'internet mati di sleman',
      'wifi mati total di sleman sejak subuh',
      'internet sleman mati kak',
    ]);
    expect((await waiting())[0]?.caseIds).toEqual(caseIds);
    caseIds.push(
      ...(await tellAll(['min internet di sleman mati juga', 'internet rumah saya mati di sleman'])),
    );
    const [one, ...more] = await waiting();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ key: caseIds[0], caseIds });
    expect(one?.evidence[0]?.data).toMatchObject({ count: 5 });
    await core.database.query(`UPDATE suggestions SET state = 'dismissed'`);
    await tellAll(['internet mati di sleman dari pagi', 'internet sleman mati lagi min']);
    expect(await waiting()).toEqual([]);
  });

  it('is found when the first message of a chat was only a greeting', async () => {
    const texts = ['internet mati di bantul', 'internet di bantul mati nih', 'internet bantul mati'];
    for (const [n, text] of texts.entries()) {
      const conversation = `percakapan-${String(n)}`;
      const from = `chat${String(n)}@obrolan${String(n)}.example`;
      const sentAt = core.clock.now().toISOString();
      const over = { from, subject: null, sentAt, thread: { conversation } };
      await core.receive(message(channelId, { ...over, text: 'halo min' }));
      await core.receive(message(channelId, { ...over, text }));
    }
    expect(await waiting()).toMatchObject([{ caseIds: { length: 3 } }]);
  });
});

describe('no burst', () => {
  it('is a busy hour of different matters, greetings, and routine questions about parcels and sizes', async () => {
    await tellAll([
      'halo kak',
      'selamat pagi min',
      'pagi, mau tanya',
      'Pesanan saya KN-240817 belum sampai, sudah lima hari',
      'paket saya RS-1182 kok belum sampai ya',
      'Kapan paket KN-99120 dikirim? Belum ada resi',
      'kak barang saya retak waktu diterima',
      'apakah ukuran L masih ada stoknya?',
      'kemeja lurik ukuran M ready?',
      'mau retur, kebesaran',
      'Tolong kirim faktur pajak bulan lalu',
      'saya lupa password akun saya',
      'Internet di kantor lambat sekali sejak kemarin sore',
      'ganti alamat pengiriman dong kak',
      'aplikasi menutup sendiri waktu buka kamera',
      'voucher MERDEKA tidak bisa dipakai',
    ]);
    expect(await suggested()).toEqual([]);
  });

  it('is one customer who writes three times, mail that its domain disowns, or automatic mail', async () => {
    const text = 'Internet mati di Depok sejak pagi';
    const mine = { from: 'satu.orang@depok.example' };
    await tell('internet depok mati', mine);
    await tell(text, { ...mine, subject: 'Lagi' });
    await tell(`${text}, mohon dibantu`, { ...mine, subject: 'Ketiga' });
    for (let n = 0; n < 3; n++) await tell(text, { sender: { proof: 'failed' } });
    for (let n = 0; n < 3; n++) await tell(text, { automatic: 'auto_reply' });
    expect(await suggested()).toEqual([]);
  });

  it('is one person on three channels, as far as the desk believes that', async () => {
    const told = [
      await tell('internet mati di wates, mohon dicek'),
      await tell('Internet di Wates mati sejak pagi'),
    ];
    const customerIds = told.map((one) => one.customerId);
    // looked at, and found unlike each other by their names and addresses
    await core.get(SuggestionFinder).settle();
    const pair = { id: newId(), kind: 'customer' as const, key: customerIds.join(':'), score: 0.9 };
    await core.database.getRepository(Suggestion).insert({ ...pair, evidence: [], customerIds });
    await tell('internet wates mati min');
    expect(await suggested()).toEqual([]);
  });

  it('is two people who name the same number, and a third', async () => {
    await tellAll([
      'internet mati di godean, id pelanggan JN200118',
      'Pak Andreas, internet godean mati, JN200118',
      'internet godean mati juga kak',
    ]);
    expect(await suggested()).toEqual([]);
  });

  it('is spread over more than two hours', async () => {
    for (const text of ['internet mati di solo', 'internet solo mati kak', 'internet mati total di solo']) {
      await tell(text);
      core.clock.advanceHours(1.5);
    }
    expect(await suggested()).toEqual([]);
  });

  it('is what comes as often every day', async () => {
    for (let day = 0; day < 3; day++) {
      for (let hour = 0; hour < 8; hour++) {
        await tell(`wifi saya putus-putus sejak hari ini, pelanggan nomor ${String(day * 10 + hour)}`);
        core.clock.advanceHours(1.01);
      }
      // a finder that lags behind a clock put on by days would look back on hours that no desk has seen so
      await core.get(SuggestionFinder).settle();
      core.clock.advanceHours(14);
    }
    await core.database.query('DELETE FROM suggestions');
    await tellAll(['wifi saya putus-putus terus', 'wifi putus-putus kak', 'wifi rumah saya putus-putus']);
    expect(await suggested()).toEqual([]);
    // five times as many are unusual also there
    await tellAll([
      'wifi putus-putus nih',
      'wifi saya putus-putus min',
      'kok wifi putus-putus ya',
      'wifi putus-putus',
    ]);
    await tellAll([
      'wifi saya putus-putus dari tadi',
      'wifi putus-putus semua min',
      'wifi di sini putus-putus',
    ]);
    const [one] = await waiting();
    expect(one?.evidence.map((e) => e.code)).toContain('incident_usual');
  });
});

describe('with an open incident', () => {
  it('a new case like its cases is suggested for it, and others join that suggestion', async () => {
    const caseIds = await tellAll(['internet mati di klaten', 'internet klaten mati min']);
    const incidents = core.get(IncidentsService);
    const { id } = await incidents.create({ title: 'Klaten', caseIds }, rina.id);
    const third = await tell('internet di klaten mati sejak magrib');
    expect(await waiting()).toMatchObject([{ incidentId: id, caseIds: [third.caseId] }]);
    const fourth = await tell('kak internet klaten mati ya?');
    expect(await waiting()).toMatchObject([{ incidentId: id, caseIds: [third.caseId, fourth.caseId] }]);
    // linked by hand, the suggestion has nothing left to say
    await incidents.link(id, [third.caseId, fourth.caseId], { actorId: rina.id });
    expect(await suggested()).toMatchObject([{ state: 'obsolete' }]);
    // done, it takes no more
    await incidents.update(id, { status: 'resolved', resolveCases: true }, rina.id);
    await tell('internet mati di klaten barusan');
    expect(await waiting()).toEqual([]);
  });

  it('a suggestion of a new one settles itself when its cases are linked by hand', async () => {
    const caseIds = await tellAll([
      'app error terus min',
      'aplikasi error terus',
      'aplikasinya error terus kak',
    ]);
    expect(await waiting()).toHaveLength(1);
    await core.get(IncidentsService).create({ title: 'Aplikasi', caseIds }, rina.id);
    expect(await suggested()).toMatchObject([{ state: 'obsolete' }]);
  });
});
