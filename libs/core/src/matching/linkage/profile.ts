import type { IdentityKind, Proof } from '@loket/contracts/inbound.js';
import type { NameFrequencies } from '../names/name-frequencies.js';

/** What is known of a customer, as far as linkage looks at it. */
export interface Profile {
  id: string;
  /** of the profile, of its senders, from signatures: as written */
  names: readonly string[];
  identities: readonly ProfileIdentity[];
  /** name of the company, as written */
  organization: string | null;
  /** in which the customer mostly writes */
  language: 'id' | 'en' | null;
  /** words of addresses: street, quarter, town */
  places?: readonly string[];
  /** numbers of orders, invoices and tickets that the customer wrote about, in one normal form (`KN241388`) */
  references?: readonly string[];
}

export interface ProfileIdentity {
  kind: IdentityKind;
  /** as `normaliseAddress` gives it */
  value: string;
  proof: Proof;
  source: string;
  resolves: boolean;
}

/** What is frequent in this workspace. Without it, built-in tables stand in. */
export interface LinkageFrequencies {
  names?: NameFrequencies;
  /** customers that hold a linkage key (`mail:`, `line:`, `e:` …), as verified or claimed; missing ones count as unshared */
  holders?: ReadonlyMap<string, number>;
}
