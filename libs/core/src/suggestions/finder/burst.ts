import { Breather } from './breather.js';
import { Search, windowMs } from './burst-search.js';
import { reportOf, type Report } from './burst-report.js';
import {
  casesByIds,
  casesOfOpenIncidents,
  casesSince,
  type ReportedCase,
  settleIncidents,
  suggestedIncidents,
} from './burst.queries.js';
import type { FinderBatch, FinderStep } from './finder-step.js';

/** newest cases that a new one is compared with */
const mostRecent = 500;
const mostOfIncident = 30;
/** looks in one batch: whoever looks gathers all that are alike, so in a rush a few see what the others would */
const mostLooks = 12;

/** Cases of several customers about one cause (DESIGN §5, rule 8): never merged, suggested as one incident. */
export const burstStep: FinderStep = {
  async run(batch) {
    await settleLinked(batch);
    if (!batch.matching.enabled || batch.messages.length === 0) return;
    const arrived = await arrivedCases(batch);
    if (arrived.length === 0) return;
    const since = Math.min(...arrived.map((c) => c.at.getTime())) - windowMs;
    const recent = await casesSince(batch.manager, new Date(since), null, mostRecent);
    const linked = await casesOfOpenIncidents(batch.manager, mostOfIncident);
    const others = new Map([...recent, ...linked, ...arrived].map((c) => [c.id, c]));
    const breather = new Breather();
    const reports = new Map<string, Report>();
    for (const one of others.values()) {
      const report = reportOf(one, batch.matching.lexicon);
      if (report) reports.set(one.id, report);
      await breather.breathe();
    }
    const known = await suggestedIncidents(batch.manager, [...reports.keys()]);
    const search = new Search(batch, reports, known, breather);
    const free = arrived.flatMap(({ id }) => reports.get(id) ?? []).filter((r) => r.incidentId === null);
    for (const report of free.slice(-mostLooks)) await search.look(report);
    const found = [...search.found.values()];
    if (found.length > 0) await batch.write((tx) => batch.writer.upsert(tx, found, batch.now));
  },
};

/** Cases that have just been opened, or that their customer is still explaining. */
async function arrivedCases({ manager, messages }: FinderBatch): Promise<ReportedCase[]> {
  const ids = new Set(messages.map(({ id }) => id));
  const cases = await casesByIds(manager, [...new Set(messages.map((m) => m.caseId))]);
  return cases
    .filter((c) => c.messageIds.some((id) => ids.has(id)))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** Suggestions whose cases somebody has linked by hand settle themselves; what is left of them is looked at anew. */
async function settleLinked(batch: FinderBatch): Promise<void> {
  const linked = batch.events.flatMap((e) =>
    e.type === 'case.linked' && e.caseId !== null ? [e.caseId] : [],
  );
  const waiting = (await suggestedIncidents(batch.manager, linked)).filter((s) => s.state === 'waiting');
  if (waiting.length === 0) return;
  const free: { id: string }[] = await batch.manager.query(
    'SELECT id FROM cases WHERE id = ANY($1::uuid[]) AND incident_id IS NULL AND merged_into_id IS NULL',
    [waiting.flatMap((s) => s.caseIds)],
  );
  const left = new Set(free.map(({ id }) => id));
  const done = waiting.filter(
    (s) => s.caseIds.filter((id) => left.has(id)).length < (s.incidentId === null ? 3 : 1),
  );
  if (done.length === 0) return;
  await batch.write(async (tx) => {
    const settled = await settleIncidents(
      tx,
      done.map(({ id }) => id),
      batch.now,
    );
    await batch.log.append(
      tx,
      settled.map(({ id, caseIds }) => ({
        type: 'suggestion.settled' as const,
        caseId: null,
        version: null,
        actorId: null,
        data: {
          suggestionId: id,
          kind: 'incident' as const,
          state: 'obsolete' as const,
          caseIds,
          customerIds: [],
        },
      })),
      batch.now,
    );
  });
}
