import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { CreateSavedView, SavedView, UpdateSavedView } from '@loket/contracts/saved-views.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { SavedViewRow } from './saved-view.entity.js';

/** A person has tens of views, not thousands: a rail is no place for more. */
const mostViews = 100;

interface Actor {
  id: string;
  supervises: boolean;
}

/** Lists of cases that people keep at hand, for themselves or for everybody. */
@Injectable()
export class SavedViews {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async list(agentId: string): Promise<SavedView[]> {
    const rows = await this.manager
      .createQueryBuilder(SavedViewRow, 'v')
      .where('v.owner_id = :agentId OR v.shared', { agentId })
      .orderBy('v.owner_id = :agentId', 'DESC')
      .addOrderBy('v.position')
      .addOrderBy('v.created_at')
      .addOrderBy('v.id')
      .getMany();
    return rows.map(view);
  }

  /** @throws AppError `forbidden` `supervisor_needed`; `unprocessable` `too_many_views` */
  async create(actor: Actor, { name, filter, shared }: CreateSavedView): Promise<SavedView> {
    mayShare(actor, shared);
    const count = await this.manager.countBy(SavedViewRow, { ownerId: actor.id });
    if (count >= mostViews)
      throw new AppError('unprocessable', 'too_many_views', 'delete a view before you save another');
    const id = newId();
    const createdAt = this.clock.now();
    // A new one stands last; with as many as there can be, no place is beyond it.
    const position = mostViews;
    await this.write(async (tx) => {
      await tx.insert(SavedViewRow, { id, ownerId: actor.id, name, filter, shared, position, createdAt });
      await this.tell(tx, actor.id, shared ? null : actor.id);
    });
    return { id, ownerId: actor.id, name, filter, shared, version: 1 };
  }

  /**
   * @throws AppError `not_found` `view_not_found`; `forbidden` `supervisor_needed`; `conflict` `version_conflict` with it as
   *   it is
   */
  async update(actor: Actor, id: string, { version, ...change }: UpdateSavedView): Promise<SavedView> {
    return this.write(async (tx) => {
      const row = await find(tx, actor, id);
      mayShare(actor, change.shared ?? row.shared);
      if (version !== undefined && version !== row.version) {
        throw new AppError('conflict', 'version_conflict', 'somebody else changed this view meanwhile', {
          data: view(row),
        });
      }
      const { name = row.name, filter = row.filter, shared = row.shared } = change;
      const next = { name, filter, shared, version: row.version + 1 };
      await tx.update(SavedViewRow, id, next);
      // whoever saw it until now sees that it is gone
      await this.tell(tx, actor.id, row.shared || shared ? null : row.ownerId);
      return view(Object.assign(row, next));
    });
  }

  /** Only one's own have an order; ids of others are passed over. */
  async order(agentId: string, ids: readonly string[]): Promise<void> {
    await this.write(async (tx) => {
      await tx.query(
        `UPDATE saved_views v SET position = ranked.at
       FROM (
         SELECT id, row_number() OVER (
           ORDER BY array_position($2::uuid[], id) NULLS LAST, position, created_at, id) AS at
         FROM saved_views WHERE owner_id = $1
       ) ranked
       WHERE v.id = ranked.id`,
        [agentId, ids],
      );
      // those of others have an order of their own
      await this.tell(tx, agentId, agentId);
    });
  }

  /** @throws AppError as `update` */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.write(async (tx) => {
      const row = await find(tx, actor, id);
      mayShare(actor, row.shared);
      await tx.delete(SavedViewRow, { id });
      await this.tell(tx, actor.id, row.shared ? null : row.ownerId);
    });
  }

  /** @param onlyFor who alone sees it; null: others do too */
  private tell(tx: EntityManager, actorId: string, onlyFor: string | null): Promise<void> {
    return this.events.append(tx, [
      { type: 'view.updated', caseId: null, version: null, actorId, data: { onlyFor } },
    ]);
  }

  private async write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const done = await this.manager.transaction(work);
    this.events.committed();
    return done;
  }
}

/** What is only somebody else's does not exist for others. */
async function find(tx: EntityManager, actor: Actor, id: string): Promise<SavedViewRow> {
  const row = await tx.findOne(SavedViewRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (row && (row.ownerId === actor.id || row.shared)) return row;
  throw new AppError('not_found', 'view_not_found', 'there is no such view');
}

function mayShare(actor: Actor, shared: boolean): void {
  if (shared && !actor.supervises)
    throw new AppError('forbidden', 'supervisor_needed', 'what everybody sees is changed by supervisors');
}

function view({ id, ownerId, name, filter, shared, version }: SavedViewRow): SavedView {
  return { id, ownerId, name, filter, shared, version };
}
