import { callText } from '@loket/contracts/call-text.js';
import { mergeCalls, type CallRecord } from '@loket/contracts/calls.js';
import { spoken } from '../calls/call-rules.js';
import { settleCallbacks } from '../calls/callbacks.queries.js';
import type { CallbackChange } from '../cases/callback.js';
import { followPreviews } from '../cases/preview.queries.js';
import type { NewEvent } from '../events/event-log.js';
import { Rearranged } from './customer-steps.js';
import type { IntakeGroup } from './intake-group.js';
import type { IntakeItem } from './intake-item.js';

/** A further report of a call that is here already. */
export interface CallToldAgain {
  item: IntakeItem;
  call: CallRecord;
  messageId: string;
  caseId: string;
}

interface StoredCall {
  id: string;
  caseId: string;
  call: CallRecord | null;
  text: string;
}

/**
 * Calls are records that grow until all is known of them: whoever took it, how long, the recording, the notes. Each report
 * is put together with what is known by `mergeCalls`, so neither order nor repetition changes what comes of it. Then the
 * tasks to call back are made to agree. Cases are held since `placeInCases`.
 *
 * @throws Rearranged when the message changed its case before that was held
 */
export async function tellMoreOfCalls(group: IntakeGroup): Promise<void> {
  const { manager, items, toldAgain } = group;
  const placed = items.flatMap((i) => (i.message.call && i.case && !isBornDone(i) ? [i.case.id] : []));
  const grown = toldAgain.length > 0 ? await grow(group) : new Map<string, string[]>();
  const noticed = [...new Set([...placed, ...grown.keys()])];
  if (noticed.length === 0) return;
  await followPreviews(manager, [...grown.keys()]);
  const callbacks = await settleCallbacks(manager, noticed);
  await announce(group, grown);
  tellCallbacks(group, callbacks);
}

/** History in a case of its own: nobody was ever to be called back there. */
function isBornDone({ message, case: placed }: IntakeItem): boolean {
  return message.history === true && placed?.isNew === true;
}

/** @returns ids of messages that changed, by case */
async function grow({ manager, toldAgain, digests }: IntakeGroup): Promise<Map<string, string[]>> {
  const stored: StoredCall[] = await manager.query(
    `SELECT id, case_id AS "caseId", call, text FROM messages WHERE id = ANY($1::uuid[]) FOR NO KEY UPDATE`,
    [toldAgain.map(({ messageId }) => messageId)],
  );
  const grown = new Map<string, string[]>();
  for (const { item, call, messageId, caseId } of toldAgain) {
    const known = stored.find(({ id }) => id === messageId);
    if (!known?.call) continue;
    if (known.caseId !== caseId) throw new Rearranged('a call was moved meanwhile');
    const merged = mergeCalls(known.call, call);
    if (same(merged, known.call)) continue;
    const { language } = item.channel;
    const generated = known.text === callText(known.call, language);
    const text =
      generated || item.message.text === callText(call, language)
        ? callText(merged, language)
        : item.message.text;
    await manager.query(
      `UPDATE messages SET call = $2, text = $3, sent_at = $4, agent_id = coalesce(agent_id, $5), version = version + 1
       WHERE id = $1`,
      [messageId, JSON.stringify(merged), text, merged.startedAt, item.said?.agentId ?? null],
    );
    // It turned out that somebody took it: nobody waits for an answer to a call that he had.
    if (spoken(merged) && !spoken(known.call))
      await manager.query(
        `UPDATE cases c SET waiting_since = NULL WHERE id = $1 AND NOT EXISTS (
           SELECT FROM messages m WHERE m.case_id = c.id AND m.direction = 'inbound' AND m.automatic IS NULL
             AND m.created_at >= (SELECT created_at FROM messages WHERE id = $2) AND m.id <> $2)`,
        [caseId, messageId],
      );
    digests.forget(messageId);
    Object.assign(known, { call: merged, text });
    grown.set(caseId, [...(grown.get(caseId) ?? []), messageId]);
  }
  return grown;
}

/** The case counts up, since lists show what became of it. */
async function announce(
  { manager, newEvents, toldAgain }: IntakeGroup,
  grown: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const [caseId, messageIds] of grown) {
    const [[row]]: [{ version: number }[], number] = await manager.query(
      'UPDATE cases SET version = version + 1 WHERE id = $1 RETURNING version',
      [caseId],
    );
    for (const messageId of messageIds) {
      const actorId = toldAgain.find((told) => told.messageId === messageId)?.item.said?.agentId ?? null;
      const version = row?.version ?? null;
      newEvents.push({ type: 'call.updated', caseId, version, actorId, data: { messageId } });
    }
  }
}

/** What a call did to the task to call back stands in the event of that call: the last of the case. */
function tellCallbacks({ newEvents }: IntakeGroup, callbacks: ReadonlyMap<string, CallbackChange>): void {
  for (const [caseId, callback] of callbacks) {
    for (const event of newEvents.toReversed()) {
      if (event.caseId !== caseId || !isOfCall(event)) continue;
      event.data.callback = callback;
      break;
    }
  }
}

const isOfCall = (event: NewEvent) =>
  event.type === 'message.received' ||
  event.type === 'message.sent_elsewhere' ||
  event.type === 'call.updated';

/** jsonb does not keep the order of keys. */
function same(a: CallRecord, b: CallRecord): boolean {
  const text = (call: CallRecord): string =>
    JSON.stringify(call, (_key, value: unknown) =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        : value,
    );
  return text(a) === text(b);
}
