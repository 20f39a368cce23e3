import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { linkageKeysOf } from '../matching/linkage/linkage-keys.js';
import { candidatesOf, holdersOfKeys } from './finder/linkage.queries.js';
import { openCases } from './finder/open-cases.queries.js';
import { storedProfiles } from './finder/profiles.queries.js';
import { SuggestionFinder } from './suggestion-finder.js';

let core: TestCore;
let channelId: string;
beforeAll(async () => {
  core = await startCore();
  channelId = await core.addChannel();
});
afterAll(() => core.close());

const firsts =
  `Agus Ahmad Andi Anisa Arif Ayu Bambang Budi Citra Dedi Dewi Dian Eko Fajar Fitri Galih Hadi Hendra Ika Indah Joko
   Kartika Lestari Lina Made Maya Mega Nanda Nur Putri Rahmat Ratna Rina Rizky Sari Siti Sri Teguh Tri Wahyu Wati Yanti
   Yoga Yuni Zaenal`.match(/\S+/g) ?? [];
const lasts =
  `Adiputra Anggraini Astuti Firmansyah Gunawan Handayani Hartono Hidayat Irawan Kurniawan Kusuma Lestari Mahendra
   Maulana Nugroho Permana Permata Pranata Prasetyo Pratama Purnama Purwanto Puspita Rahayu Rahman Saputra Santoso
   Setiawan Siregar Sitompul Suharto Sulistyo Suryadi Susanti Sutrisno Utami Wibowo Wicaksono Widodo Wijaya Wulandari
   Yulianto Zulkarnain`.match(/\S+/g) ?? [];

function person(n: number): { name: string; address: string; number: string } {
  const [first = '', last = ''] = [firsts[n % firsts.length], lasts[Math.floor(n / 7) % lasts.length]];
  const address = `${first}.${last}${String(n)}@gmail.com`.toLowerCase();
  return { name: `${first} ${last}`, address, number: `+62812${String(10_000_000 + n)}` };
}

const known = new Map<string, string[]>();
function keysOfName(name: string): string[] {
  const keys =
    known.get(name) ??
    linkageKeysOf({ id: name, names: [name], identities: [], organization: null, language: null });
  known.set(name, keys);
  return keys;
}

async function populate(from: number, to: number): Promise<void> {
  const people = Array.from({ length: to - from }, (_, i) => ({ ...person(from + i), id: newId() }));
  await core.database.query(
    `WITH k AS (INSERT INTO customers (id, name) SELECT * FROM unnest($1::uuid[], $2::text[]))
     INSERT INTO identities (id, customer_id, kind, value, verbatim, name, proof, source)
     SELECT gen_random_uuid(), id, 'email', address, address, name, 'verified', 'email'
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS p(id, name, address)`,
    [people.map((p) => p.id), people.map((p) => p.name), people.map((p) => p.address)],
  );
  const keys = people.flatMap(({ id, name, address }) =>
    [...keysOfName(name), `mail:${address}`].map((key) => ({ id, key })),
  );
  await core.database.query(
    'INSERT INTO linkage_keys (key, customer_id) SELECT * FROM unnest($1::text[], $2::uuid[])',
    [keys.map((k) => k.key), keys.map((k) => k.id)],
  );
}

let newcomers = 1_000_000;
/** @returns milliseconds that a batch of fifty new people takes */
async function batch(): Promise<number> {
  const finder = core.get(SuggestionFinder);
  // Earlier batches are out of sight of the search for bursts, so that each has as much to do as the others.
  core.clock.advanceHours(72);
  await Promise.all(
    Array.from({ length: 50 }, () => {
      const { name, address, number } = person(newcomers++);
      const text = `${name} mau tanya pesanan ${String(newcomers)}.\n\n-- \n${name}\nHP ${number}`;
      return core.receive(
        message(channelId, {
          from: address,
          sender: { name, proof: 'verified' },
          text,
          sentAt: core.clock.now().toISOString(),
        }),
      );
    }),
  );
  const began = performance.now();
  await finder.settle();
  return performance.now() - began;
}

describe('the finder in a large workspace', () => {
  it('takes about as long for fifty newcomers among twenty thousand customers as among one thousand', async () => {
    await populate(0, 1_000);
    await batch();
    const small = Math.min(await batch(), await batch());
    await populate(1_000, 20_000);
    await core.database.query('ANALYZE');
    const large = Math.min(await batch(), await batch());
    // Twenty times as much to look through would take twenty times as long; the rest is a machine with other work.
    expect(large).toBeLessThan(small * 6 + 1_000);
  });

  it('looks for candidates, profiles and open cases by index alone', async () => {
    const rows: { id: string }[] = await core.database.query(
      'SELECT id FROM customers ORDER BY created_at DESC LIMIT 50',
    );
    const ids = rows.map((row) => row.id);
    const plans: string[] = [];
    const manager = {
      query: async (sql: string, values: unknown[]) => {
        const plan: { 'QUERY PLAN': string }[] = await core.database.query(`EXPLAIN ${sql}`, values);
        plans.push(plan.map((row) => row['QUERY PLAN']).join('\n'));
        return [];
      },
    } as unknown as EntityManager;
    await candidatesOf(manager, ids, 100);
    await holdersOfKeys(manager, ['mail:a@b.example'], 7);
    await storedProfiles(manager, ids);
    await openCases(manager, ids, new Date());
    expect(plans).toHaveLength(4);
    for (const table of ['linkage_keys', 'identities', 'customers', 'cases', 'messages'])
      for (const plan of plans) expect(plan).not.toMatch(new RegExp(`Seq Scan on ${table}\\b`));
  });
});
