import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { CreateTeam, RoutingSettings, Team as TeamView, UpdateTeam } from '@loket/contracts/teams.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { Team } from './team.entity.js';

interface Row {
  id: string;
  name: string;
  routing: RoutingSettings;
  closed_at: Date | null;
  version: number;
  created_at: Date;
  members: { id: string; name: string }[];
  channel_ids: string[];
}

/** Teams, who is in them, and which channels' new cases are theirs. */
@Injectable()
export class TeamsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** All of them, closed ones too, since history names them. */
  async list(): Promise<TeamView[]> {
    return read(this.manager, null);
  }

  /** @throws AppError `not_found` `team_not_found` */
  async get(id: string): Promise<TeamView> {
    const [team] = await read(this.manager, id);
    if (!team) throw teamNotFound();
    return team;
  }

  /**
   * @throws AppError `conflict` `team_name_taken`; `unprocessable` `agent_unavailable`, `channel_not_found`,
   *   `overflow_unknown`, `overflow_circle`
   */
  async create(actorId: string, { name, routing, memberIds, channelIds }: CreateTeam): Promise<TeamView> {
    const id = newId();
    return this.write(async (tx) => {
      await tx.insert(Team, { id, name, routing, closedAt: null, createdAt: this.clock.now() });
      await this.fill(tx, id, { memberIds, channelIds, routing });
      await this.events.append(tx, [
        { type: 'team.created', caseId: null, version: null, actorId, data: { teamId: id } },
      ]);
      return id;
    });
  }

  /**
   * A team that closes keeps its cases; its channels' new cases are nobody's in particular from then on.
   * @throws AppError `not_found` `team_not_found`; `conflict` `version_conflict` with the team as it is; as `create`
   */
  async update(
    actorId: string,
    id: string,
    { version, closed, memberIds, channelIds, ...fields }: UpdateTeam,
  ): Promise<TeamView> {
    return this.write(async (tx) => {
      const team = await tx.findOne(Team, { where: { id }, lock: { mode: 'for_no_key_update' } });
      if (!team) throw teamNotFound();
      if (version !== undefined && version !== team.version) {
        throw new AppError('conflict', 'version_conflict', 'somebody else changed this team meanwhile', {
          data: await this.get(id),
        });
      }
      const closedAt =
        closed === undefined ? team.closedAt : closed ? (team.closedAt ?? this.clock.now()) : null;
      await tx.update(Team, id, {
        name: fields.name ?? team.name,
        routing: fields.routing ?? team.routing,
        closedAt,
        version: team.version + 1,
      });
      await this.fill(tx, id, { memberIds, channelIds: closed ? [] : channelIds, routing: fields.routing });
      await this.events.append(tx, [
        { type: 'team.updated', caseId: null, version: null, actorId, data: { teamId: id } },
      ]);
      return id;
    });
  }

  /** @throws AppError unprocessable `team_not_found` when one of them does not exist, or is closed */
  async requireOpen(tx: EntityManager, teamIds: readonly string[]): Promise<void> {
    const rows: unknown[] = await tx.query(
      'SELECT FROM teams WHERE id = ANY($1::uuid[]) AND closed_at IS NULL',
      [teamIds],
    );
    if (rows.length < teamIds.length)
      throw new AppError(
        'unprocessable',
        'team_not_found',
        'one of these teams does not exist, or is closed',
      );
  }

  /** Somebody new comes into teams, within the caller's transaction; those that have closed meanwhile are left out. */
  async join(tx: EntityManager, agentId: string, teamIds: readonly string[], actorId: string): Promise<void> {
    if (teamIds.length === 0) return;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('teams', 0))`);
    const rows: { id: string }[] = await tx.query(
      'SELECT id FROM teams WHERE id = ANY($1::uuid[]) AND closed_at IS NULL ORDER BY id FOR UPDATE',
      [teamIds],
    );
    for (const { id } of rows) {
      await tx.query('INSERT INTO team_members (team_id, agent_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        id,
        agentId,
      ]);
      await tx.query('UPDATE teams SET version = version + 1 WHERE id = $1', [id]);
      await this.events.append(tx, [
        { type: 'team.updated', caseId: null, version: null, actorId, data: { teamId: id } },
      ]);
    }
  }

  private async write(work: (tx: EntityManager) => Promise<string>): Promise<TeamView> {
    try {
      const id = await this.manager.transaction(async (tx) => {
        // Teams change rarely; one at a time, so that two cannot close an overflow into a circle between them.
        await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('teams', 0))`);
        return work(tx);
      });
      this.events.committed();
      return await this.get(id);
    } catch (error) {
      if (uniqueViolation(error) === null) throw error;
      throw new AppError('conflict', 'team_name_taken', 'there is a team of this name', { cause: error });
    }
  }

  private async fill(
    tx: EntityManager,
    id: string,
    {
      memberIds,
      channelIds,
      routing,
    }: {
      memberIds: string[] | undefined;
      channelIds: string[] | undefined;
      routing: RoutingSettings | undefined;
    },
  ): Promise<void> {
    if (memberIds) await setMembers(tx, id, [...new Set(memberIds)]);
    if (channelIds) await setChannels(tx, id, [...new Set(channelIds)]);
    if (routing?.overflow) await requireLine(tx, id, routing.overflow.teamId);
  }
}

