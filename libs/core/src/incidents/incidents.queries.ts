import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { CaseStatus } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type {
  Incident,
  IncidentDelivery,
  IncidentUpdate,
  ListIncidents,
} from '@loket/contracts/incidents.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import { decodeCursor, encodeCursor } from '@loket/contracts/primitives.js';

interface IncidentRow {
  id: string;
  number: string;
  title: string;
  status: Incident['status'];
  created_by_id: string | null;
  created_by_name: string | null;
  created_at: Date;
  resolved_at: Date | null;
  version: number;
  case_count: string;
  open_case_count: string;
}

/** @returns by id; what does not exist is missing */
export async function incidentsById(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Incident>> {
  if (ids.length === 0) return new Map();
  const rows: IncidentRow[] = await manager.query(
    `SELECT n.*, a.name AS created_by_name, count(c.id) AS case_count,
            count(c.id) FILTER (WHERE c.status <> 'resolved') AS open_case_count
     FROM incidents n
     LEFT JOIN agents a ON a.id = n.created_by_id
     LEFT JOIN cases c ON c.incident_id = n.id AND c.merged_into_id IS NULL
     WHERE n.id = ANY($1::uuid[]) GROUP BY n.id, a.name`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        number: Number(row.number),
        title: row.title,
        status: row.status,
        caseCount: Number(row.case_count),
        openCaseCount: Number(row.open_case_count),
        createdBy:
          row.created_by_id === null ? null : { id: row.created_by_id, name: row.created_by_name ?? '' },
        createdAt: row.created_at.toISOString(),
        resolvedAt: row.resolved_at?.toISOString() ?? null,
        version: row.version,
      },
    ]),
  );
}

/** One page of incident ids, newest first. */
export async function listIncidentIds(
  manager: EntityManager,
  { status, cursor, limit }: ListIncidents,
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const before = cursor === undefined ? null : readCursor(cursor);
  const rows: { id: string; at: string }[] = await manager.query(
    `SELECT id, (extract(epoch FROM created_at) * 1000000)::bigint::text AS at FROM incidents
     WHERE ($1 = 'all' OR status = $1)
       AND ($3::bigint IS NULL OR
            (created_at, id) < (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $2`,
    [status, limit + 1, before?.at ?? null, before?.id ?? null],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    ids: items.map(({ id }) => id),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null,
  };
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  const valid =
    typeof at === 'string' && /^\d{1,18}$/.test(at) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id);
  if (!valid) throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  return { at, id };
}

/** Ids of the cases that are linked now, by number. */
export async function linkedCaseIds(manager: EntityManager, incidentId: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    'SELECT id FROM cases WHERE incident_id = $1 AND merged_into_id IS NULL ORDER BY number',
    [incidentId],
  );
  return rows.map(({ id }) => id);
}

interface DeliveryRow {
  update_id: string;
  case_id: string;
  case_number: string;
  case_status: CaseStatus;
  customer_name: string | null;
  address: string | null;
  message_id: string | null;
  channel_kind: ChannelKind | null;
  state: DeliveryState | null;
  blocked: string | null;
}

interface UpdateRow {
  id: string;
  text: string;
  agent_id: string;
  agent_name: string;
  created_at: Date;
}

/** What was told about an incident, newest first, and what became of it at each customer. */
export async function incidentUpdates(
  manager: EntityManager,
  where: { incidentId: string } | { updateId: string },
): Promise<IncidentUpdate[]> {
  const [column, value] =
    'updateId' in where ? ['u.id', where.updateId] : ['u.incident_id', where.incidentId];
  const updates: UpdateRow[] = await manager.query(
    `SELECT u.id, u.text, u.agent_id, a.name AS agent_name, u.created_at
     FROM incident_updates u JOIN agents a ON a.id = u.agent_id
     WHERE ${column} = $1 ORDER BY u.created_at DESC, u.id DESC LIMIT 100`,
    [value],
  );
  // A case that was merged since is called what stands for it now.
  const rows: DeliveryRow[] = await manager.query(
    `SELECT d.update_id, root.id AS case_id, root.number AS case_number, root.status AS case_status,
            k.name AS customer_name, i.verbatim AS address, d.message_id, ch.kind AS channel_kind, m.state, d.blocked
     FROM incident_deliveries d
     JOIN cases c ON c.id = d.case_id
     JOIN cases root ON root.id = coalesce(c.merged_into_id, c.id)
     LEFT JOIN messages m ON m.id = d.message_id
     LEFT JOIN channels ch ON ch.id = m.channel_id
     LEFT JOIN identities i ON i.id = m.identity_id
     JOIN customers k ON k.id = coalesce(m.customer_id, root.customer_id)
     WHERE d.update_id = ANY($1::uuid[]) ORDER BY c.number`,
    [updates.map(({ id }) => id)],
  );
  const deliveries = new Map<string, IncidentDelivery[]>(updates.map(({ id }) => [id, []]));
  for (const row of rows) deliveries.get(row.update_id)?.push(delivery(row));
  return updates.map((row) => ({
    id: row.id,
    text: row.text,
    agent: { id: row.agent_id, name: row.agent_name },
    at: row.created_at.toISOString(),
    deliveries: deliveries.get(row.id) ?? [],
  }));
}

function delivery(row: DeliveryRow): IncidentDelivery {
  return {
    caseId: row.case_id,
    caseNumber: Number(row.case_number),
    caseStatus: row.case_status,
    customerName: row.customer_name,
    address: row.address,
    messageId: row.message_id,
    channelKind: row.channel_kind,
    state: row.state,
    blocked: row.blocked,
  };
}
