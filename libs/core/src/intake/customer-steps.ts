import { newId } from '@loket/platform/ids.js';
import * as sql from './customers.queries.js';
import type { IntakeGroup } from './intake-group.js';
import type { IntakeItem } from './intake-item.js';
import { takeLocks } from './intake.queries.js';
import { customerLockKey, inLockOrder } from './locks.js';
import {
  lineKinds,
  sourceOfDisowned,
  sourceOnSharedLine,
  whoseMessage,
  type AddressRole,
  type KnownAddress,
} from './whose-message.js';

/** Something that intake read was changed by a merge or a split before it held it: the same message finds it anew. */
export class Rearranged extends Error {
  override readonly name = 'Rearranged';
}

/** Finds whose each message is, and writes down new people and new addresses of known ones. */
export async function findCustomers(group: IntakeGroup): Promise<void> {
  const { client, items, now } = group;
  if (items.length === 0) return;
  const known = await knownAddresses(group);
  const owners = await sql.ownersOf(
    client,
    items.flatMap(({ said }) => (said?.caseId === undefined || said.caseId === 'new' ? [] : said.caseId)),
  );
  const customers: sql.NewCustomer[] = [];
  const identities: sql.NewIdentity[] = [];
  const met: IntakeItem[] = [];
  items.forEach((item, position) => {
    const sender = item.person;
    const name = sender.name?.trim() || null;
    const whose = whoseMessage(
      {
        kind: item.sender.kind,
        value: item.sender.value,
        proof: sender.proof,
        name,
        trustCallerId: item.channel.trustCallerId,
      },
      known.get(position) ?? [],
    );
    if (whose.is === 'known') {
      const { id: identityId, customerId, proof } = whose.address;
      // A telephone proves no number, ever: where caller ids are trusted, a proven number still is what it was.
      const asProven = item.sender.kind === 'phone' && item.channel.trustCallerId;
      item.customer = { id: customerId, identityId, isNew: false, knownProof: asProven ? 'claimed' : proof };
      // Both profiles were there before the channel knew that they are one account; people decide on whole profiles.
      const other = known.get(position)?.find((a) => a.role === 'also' && a.resolves);
      if (other && other.customerId !== customerId && sender.proof !== 'failed')
        group.samePeople.push([customerId, other.customerId]);
      const proven = proof === 'claimed' && sender.proof === 'verified';
      if (proven || (name !== null && name !== whose.address.name)) met.push(item);
      return;
    }
    // Who calls about a case is its customer, unless his number is somebody's: an agent has said so.
    const owner = owners.get(item.said?.caseId ?? '');
    const isNew = whose.is === 'new' && owner === undefined;
    const id = whose.is === 'attached' ? whose.customerId : (owner ?? newId());
    const identityId = newId();
    item.customer = { id, identityId, isNew, knownProof: null };
    if (isNew) customers.push({ id, name });
    const shares = whose.is === 'new' && whose.shares;
    const reasons = whose.is === 'attached' ? whose.evidence.map((e) => e.code) : isNew ? [] : ['agent_said'];
    identities.push({
      ...item.sender,
      id: identityId,
      customerId: id,
      name,
      proof: sender.proof === 'verified' ? 'verified' : 'claimed',
      resolves: !shares,
      source: sender.proof === 'failed' ? sourceOfDisowned : shares ? sourceOnSharedLine : item.channel.kind,
      evidence: [...sender.evidence, ...reasons],
    });
  });
  await sql.insertCustomers(client, customers, identities, now);
  await refresh(group, met);
  await insertFurther(group);
}

async function knownAddresses({ client, items }: IntakeGroup): Promise<Map<number, KnownAddress[]>> {
  const asked = items.flatMap((item, position) =>
    addressesOf(item).map((address) => ({ ...address, position })),
  );
  const rows = await sql.findIdentities(client, [
    asked.map((a) => a.position),
    asked.map((a) => a.role),
    asked.map((a) => a.kind),
    asked.map((a) => a.value),
  ]);
  const known = new Map<number, KnownAddress[]>();
  for (const { position, customer_id, profile_name, nothing_else, ...row } of rows) {
    const list = known.get(position) ?? [];
    known.set(position, list);
    list.push({ ...row, customerId: customer_id, profileName: profile_name, nothingElse: nothing_else });
  }
  return known;
}

function addressesOf({
  sender,
  also,
  person,
}: IntakeItem): { role: AddressRole; kind: string; value: string }[] {
  const own = { role: 'sender' as const, kind: sender.kind, value: sender.value };
  if (person.proof === 'failed') return [own];
  const vouched = also.filter((a) => a.proof === 'verified');
  return [
    own,
    ...twinsOf(sender.kind).map((kind) => ({ role: 'twin' as const, kind, value: sender.value })),
    ...vouched.map(({ kind, value }) => ({ role: 'also' as const, kind, value })),
    ...vouched.flatMap(({ kind, value }) =>
      twinsOf(kind).map((twin) => ({ role: 'also_twin' as const, kind: twin, value })),
    ),
  ];
}

function twinsOf(kind: IntakeItem['sender']['kind']): readonly string[] {
  return lineKinds.includes(kind) ? lineKinds.filter((k) => k !== kind) : [];
}

async function refresh({ client }: IntakeGroup, met: readonly IntakeItem[]): Promise<void> {
  if (met.length === 0) return;
  await sql.refreshIdentities(client, [
    met.map((i) => i.customer?.identityId),
    met.map((i) => i.person.name?.trim() || null),
    met.map((i) => i.person.proof === 'verified'),
    met.map((i) => JSON.stringify(i.person.evidence)),
  ]);
}

async function insertFurther({ client, items, now }: IntakeGroup): Promise<void> {
  const further = items.flatMap((item): sql.NewIdentity[] =>
    item.person.proof === 'failed' || !item.customer
      ? []
      : item.also.map((address) => ({
          ...address,
          id: newId(),
          customerId: item.customer?.id ?? '',
          name: null,
          resolves: address.proof === 'verified',
          evidence: [],
        })),
  );
  await sql.insertFurther(client, further, now);
}

/**
 * Holds the customers to commit, so that two channels at once cannot open two cases. Of several messages of one
 * customer the first goes on; the others wait for the next group.
 *
 * @throws Rearranged when a customer was merged, or an identity moved, before he was held
 */
export async function lockCustomers(group: IntakeGroup): Promise<void> {
  const seen = new Set<string>();
  for (const item of group.items) {
    const id = item.customer?.id ?? '';
    if (seen.has(id)) group.deferred.push(item);
    seen.add(id);
  }
  group.items = group.items.filter((i) => !group.deferred.includes(i));
  const known = group.items.filter((i) => i.customer?.isNew === false);
  if (known.length === 0) return;
  await takeLocks(group.client, inLockOrder(known.map((i) => customerLockKey(i.customer?.id ?? ''))));
  const unmoved = await sql.findUnmoved(group.client, [
    known.map((i) => i.customer?.identityId),
    known.map((i) => i.customer?.id),
  ]);
  if (unmoved.length < known.length) throw new Rearranged('a customer was merged meanwhile');
}
