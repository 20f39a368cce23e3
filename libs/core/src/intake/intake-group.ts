import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import type { Evidence } from '@loket/contracts/inbound.js';
import { takeEarly } from '../delivery/early-receipts.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { pairKey } from '../suggestions/suggestion-key.js';
import type { NewSuggestion, SuggestionWriter } from '../suggestions/suggestion-writer.js';
import { newId } from '@loket/platform/ids.js';
import { matchCase, type Candidate } from '../cases/match-case.js';
import { followPreviews } from '../cases/preview.queries.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import type { CurrentMatching } from '../matching/settings.js';
import { findCustomers, lockCustomers, Rearranged } from './customer-steps.js';
import { addToCase, caseStateOf, newCaseState } from './case-state.js';
import type { IntakeItem } from './intake-item.js';
import * as read from './intake.queries.js';
import * as write from './intake-write.queries.js';
import { inLockOrder } from './locks.js';
import type { MessageDigests } from './message-digests.js';
import { tellMoreOfCalls, type CallToldAgain } from './call-step.js';
import { placeWhereSaid } from './said-place-step.js';
import { compareWithOpenCases } from './open-case-step.js';
import { placeOwnMessages } from './own-message-step.js';
import { writeThreads } from './thread-step.js';

/** What the steps of one group share. `items` shrinks as messages turn out to need nothing more. */
export interface IntakeGroup {
  readonly manager: EntityManager;
  readonly client: PoolClient;
  readonly events: EventLog;
  readonly now: Date;
  readonly matching: CurrentMatching;
  readonly digests: MessageDigests;
  readonly suggestionWriter: SuggestionWriter;
  items: IntakeItem[];
  /** the same customer under another address in this group: they wait for the next one */
  deferred: IntakeItem[];
  readonly newEvents: NewEvent[];
  /** cases that may be about the same as one that is open already */
  readonly suggestions: SuggestedCase[];
  /** calls that are here already, of which more may be told now */
  readonly toldAgain: CallToldAgain[];
  /** two profiles of which the channel says that they are one person; the lasting one second */
  readonly samePeople: (readonly [string, string])[];
}

/** A message that opened a case which may be the same as `caseId`. */
export interface SuggestedCase {
  item: IntakeItem;
  caseId: string;
  score: number;
  evidence: Evidence[];
}

type Step = (group: IntakeGroup) => Promise<void>;

/** A message's way in (DESIGN §3): these steps in this order, all in one transaction. */
export const intakeSteps: readonly Step[] = [
  lockSenders,
  dropKnown,
  findCustomers,
  lockCustomers,
  decideCases,
  compareWithOpenCases,
  placeInCases,
  writeCases,
  writeThreads,
  writeMessages,
  tellMoreOfCalls,
  markBouncedOriginals,
  suggest,
  writeEvents,
];

async function lockSenders({ client, items }: IntakeGroup): Promise<void> {
  await read.prepareTransaction(client);
  await read.takeLocks(client, inLockOrder(items.flatMap((i) => i.lockKeys)));
}

async function dropKnown(group: IntakeGroup): Promise<void> {
  const { client, items } = group;
  const rows = await read.findKnown(client, [
    items.map((i) => i.channel.id),
    items.map((i) => i.message.externalId),
  ]);
  for (const row of rows) {
    const item = items[row.position - 1];
    if (!item) continue;
    if (row.message_id === null) {
      item.edited = true;
      continue;
    }
    item.result = {
      status: 'duplicate',
      messageId: row.message_id,
      caseId: row.case_id,
      caseNumber: Number(row.case_number),
      customerId: row.customer_id,
      match: { rule: 'duplicate_delivery', score: 1, evidence: [{ code: 'external_id_known' }] },
    };
  }
  for (const item of items) {
    const { caseId, messageId } = item.result ?? {};
    const { call } = item.message;
    if (caseId && messageId && call) group.toldAgain.push({ item, call, messageId, caseId });
  }
  group.items = items.filter((i) => !i.result);
}

async function decideCases(group: IntakeGroup): Promise<void> {
  const { client, items, now } = group;
  if (items.length === 0) return;
  const candidates = await candidatesOf(client, items);
  await placeOwnMessages(group, candidates);
  await placeWhereSaid(group);
  items.forEach((item, index) => {
    if (item.own || item.match) return;
    const own = candidates.get(index + 1) ?? [];
    const bounced = own.find((c) => c.bouncedMessageId !== null)?.bouncedMessageId;
    if (bounced && item.message.sender.proof !== 'failed') item.bouncedMessageId = bounced;
    item.match = matchCase(own, {
      channelId: item.channel.id,
      senderProof: item.message.sender.proof,
      knownProof: item.customer?.knownProof ?? null,
      automatic: item.message.automatic ?? null,
      forwarded: item.message.thread.forwarded,
      receivedAt: now,
      reopenWithinHours: item.channel.reopenWithinHours,
      conversationIsAddress: (item.message.thread.conversation ?? null) === null,
    });
  });
}

