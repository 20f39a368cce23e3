import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { RoutingReason, RoutingSettings, WorkloadLimits } from '@loket/contracts/teams.js';
import { carried } from '../cases/carried.js';
import type { FreeAgent, Gift, WaitingCase } from './case-giver.js';

// Set-based, since a thousand cases may wait when a team comes to work in the morning.

/** Cases at a time. */
export const pageSize = 500;

export interface RoutingTeam {
  id: string;
  settings: RoutingSettings;
  memberIds: string[];
  skills: string[];
  languages: string[];
}

/** All teams that are not closed. */
export async function readTeams(tx: EntityManager): Promise<RoutingTeam[]> {
  return tx.query<RoutingTeam[]>(
    `SELECT t.id, t.routing AS settings,
            ARRAY(SELECT m.agent_id FROM team_members m WHERE m.team_id = t.id ORDER BY m.agent_id) AS "memberIds",
            ARRAY(SELECT DISTINCT s FROM team_members m JOIN agent_work w USING (agent_id), unnest(w.skills) s
                  WHERE m.team_id = t.id) AS skills,
            ARRAY(SELECT DISTINCT l FROM team_members m JOIN agent_work w USING (agent_id), unnest(w.languages) l
                  WHERE m.team_id = t.id) AS languages
     FROM teams t WHERE t.closed_at IS NULL ORDER BY t.id`,
  );
}

interface WorkRow {
  id: string;
  limits: WorkloadLimits;
  skills: string[];
  languages: string[];
  given_at: Date | null;
}

interface LoadRow {
  id: string;
  load: number;
  email: number;
  whatsapp: number;
  webchat: number;
  phone: number;
}

/** Members of these teams who are there, held to the end of the transaction: see AgentWork. */
export async function holdFreeAgents(
  tx: EntityManager,
  teamIds: readonly string[],
  now: Date,
): Promise<FreeAgent[]> {
  const rows: WorkRow[] = await tx.query(
    `SELECT w.agent_id AS id, w.limits, w.skills, w.languages, w.given_at
     FROM agent_work w JOIN agents a ON a.id = w.agent_id
     WHERE w.availability = 'online' AND a.disabled_at IS NULL
       AND EXISTS (SELECT FROM team_members m WHERE m.agent_id = w.agent_id AND m.team_id = ANY($1::uuid[]))
     ORDER BY w.agent_id FOR NO KEY UPDATE OF w`,
    [teamIds],
  );
  const loads: LoadRow[] = await tx.query(
    `SELECT c.assignee_id AS id, count(*)::int AS load,
            count(*) FILTER (WHERE 'email' = ANY(c.channel_kinds))::int AS email,
            count(*) FILTER (WHERE 'whatsapp' = ANY(c.channel_kinds))::int AS whatsapp,
            count(*) FILTER (WHERE 'webchat' = ANY(c.channel_kinds))::int AS webchat,
            count(*) FILTER (WHERE 'phone' = ANY(c.channel_kinds))::int AS phone
     FROM cases c
     WHERE c.assignee_id = ANY($1::uuid[]) AND ${carried('c', '$2::timestamptz')}
     GROUP BY c.assignee_id`,
    [rows.map(({ id }) => id), now],
  );
  const byId = new Map(loads.map(({ id, ...load }) => [id, load]));
  return rows.map(({ id, limits, skills, languages, given_at }): FreeAgent => {
    const { load = 0, ...loadByChannel } = byId.get(id) ?? {};
    return {
      id,
      limits,
      skills: new Set(skills),
      languages: new Set(languages),
      load,
      loadByChannel: loadByChannel satisfies Partial<Record<ChannelKind, number>>,
      lastGivenAt: given_at?.getTime() ?? 0,
    };
  });
}

/** Since when a case waits for somebody of its team: since it came there, or its customer came back to it. */
export const queuedSince =
  'greatest(coalesce(c.queued_at, c.created_at), coalesce(c.waiting_since, c.created_at))';

