import type { NewSuggestion } from '../suggestion-writer.js';
import type { Breather } from './breather.js';
import {
  burstEvidence,
  burstScore,
  joinScore,
  meanLikeness,
  usualCode,
  usualEvidence,
} from './burst-evidence.js';
import { isBurst, likenessOf, type Likeness, type Usual } from './burst-likeness.js';
import { casesSince, type KnownSuggestion } from './burst.queries.js';
import { countPeople } from './burst-people.js';
import { reportOf, type Report } from './burst-report.js';
import type { FinderBatch } from './finder-step.js';

export const windowMs = 2 * 3_600_000;
/** An incident that is open goes on gathering cases for longer. */
const incidentMs = 24 * 3_600_000;
const historyMs = 7 * 24 * 3_600_000;
/** older cases that say what is usual */
const mostHistory = 500;
/** as many as can be accepted at once */
const mostSuggested = 500;
/** Asking what is usual costs a look at hundreds of cases: so often in one batch. Later ones of a burst ask again. */
const mostJudged = 8;
/** likeness to one case of an incident that is enough; otherwise two have to be alike */
const clearly = 0.5;

interface Neighbour {
  report: Report;
  like: Likeness;
}

/** Looks for what is like one case among others, and keeps what came of it until it is written. */
export class Search {
  /** by key */
  readonly found = new Map<string, NewSuggestion>();
  private readonly known: Map<string, KnownSuggestion>;
  private judged = 0;
  private history: Promise<Report[]> | null = null;

  constructor(
    private readonly batch: FinderBatch,
    private readonly reports: ReadonlyMap<string, Report>,
    known: readonly KnownSuggestion[],
    private readonly breather: Breather,
  ) {
    this.known = new Map(known.map((one) => [one.key, one]));
  }

  async look(report: Report): Promise<void> {
    const near = await this.neighbours(report, this.reports.values(), incidentMs);
    if (this.joinsIncident(report, near)) return;
    const free = near.filter((n) => n.report.incidentId === null && within(report, n.report, windowMs));
    if (this.grows(report, free)) return;
    await this.begins(report, free);
  }

  /** An open incident with cases like this one: suggests to link this one too, with others that wait for that. */
  private joinsIncident(report: Report, near: readonly Neighbour[]): boolean {
    const [best] = groups(near, (n) => n.report.openIncidentId)
      .filter(([, of]) => belongs(of))
      .sort(([, a], [, b]) => b.length - a.length || meanLikeness(likes(b)) - meanLikeness(likes(a)));
    if (!best) return false;
    const [incidentId, of] = best;
    const mine = [...this.known.values()].filter((s) => s.incidentId === incidentId);
    // Dismissed for this incident, or waiting there: nothing new to say of it.
    if (mine.some((s) => s.state === 'dismissed' && s.caseIds.includes(report.id))) return true;
    const waiting = mine.find((s) => s.state === 'waiting' && s.caseIds.length < mostSuggested);
    const key = waiting?.key ?? `${incidentId}:${report.id}`;
    const caseIds = [...new Set([...(waiting?.caseIds ?? []), report.id])];
    this.put({
      kind: 'incident',
      key,
      score: joinScore(likes(of)),
      evidence: burstEvidence(likes(of), null),
      caseIds,
      incidentId,
    });
    return true;
  }

  /** A suggestion that still waits and holds cases like this one takes it in. */
  private grows(report: Report, near: readonly Neighbour[]): boolean {
    for (const one of this.known.values()) {
      if (one.incidentId !== null || (one.state !== 'waiting' && one.state !== 'dismissed')) continue;
      const of = near.filter((n) => one.caseIds.includes(n.report.id));
      const has = one.caseIds.includes(report.id);
      if (!has && !belongs(of)) continue;
      if (one.state === 'dismissed') {
        // These were told apart by somebody; what comes on top of them is the same again.
        if (of.length * 2 >= near.length) return true;
        continue;
      }
      const hard = near.filter((n) => n.like.kind !== 'matter');
      const hits = [...one.caseIds, report.id, ...hard.map((n) => n.report.id)];
      const caseIds = this.inOrder(hits).slice(0, mostSuggested);
      if (one.caseIds.length >= mostSuggested || caseIds.length <= one.caseIds.length) return true;
      const members = this.members(caseIds);
      const like = likes(near);
      // what is usual on other days was asked when it began, and stays true
      const evidence = [
        ...burstEvidence(like, { customers: customersOf(members), minutes: minutesOf(members) }),
        ...one.evidence.filter(({ code }) => code === usualCode),
      ];
      this.put({
        kind: 'incident',
        key: one.key,
        score: burstScore(like, customersOf(members)),
        evidence,
        caseIds,
      });
      return true;
    }
    return false;
  }

  /** Enough of different customers, and more than usual: a new suggestion. */
  private async begins(report: Report, near: readonly Neighbour[]): Promise<void> {
    const hard = near.filter((n) => n.like.kind !== 'matter');
    for (const [kind, of] of [
      ['fault', hard],
      ['matter', near],
    ] as const) {
      const at = busiest(report, of);
      const members = [report, ...at.map((n) => n.report)];
      const unheardOf = { perDay: 0, cases: Infinity, hours: Infinity };
      if (!isBurst(kind, customersOf(members), unheardOf)) continue;
      const customers = await countPeople(this.batch.manager, members);
      if (!isBurst(kind, customers, unheardOf)) continue;
      if (++this.judged > mostJudged) return;
      const usual = await this.usual(report, kind);
      if (!isBurst(kind, customers, usual)) continue;
      const caseIds = this.inOrder(members.map((m) => m.id));
      const [key] = caseIds;
      if (key === undefined) return;
      const known = this.known.get(key);
      if (known?.state === 'dismissed' || known?.state === 'accepted') return;
      const evidence = burstEvidence(likes(at), { customers, minutes: minutesOf(members) });
      if (usual.hours >= 24) evidence.push(usualEvidence(usual.perDay));
      this.put({ kind: 'incident', key, score: burstScore(likes(at), customers), evidence, caseIds });
      return;
    }
  }

