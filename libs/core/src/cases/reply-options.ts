import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReplyOption } from '@loket/contracts/cases.js';
import type { ChannelCapabilities, ChannelKind } from '@loket/contracts/channels.js';
import type { IdentityKind, Proof, SenderProof } from '@loket/contracts/inbound.js';
import { Clock } from '@loket/platform/clock.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { lineKeyOf } from '../customers/address-keys.js';
import { lastWrittenFrom, placeKey } from './reply-windows.js';

/** Free text cannot go any more; a template can, where the channel has them. */
export const windowClosed = 'window_closed';

/** One way to answer, with what the sending needs beyond what clients see. */
export interface ReplyRoute extends ReplyOption {
  identityKind: IdentityKind;
  /** normalised address */
  identityValue: string;
  customerId: string;
  customerName: string | null;
  capabilities: ChannelCapabilities;
  /** the thread that goes on; null opens a new one */
  threadId: string | null;
  /** under which the other side knows that thread */
  threadSubject: string | null;
}

interface Row {
  channel_id: string;
  channel_name: string;
  channel_kind: ChannelKind;
  channel_address: string | null;
  enabled: boolean;
  config_parts: string[];
  identity_id: string;
  identity_kind: IdentityKind;
  identity_value: string;
  verbatim: string;
  proof: Proof;
  resolves: boolean;
  undeliverable: boolean;
  customer_id: string;
  customer_name: string | null;
  thread_id: string | null;
  thread_subject: string | null;
  newest: boolean;
  newest_proof: SenderProof | null;
}

/** By which channels and to which addresses a case can be answered. */
@Injectable()
export class ReplyOptions {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly clock: Clock,
  ) {}

  async list(manager: EntityManager, caseId: string): Promise<ReplyOption[]> {
    const routes = await this.routes(manager, caseId);
    return routes.map(
      ({
        identityKind,
        identityValue,
        customerId,
        customerName,
        capabilities,
        threadId: _threadId,
        threadSubject,
        ...option
      }) => ({ ...option, subject: capabilities.subject ? threadSubject : null }),
    );
  }

  /** The preferred one first. Several, also when none can be used now: `blocked` says why. */
  async routes(manager: EntityManager, caseId: string): Promise<ReplyRoute[]> {
    const rows: Row[] = await manager.query(
      `WITH newest AS (
         SELECT m.channel_id, m.identity_id, m.sender->>'proof' AS proof FROM messages m
         WHERE m.case_id = $1 AND m.direction = 'inbound'
         ORDER BY m.automatic IS NOT NULL, m.created_at DESC, m.id DESC LIMIT 1
       )
       SELECT ch.id AS channel_id, ch.name AS channel_name, ch.kind AS channel_kind, ch.address AS channel_address,
              ch.enabled, ARRAY(SELECT jsonb_object_keys(ch.config)) AS config_parts,
              i.id AS identity_id, i.kind AS identity_kind, i.value AS identity_value, i.verbatim, i.proof,
              i.resolves, i.undeliverable_at IS NOT NULL AS undeliverable,
              k.id AS customer_id, k.name AS customer_name, t.thread_id, t.subject AS thread_subject,
              (n.channel_id = ch.id AND n.identity_id = i.id) IS TRUE AS newest, n.proof AS newest_proof
       FROM cases c
       CROSS JOIN channels ch
       LEFT JOIN newest n ON true
       -- As an array, since an OR between the two would read the identities of everybody.
       JOIN identities i ON i.id = ANY(ARRAY(
         SELECT id FROM identities WHERE customer_id = (SELECT customer_id FROM cases WHERE id = $1)
         UNION SELECT identity_id FROM newest))
       JOIN customers k ON k.id = i.customer_id
       LEFT JOIN LATERAL (
         SELECT m.thread_id, m.subject FROM messages m
         WHERE m.case_id = c.id AND m.channel_id = ch.id AND m.identity_id = i.id
         ORDER BY m.created_at DESC, m.id DESC LIMIT 1
       ) t ON true
       WHERE c.id = $1
         -- A browser is a visitor of one site; through another's chat nothing would ever reach it.
         AND (i.kind <> 'visitor' OR t.thread_id IS NOT NULL
              OR EXISTS (SELECT FROM visitors v WHERE v.id::text = i.value AND v.channel_id = ch.id))
       ORDER BY newest DESC, t.thread_id IS NULL, i.proof = 'verified' DESC, ch.created_at, i.created_at, ch.id, i.id`,
      [caseId],
    );
    const routes: ReplyRoute[] = [];
    for (const row of rows) {
      const capabilities = await this.channels.capabilities(row.channel_kind, row.config_parts);
      if (capabilities.send && capabilities.sendsTo.includes(row.identity_kind))
        routes.push({ ...route(row, capabilities), capabilities });
    }
    await this.closeWindows(manager, routes);
    const ways = oncePerLine(routes);
    const preferred = ways.find((r) => r.preferred) ?? ways.find((r) => r.blocked === null) ?? ways[0];
    return ways.map((r) => ({ ...r, preferred: r === preferred }));
  }

  /** Where free text is allowed for some hours only. Nothing is asked where no channel has such a window. */
  private async closeWindows(manager: EntityManager, routes: readonly ReplyRoute[]): Promise<void> {
    const windowed = routes.filter((route) => route.capabilities.replyWindowHours !== null);
    const written = await lastWrittenFrom(manager, windowed);
    const now = this.clock.now().getTime();
    for (const route of windowed) {
      const last = written.get(placeKey(route));
      const hours = route.capabilities.replyWindowHours ?? 0;
      const closes = last === undefined ? null : last.getTime() + hours * 3_600_000;
      route.windowClosesAt = closes === null ? null : new Date(closes).toISOString();
      // Reasons that hold for templates too go first.
      if (closes === null || closes <= now) route.blocked ??= windowClosed;
    }
  }
}

