import type { Evidence } from '@loket/contracts/inbound.js';
import { pairKey } from '../suggestion-key.js';
import type { NewSuggestion } from '../suggestion-writer.js';
import { Breather } from './breather.js';
import { comparedCases, Digests, scoreAgainst, type ComparedCase } from './compared-case.js';
import type { FinderBatch, FinderStep, Suspicion } from './finder-step.js';
import { openCases, suspectedPairs, waitingScores, type SuspectedPair } from './open-cases.queries.js';
import { toldApart } from './settled-pairs.queries.js';

/** A matter that was resolved may come up again for as long as a conversation reopens by itself. */
const resolvedHours = 72;
/** Suggestions for one case in one go: an agent who is shown more looks at none. */
const mostForCase = 2;

/**
 * Cases that are one piece of work though they are apart: of one customer, because they came before a merge or were not
 * alike at first; of two, when these may be one person.
 */
export class SameCaseStep implements FinderStep {
  private readonly digests = new Digests();

  async run(batch: FinderBatch): Promise<void> {
    const { manager, matching, messages, changed, regrouped, now } = batch;
    const concerned = new Set([...messages.map((m) => m.customerId), ...changed, ...regrouped]);
    if (!matching.enabled || concerned.size === 0) return;
    const alike = await suspectedPairs(manager, [...concerned]);
    const pairs = together(alike, batch.suspected);
    const customers = new Set([...concerned, ...pairs.flatMap((p) => p.customerIds)]);
    const since = new Date(now.getTime() - resolvedHours * 3_600_000);
    this.digests.use(matching.lexicon);
    const cases = comparedCases(await openCases(manager, [...customers], since), this.digests);
    const found = await this.compare(batch, cases, pairs);
    if (found.length > 0) await this.suggest(batch, found);
  }

  private async compare(
    { messages, changed, regrouped, matching }: FinderBatch,
    cases: readonly ComparedCase[],
    pairs: readonly Suspicion[],
  ): Promise<NewSuggestion[]> {
    const arrived = new Set(messages.map((m) => m.caseId));
    const anew = new Set([...changed, ...regrouped]);
    const mayBe = likenessOf(pairs);
    const byCustomer = new Map<string, ComparedCase[]>();
    for (const one of cases) byCustomer.set(one.customerId, [...(byCustomer.get(one.customerId) ?? []), one]);
    const breather = new Breather();
    const found: NewSuggestion[] = [];
    for (const younger of cases) {
      const isNew = arrived.has(younger.caseId) || anew.has(younger.customerId);
      const likely: Likely[] = [];
      const own = { score: 1, atLeast: 0 };
      for (const [side, { score: same, atLeast }] of [
        [younger.customerId, own] as const,
        ...(mayBe.get(younger.customerId) ?? []),
      ]) {
        const older = (byCustomer.get(side) ?? []).filter((one) => isOlder(one, younger));
        if (!isNew && !anew.has(side) && !older.some((one) => arrived.has(one.caseId))) continue;
        const least = Math.max(matching.suggestAt, atLeast);
        for (const [id, { score, evidence }] of scoreAgainst(younger, older, matching.lexicon)) {
          const one = older.find((o) => o.caseId === id);
          if (one && score >= least && !(atLeast > 0 && contradicts(evidence)))
            likely.push({ older: one, score: score * same, evidence, same });
        }
        await breather.breathe();
      }
      found.push(...best(likely).map((one) => suggestionOf(younger, one)));
    }
    return found;
  }

  private async suggest(batch: FinderBatch, found: readonly NewSuggestion[]): Promise<void> {
    const { manager, writer, now } = batch;
    const apart = await toldApart(
      manager,
      'case',
      found.flatMap((f) => f.caseIds ?? []),
    );
    const waiting = await waitingScores(
      manager,
      found.map((f) => f.key),
    );
    // What intake said when the message came stands, unless there is more to say by now.
    const better = found.filter((f) => !apart.has(f.key) && f.score > (waiting.get(f.key) ?? 0) + 0.01);
    if (better.length > 0) await batch.write((tx) => writer.upsert(tx, better, now));
  }
}

interface Likely {
  older: ComparedCase;
  /** that the cases are one matter and their customers one person */
  score: number;
  evidence: Evidence[];
  /** how likely the customers are one */
  same: number;
}

function best(likely: readonly Likely[]): Likely[] {
  return [...likely].sort((a, b) => b.score - a.score).slice(0, mostForCase);
}

/** The older case would remain, so it stands last. */
function suggestionOf(younger: ComparedCase, { older, score, evidence, same }: Likely): NewSuggestion {
  const across = older.customerId !== younger.customerId;
  const percent = Math.round(same * 100);
  return {
    kind: 'case',
    key: pairKey(younger.caseId, older.caseId),
    score: Math.round(score * 1000) / 1000,
    evidence: across ? [...evidence, { code: 'customers_alike', data: { percent } }] : evidence,
    caseIds: [younger.caseId, older.caseId],
    customerIds: across ? [younger.customerId, older.customerId] : [],
  };
}

function isOlder(one: ComparedCase, than: ComparedCase): boolean {
  return one.caseId !== than.caseId && one.caseNumber < than.caseNumber;
}

/** Another order, another error: two people with one name. */
function contradicts(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ code }) => code === 'other_entity' || code === 'other_person');
}

/** Profiles that are alike, and those that speak of one thing. The surer of the two counts. */
function together(alike: readonly SuspectedPair[], suspected: ReadonlyMap<string, Suspicion>): Suspicion[] {
  const pairs = new Map(suspected);
  for (const { customerIds, score } of alike) {
    const known = pairs.get(pairKey(...customerIds));
    pairs.set(pairKey(...customerIds), {
      customerIds,
      score: Math.max(score, known?.score ?? 0),
      atLeast: 0,
    });
  }
  return [...pairs.values()];
}

/** By customer, with whom he may be one. */
function likenessOf(pairs: readonly Suspicion[]): Map<string, Map<string, Suspicion>> {
  const likeness = new Map<string, Map<string, Suspicion>>();
  for (const pair of pairs) {
    const [a, b] = pair.customerIds;
    likeness.set(a, (likeness.get(a) ?? new Map<string, Suspicion>()).set(b, pair));
    likeness.set(b, (likeness.get(b) ?? new Map<string, Suspicion>()).set(a, pair));
  }
  return likeness;
}