/** Of a case `c`, the most urgent lowest. */
export const urgency = `CASE c.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END`;

interface WaitingRow {
  id: string;
  team_id: string;
  channel_kinds: ChannelKind[];
  tags: string[];
  language: string | null;
  last_agent_id: string | null;
  taken_from_id: string | null;
  urgency: number;
  /** microseconds since 1970: no Date holds them */
  since: string;
}

export interface WaitingPage {
  cases: WaitingCase[];
  /** where the next page begins; null = this was the last */
  after: readonly [urgency: number, since: string, id: string] | null;
}

/** Cases that wait for somebody of these teams, the most urgent first, then those that wait longest. Held. */
export async function holdWaiting(
  tx: EntityManager,
  teamIds: readonly string[],
  after: WaitingPage['after'],
  now: Date,
): Promise<WaitingPage> {
  const micros = `(extract(epoch FROM ${queuedSince}) * 1000000)::bigint`;
  const rows: WaitingRow[] = await tx.query(
    `SELECT c.id, c.team_id, c.channel_kinds, c.tags, k.language, c.taken_from_id,
            ${urgency} AS urgency, ${micros}::text AS since,
            (SELECT m.agent_id FROM messages m
             WHERE m.customer_id = c.customer_id AND m.direction = 'outbound' AND m.agent_id IS NOT NULL
             ORDER BY m.created_at DESC LIMIT 1) AS last_agent_id
     FROM cases c JOIN customers k ON k.id = c.customer_id
     WHERE c.team_id = ANY($1::uuid[]) AND c.assignee_id IS NULL AND ${carried('c', '$2::timestamptz')}
       AND ($3::int IS NULL OR (${urgency}, ${micros}, c.id) > ($3::int, $4::bigint, $5::uuid))
     ORDER BY ${urgency}, ${micros}, c.id LIMIT ${pageSize}
     FOR NO KEY UPDATE OF c SKIP LOCKED`,
    [teamIds, now, ...(after ?? [null, null, null])],
  );
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return {
    cases: rows.map((row) => ({
      id: row.id,
      teamId: row.team_id,
      channelKinds: row.channel_kinds,
      tags: row.tags,
      language: row.language,
      lastAgentId: row.last_agent_id,
      takenFromId: row.taken_from_id,
    })),
    after: last ? [last.urgency, last.since, last.id] : null,
  };
}

export interface RoutedCase {
  id: string;
  version: number;
  from: string | null;
  to: string | null;
  reason: RoutingReason;
  /** when it went to another team */
  team: { from: string; to: string } | null;
}

/** Writes what was given, and when each was given something last. */
export async function writeGifts(
  tx: EntityManager,
  gifts: readonly Gift[],
  now: Date,
): Promise<RoutedCase[]> {
  const [rows]: [{ id: string; version: number }[], number] = await tx.query(
    `UPDATE cases c SET assignee_id = g.agent_id, assigned_at = $3, version = c.version + 1
     FROM unnest($1::uuid[], $2::uuid[]) AS g(case_id, agent_id)
     WHERE c.id = g.case_id RETURNING c.id, c.version`,
    [gifts.map(({ caseId }) => caseId), gifts.map(({ agentId }) => agentId), now],
  );
  await tx.query('UPDATE agent_work SET given_at = $2 WHERE agent_id = ANY($1::uuid[])', [
    gifts.map(({ agentId }) => agentId),
    now,
  ]);
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return gifts.map(({ caseId, agentId, reason }) => ({
    id: caseId,
    version: versions.get(caseId)!,
    from: null,
    to: agentId,
    reason,
    team: null,
  }));
}

/** Minutes after which a team's cases come back to it; null = never. */
export interface ReturnRule {
  teamId: string;
  silentMinutes: number | null;
  offlineMinutes: number | null;
}

