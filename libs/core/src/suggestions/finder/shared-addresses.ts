import { isRoleAddress } from '../../customers/address-role.js';
import { compareNames } from '../../matching/names/compare-names.js';
import type { PersonName } from '../../matching/names/person-name.js';
import { readName } from '../../matching/names/read-name.js';
import type { ArrivedMessage } from './finder-step.js';
import type { SharedValue, StoredProfile } from './profiles.queries.js';

/** So many people of clearly different names give one value before it is taken to be shared: two may be a couple. */
const fewestPeople = 3;

/**
 * Identities of a profile that several people use: desks, and addresses from which clearly different people wrote.
 *
 * @param messages what came from this profile just now
 * @returns ids of those that are not marked yet
 */
export function newlyShared(profile: StoredProfile, messages: readonly ArrivedMessage[]): string[] {
  return profile.identities
    .filter(({ shared }) => !shared)
    .filter((identity) => {
      if (identity.kind === 'email' && isRoleAddress(identity.value)) return true;
      const written = messages.filter((m) => m.identityId === identity.id).map((m) => m.senderName);
      return written.length > 0 && ofDifferentPeople([profile.name, identity.name, ...written]);
    })
    .map(({ id }) => id);
}

/** One value that many profiles have, under names that cannot be one person's. */
export function isSharedValue({ customers, names }: SharedValue): boolean {
  return customers >= fewestPeople && ofDifferentPeople(names, fewestPeople);
}

/** Whether so many of the names contradict each other, each each. */
function ofDifferentPeople(names: readonly (string | null)[], least = 2): boolean {
  const people: PersonName[] = [];
  for (const name of [...new Set(names.flatMap((given) => given?.trim() || []))].slice(0, 20)) {
    const read = readName(name);
    if (people.every((known) => compareNames(known, read).level === 'conflict')) people.push(read);
  }
  return people.length >= least;
}
