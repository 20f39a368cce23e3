import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { CaseOperation, MergeCase, MergePreview, SplitCase } from '@loket/contracts/operations.js';
import type { Case } from '../cases/case.entity.js';
import { caseNotFound, CasesService } from '../cases/cases.service.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { pairKey } from '../suggestions/suggestion-key.js';
import { holdShape } from './hold-shape.js';
import { Ledger } from './ledger.js';
import { mergedFields } from './merged-fields.js';
import { moveCase } from './move-case.js';
import { moveCustomer } from './move-customer.js';
import { historyOfPair, operationsById } from './operations.queries.js';
import { figuresOf } from './recount.js';
import { splitCase } from './split-case.js';
import { MovedMeanwhile, untilHeld } from './until-held.js';

/** Who does it, and on what grounds. */
export interface By {
  /** null: the desk by itself */
  actorId: string | null;
  evidence?: Evidence[];
  suggestionId?: string;
}

/** Merging cases, and taking messages out of one (DESIGN §5). Each is one transaction and one line of the ledger. */
@Injectable()
export class CaseOperations {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly events: EventLog,
    private readonly ledger: Ledger,
  ) {}

  /**
   * `fromId` goes into another case, and its number leads there for ever. Into a resolved case too, which is open again
   * when this one was.
   *
   * @param fromId not followed when it is merged already
   * @throws AppError `not_found` `case_not_found`; `unprocessable` `merge_into_itself`, `case_merged_already` with
   *   `{into}`; `conflict` `version_conflict` with the current case
   */
  async merge(
    fromId: string,
    { into: intoRef, mergeCustomers, reason, version }: Pick<MergeCase, 'into'> & Partial<MergeCase>,
    by: By,
  ): Promise<CaseOperation> {
    const { operationId, intoId } = await untilHeld(async () => {
      const intoId = await this.cases.resolve(intoRef);
      return this.manager.transaction(async (tx) => {
        const customerIds = mergeCustomers ? await customersOf(tx, [fromId, intoId]) : [];
        const held = await holdShape(tx, { caseIds: [fromId, intoId], customerIds });
        const [from, into] = [held.cases.get(fromId), held.cases.get(intoId)];
        if (!from || !into) throw caseNotFound();
        requireMergeable(from, into);
        if (into.mergedIntoId !== null) throw new MovedMeanwhile();
        if (version !== undefined && version !== from.version) throw await this.stale(fromId);
        const operation = { kind: 'merge_cases', reason, fromId, intoId, ...by } as const;
        const entry = this.ledger.begin(tx, operation);
        const messages = await moveCase(tx, entry, from, into);
        const both = mergeCustomers === true && from.customerId !== into.customerId;
        if (both) {
          const owners = [held.customers.get(from.customerId), held.customers.get(into.customerId)];
          if (!owners[0] || !owners[1]) throw new MovedMeanwhile();
          await moveCustomer(tx, entry, owners[0], owners[1]);
        }
        entry.touch({ caseIds: [fromId, intoId], level: true });
        const versions = await entry.finish();
        const data = { operationId: entry.id, from: shown(from), into: shown(into), messages };
        const events = [intoId, fromId].map((caseId): NewEvent => ({
          type: 'case.merged',
          caseId,
          version: versions.get(caseId) ?? null,
          actorId: by.actorId,
          data,
        }));
        if (both) {
          const customersMerged = { operationId: entry.id, from: from.customerId, into: into.customerId };
          events.push({
            type: 'customer.merged',
            caseId: null,
            version: null,
            actorId: by.actorId,
            data: customersMerged,
          });
        }
        await this.events.append(tx, events, entry.at);
        return { operationId: entry.id, intoId };
      });
    });
    this.events.committed();
    return this.answer(operationId, intoId, fromId);
  }

  /** What `merge` would make of the two, without doing it. */
  async mergePreview(fromId: string, intoRef: string): Promise<MergePreview> {
    const intoId = await this.cases.resolve(intoRef);
    const [from, into] = [await this.cases.row(fromId), await this.cases.row(intoId)];
    requireMergeable(from, into);
    const fields = mergedFields(from, into);
    const figures = await figuresOf(this.manager, [from.id, into.id]);
    const summaries = await this.cases.summaries([from.id, into.id]);
    const [fromSummary, intoSummary] = [summaries.get(from.id), summaries.get(into.id)];
    if (!fromSummary || !intoSummary) throw caseNotFound();
    return {
      from: fromSummary,
      into: intoSummary,
      result: {
        subject: into.subject,
        status: fields.status,
        priority: fields.priority,
        assignee: intoSummary.assignee ?? fromSummary.assignee,
        tags: fields.tags,
        channelKinds: figures?.channelKinds ?? [],
        messageCount: figures?.messageCount ?? 0,
      },
      moved: await this.countOf(from.id),
      warnings: await this.warnings(from, into),
    };
  }

  /**
   * Messages that do not belong here leave for a case of their own, or for another that is open. The two are never joined
   * or suggested again.
   *
   * @throws AppError `unprocessable` `message_not_in_case` with `{messageIds}`, `split_leaves_nothing` (merge instead),
   *   `split_into_itself`, `case_resolved`, `case_merged_already`; `conflict` `version_conflict` with the current case
   */
  async split(caseId: string, split: SplitCase, by: By): Promise<CaseOperation> {
    const done = await untilHeld(async () => {
      const intoId = split.into === undefined ? null : await this.cases.resolve(split.into);
      return this.manager.transaction(async (tx) => {
        const held = await holdShape(tx, { caseIds: intoId === null ? [caseId] : [caseId, intoId] });
        const from = held.cases.get(caseId);
        if (!from) throw caseNotFound();
        if (from.mergedIntoId !== null) throw mergedAlready(from);
        if (split.version !== undefined && split.version !== from.version) throw await this.stale(caseId);
        const into = intoId === null ? null : (held.cases.get(intoId) ?? null);
        if (into && into.mergedIntoId !== null) throw new MovedMeanwhile();
        const { events, ...result } = await splitCase(tx, this.ledger, from, into, split, by);
        await this.events.append(tx, events.list, events.at);
        return result;
      });
    });
    this.events.committed();
    return this.answer(done.operationId, done.intoId, caseId);
  }

  private async answer(operationId: string, caseId: string, fromId: string): Promise<CaseOperation> {
    const [operation] = await operationsById(this.manager, [operationId]);
    if (!operation) throw new Error('the operation that was just written is gone');
    return { operation, case: await this.cases.get(caseId), from: await this.cases.getRow(fromId) };
  }

  private async stale(caseId: string): Promise<AppError> {
    return new AppError('conflict', 'version_conflict', 'somebody else changed this case meanwhile', {
      data: await this.cases.get(caseId),
    });
  }

  private async countOf(caseId: string): Promise<Record<string, number>> {
    const [row]: Record<string, number>[] = await this.manager.query(
      `SELECT (SELECT count(*)::int FROM messages WHERE case_id = $1) AS messages,
              (SELECT count(*)::int FROM notes WHERE case_id = $1) AS notes,
              (SELECT count(*)::int FROM threads WHERE case_id = $1) AS threads`,
      [caseId],
    );
    return Object.fromEntries(Object.entries(row ?? {}).filter(([, n]) => n > 0));
  }

  private async warnings(from: Case, into: Case): Promise<string[]> {
    const warnings: string[] = [];
    if (from.customerId !== into.customerId) {
      warnings.push('other_customer');
      const [row]: { n: number }[] = await this.manager.query(
        'SELECT count(DISTINCT organization_id)::int AS n FROM customers WHERE id IN ($1, $2)',
        [from.customerId, into.customerId],
      );
      if ((row?.n ?? 0) > 1) warnings.push('other_organization');
    }
    warnings.push(
      ...(await historyOfPair(this.manager, 'case', pairKey(from.id, into.id), [from.id, into.id])),
    );
    if (into.status === 'resolved') warnings.push('resolved');
    return warnings;
  }
}

function requireMergeable(from: Case, into: Case): void {
  if (from.id === into.id)
    throw new AppError('unprocessable', 'merge_into_itself', 'a case cannot be merged into itself');
  // Its own target may lead back to it: that is no merge of two cases either.
  if (from.mergedIntoId !== null) throw mergedAlready(from);
}

function mergedAlready({ mergedIntoId }: Case): AppError {
  return new AppError('unprocessable', 'case_merged_already', 'this case was merged into another one', {
    data: { into: mergedIntoId },
  });
}

const shown = ({ id, number }: Case): { id: string; number: number } => ({ id, number });

async function customersOf(tx: EntityManager, caseIds: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    'SELECT DISTINCT customer_id AS id FROM cases WHERE id = ANY($1::uuid[])',
    [caseIds],
  );
  return rows.map((row) => row.id);
}