async function candidatesOf(
  client: PoolClient,
  items: readonly IntakeItem[],
): Promise<Map<number, Candidate[]>> {
  const refs = items.flatMap((item, at) =>
    item.refs.map((ref, n) => ({ position: at + 1, ref, rank: n - 1 })),
  );
  const numbers = items.flatMap((item, at) => [
    ...item.tokenNumbers.map((number) => ({ position: at + 1, number, source: 'token' })),
    ...item.subjectNumbers.map((number) => ({ position: at + 1, number, source: 'number' })),
    ...item.bounceNumbers.map((number) => ({ position: at + 1, number, source: 'bounce' })),
  ]);
  const bounced = items.flatMap((item, at) =>
    (item.message.bounce?.about ?? []).map((ref, rank) => ({ position: at + 1, ref, rank })),
  );
  const rows = await read.findCandidates(client, [
    items.map((i) => i.channel.id),
    items.map((i) => i.conversation),
    items.map((i) => i.customer?.id),
    items.map((i) => JSON.stringify({ kind: i.sender.kind, value: i.sender.value })),
    refs.map((r) => r.position),
    refs.map((r) => r.ref),
    refs.map((r) => r.rank),
    numbers.map((n) => n.position),
    numbers.map((n) => n.number),
    numbers.map((n) => n.source),
    bounced.map((b) => b.position),
    bounced.map((b) => b.ref),
    bounced.map((b) => b.rank),
  ]);
  const found = new Map<number, Candidate[]>();
  for (const row of rows) {
    const list = found.get(row.position) ?? [];
    found.set(row.position, list);
    list.push({
      source: row.source,
      rank: row.rank,
      by: row.by,
      caseId: row.case_id,
      caseNumber: Number(row.case_number),
      status: row.status,
      resolvedAt: row.resolved_at,
      arrangement: row.arrangement,
      threadId: row.thread_id,
      threadChannelId: row.thread_channel_id,
      bouncedMessageId: row.bounced_message_id,
      participant: row.participant,
    });
  }
  return found;
}

async function placeInCases(group: IntakeGroup): Promise<void> {
  const { client, items, now, newEvents } = group;
  const told = group.toldAgain.map(({ caseId }) => caseId);
  const joined = [...new Set([...items.flatMap((i) => i.match?.candidate?.caseId ?? []), ...told])];
  const rows = joined.length > 0 ? await read.lockCases(client, [joined]) : [];
  const shapes = new Map(rows.map((row) => [row.id, row.arrangement]));
  const changed = items.find(
    ({ match }) => match?.candidate && match.candidate.arrangement !== shapes.get(match.candidate.caseId),
  );
  if (changed) throw new Rearranged('a case was merged or split meanwhile');
  const states = new Map(rows.map((row) => [row.id, caseStateOf(row)]));
  for (const item of items) {
    const messageId = newId();
    item.messageId = messageId;
    const known = states.get(item.match?.candidate?.caseId ?? '');
    item.case = known ?? newCaseState(item, now);
    newEvents.push(...addToCase(item.case, item, messageId, now));
  }
}

async function writeCases({ client, items }: IntakeGroup): Promise<void> {
  const states = new Set(items.flatMap((i) => i.case ?? []));
  const [created, changed] = [[...states].filter((c) => c.isNew), [...states].filter((c) => !c.isNew)];
  const numbers = await read.insertCases(client, created);
  for (const state of created) state.number = numbers.get(state.id) ?? null;
  await read.updateCases(client, changed);
}

async function writeMessages({ manager, client, items }: IntakeGroup): Promise<void> {
  const placed = items as write.PlacedItem[];
  await write.insertMessages(client, placed);
  await write.insertRefs(client, placed);
  await write.insertAttachments(client, placed);
  const edited = placed.filter((i) => i.edited).map((i) => i.case.id);
  await followPreviews(manager, [...new Set(edited)]);
  const own = placed.filter((i) => i.own).map((i) => i.messageId);
  if (own.length > 0) await takeEarly(manager, own);
}

async function markBouncedOriginals({ client, items, now, newEvents }: IntakeGroup): Promise<void> {
  const bounces = items.filter((i) => i.message.bounce && i.bouncedMessageId);
  if (bounces.length > 0) {
    const rows = await write.markBounced(client, [
      bounces.map((i) => i.bouncedMessageId),
      bounces.map((i) => i.messageId),
      bounces.map((i) => i.message.bounce?.permanent),
      bounces.map((i) => i.message.bounce?.diagnostic ?? i.message.bounce?.status ?? null),
      now,
    ]);
    for (const row of rows) {
      const state = bounces.find((i) => i.case?.id === row.case_id)?.case;
      newEvents.push({
        type: 'message.state_changed',
        caseId: row.case_id,
        version: state?.version ?? null,
        actorId: null,
        data: { messageId: row.id, state: row.state, reason: row.state_reason },
      });
    }
  }
  // Only a bounce that is about a message of ours may say anything about an address.
  const gone = bounces
    .filter((i) => i.message.bounce?.status === '5.1.1')
    .flatMap((i) => i.message.bounce?.recipient ?? []);
  if (gone.length > 0) {
    await write.markUndeliverable(client, [
      gone.map((address) => normaliseAddress('email', address).value),
      now,
    ]);
  }
}

async function suggest({
  client,
  suggestionWriter,
  suggestions,
  samePeople,
  now,
}: IntakeGroup): Promise<void> {
  const cases = suggestions.map(({ item, caseId, score, evidence }): NewSuggestion => {
    const opened = item.case?.id ?? '';
    // The case that was there remains, if an agent agrees; so it stands last.
    return { kind: 'case', key: pairKey(opened, caseId), score, evidence, caseIds: [opened, caseId] };
  });
  const people = samePeople.map((customerIds): NewSuggestion => {
    const evidence = [{ code: 'same_account' }];
    return { kind: 'customer', key: pairKey(...customerIds), score: 0.99, evidence, customerIds };
  });
  await suggestionWriter.upsert(client, [...cases, ...people], now);
}

async function writeEvents({ manager, events, newEvents, items, now }: IntakeGroup): Promise<void> {
  await events.append(manager, newEvents, now);
  for (const item of items as write.PlacedItem[]) {
    item.result = {
      status: 'accepted',
      messageId: item.messageId,
      caseId: item.case.id,
      caseNumber: item.case.number,
      customerId: item.customer.id,
      match: { rule: item.match.rule, score: item.match.score, evidence: item.match.evidence },
    };
  }
}
