import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { AcceptSuggestion, DecidedSuggestion, Suggestion } from '@loket/contracts/suggestions.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { IncidentsService } from '../incidents/incidents.service.js';
import { type By, CaseOperations } from '../operations/case-operations.service.js';
import { CustomerOperations } from '../operations/customer-operations.service.js';
import { operationsById } from '../operations/operations.queries.js';
import { settleMerged } from './settle-merged.queries.js';
import { Suggestion as SuggestionRow } from './suggestion.entity.js';
import { SuggestionsService } from './suggestions.service.js';

/** What agents make of suggestions: do it, or never show it again. */
@Injectable()
export class SuggestionDecisions {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly suggestions: SuggestionsService,
    private readonly cases: CaseOperations,
    private readonly customers: CustomerOperations,
    private readonly incidents: IncidentsService,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Does what was suggested, as an operation that can be undone.
   * @throws AppError `conflict` `suggestion_settled` with the suggestion as it is now; `not_found`
   *   `suggestion_not_found`; `invalid` `not_of_suggestion` when told to keep or link something else; and as the merge or
   *   link itself
   */
  async accept(id: string, choice: AcceptSuggestion, actorId: string): Promise<DecidedSuggestion> {
    const row = await this.waiting(id);
    const by: By = { actorId, evidence: row.evidence, suggestionId: id };
    const operationId = await this.perform(row, choice, by).catch(async (error: unknown) => {
      throw isMergedAlready(error) ? await this.settledMeanwhile(row) : error;
    });
    if (row.kind !== 'incident') await this.settleBy(row);
    return {
      suggestion: await this.suggestions.get(id),
      operations: await operationsById(this.manager, operationId === null ? [] : [operationId]),
    };
  }

  /**
   * This pair is not suggested again.
   * @throws AppError `conflict` `suggestion_settled` with the suggestion as it is now; `not_found` `suggestion_not_found`
   */
  async dismiss(id: string, actorId: string): Promise<Suggestion> {
    const row = await this.waiting(id);
    const dismissed = await this.manager.transaction((tx) =>
      this.settle(tx, row, 'dismissed', actorId, null),
    );
    if (!dismissed) throw await this.settledError(id);
    this.events.committed();
    return this.suggestions.get(id);
  }

  private async perform(row: SuggestionRow, choice: AcceptSuggestion, by: By): Promise<string | null> {
    switch (row.kind) {
      case 'case': {
        const { from, into } = sidesOf(row.caseIds, choice.into);
        const { mergeCustomers } = choice;
        return (await this.cases.merge(from, { into, mergeCustomers }, by)).operation.id;
      }
      case 'customer': {
        const { from, into } = sidesOf(row.customerIds, choice.into);
        return (await this.customers.merge(from, { into }, by)).operation.id;
      }
      case 'incident':
        return this.linkIncident(row, choice, by);
    }
  }

  /** In one transaction with the decision: unlike a merge, linking the same cases twice would open two incidents. */
  private async linkIncident(
    row: SuggestionRow,
    { caseIds = row.caseIds, title }: AcceptSuggestion,
    { actorId, ...why }: By,
  ): Promise<string | null> {
    if (caseIds.some((id) => !row.caseIds.includes(id))) throw notOfSuggestion();
    const by = { ...why, actorId: actorId ?? '' };
    const operationId = await this.manager.transaction(async (tx) => {
      const rows: unknown[] = await tx.query(
        `SELECT FROM suggestions WHERE id = $1 AND state = 'waiting' FOR NO KEY UPDATE`,
        [row.id],
      );
      if (rows.length === 0) throw await this.settledError(row.id);
      const operationId = row.incidentId
        ? await this.incidents.linkWithin(tx, row.incidentId, caseIds, by, 'skip')
        : (
            await this.incidents.createWithin(
              tx,
              title ?? (await firstSubject(tx, caseIds)),
              caseIds,
              by,
              'skip',
            )
          ).operationId;
      await this.settle(tx, row, 'accepted', actorId, operationId);
      return operationId;
    });
    this.events.committed();
    return operationId;
  }

  /** The merge stands in the ledger with the suggestion's id, so that it can be told even if we had died since. */
  private async settleBy({ caseIds, customerIds, kind }: SuggestionRow): Promise<void> {
    const moved = kind === 'case' ? { caseIds, customerIds: [] } : { caseIds: [], customerIds };
    await this.manager.transaction((tx) => settleMerged(tx, this.events, moved, this.clock.now()));
    this.events.committed();
  }

  private async settledMeanwhile(row: SuggestionRow): Promise<AppError> {
    await this.settleBy(row);
    return this.settledError(row.id);
  }

  /** @returns false when somebody else has decided meanwhile */
  private async settle(
    tx: EntityManager,
    { id, kind, caseIds, customerIds }: SuggestionRow,
    state: 'accepted' | 'dismissed',
    actorId: string | null,
    operationId: string | null,
  ): Promise<boolean> {
    const now = this.clock.now();
    const { affected } = await tx.update(
      SuggestionRow,
      { id, state: 'waiting' },
      { state, decidedById: actorId, decidedAt: now, operationId, updatedAt: now },
    );
    if (affected !== 1) return false;
    await this.events.append(
      tx,
      [
        {
          type: 'suggestion.settled',
          caseId: null,
          version: null,
          actorId,
          data: { suggestionId: id, kind, state, caseIds, customerIds },
        },
      ],
      now,
    );
    return true;
  }

  private async waiting(id: string): Promise<SuggestionRow> {
    const row = await this.manager.findOneBy(SuggestionRow, { id });
    if (!row) throw new AppError('not_found', 'suggestion_not_found', 'there is no such suggestion');
    if (row.state !== 'waiting') throw await this.settledError(id);
    return row;
  }

  private async settledError(id: string): Promise<AppError> {
    return new AppError('conflict', 'suggestion_settled', 'this suggestion has been settled', {
      data: await this.suggestions.get(id),
    });
  }
}

/** Which goes and which remains: by default the last. */
function sidesOf(ids: readonly string[], into = ids.at(-1) ?? ''): { from: string; into: string } {
  const from = ids.find((id) => id !== into);
  if (from === undefined || !ids.includes(into)) throw notOfSuggestion();
  return { from, into };
}

function notOfSuggestion(): AppError {
  return new AppError('invalid', 'not_of_suggestion', 'this is not what was suggested');
}

function isMergedAlready(error: unknown): boolean {
  return (
    error instanceof AppError &&
    ['case_merged_already', 'customer_merged_already', 'merge_into_itself'].includes(error.code)
  );
}

async function firstSubject(tx: EntityManager, caseIds: readonly string[]): Promise<string> {
  const [row]: { subject: string }[] = await tx.query(
    'SELECT subject FROM cases WHERE id = ANY($1::uuid[]) ORDER BY number LIMIT 1',
    [caseIds],
  );
  return row?.subject.slice(0, 300) || '—';
}