/**
 * Cases whose customer waits, and whose agent has said nothing for too long, or is gone, or was gone when the customer
 * came back: they wait for their team again.
 */
export async function takeBack(
  tx: EntityManager,
  rules: readonly ReturnRule[],
  now: Date,
): Promise<RoutedCase[]> {
  const [rows]: [{ id: string; version: number; from: string; reason: 'silent' | 'gone' }[], number] =
    await tx.query(
      `UPDATE cases c
       SET assignee_id = NULL, assigned_at = NULL, queued_at = $4, taken_from_id = back.agent_id, version = c.version + 1
       FROM (
         SELECT c.id, c.assignee_id AS agent_id, why.reason
         FROM unnest($1::uuid[], $2::int[], $3::int[]) AS rule(team_id, silent, offline)
         JOIN cases c ON c.team_id = rule.team_id
         JOIN agents a ON a.id = c.assignee_id
         LEFT JOIN agent_work w ON w.agent_id = c.assignee_id
         CROSS JOIN LATERAL (
           SELECT coalesce(c.assigned_at, c.created_at) AS had,
                  CASE WHEN a.disabled_at IS NOT NULL THEN 'offline' ELSE coalesce(w.availability, 'offline') END AS state,
                  greatest(coalesce(w.since, a.created_at), coalesce(c.assigned_at, c.created_at)) AS since
         ) person
         CROSS JOIN LATERAL (
           SELECT CASE
             WHEN person.state = 'offline' AND c.waiting_since > person.since THEN 'gone'
             WHEN person.state <> 'online' AND person.since <= $4::timestamptz - rule.offline * interval '1 minute'
               THEN 'gone'
             WHEN greatest(c.waiting_since, person.had) <= $4::timestamptz - rule.silent * interval '1 minute'
               THEN 'silent'
           END AS reason
         ) why
         WHERE ${carried('c', '$4::timestamptz')} AND c.waiting_since IS NOT NULL AND why.reason IS NOT NULL
         ORDER BY c.waiting_since LIMIT ${pageSize} FOR NO KEY UPDATE OF c SKIP LOCKED
       ) back
       WHERE c.id = back.id RETURNING c.id, c.version, back.agent_id AS from, back.reason`,
      [
        rules.map(({ teamId }) => teamId),
        rules.map(({ silentMinutes }) => silentMinutes),
        rules.map(({ offlineMinutes }) => offlineMinutes),
        now,
      ],
    );
  return rows.map((row) => ({ ...row, to: null, team: null }));
}

export interface OverflowRule {
  teamId: string;
  toId: string;
  afterMinutes: number;
}

/** What nobody of a team could take in time goes to another. */
export async function overflow(
  tx: EntityManager,
  rules: readonly OverflowRule[],
  now: Date,
): Promise<RoutedCase[]> {
  const [rows]: [{ id: string; version: number; from: string; to: string }[], number] = await tx.query(
    `UPDATE cases c SET team_id = over.to_id, queued_at = $4, version = c.version + 1
     FROM (
       SELECT c.id, c.team_id AS from_id, rule.to_id
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS rule(team_id, to_id, minutes)
       JOIN cases c ON c.team_id = rule.team_id
       WHERE c.assignee_id IS NULL AND ${carried('c', '$4::timestamptz')}
         AND ${queuedSince} <= $4::timestamptz - rule.minutes * interval '1 minute'
       ORDER BY c.id LIMIT ${pageSize} FOR NO KEY UPDATE OF c SKIP LOCKED
     ) over
     WHERE c.id = over.id RETURNING c.id, c.version, over.from_id AS from, over.to_id AS to`,
    [
      rules.map(({ teamId }) => teamId),
      rules.map(({ toId }) => toId),
      rules.map(({ afterMinutes }) => afterMinutes),
      now,
    ],
  );
  return rows.map(({ id, version, from, to }) => ({
    id,
    version,
    from: null,
    to: null,
    reason: 'overflow',
    team: { from, to },
  }));
}