function teamNotFound(): AppError {
  return new AppError('not_found', 'team_not_found', 'there is no such team');
}

async function setMembers(tx: EntityManager, id: string, memberIds: readonly string[]): Promise<void> {
  const known: unknown[] = await tx.query('SELECT FROM agents WHERE id = ANY($1::uuid[])', [memberIds]);
  if (known.length < memberIds.length)
    throw new AppError('unprocessable', 'agent_unavailable', 'one of these people does not work here');
  await tx.query('DELETE FROM team_members WHERE team_id = $1 AND agent_id <> ALL($2::uuid[])', [
    id,
    memberIds,
  ]);
  await tx.query(
    `INSERT INTO team_members (team_id, agent_id) SELECT $1, a FROM unnest($2::uuid[]) a ON CONFLICT DO NOTHING`,
    [id, memberIds],
  );
}

async function setChannels(tx: EntityManager, id: string, channelIds: readonly string[]): Promise<void> {
  const known: unknown[] = await tx.query('SELECT FROM channels WHERE id = ANY($1::uuid[])', [channelIds]);
  if (known.length < channelIds.length)
    throw new AppError('unprocessable', 'channel_not_found', 'one of these channels does not exist');
  await tx.query(
    `UPDATE channels SET team_id = CASE WHEN id = ANY($2::uuid[]) THEN $1::uuid END
     WHERE (team_id = $1) <> (id = ANY($2::uuid[])) OR (team_id IS NULL AND id = ANY($2::uuid[]))`,
    [id, channelIds],
  );
}

/** Follows the overflow to its end: it must never come back. */
async function requireLine(tx: EntityManager, id: string, toId: string): Promise<void> {
  const [row]: { known: boolean; circle: boolean }[] = await tx.query(
    `WITH RECURSIVE line AS (
       SELECT $2::uuid AS id
       UNION
       SELECT (t.routing->'overflow'->>'teamId')::uuid FROM line JOIN teams t ON t.id = line.id
       WHERE t.routing->'overflow'->>'teamId' IS NOT NULL
     )
     SELECT EXISTS (SELECT FROM teams WHERE id = $2) AS known, EXISTS (SELECT FROM line WHERE id = $1) AS circle`,
    [id, toId],
  );
  if (!row?.known) throw new AppError('unprocessable', 'overflow_unknown', 'the other team does not exist');
  if (row.circle)
    throw new AppError('unprocessable', 'overflow_circle', 'cases would come back to this team');
}

async function read(manager: EntityManager, id: string | null): Promise<TeamView[]> {
  const rows: Row[] = await manager.query(
    `SELECT t.*,
            coalesce((SELECT json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY a.name, a.id)
                      FROM team_members m JOIN agents a ON a.id = m.agent_id WHERE m.team_id = t.id), '[]') AS members,
            ARRAY(SELECT c.id FROM channels c WHERE c.team_id = t.id ORDER BY c.name, c.id) AS channel_ids
     FROM teams t WHERE $1::uuid IS NULL OR t.id = $1 ORDER BY lower(t.name), t.id`,
    [id],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    members: row.members,
    channelIds: row.channel_ids,
    routing: row.routing,
    closed: row.closed_at !== null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
  }));
}