/** A number that is known from calls and from chats is one way on each channel: the first, or the first that is free. */
function oncePerLine(routes: readonly ReplyRoute[]): ReplyRoute[] {
  const kept = new Map<string, ReplyRoute>();
  for (const route of routes) {
    const line = lineKeyOf(route.identityKind, route.identityValue);
    const key = [route.channelId, route.customerId, line ?? route.identityId].join(' ');
    const before = kept.get(key);
    if (!before || (!before.preferred && before.blocked !== null && route.blocked === null))
      kept.set(key, route);
  }
  const ways = new Set(kept.values());
  return routes.filter((route) => ways.has(route));
}

function route(row: Row, capabilities: ChannelCapabilities): Omit<ReplyRoute, 'capabilities'> {
  return {
    channelId: row.channel_id,
    channelName: row.channel_name,
    channelKind: row.channel_kind,
    channelAddress: row.channel_address,
    identityId: row.identity_id,
    address: row.verbatim,
    preferred: row.newest,
    blocked: blockedBy(row, capabilities),
    caution: cautionOf(row),
    windowClosesAt: null,
    identityKind: row.identity_kind,
    identityValue: row.identity_value,
    customerId: row.customer_id,
    customerName: row.customer_name,
    threadId: row.thread_id,
    threadSubject: row.thread_subject,
  };
}

function blockedBy(row: Row, { sendNeeds }: ChannelCapabilities): string | null {
  if (!row.enabled) return 'channel_disabled';
  if (sendNeeds !== undefined && !row.config_parts.includes(sendNeeds)) return `no_${sendNeeds}`;
  if (row.undeliverable) return 'undeliverable';
  // An address that somebody only claimed, and that is not the one he writes from, may be anybody's.
  if (!row.resolves && !row.newest) return 'unproven';
  return null;
}

function cautionOf(row: Row): string | null {
  // Whoever he is: the answer goes to the very browser that wrote.
  if (row.identity_kind === 'visitor') return null;
  if (!row.newest) return row.proof === 'verified' ? null : 'sender_unproven';
  if (row.newest_proof === 'failed') return 'sender_proof_failed';
  return row.newest_proof === 'verified' || row.proof === 'verified' ? null : 'sender_unproven';
}
