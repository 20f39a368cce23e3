import type { QueryResultRow } from 'pg';
import type { CaseStatus } from '@loket/contracts/cases.js';
import { prepared } from '@loket/platform/database/prepared.js';
import type { IntakeGroup } from './intake-group.js';

interface SaidPlace extends QueryResultRow {
  asked: string;
  id: string;
  number: string;
  status: CaseStatus;
  arrangement: number;
}

/** Merged cases lead to the one that stands for them. */
const findSaidPlaces = prepared<SaidPlace>(
  'intake_said_places',
  `SELECT k.id AS asked, c.id, c.number, c.status, c.arrangement
   FROM cases k JOIN cases c ON c.id = coalesce(k.merged_into_id, k.id) WHERE k.id = ANY($1::uuid[])`,
);

/** Where an agent says that a call belongs, it goes: no rule knows better. A case that is gone leaves it to the rules. */
export async function placeWhereSaid({ client, items }: IntakeGroup): Promise<void> {
  const told = items.filter((i) => i.said?.caseId !== undefined);
  if (told.length === 0) return;
  const ids = told.flatMap((i) => (i.said?.caseId === 'new' ? [] : (i.said?.caseId ?? [])));
  const places = ids.length > 0 ? await findSaidPlaces(client, [[...new Set(ids)]]) : [];
  for (const item of told) {
    const place = places.find(({ asked }) => asked === item.said?.caseId);
    if (!place && item.said?.caseId !== 'new') continue;
    item.match = {
      rule: place ? 'same_conversation' : 'new_case',
      score: 1,
      evidence: [{ code: 'agent_said' }],
      candidate: place
        ? {
            source: 'conversation',
            rank: 0,
            by: place.number,
            caseId: place.id,
            caseNumber: Number(place.number),
            status: place.status,
            resolvedAt: null,
            arrangement: place.arrangement,
            threadId: null,
            threadChannelId: null,
            bouncedMessageId: null,
            participant: true,
          }
        : null,
    };
  }
}
