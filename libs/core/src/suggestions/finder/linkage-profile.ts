import type { Profile } from '../../matching/linkage/profile.js';
import type { StoredProfile } from './profiles.queries.js';

const profiles = new WeakMap<StoredProfile, Profile>();

/** As linkage sees a customer: without addresses that several people use, and without what his domain disowns. */
export function profileOf(stored: StoredProfile): Profile {
  const known = profiles.get(stored);
  if (known) return known;
  const profile = newProfileOf(stored);
  profiles.set(stored, profile);
  return profile;
}

function newProfileOf(stored: StoredProfile): Profile {
  const identities = stored.identities.filter((i) => !i.shared && i.source !== 'spoofed');
  const disowned = identities.length === 0 && stored.identities.some((i) => i.source === 'spoofed');
  const names = disowned
    ? []
    : [stored.name, ...stored.identities.map((i) => i.name), ...stored.formerNames].filter(
        (name) => name !== null,
      );
  return {
    id: stored.id,
    names: [...new Set(names)],
    identities,
    organization: null,
    language: stored.language,
  };
}
