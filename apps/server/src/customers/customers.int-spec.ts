import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timelinePageSchema } from '@loket/contracts/cases.js';
import { type Customer, customerPageSchema, customerSchema } from '@loket/contracts/customers.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiError } from '../../../../test/support/client.js';

let server: TestApp;
let channelId: string;
beforeAll(async () => {
  server = await startApp();
  channelId = (await server.admin.createChannel({ kind: 'email', name: 'Surel' })).id;
});
afterAll(() => server.close());

let count = 0;
async function meet(address: string, name: string | null = null, text = 'halo'): Promise<string> {
  const { customerId } = await server.admin.ingest(channelId, {
    externalId: `c${String(++count)}@x.example`,
    sender: { kind: 'email', value: address, name },
    sentAt: new Date().toISOString(),
    text,
  });
  return customerId ?? '';
}
const find = async (q: string): Promise<string[]> =>
  (await server.admin.get(`/customers?q=${encodeURIComponent(q)}`, customerPageSchema)).items.map(
    (c) => c.id,
  );
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof ApiError ? [error.problem.code, error.problem.data] : error),
  );
const add = (id: string, body: object): Promise<Customer> =>
  server.admin.post(`/customers/${id}/identities`, body, customerSchema);

describe('customers', () => {
  it('are found by name, address and telephone number as people write it', async () => {
    const id = await meet('dewi.lestari@pelanggan.example', 'Dewi Lestari');
    await add(id, { kind: 'phone', value: '0812-3456-7890', proof: 'verified' });
    for (const q of ['dewi', 'LESTARI', 'de', 'lestari@pelanggan', '0812 3456 7890', '+62812345678'])
      expect([q, await find(q)]).toEqual([q, [id]]);
    expect(await find('%')).toEqual([]);
    expect(await find('100% budi_')).toEqual([]);
  });

  it('come page by page, each once', async () => {
    for (let i = 0; i < 5; i++) await meet(`halaman${String(i)}@x.example`);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/customers?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: Customer[]; nextCursor: string | null } = await server.admin.get(
        path,
        customerPageSchema,
      );
      seen.push(...page.items.map((c) => c.id));
      cursor = page.nextCursor;
    }
    const all = (await server.admin.get('/customers?limit=100', customerPageSchema)).items.map((c) => c.id);
    expect(seen).toEqual(all);
  });

  it('are renamed once, and a stale version is told so', async () => {
    const id = await meet('ganti@x.example', 'Lama');
    const { version } = await server.admin.get(`/customers/${id}`, customerSchema);
    const renamed = await server.admin.patch(`/customers/${id}`, { name: 'Baru', version }, customerSchema);
    expect(renamed).toMatchObject({ name: 'Baru', version: version + 1 });
    expect(
      await code(server.admin.patch(`/customers/${id}`, { name: 'X', version }, customerSchema)),
    ).toEqual(['version_conflict', renamed]);
  });

  it('tell everything over all their cases', async () => {
    const id = await meet('banyak@x.example', null, 'soal pertama: lampu mati');
    await meet('banyak@x.example', null, 'soal kedua: pintu macet');
    const { items } = await server.admin.get(`/customers/${id}/timeline`, timelinePageSchema);
    const texts = items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
    expect(texts).toEqual(['soal pertama: lampu mati', 'soal kedua: pintu macet']);
    expect(await code(server.admin.get(`/customers/${channelId}/timeline`, timelinePageSchema))).toEqual([
      'customer_not_found',
      undefined,
    ]);
  });
});

describe('an address given by an agent', () => {
  it('joins later mail from it to the customer, is added once, and its proof only rises', async () => {
    const id = await meet('utama@x.example');
    await add(id, { kind: 'email', value: 'Kedua@X.example', proof: 'verified' });
    const again = await add(id, { kind: 'email', value: 'kedua@x.example' });
    expect(again.identities.map((i) => [i.value, i.proof, i.source])).toEqual([
      ['kedua@x.example', 'verified', 'agent'],
      ['utama@x.example', 'claimed', expect.any(String)],
    ]);
    expect(await meet('KEDUA@x.example')).toBe(id);
  });

  it('that is somebody else’s stays his', async () => {
    const [id, other] = [await meet('satu@x.example'), await meet('lain@x.example')];
    expect(await code(add(id, { kind: 'email', value: 'lain@x.example', proof: 'verified' }))).toEqual([
      'identity_taken',
      { customerId: other },
    ]);
  });

  it('goes to one of two customers when two agents give it at once, also while mail from it comes in', async () => {
    const [a, b] = [await meet('rebut-a@x.example'), await meet('rebut-b@x.example')];
    for (let round = 0; round < 5; round++) {
      const value = `rebutan${String(round)}@x.example`;
      const body = { kind: 'email', value, proof: 'verified' };
      await Promise.allSettled([add(a, body), add(b, body), meet(value)]);
      const owners = await find(value);
      expect(owners).toHaveLength(1);
      expect(await meet(value)).toBe(owners[0]);
    }
  });
});