  /** How many cases like this one come on other days. */
  private async usual(report: Report, kind: 'fault' | 'matter'): Promise<Usual> {
    this.history ??= this.readHistory();
    const until = report.at.getTime() - windowMs;
    const older = (await this.history).filter((r) => r.at.getTime() < until);
    const first = Math.min(...older.map((r) => r.at.getTime()));
    const hours = older.length === 0 ? 0 : (until - first) / 3_600_000;
    if (hours < 2) return { perDay: 0, cases: older.length, hours };
    const like = await this.neighbours(report, older, Infinity);
    const count = kind === 'matter' ? like.length : like.filter((n) => n.like.kind !== 'matter').length;
    return { perDay: (count * 24) / Math.max(hours, 24), cases: older.length, hours };
  }

  private async readHistory(): Promise<Report[]> {
    const { manager, now, matching } = this.batch;
    const newest = new Date(now.getTime() - windowMs);
    const since = new Date(now.getTime() - historyMs);
    // Cases handed in afterwards carry old dates and came now, so the recent ones count as well.
    const older = await casesSince(manager, since, newest, mostHistory);
    const reports: Report[] = [...this.reports.values()];
    for (const one of older) {
      if (this.reports.has(one.id)) continue;
      const report = reportOf(one, matching.lexicon);
      if (report) reports.push(report);
      await this.breather.breathe();
    }
    return reports;
  }

  private async neighbours(report: Report, among: Iterable<Report>, ms: number): Promise<Neighbour[]> {
    const near: Neighbour[] = [];
    for (const other of among) {
      if (other.id === report.id || other.customerId === report.customerId || !within(report, other, ms))
        continue;
      if (!mayBeAlike(report, other)) continue;
      const like = likenessOf(report.digest, other.digest, this.batch.matching.lexicon);
      if (like) near.push({ report: other, like });
      await this.breather.breathe();
    }
    return near;
  }

  private put(suggestion: NewSuggestion): void {
    const { key, caseIds = [], incidentId = null, evidence } = suggestion;
    this.found.set(key, suggestion);
    const known = this.known.get(key);
    this.known.set(key, {
      id: known?.id ?? '',
      key,
      state: 'waiting',
      caseIds: [...caseIds],
      incidentId,
      evidence: [...evidence],
    });
  }

  private members(caseIds: readonly string[]): Report[] {
    return caseIds.flatMap((id) => this.reports.get(id) ?? []);
  }

  /** By when they were written; those that are too old to be here stand first. */
  private inOrder(caseIds: readonly string[]): string[] {
    const at = (id: string): number => this.reports.get(id)?.at.getTime() ?? 0;
    return [...new Set(caseIds)].sort((a, b) => at(a) - at(b) || (a < b ? -1 : 1));
  }
}

/** Cheap, before the comparison: an error code on both sides, a word that tells of a fault, or two words in common. */
function mayBeAlike(a: Report, b: Report): boolean {
  if (a.namesError && b.namesError) return true;
  const words = b.digest.words;
  if (a.faults.some((word) => words.has(word))) return true;
  let common = 0;
  for (const word of a.digest.words.keys()) if (words.has(word) && ++common >= 2) return true;
  return false;
}

function within(a: Report, b: Report, ms: number): boolean {
  return Math.abs(a.at.getTime() - b.at.getTime()) <= ms;
}

/** Those of the two hours around the report that hold most customers. */
function busiest(report: Report, near: readonly Neighbour[]): Neighbour[] {
  const end = report.at.getTime();
  let best: Neighbour[] = [];
  for (const { report: first } of [{ report }, ...near]) {
    const from = first.at.getTime();
    if (from > end || from < end - windowMs) continue;
    const within = near.filter(
      (n) => n.report.at.getTime() >= from && n.report.at.getTime() <= from + windowMs,
    );
    if (customersOf(within.map((n) => n.report)) > customersOf(best.map((n) => n.report))) best = within;
  }
  return best;
}

/** Alike to two of them, or clearly to one. */
function belongs(near: readonly Neighbour[]): boolean {
  return near.length >= 2 || near.some((n) => n.like.score >= clearly);
}

function groups<K>(near: readonly Neighbour[], keyOf: (n: Neighbour) => K | null): [K, Neighbour[]][] {
  const map = new Map<K, Neighbour[]>();
  for (const one of near) {
    const key = keyOf(one);
    if (key === null) continue;
    const list = map.get(key);
    if (list) list.push(one);
    else map.set(key, [one]);
  }
  return [...map];
}

function likes(near: readonly Neighbour[]): Likeness[] {
  return near.map((n) => n.like);
}

function customersOf(reports: readonly Report[]): number {
  return new Set(reports.map((r) => r.customerId)).size;
}

function minutesOf(reports: readonly Report[]): number {
  const times = reports.map((r) => r.at.getTime());
  return Math.max(1, Math.ceil((Math.max(...times) - Math.min(...times)) / 60_000));
}
