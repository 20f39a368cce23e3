import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identity } from '@loket/contracts/customers.js';
import type { CustomerOperation } from '@loket/contracts/operations.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { expectWhole, snapshot, withoutRows } from '../../../../test/support/shape.js';
import { CasesService } from '../cases/cases.service.js';
import { CustomersService } from '../customers/customers.service.js';
import { Event } from '../events/event.entity.js';
import { CustomerOperations } from './customer-operations.service.js';
import { IdentityOperations } from './identity-operations.service.js';
import { OperationsService } from './operations.service.js';
import { UndoService } from './undo.service.js';

let core: TestCore;
let customers: CustomersService;
let operations: CustomerOperations;
let identities: IdentityOperations;
let mail: string;
let rina: { id: string; name: string };
const by = (): { actorId: string } => ({ actorId: rina.id });
beforeAll(async () => {
  core = await startCore({ background: false });
  customers = core.get(CustomersService);
  operations = core.get(CustomerOperations);
  identities = core.get(IdentityOperations);
  mail = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterEach(() => expectWhole(core.database));
afterAll(() => core.close());

let people = 0;
const address = (): string => `orang${String(++people)}@customer.example`;
interface Met {
  id: string;
  caseId: string;
  from: string;
}
async function meet(
  name: string | null,
  proof: 'verified' | 'claimed' = 'claimed',
  from = address(),
): Promise<Met> {
  const { customerId, caseId } = await core.receive(
    message(mail, { from, text: `Halo dari ${from}`, subject: from, sender: { name, proof } }),
  );
  return { id: customerId, caseId, from };
}
const write = (
  from: string,
  text: string,
): Promise<{ caseId: string; messageId: string; customerId: string }> =>
  core.receive(message(mail, { from, text, subject: text }));
const merge = (from: string, into: string): Promise<CustomerOperation> =>
  operations.merge(from, { into }, by());
const undo = async (id: string): Promise<void> => {
  await core.get(UndoService).undo(id, rina.id);
};
const identityOf = async (id: string, value: string): Promise<Identity> => {
  const found = (await customers.get(id)).identities.find((i) => i.value === value);
  if (!found) throw new Error(`no ${value}`);
  return found;
};

describe('merging a customer into another', () => {
  it('moves addresses, messages and cases, and leaves an id that leads there', async () => {
    const [a, b] = [await meet('Budi Santoso'), await meet(null)];
    const { operation, customer } = await merge(a.id, b.id);
    expect(operation).toMatchObject({ kind: 'merge_customers', moved: { identities: 1, cases: 1 } });
    expect(customer).toMatchObject({
      id: b.id,
      name: 'Budi Santoso',
      caseCount: 2,
      merged: [{ id: a.id, name: 'Budi Santoso' }],
    });
    expect(customer.identities.map((i) => i.value).toSorted()).toEqual([a.from, b.from].toSorted());
    expect(await customers.get(a.id)).toEqual(customer);
    expect((await write(a.from, 'Soal lain, tagihan bulan ini')).customerId).toBe(b.id);
    const listed = (await customers.list({ limit: 100 })).items.map((c) => c.id);
    expect(listed).toContain(b.id);
    expect(listed).not.toContain(a.id);
    expect((await customers.list({ q: 'Budi Santoso', limit: 10 })).items.map((c) => c.id)).toEqual([b.id]);
    const ofBoth = await core
      .get(CasesService)
      .list({ customer: a.id, view: 'all', status: 'all', sort: 'newest', limit: 50 }, rina.id);
    expect(ofBoth.items.map((c) => c.id)).toEqual(expect.arrayContaining([a.caseId, b.caseId]));
    expect(await customers.update(a.id, { name: 'Budi S.' }, rina.id)).toMatchObject({
      id: b.id,
      name: 'Budi S.',
    });
  });

  it('never makes a chain, nor a circle', async () => {
    const [a, b, c] = [await meet('A'), await meet('B'), await meet('C')];
    await merge(a.id, b.id);
    await merge(b.id, c.id);
    expect((await customers.row(a.id)).mergedIntoId).toBe(c.id);
    await expect(merge(c.id, a.id)).rejects.toMatchObject({ code: 'merge_into_itself' });
    await expect(merge(a.id, c.id)).rejects.toMatchObject({
      code: 'customer_merged_already',
      data: { into: c.id },
    });
  });

  it('is refused on a stale version', async () => {
    const [a, b] = [await meet('A'), await meet('B')];
    await customers.update(a.id, { name: 'Aa' }, rina.id);
    await expect(operations.merge(a.id, { into: b.id, version: 1 }, by())).rejects.toMatchObject({
      code: 'version_conflict',
      data: { id: a.id, name: 'Aa' },
    });
  });

  it.each<[string, Parameters<typeof meet>, Parameters<typeof meet>, string[]]>([
    ['nothing', ['Budi Santoso'], ['budi s.'], []],
    ['names without a common word', ['Budi Santoso'], ['Dewi'], ['name_conflict']],
    ['two proven addresses', ['Budi', 'verified'], ['Budi', 'verified'], ['verified_conflict']],
    ['one proven and one not', ['Budi', 'verified'], ['Budi'], []],
  ])('warns before of %s', async (_, one, other, warnings) => {
    const [a, b] = [await meet(...one), await meet(...other)];
    const preview = await operations.mergePreview(a.id, b.id);
    expect(preview).toMatchObject({ from: { id: a.id }, result: { identities: 2, cases: 2 }, warnings });
  });

  it('undone, gives each his own back, also what came since', async () => {
    const [a, b] = [await meet('Budi'), await meet('Dewi')];
    const before = await snapshot(core.database);
    const first = await merge(a.id, b.id);
    await undo(first.operation.id);
    expect(await snapshot(core.database)).toEqual(before);
    expect((await operations.mergePreview(a.id, b.id)).warnings).toContain('undone_before');
    const second = await merge(a.id, b.id);
    const came = await write(a.from, 'Pengiriman ke Surabaya terlambat seminggu');
    expect(came.customerId).toBe(b.id);
    await customers.update(b.id, { name: 'Dewi L.' }, rina.id);
    expect((await core.get(UndoService).preview(second.operation.id)).following).toBe(1);
    await undo(second.operation.id);
    const [row]: { customer_id: string }[] = await core.database.query(
      'SELECT customer_id FROM messages WHERE id = $1',
      [came.messageId],
    );
    expect(row?.customer_id).toBe(a.id);
    expect((await customers.get(b.id)).name).toBe('Dewi L.');
  });
});

describe('linking an address', () => {
  it('is an operation with an event, and undone it is gone', async () => {
    const a = await meet('Budi');
    const before = await snapshot(core.database);
    await identities.link(a.id, { kind: 'phone', value: '0812-7777-1111', proof: 'verified' }, by());
    const linked = await identityOf(a.id, '+6281277771111');
    const { items } = await core.get(OperationsService).list({ customer: a.id, limit: 10 });
    expect(items[0]).toMatchObject({ kind: 'link_identity', into: { id: a.id } });
    expect(await core.database.getRepository(Event).findOneBy({ type: 'identity.linked' })).toMatchObject({
      data: { customerId: a.id, identityId: linked.id },
    });
    await undo(items[0]?.id ?? '');
    expect(await snapshot(core.database)).toEqual(before);
  });

  it('undone after he wrote from it, makes of that a customer of his own', async () => {
    const [a, other] = [await meet('Budi'), address()];
    await identities.link(a.id, { kind: 'email', value: other, proof: 'verified' }, by());
    const came = await write(other, 'Voucher saya tidak bisa dipakai');
    expect(came.customerId).toBe(a.id);
    const { items } = await core.get(OperationsService).list({ customer: a.id, limit: 1 });
    await undo(items[0]?.id ?? '');
    expect((await customers.get(a.id)).identities.map((i) => i.value)).toEqual([a.from]);
    const again = await write(other, 'Voucher saya masih tidak bisa dipakai');
    expect(again.customerId).not.toBe(a.id);
  });
});

describe('unlinking an address', () => {
  it('that nobody wrote from removes it, and undoing brings the very row back', async () => {
    const a = await meet('Budi');
    await identities.link(a.id, { kind: 'email', value: address(), proof: 'claimed' }, by());
    const [, linked] = (await customers.get(a.id)).identities;
    const before = await snapshot(core.database);
    const { operation, customer } = await identities.unlink(a.id, linked?.id ?? '', by());
    expect(operation).toMatchObject({ kind: 'unlink_identity', into: null });
    expect(customer.identities).toHaveLength(1);
    await undo(operation.id);
    expect(await snapshot(core.database)).toEqual(before);
  });

  it('with messages makes a customer of it, with the cases in which nobody else wrote', async () => {
    const [a, b] = [await meet('Budi'), await meet('Budi')];
    await merge(b.id, a.id);
    const before = await snapshot(core.database);
    const { id } = await identityOf(a.id, b.from);
    const { operation, customer } = await identities.unlink(a.id, id, by());
    expect(customer.identities.map((i) => i.value)).toEqual([a.from]);
    const made = await customers.get(operation.into?.id ?? '');
    expect(made).toMatchObject({ name: 'Budi', caseCount: 1, identities: [{ value: b.from }] });
    expect((await core.get(CasesService).get(b.caseId)).customer.id).toBe(made.id);
    await undo(operation.id);
    expect(withoutRows(await snapshot(core.database), [made.id])).toEqual(before);
    expect((await customers.get(made.id)).id).toBe(a.id);
  });

  it('refuses the last one, and one that is not his', async () => {
    const [a, b] = [await meet('Budi'), await meet('Dewi')];
    const { id } = await identityOf(a.id, a.from);
    await expect(identities.unlink(a.id, id, by())).rejects.toMatchObject({ code: 'last_identity' });
    await expect(identities.unlink(b.id, id, by())).rejects.toMatchObject({ code: 'identity_not_found' });
  });

  it('cannot be undone once the address is somebody else’s', async () => {
    const [a, other] = [await meet('Budi'), address()];
    await identities.link(a.id, { kind: 'email', value: other, proof: 'verified' }, by());
    const { id } = await identityOf(a.id, other);
    const { operation } = await identities.unlink(a.id, id, by());
    const came = await write(other, 'Saya orang lain');
    expect(came.customerId).not.toBe(a.id);
    await expect(undo(operation.id)).rejects.toMatchObject({ kind: 'conflict', code: 'identity_taken' });
  });
});
