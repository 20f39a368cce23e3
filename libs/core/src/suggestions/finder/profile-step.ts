import type { EntityManager } from 'typeorm';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { organizationDomainOf } from '../../customers/address-organization.js';
import { customerLockKey, holdLocks } from '../../intake/locks.js';
import { selfNameIn } from '../../matching/claims/self-named.js';
import { digestOf } from '../../matching/text/digest.js';
import { Breather } from './breather.js';
import type { ArrivedMessage, FinderBatch, FinderStep } from './finder-step.js';
import { newClaims, type NewClaim } from './new-claims.js';
import * as write from './profile-writes.queries.js';
import {
  earlierTexts,
  holdersOf,
  ownAddresses,
  storedProfiles,
  type StoredProfile,
} from './profiles.queries.js';
import { isSharedValue, newlyShared } from './shared-addresses.js';

interface Findings {
  claims: NewClaim[];
  /** ids of identities */
  shared: string[];
  /** names that people give themselves, for addresses that came without one */
  names: { identityId: string; name: string }[];
  /** addresses that people gave as theirs, now or before */
  claimed: { kind: IdentityKind; value: string }[];
  organizations: { customerId: string; domain: string; name: string }[];
  languages: { customerId: string; language: 'id' | 'en' }[];
}

/** What messages tell about their writers: further addresses, organization, language, and which addresses are shared. */
export const profileStep: FinderStep = {
  async run(batch) {
    const ids = new Set([...batch.messages.map((m) => m.customerId), ...batch.changed]);
    if (ids.size === 0) return;
    const profiles = await storedProfiles(batch.manager, ids);
    const found = await findingsOf(batch, profiles);
    const touched = [
      ...new Set([...found.claims, ...found.organizations, ...found.languages].map((one) => one.customerId)),
    ];
    if (touched.length + found.shared.length + found.names.length + found.claimed.length === 0) return;
    const changed = await writeDown(batch, found, touched);
    for (const id of changed) batch.changed.add(id);
  },
};

async function findingsOf(
  { manager, messages, matching }: FinderBatch,
  profiles: ReadonlyMap<string, StoredProfile>,
): Promise<Findings> {
  const breather = new Breather();
  const claims: NewClaim[] = [];
  const ours = messages.length > 0 ? await ownAddresses(manager) : [];
  const shared: string[] = [];
  const names: Findings['names'] = [];
  const byCustomer = new Map<string, ArrivedMessage[]>();
  for (const message of messages) {
    const list = byCustomer.get(message.customerId) ?? [];
    byCustomer.set(message.customerId, list);
    list.push(message);
  }
  for (const profile of profiles.values()) {
    const own = byCustomer.get(profile.id) ?? [];
    claims.push(...newClaims(own, profiles, ours));
    shared.push(...newlyShared(profile, own));
    names.push(...newNames(profile, own));
    await breather.breathe();
  }
  return {
    claims,
    shared,
    names,
    claimed: [...claims, ...[...byCustomer.keys()].flatMap((id) => claimsOf(profiles.get(id)))],
    organizations: [...profiles.values()].flatMap(membershipOf),
    languages: await languagesOf(manager, profiles, byCustomer, (text) =>
      digestOf({ subject: null, text, attachments: [] }, matching.lexicon),
    ),
  };
}

function newNames(profile: StoredProfile, messages: readonly ArrivedMessage[]): Findings['names'] {
  return messages.flatMap((message) => {
    const identity = profile.identities.find((i) => i.id === message.identityId);
    if (!identity || identity.name !== null || identity.shared || message.senderName?.trim()) return [];
    const name = selfNameIn(message)?.name;
    return name === undefined ? [] : [{ identityId: identity.id, name: name.slice(0, 255) }];
  });
}

function claimsOf(profile: StoredProfile | undefined): Findings['claimed'] {
  return (profile?.identities ?? []).filter((i) => !i.resolves && !i.shared && i.source !== 'spoofed');
}

/** By the surest address that is a person's own: colleagues share a domain, not a desk. */
function membershipOf(profile: StoredProfile): Findings['organizations'] {
  if (profile.organizationId !== null) return [];
  for (const { kind, value, resolves, source } of profile.identities) {
    if (kind !== 'email' || !resolves || source === 'spoofed') continue;
    const domain = organizationDomainOf(value);
    if (domain !== null) return [{ customerId: profile.id, domain, name: domain }];
  }
  return [];
}

/** words from which on a message tells its language */
const fewestWords = 4;

async function languagesOf(
  manager: FinderBatch['manager'],
  profiles: ReadonlyMap<string, StoredProfile>,
  messages: ReadonlyMap<string, readonly ArrivedMessage[]>,
  read: (text: string) => { language: 'id' | 'en' | null; length: number },
): Promise<Findings['languages']> {
  const told: Findings['languages'] = [];
  const doubtful: { caseId: string; customerId: string; language: 'id' | 'en' }[] = [];
  for (const [customerId, own] of messages) {
    const profile = profiles.get(customerId);
    const last = own.at(-1);
    const { language, length } = read(last?.text ?? '');
    if (!profile || !last || language === null || length < fewestWords || language === profile.language)
      continue;
    if (profile.language === null) told.push({ customerId, language });
    else doubtful.push({ caseId: last.caseId, customerId, language });
  }
  const earlier = await earlierTexts(
    manager,
    doubtful.map((one) => one.caseId),
  );
  for (const { caseId, customerId, language } of doubtful) {
    const languages = earlier.filter((e) => e.caseId === caseId).map((e) => read(e.text).language);
    if (languages.filter((one) => one === language).length * 2 > languages.length) {
      told.push({ customerId, language });
    }
  }
  return told;
}

/** @returns customers that agents see differently now */
async function writeDown(
  batch: FinderBatch,
  found: Findings,
  touched: readonly string[],
): Promise<Set<string>> {
  const { now } = batch;
  const told =
    touched.length === 0
      ? []
      : await batch.write(async (tx) => {
          // The lock of merges: an address must not be added to a profile that is just being emptied.
          await holdLocks(tx, touched.map(customerLockKey));
          await write.setLanguages(tx, found.languages);
          return announce(batch, tx, [
            ...(await write.insertClaims(tx, found.claims, now)),
            ...(await write.setOrganizations(tx, found.organizations, now)),
          ]);
        });
  const sharedValues = (await holdersOf(batch.manager, found.claimed)).filter(isSharedValue);
  if (found.names.length + found.shared.length + sharedValues.length === 0) return new Set(told);
  // By itself: intake holds rows of identities while it waits for the locks above.
  const marked = await batch.write(async (tx) =>
    announce(batch, tx, [
      ...(await write.nameIdentities(tx, found.names)),
      ...(await write.markShared(tx, found.shared)),
      ...(await write.markSharedValues(tx, sharedValues)),
    ]),
  );
  return new Set([...told, ...marked]);
}

async function announce(
  { log, now }: FinderBatch,
  tx: EntityManager,
  customerIds: readonly string[],
): Promise<string[]> {
  const changed = [...new Set(customerIds)].sort();
  if (changed.length > 0) await write.countUp(tx, changed, now);
  await log.append(
    tx,
    changed.map((customerId) => ({
      type: 'customer.updated',
      caseId: null,
      version: null,
      actorId: null,
      data: { customerId },
    })),
    now,
  );
  return changed;
}
