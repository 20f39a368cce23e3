import type { Candidate } from '../cases/match-case.js';
import type { IntakeGroup } from './intake-group.js';
import type { IntakeItem } from './intake-item.js';
import { findOwnPlaces, type OwnPlaceRow } from './own-messages.queries.js';

/**
 * Where messages go that our own side wrote past Loket: into the case of their conversation, whatever its status, since
 * what we say is no reason to open it again; else to the customer's newest open case; else into a new one.
 *
 * @param found candidates by position, from 1
 */
export async function placeOwnMessages(
  { client, items }: IntakeGroup,
  found: ReadonlyMap<number, readonly Candidate[]>,
): Promise<void> {
  const own = items.filter((i) => i.own);
  if (own.length === 0) return;
  const places = await findOwnPlaces(client, [
    own.map((i) => i.channel.id),
    own.map((i) => i.conversation),
    own.map((i) => i.customer?.id),
    own.map((i) => i.message.sentAt),
  ]);
  for (const place of places) {
    const item = own[place.position - 1];
    if (!item) continue;
    item.overtaken = place.overtaken;
    const candidates = found.get(items.indexOf(item) + 1) ?? [];
    const candidate = inConversation(item, candidates) ?? openCase(place);
    item.match = {
      rule: candidate ? 'same_conversation' : 'new_case',
      score: 1,
      evidence: [{ code: 'sent_elsewhere' }],
      candidate,
    };
  }
}

/** One telephone, two people: where the address stands for the conversation, the case of the other is none of his. */
function inConversation({ message }: IntakeItem, candidates: readonly Candidate[]): Candidate | null {
  const isAddress = (message.thread.conversation ?? null) === null;
  return candidates.find((c) => c.source === 'conversation' && (c.participant || !isAddress)) ?? null;
}

function openCase({ case_id, case_number, status, arrangement }: OwnPlaceRow): Candidate | null {
  if (case_id === null) return null;
  return {
    source: 'conversation',
    rank: 0,
    by: case_number,
    caseId: case_id,
    caseNumber: Number(case_number),
    status,
    resolvedAt: null,
    arrangement,
    threadId: null,
    threadChannelId: null,
    bouncedMessageId: null,
    participant: true,
  };
}
