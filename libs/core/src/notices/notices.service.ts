import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { ListNotices, Notice, NoticeKind, NoticePage, ReadNotices } from '@loket/contracts/notices.js';
import { decodeCursor, encodeCursor } from '@loket/contracts/primitives.js';
import type { RoutingReason } from '@loket/contracts/teams.js';
import { Clock } from '@loket/platform/clock.js';
import { CasesService } from '../cases/cases.service.js';

interface Row {
  id: string;
  kind: NoticeKind;
  at: Date;
  /** microseconds since 1970 */
  key: string;
  case_id: string;
  actor_id: string | null;
  actor_name: string | null;
  note_id: string | null;
  to_id: string | null;
  to_name: string | null;
  routing: RoutingReason | null;
  reason: string | null;
  read_at: Date | null;
}

const columns = `n.*, (extract(epoch FROM n.at) * 1000000)::bigint::text AS key, a.name AS actor_name, t.name AS to_name`;
const joined = `notices n LEFT JOIN agents a ON a.id = n.actor_id LEFT JOIN agents t ON t.id = n.to_id`;

/** One person's news, and the cases that he follows. */
@Injectable()
export class NoticesService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly clock: Clock,
  ) {}

  async list(agentId: string, { unread, cursor, limit }: ListNotices): Promise<NoticePage> {
    const before = cursor === undefined ? null : readCursor(cursor);
    const rows: Row[] = await this.manager.query(
      `SELECT ${columns} FROM ${joined}
       WHERE n.agent_id = $1 AND ($2::bool IS NOT TRUE OR n.read_at IS NULL)
         AND ($4::bigint IS NULL
           OR (n.at, n.id) < (timestamptz 'epoch' + $4::bigint * interval '1 microsecond', $5::uuid))
       ORDER BY n.at DESC, n.id DESC LIMIT $3`,
      [agentId, unread ?? null, limit + 1, before?.at ?? null, before?.id ?? null],
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const [count]: { n: number }[] = await this.manager.query(
      'SELECT count(*)::int AS n FROM notices WHERE agent_id = $1 AND read_at IS NULL',
      [agentId],
    );
    return {
      items: await this.shown(shown),
      nextCursor: rows.length > limit && last ? encodeCursor([last.key, last.id]) : null,
      unread: count?.n ?? 0,
    };
  }

  /** @returns null when it is gone */
  async get(id: string): Promise<Notice | null> {
    const rows: Row[] = await this.manager.query(`SELECT ${columns} FROM ${joined} WHERE n.id = $1`, [id]);
    return (await this.shown(rows))[0] ?? null;
  }

  async read(agentId: string, { ids, caseId }: ReadNotices): Promise<void> {
    await this.manager.query(
      `UPDATE notices SET read_at = $2 WHERE agent_id = $1 AND read_at IS NULL
         AND ($3::uuid[] IS NULL OR id = ANY($3::uuid[])) AND ($4::uuid IS NULL OR case_id IN (${caseAndMerged('$4')}))`,
      [agentId, this.clock.now(), ids ?? null, caseId ?? null],
    );
  }

  async follow(agentId: string, caseId: string): Promise<void> {
    await this.manager.query(
      'INSERT INTO case_followers (case_id, agent_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [caseId, agentId, this.clock.now()],
    );
  }

  async unfollow(agentId: string, caseId: string): Promise<void> {
    await this.manager.query(
      `DELETE FROM case_followers WHERE case_id IN (${caseAndMerged('$1::uuid')}) AND agent_id = $2`,
      [caseId, agentId],
    );
  }

  private async shown(rows: readonly Row[]): Promise<Notice[]> {
    const cases = await this.cases.summaries(rows.map((row) => row.case_id));
    return rows.flatMap((row) => {
      const found = cases.get(row.case_id);
      if (!found) return [];
      return {
        id: row.id,
        kind: row.kind,
        at: row.at.toISOString(),
        actor: ref(row.actor_id, row.actor_name),
        case: found,
        noteId: row.note_id,
        to: ref(row.to_id, row.to_name),
        routing: row.routing,
        reason: row.reason,
        read: row.read_at !== null,
      };
    });
  }
}

/** The case, and those that were merged into it. @param id a placeholder */
function caseAndMerged(id: string): string {
  return `SELECT id FROM cases WHERE id = ${id} OR merged_into_id = ${id}`;
}

function ref(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? '' };
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && /^\d{1,18}$/.test(at) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
    return { at, id };
  throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
}
