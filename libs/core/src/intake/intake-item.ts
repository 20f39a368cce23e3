import type { CaseStatus } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { IntakeResult, NormalizedMessage, Proof, Recipient, Sender } from '@loket/contracts/inbound.js';
import type { CaseMatch } from '../cases/match-case.js';
import type { Digest } from '../matching/text/digest.js';
import { normaliseAddress, type NormalisedAddress } from '../customers/normalise-address.js';
import { identityLockKey, threadLockKey, type LockKey } from './locks.js';

/** What intake needs to know of a message's channel. */
export interface IntakeChannel {
  id: string;
  kind: ChannelKind;
  /** messages belong together because they stand in one conversation, not because they name each other */
  conversational: boolean;
  defaultRegion: string;
  /** a number that calls may find the customer who has proven it elsewhere */
  trustCallerId: boolean;
  /** of the sentences that tell calls */
  language: 'id' | 'en';
  reopenWithinHours: number;
}

export interface AlsoAddress extends NormalisedAddress {
  proof: Proof;
  source: string;
}

/** What an agent says of a call that he writes down. */
export interface SaidByAgent {
  agentId: string;
  /** the case that it belongs to, or `new`; left out, the rules decide */
  caseId?: string | undefined;
}

/** One message on its way in. The first half is known at the door; each step of the group fills in more. */
export interface IntakeItem {
  readonly message: NormalizedMessage;
  readonly channel: IntakeChannel;
  /** written by our own side past Loket: `person` is whom it was written to */
  readonly own: boolean;
  /** whose message it is: the customer's side of it */
  readonly person: Sender;
  /** the person's address */
  readonly sender: NormalisedAddress;
  /** further addresses of the person */
  readonly also: AlsoAddress[];
  readonly recipients: Recipient[];
  readonly conversation: string | null;
  /** ids that lead to the message's thread: its own first, then the one answered, then References from the last */
  readonly refs: string[];
  /** case numbers of our tokens whose signature holds */
  readonly tokenNumbers: number[];
  /** the same, from the original inside a bounce */
  readonly bounceNumbers: number[];
  /** case numbers that stand in the subject */
  readonly subjectNumbers: number[];
  /** advisory locks by which it excludes others; two messages that share one are never in one group */
  readonly lockKeys: LockKey[];

  /** written down by one of us, who knows more than the channel */
  readonly said?: SaidByAgent;

  /** set when nothing is left to do */
  result?: IntakeResult;
  /** it was edited before it came in */
  edited?: boolean;
  /** of our own side: the customer has written since, so it is no answer to that */
  overtaken?: boolean;
  customer?: {
    id: string;
    identityId: string;
    isNew: boolean;
    /** the best proof that this very address gave before; null when it is new here */
    knownProof: Proof | null;
  };
  match?: CaseMatch;
  /** what it says, when it had to be compared */
  digest?: Digest;
  /** the outbound message that this bounce is about */
  bouncedMessageId?: string;
  case?: CaseState;
  threadId?: string;
  messageId?: string;
}

/** A case while a group works on it; written back once. */
export interface CaseState {
  id: string;
  number: number | null;
  isNew: boolean;
  customerId: string;
  /** where it began, which says whose work it is */
  channelId: string | null;
  subject: string;
  status: CaseStatus;
  channelKinds: ChannelKind[];
  preview: string;
  lastDirection: 'inbound' | 'outbound' | null;
  messageCount: number;
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  lastMessageAt: Date;
  resolvedAt: Date | null;
  version: number;
  createdAt: Date;
}

/** References beyond these are old history: the root and the newest say all. */
const maxRefs = 40;

export function prepareItem(
  message: NormalizedMessage,
  channel: IntakeChannel,
  readToken: (token: string) => number | null,
  said?: SaidByAgent,
): IntakeItem {
  return {
    ...placedBy(message.sender, message, channel),
    ...(said && { said }),
    message,
    own: false,
    recipients: message.recipients.map((r) => ({
      ...r,
      value: normaliseAddress(r.kind, r.value, channel.defaultRegion).value,
    })),
    tokenNumbers: numbersOf(message.thread.tokens.map(readToken)),
    bounceNumbers: numbersOf((message.bounce?.tokens ?? []).map(readToken)),
    subjectNumbers: numbersOf(
      [...(message.subject ?? '').matchAll(/#(\d{1,15})\b/g)].map((m) => Number(m[1])),
    ),
  };
}

/** What our own side wrote past Loket. Only its conversation and whom it is for say where it belongs. */
export function prepareOwnItem(
  message: NormalizedMessage,
  to: Sender,
  channel: IntakeChannel,
  said?: SaidByAgent,
): IntakeItem {
  const placed = placedBy(to, message, channel);
  const { kind, value } = placed.sender;
  return {
    ...placed,
    ...(said && { said }),
    message: { ...message, automatic: null, bounce: null },
    own: true,
    recipients: [{ role: 'to', kind, value, name: to.name ?? null }],
    tokenNumbers: [],
    bounceNumbers: [],
    subjectNumbers: [],
  };
}

type Placed = Pick<
  IntakeItem,
  'channel' | 'person' | 'sender' | 'also' | 'conversation' | 'refs' | 'lockKeys'
>;

function placedBy(person: Sender, message: NormalizedMessage, channel: IntakeChannel): Placed {
  const sender = normaliseAddress(person.kind, person.value, channel.defaultRegion);
  const also = (person.also ?? [])
    .map((a) => ({
      ...normaliseAddress(a.kind, a.value, channel.defaultRegion),
      proof: a.proof,
      source: a.source,
    }))
    .filter((a) => a.kind !== sender.kind || a.value !== sender.value);
  const conversation = message.thread.conversation ?? (channel.conversational ? sender.value : null);
  const refs = refsOf(message);
  return {
    channel,
    person,
    sender,
    also,
    conversation,
    refs,
    lockKeys: [
      identityLockKey(sender.kind, sender.value),
      ...also.map((a) => identityLockKey(a.kind, a.value)),
      ...refs.map(threadLockKey),
      ...(conversation === null ? [] : [threadLockKey(`${channel.id}:${conversation}`)]),
    ],
  };
}

function refsOf(message: NormalizedMessage): string[] {
  const { inReplyTo, references } = message.thread;
  const newestFirst = references.toReversed();
  const all = [message.externalId, ...(inReplyTo ? [inReplyTo] : []), ...newestFirst];
  const unique = [...new Set(all)];
  if (unique.length <= maxRefs) return unique;
  const root = references[0];
  return root === undefined
    ? unique.slice(0, maxRefs)
    : [...new Set([...unique.slice(0, maxRefs - 1), root])];
}

function numbersOf(numbers: (number | null)[]): number[] {
  return [...new Set(numbers.filter((n): n is number => n !== null && n > 0))].slice(0, 5);
}
