import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { AgentRef } from '@loket/contracts/access.js';
import {
  type CaseCounts,
  type CaseDetail,
  type CaseIdsQuery,
  type CaseName,
  type CasePage,
  type CaseSummary,
  type CaseTotal,
  type CaseTotalQuery,
  caseViews,
  type CaseView,
  type ListCases,
  riskMinutes,
} from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { Page } from '@loket/contracts/primitives.js';
import { Clock } from '@loket/platform/clock.js';
import { Case } from './case.entity.js';
import { countQueues, listsToCount } from './case-counts.queries.js';
import { caseSummaries } from './case-summaries.queries.js';
import { countCap, countCases, countLists, listCaseIds, type CaseFilter } from './case-list.queries.js';
import { type Found, searchCaseIds } from './case-search.queries.js';
import { ReplyOptions } from './reply-options.js';

const totalCap = 100_000;

/** Reading cases. */
@Injectable()
export class CasesService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly replyOptions: ReplyOptions,
    private readonly clock: Clock,
  ) {}

  /** @param agentId whose view `mine` is */
  async list(query: ListCases, agentId: string): Promise<CasePage> {
    const { filter, similar } = await this.filterOf(query, agentId);
    if (!filter) return { items: [], nextCursor: null, previousCursor: null, similar };
    const { ids, ...cursors } = await listCaseIds(this.manager, filter, query);
    const summaries = await caseSummaries(this.manager, ids);
    return { items: ids.flatMap((id) => summaries.get(id) ?? []), ...cursors, similar };
  }

  /** The cases of a list by their names only. */
  async names(query: CaseIdsQuery, agentId: string): Promise<Page<CaseName>> {
    const { filter } = await this.filterOf(query, agentId);
    if (!filter) return { items: [], nextCursor: null };
    const { ids, nextCursor } = await listCaseIds(this.manager, filter, query);
    const rows: { id: string; number: string }[] = await this.manager.query(
      'SELECT id, number FROM cases WHERE id = ANY($1::uuid[])',
      [ids],
    );
    const numbers = new Map(rows.map((row) => [row.id, Number(row.number)]));
    return { items: ids.map((id) => ({ id, number: numbers.get(id) ?? 0 })), nextCursor };
  }

  /** How many cases a list holds, counted up to 100,000. */
  async total(query: CaseTotalQuery, agentId: string): Promise<CaseTotal> {
    const { filter } = await this.filterOf(query, agentId);
    const found = filter ? await countCases(this.manager, filter, totalCap) : 0;
    return { total: Math.min(found, totalCap), capped: found > totalCap };
  }

  /** Open cases per view, and those to be called back, for the badges beside them. */
  async counts(agentId: string): Promise<CaseCounts> {
    const now = this.clock.now();
    const counts = {} as Record<CaseView | 'atRisk', number>;
    let capped = false;
    const count = async (name: CaseView | 'atRisk', filter: Partial<CaseFilter>): Promise<void> => {
      const found = await countCases(this.manager, {
        view: 'all',
        status: 'open',
        agentId,
        among: null,
        now,
        ...filter,
      });
      counts[name] = Math.min(found, countCap);
      capped ||= found > countCap;
    };
    // One after the other, on one connection: everybody's badges must not take the pool.
    for (const view of caseViews) await count(view, { view, status: view === 'callback' ? 'all' : 'open' });
    await count('atRisk', { waitingMinutes: riskMinutes });
    return {
      ...counts,
      queues: await countQueues(this.manager, agentId, now),
      views: await countLists(this.manager, await listsToCount(this.manager, agentId, now)),
      capped,
    };
  }

  /**
   * @param ref id, or the number with or without `#`
   * @throws AppError `not_found` `case_not_found`
   */
  async get(ref: string): Promise<CaseDetail> {
    return this.getRow(await this.resolve(ref));
  }

  /**
   * The case of this very id, also when it was merged into another one.
   * @throws AppError `not_found` `case_not_found`
   */
  async getRow(id: string): Promise<CaseDetail> {
    // At once: somebody waits for the case, and on a busy machine each answer of the database comes a turn later.
    const [summaries, merged, followers, replyOptions] = await Promise.all([
      caseSummaries(this.manager, [id]),
      this.mergedInto(id),
      this.followers(id),
      this.replyOptions.list(this.manager, id),
    ]);
    const summary = summaries.get(id);
    if (!summary) throw caseNotFound();
    return { ...summary, replyOptions, merged, followers };
  }

  /**
   * The id of the case that a path names, by id or number. A merged case is the one that it was merged into.
   * @throws AppError `not_found` `case_not_found`
   */
  async resolve(ref: string): Promise<string> {
    const { id, mergedIntoId } = await this.find(ref);
    return mergedIntoId ?? id;
  }

  /**
   * The id of the very case that a path names, merged or not. Writers ask for this one and let `lockCase` lead them, so that
   * a merge at the same time cannot come between.
   * @throws AppError `not_found` `case_not_found`
   */
  async locate(ref: string): Promise<string> {
    return (await this.find(ref)).id;
  }

  /** @throws AppError `not_found` `case_not_found` */
  async row(id: string): Promise<Case> {
    const found = await this.manager.findOneBy(Case, { id });
    if (!found) throw caseNotFound();
    return found;
  }

  /** Those of the cases that are not merged into others. */
  async live(ids: readonly string[]): Promise<string[]> {
    const rows: { id: string }[] = await this.manager.query(
      'SELECT id FROM cases WHERE id = ANY($1::uuid[]) AND merged_into_id IS NULL ORDER BY number',
      [ids],
    );
    return rows.map((row) => row.id);
  }

  async summaries(ids: readonly string[]): Promise<Map<string, CaseSummary>> {
    return caseSummaries(this.manager, ids);
  }

  /** @returns no filter when a search finds nothing */
  private async filterOf(
    query: CaseTotalQuery,
    agentId: string,
  ): Promise<{ filter: CaseFilter | null; similar: string[] }> {
    const found = query.q ? await this.search(query.q) : null;
    const filter = { ...query, agentId, among: found?.ids ?? null, now: this.clock.now() };
    return { filter: found?.ids.length === 0 ? null : filter, similar: found?.similar ?? [] };
  }

  private async mergedInto(id: string): Promise<CaseDetail['merged']> {
    const rows: { id: string; number: string; subject: string }[] = await this.manager.query(
      'SELECT id, number, subject FROM cases WHERE merged_into_id = $1 ORDER BY number',
      [id],
    );
    return rows.map((row) => ({ ...row, number: Number(row.number) }));
  }

  /** Those who follow it, or a case that is part of it now. */
  private async followers(id: string): Promise<AgentRef[]> {
    return this.manager.query(
      `SELECT a.id, a.name FROM case_followers f JOIN agents a ON a.id = f.agent_id
       WHERE f.case_id IN (SELECT id FROM cases WHERE id = $1 OR merged_into_id = $1) AND a.disabled_at IS NULL
       GROUP BY a.id ORDER BY min(f.since), a.id`,
      [id],
    );
  }

  private async find(ref: string): Promise<{ id: string; mergedIntoId: string | null }> {
    const [, number] = /^#?(\d{1,15})$/.exec(ref) ?? [];
    const [row]: { id: string; mergedIntoId: string | null }[] = await this.manager.query(
      `SELECT id, merged_into_id AS "mergedIntoId" FROM cases
       WHERE ${number === undefined ? 'id = $1::uuid' : 'number = $1::bigint'}`,
      [number ?? ref],
    );
    if (!row) throw caseNotFound();
    return row;
  }

  private async search(text: string): Promise<Found> {
    try {
      return await this.manager.transaction(async (tx) => {
        // The planner thinks little of what the text search costs for each row, and would rather read the whole table.
        await tx.query(
          `SET LOCAL statement_timeout = '3s'; SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0`,
        );
        return searchCaseIds(tx, text);
      });
    } catch (error) {
      if (!isTimeout(error)) throw error;
      throw new AppError('unavailable', 'search_too_broad', 'this search takes too long; use more words');
    }
  }
}

export function caseNotFound(): AppError {
  return new AppError('not_found', 'case_not_found', 'there is no such case');
}

/** SQLSTATE 57014: the statement ran longer than allowed. */
function isTimeout(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '57014';
}
