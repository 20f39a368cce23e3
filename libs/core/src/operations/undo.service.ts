import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { UndoneOperation, UndoPreview } from '@loket/contracts/operations.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { CasesService } from '../cases/cases.service.js';
import { CustomersService } from '../customers/customers.service.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { holdShape } from './hold-shape.js';
import { touchCases, touchCustomers } from './ledger.js';
import { neverAgain } from './never-again.js';
import { operationNotFound } from './operations.service.js';
import { operationsById } from './operations.queries.js';
import { operationsInTheWay } from './undo-blockers.queries.js';
import { customersFollowing, takeBackCustomers } from './undo-customers.js';
import { followingOf } from './undo-following.js';
import { idsCreated, readPlan, setsOf, type UndoPlan } from './undo-plan.js';
import { takeBackCases } from './undo-cases.js';
import { untilHeld } from './until-held.js';

/** Taking back what an operation did, row for row, also after more has happened (DESIGN §5). */
@Injectable()
export class UndoService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly customers: CustomersService,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * What an undo would do now.
   * @throws AppError `not_found` `operation_not_found`; `conflict` `already_undone`
   */
  async preview(id: string): Promise<UndoPreview> {
    return this.manager.transaction(async (tx) => {
      const plan = await readPlan(tx, id, false);
      requireStanding(plan);
      const [operation] = await operationsById(tx, [id]);
      if (!operation) throw operationNotFound();
      const following = await followingOf(tx, plan);
      const apart = (await customersFollowing(tx, plan)).messages;
      return {
        operation,
        following: new Set([...(following?.messages ?? []), ...apart]).size,
        blockedBy: await operationsById(tx, await operationsInTheWay(tx, plan, following)),
      };
    });
  }

  /**
   * Takes an operation back. What came since goes along with its thread; what people changed since stays as they left it.
   *
   * @throws AppError `not_found` `operation_not_found`; `conflict` `already_undone`, `undo_blocked` with `{blockedBy}`:
   *   later operations to undo first, newest first; `conflict` `identity_taken`: the address is somebody else's by now
   */
  async undo(id: string, actorId: string | null): Promise<UndoneOperation> {
    const touched = await untilHeld(() =>
      this.manager.transaction((tx) => this.takeBack(tx, id, actorId)),
    ).catch((error: unknown) => {
      if (uniqueViolation(error) !== 'identities_resolves') throw error;
      throw new AppError('conflict', 'identity_taken', 'this address belongs to another customer by now');
    });
    this.events.committed();
    const [operation] = await operationsById(this.manager, [id]);
    if (!operation) throw operationNotFound();
    const live = await this.cases.live(touched.caseIds);
    return {
      operation,
      cases: await Promise.all(live.map((caseId) => this.cases.get(caseId))),
      customers: await this.customers.live(touched.customerIds),
    };
  }

  private async takeBack(
    tx: EntityManager,
    id: string,
    actorId: string | null,
  ): Promise<{ caseIds: string[]; customerIds: string[] }> {
    const plan = await readPlan(tx, id, true);
    requireStanding(plan);
    const { cases } = await holdShape(tx, { caseIds: plan.caseIds, customerIds: plan.customerIds });
    const blockedBy = await operationsInTheWay(tx, plan, await followingOf(tx, plan));
    if (blockedBy.length > 0) {
      throw new AppError('conflict', 'undo_blocked', 'later operations have to be undone first', {
        data: { blockedBy: await operationsById(tx, blockedBy) },
      });
    }
    const now = this.clock.now();
    const apart = await customersFollowing(tx, plan);
    await takeBackCases(tx, plan, cases);
    const alsoCustomers = await takeBackCustomers(tx, plan, apart, now);
    const caseIds = casesChanged(plan);
    const customerIds = [...plan.customerIds, ...alsoCustomers];
    const versions = await touchCases(tx, caseIds, true);
    await touchCustomers(tx, customerIds, now);
    await tx.query('UPDATE operations SET undone_at = $2, undone_by_id = $3 WHERE id = $1', [
      id,
      now,
      actorId,
    ]);
    const told = caseIds.length > 0 ? caseIds : [null];
    const events = told.map((caseId): NewEvent => ({
      type: 'operation.undone',
      caseId,
      version: caseId === null ? null : (versions.get(caseId) ?? null),
      actorId,
      data: { operationId: id, kind: plan.kind, customerIds },
    }));
    const incidents = incidentsChanged(plan).map((incidentId): NewEvent => ({
      type: 'incident.updated',
      caseId: null,
      version: null,
      actorId,
      data: { incidentId },
    }));
    const settled = await remember(tx, plan, actorId, now);
    await this.events.append(tx, [...events, ...incidents, ...settled], now);
    return { caseIds, customerIds };
  }
}

function requireStanding(plan: UndoPlan | null): asserts plan is UndoPlan {
  if (!plan) throw operationNotFound();
  if (plan.undoneAt !== null) {
    throw new AppError('conflict', 'already_undone', 'this operation has been undone already', {
      data: { at: plan.undoneAt.toISOString() },
    });
  }
}

/** Whose case it is alone changes nothing that agents see of its shape. */
function casesChanged(plan: UndoPlan): string[] {
  switch (plan.kind) {
    case 'merge_cases':
    case 'split_case':
      return [plan.intoId, plan.fromId].filter((id) => id !== null);
    case 'link_incident':
    case 'unlink_incident':
      return plan.caseIds;
    case 'merge_customers':
    case 'link_identity':
    case 'unlink_identity':
      return [];
  }
}

function incidentsChanged(plan: UndoPlan): string[] {
  const values = setsOf(plan, 'cases', 'incident_id').flatMap(({ before, after }) => [before, after]);
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}

/** What people took apart is not put together, or suggested, again. */
async function remember(
  tx: EntityManager,
  plan: UndoPlan,
  actorId: string | null,
  now: Date,
): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  if (plan.kind === 'merge_cases' && plan.fromId !== null && plan.intoId !== null) {
    events.push(...(await neverAgain(tx, 'case', [plan.fromId, plan.intoId], actorId, now)));
  }
  if (idsCreated(plan, 'customers').length > 0) return events;
  for (const { ids, before, after } of setsOf(plan, 'customers', 'merged_into_id')) {
    const [from] = ids;
    if (before !== null || from === undefined || typeof after !== 'string') continue;
    events.push(...(await neverAgain(tx, 'customer', [from, after], actorId, now)));
  }
  return events;
}
