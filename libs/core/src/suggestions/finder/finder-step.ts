import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import type { EventLog } from '../../events/event-log.js';
import type { StoredEvent } from '../../events/events.queries.js';
import type { CurrentMatching } from '../../matching/settings.js';
import type { SuggestionWriter } from '../suggestion-writer.js';

/** What a person wrote to us: not automatic mail, and nothing that the sender's own domain disowns. */
export interface ArrivedMessage {
  id: string;
  caseId: string;
  customerId: string;
  identityId: string;
  identityKind: IdentityKind;
  channelId: string;
  channelKind: ChannelKind;
  /** ISO 3166, of numbers without a country code */
  region: string;
  subject: string | null;
  /** the first 12,000 characters */
  text: string;
  quoted: string | null;
  senderName: string | null;
  /** when it was written, as far as that can be believed */
  at: Date;
  files: readonly { sha256: string; size: number; inline: boolean }[];
}

/** Two customers whose cases are worth comparing. */
export interface Suspicion {
  customerIds: [string, string];
  /** how likely they are one person as far as is known, 0..1 */
  score: number;
  /** the least score of their cases at which it is worth telling */
  atLeast: number;
}

/** Some events of the log, with what the steps find out of them for each other. */
export interface FinderBatch {
  /** outside any transaction; write through `write` */
  readonly manager: EntityManager;
  readonly now: Date;
  readonly matching: CurrentMatching;
  readonly events: readonly StoredEvent[];
  readonly messages: readonly ArrivedMessage[];
  /** profiles that were changed, by people or by a step, and may now be like others; never merged ones */
  readonly changed: Set<string>;
  /** customers whose cases were moved or merged, so that all their open ones have to be compared; never merged ones */
  readonly regrouped: Set<string>;
  /** cases and customers that may have been merged or brought back */
  readonly moved: { readonly caseIds: ReadonlySet<string>; readonly customerIds: ReadonlySet<string> };
  /** customers who may be one because they speak of one thing, and how likely; by `pairKey` */
  readonly suspected: Map<string, Suspicion>;
  readonly log: EventLog;
  readonly writer: SuggestionWriter;
  /**
   * Runs a transaction of its own. Keep it short, and read and compute before it: one that writes holds back the event
   * log for everybody.
   */
  write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T>;
}

/**
 * One thing that is looked for. May be run again on the same events, so what it writes must come to the same a second
 * time.
 */
export interface FinderStep {
  run(batch: FinderBatch): Promise<void>;
}
