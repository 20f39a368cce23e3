import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type {
  CannedAnswer as CannedAnswerView,
  CreateCannedAnswer,
  UpdateCannedAnswer,
} from '@loket/contracts/canned-answers.js';
import { AppError } from '@loket/contracts/errors.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { requireUploaded } from '../messages/uploads.js';
import { CannedAnswer } from './canned-answer.entity.js';

/** Who asks, and whether he may touch what belongs to many. */
export interface CannedActor {
  id: string;
  supervises: boolean;
}

/** Answers that are given often: one's own, a team's, everybody's. */
@Injectable()
export class CannedAnswersService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly blobs: BlobStore,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @param teams `own`: all that somebody can use; `all`: those of other teams too, to look after them */
  async list(agentId: string, teams: 'own' | 'all' = 'own'): Promise<CannedAnswerView[]> {
    const rows = await this.manager
      .createQueryBuilder(CannedAnswer, 'c')
      .where(
        `c.scope = 'all' OR (c.scope = 'mine' AND c.owner_id = :agentId)
         OR (c.scope = 'team' AND :every)
         OR c.team_id IN (SELECT team_id FROM team_members WHERE agent_id = :agentId)`,
        { agentId, every: teams === 'all' },
      )
      .orderBy('c.shortcut')
      .addOrderBy('c.id')
      .getMany();
    return rows.map(view);
  }

  /**
   * @throws AppError `conflict` `shortcut_taken`; `forbidden` `supervisor_needed` for what is not only one's own;
   *   `unprocessable` `team_not_found`, `attachment_missing`
   */
  async create(actor: CannedActor, create: CreateCannedAnswer): Promise<CannedAnswerView> {
    mayWrite(actor, create.scope, actor.id);
    await this.check(create);
    const row = this.manager.create(CannedAnswer, {
      ...create,
      id: newId(),
      ownerId: actor.id,
      updatedAt: this.clock.now(),
      version: 1,
    });
    await unlessTaken(() =>
      this.write(async (tx) => {
        await tx.insert(CannedAnswer, row);
        await this.tell(tx, actor, [row.scope], row.ownerId);
      }),
    );
    return view(row);
  }

  /** @throws AppError as `create`; `not_found` `canned_not_found`; `conflict` `version_conflict` with it as it is */
  async update(
    actor: CannedActor,
    id: string,
    { version, ...change }: UpdateCannedAnswer,
  ): Promise<CannedAnswerView> {
    await this.check(change);
    return unlessTaken(() =>
      this.write(async (tx) => {
        const row = await find(tx, actor, id);
        mayWrite(actor, row.scope, row.ownerId);
        mayWrite(actor, change.scope ?? row.scope, row.ownerId);
        if (version !== undefined && version !== row.version) {
          throw new AppError('conflict', 'version_conflict', 'somebody else changed it meanwhile', {
            data: view(row),
          });
        }
        const before = row.scope;
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        Object.assign(row, given, { updatedAt: this.clock.now(), version: row.version + 1 });
        if (row.scope !== 'team') row.teamId = null;
        const saved = view(await tx.save(row));
        await this.tell(tx, actor, [before, saved.scope], saved.ownerId);
        return saved;
      }),
    );
  }

  /** @throws AppError as `update` */
  async remove(actor: CannedActor, id: string): Promise<void> {
    await this.write(async (tx) => {
      const row = await find(tx, actor, id);
      mayWrite(actor, row.scope, row.ownerId);
      await tx.delete(CannedAnswer, { id });
      await this.tell(tx, actor, [row.scope], row.ownerId);
    });
  }

  /** @param scopes that it had and has: who used it until now hears that it is gone */
  private tell(
    tx: EntityManager,
    actor: CannedActor,
    scopes: readonly CannedAnswer['scope'][],
    ownerId: string,
  ): Promise<void> {
    const onlyFor = scopes.every((scope) => scope === 'mine') ? ownerId : null;
    return this.events.append(tx, [
      { type: 'canned_answer.updated', caseId: null, version: null, actorId: actor.id, data: { onlyFor } },
    ]);
  }

  private async write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const done = await this.manager.transaction(work);
    this.events.committed();
    return done;
  }

  private async check({
    attachments,
    teamId,
  }: Pick<UpdateCannedAnswer, 'attachments' | 'teamId'>): Promise<void> {
    await requireUploaded(this.blobs, attachments ?? []);
    if (!teamId) return;
    const rows: unknown[] = await this.manager.query('SELECT FROM teams WHERE id = $1', [teamId]);
    if (rows.length === 0) throw new AppError('unprocessable', 'team_not_found', 'there is no such team');
  }
}

/** What is only somebody else's does not exist for others. */
async function find(tx: EntityManager, actor: CannedActor, id: string): Promise<CannedAnswer> {
  const row = await tx.findOne(CannedAnswer, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!row || (row.scope === 'mine' && row.ownerId !== actor.id))
    throw new AppError('not_found', 'canned_not_found', 'there is no such canned answer');
  return row;
}

function mayWrite(actor: CannedActor, scope: CannedAnswer['scope'], ownerId: string): void {
  if (actor.supervises || (scope === 'mine' && ownerId === actor.id)) return;
  throw new AppError('forbidden', 'supervisor_needed', 'what others use too is changed by supervisors');
}

async function unlessTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw new AppError('conflict', 'shortcut_taken', 'there is one with this shortcut', { cause: error });
  }
}

function view({
  id,
  shortcut,
  title,
  texts,
  attachments,
  scope,
  teamId,
  ownerId,
  updatedAt,
  version,
}: CannedAnswer): CannedAnswerView {
  return {
    id,
    shortcut,
    title,
    texts,
    attachments,
    scope,
    teamId,
    ownerId,
    updatedAt: updatedAt.toISOString(),
    version,
  };
}
