import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type {
  CreateIncidentUpdate,
  IncidentDelivery as DeliveryView,
  IncidentReach,
  IncidentUpdate as UpdateView,
} from '@loket/contracts/incidents.js';
import { Clock } from '@loket/platform/clock.js';
import { idOf, newId } from '@loket/platform/ids.js';
import { caseSummaries } from '../cases/case-summaries.queries.js';
import { EventLog } from '../events/event-log.js';
import { IncidentBroadcast } from './incident-broadcast.js';
import { IncidentDelivery } from './incident-delivery.entity.js';
import { impossible, IncidentRoutes, placeOf, toldAlready } from './incident-routes.js';
import { IncidentUpdate } from './incident-update.entity.js';
import { Incident } from './incident.entity.js';
import { incidentUpdates, linkedCaseIds } from './incidents.queries.js';
import { incidentNotFound } from './incidents.service.js';
import { requireKnownPlaceholders } from './personal-text.js';

/** How many cases are looked at side by side when the reach is shown. */
const sideBySide = 4;

/** What all customers of an incident are told, written once. */
@Injectable()
export class IncidentUpdates {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly routes: IncidentRoutes,
    private readonly broadcast: IncidentBroadcast,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Whom an update would reach now, and by which channel. Nothing is written. @throws AppError `incident_not_found` */
  async reach(incidentId: string): Promise<IncidentReach> {
    await this.require(incidentId);
    const ids = await linkedCaseIds(this.manager, incidentId);
    const summaries = await caseSummaries(this.manager, ids);
    const told = new Set<string>();
    const deliveries: DeliveryView[] = [];
    for (let from = 0; from < ids.length; from += sideBySide) {
      const some = ids.slice(from, from + sideBySide);
      const routes = await Promise.all(some.map((id) => this.routes.of(this.manager, id)));
      for (const [n, caseId] of some.entries()) {
        const summary = summaries.get(caseId);
        const route = routes[n] ?? null;
        if (!summary) continue;
        const again = route !== null && told.has(placeOf(route));
        const blocked = again ? toldAlready : route === null ? impossible : route.blocked;
        if (route !== null && blocked === null) told.add(placeOf(route));
        deliveries.push({
          caseId,
          caseNumber: summary.number,
          caseStatus: summary.status,
          customerName: summary.customer.name,
          address: route?.address ?? null,
          messageId: null,
          channelKind: route?.channelKind ?? null,
          state: null,
          blocked,
        });
      }
    }
    return { deliveries };
  }

  /**
   * Writes the update and whom it is for; the answers themselves are written by a job, one case after the other.
   *
   * @param once names this update for ever (Idempotency-Key): written under it before a crash, it is found again
   * @throws AppError `not_found` `incident_not_found`; `unprocessable` `incident_empty` `case_not_linked`
   *   `placeholder_unknown`
   */
  async create(
    incidentId: string,
    { text, caseIds }: CreateIncidentUpdate,
    actorId: string,
    once?: string,
  ): Promise<UpdateView> {
    requireKnownPlaceholders(text);
    const updateId = once === undefined ? newId() : idOf('incident-update', actorId, incidentId, text, once);
    await this.manager.transaction(async (tx) => {
      // Held against the same request coming twice at once; nothing else waits for it.
      const incident = await tx.findOne(Incident, {
        where: { id: incidentId },
        lock: { mode: 'for_no_key_update' },
      });
      if (!incident) throw incidentNotFound();
      if (await tx.existsBy(IncidentUpdate, { id: updateId })) return;
      const chosen = await this.chosen(tx, incidentId, caseIds);
      const now = this.clock.now();
      await tx.insert(IncidentUpdate, { id: updateId, incidentId, agentId: actorId, text, createdAt: now });
      await tx.insert(
        IncidentDelivery,
        chosen.map((caseId) => ({ updateId, caseId })),
      );
      const event = { type: 'incident.updated' as const, caseId: null, version: null, actorId };
      await this.events.append(tx, [{ ...event, data: { incidentId } }], now);
    });
    this.events.committed();
    await this.broadcast.nudge(updateId);
    const [written] = await incidentUpdates(this.manager, { updateId });
    if (!written) throw incidentNotFound();
    return written;
  }

  /** Those of the linked cases that were asked for; a merged one is the case that it became part of. */
  private async chosen(
    tx: EntityManager,
    incidentId: string,
    caseIds: readonly string[] | undefined,
  ): Promise<string[]> {
    const linked = await linkedCaseIds(tx, incidentId);
    if (linked.length === 0) {
      throw new AppError('unprocessable', 'incident_empty', 'no case is linked to this incident');
    }
    if (caseIds === undefined) return linked;
    const rows: { id: string; root: string }[] = await tx.query(
      'SELECT id, coalesce(merged_into_id, id) AS root FROM cases WHERE id = ANY($1::uuid[])',
      [caseIds],
    );
    const roots = new Map(rows.map(({ id, root }) => [id, root]));
    const wanted = new Set(caseIds.map((id) => roots.get(id.toLowerCase()) ?? id));
    const known = new Set(linked);
    for (const id of wanted) {
      if (known.has(id)) continue;
      throw new AppError('unprocessable', 'case_not_linked', 'one of these cases is not linked', {
        data: { caseId: id },
      });
    }
    return linked.filter((id) => wanted.has(id));
  }

  private async require(incidentId: string): Promise<void> {
    if (!(await this.manager.existsBy(Incident, { id: incidentId }))) throw incidentNotFound();
  }
}
