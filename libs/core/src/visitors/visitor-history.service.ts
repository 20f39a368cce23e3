import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { decodeCursor, encodeCursor } from '@loket/contracts/primitives.js';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import type {
  VisitorAgent,
  VisitorHistory as HistoryPage,
  VisitorMessage,
  VisitorMessageState,
} from '@loket/contracts/visitors.js';
import { Clock } from '@loket/platform/clock.js';
import { SECRET } from '@loket/platform/secret.js';
import { signedPicturePath } from '../access/picture-paths.js';
import { signedFileUrl } from './signed-file-url.js';
import { readHistory, readVisible, type VisibleMessage } from './visitor-view.queries.js';

/** What visitors see. */
@Injectable()
export class VisitorHistory {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(SECRET) private readonly secret: string,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws AppError `invalid` `invalid` for a cursor that is not ours */
  async page(
    visitorId: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<HistoryPage> {
    const rows = await readHistory(this.manager, visitorId, limit + 1, positionOf(cursor));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => this.shown(row)),
      nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
    };
  }

  /** The same messages, for the sockets of whoever may see them. */
  async messages(
    messageIds: readonly string[],
  ): Promise<{ visitorId: string; channelId: string; message: VisitorMessage }[]> {
    if (messageIds.length === 0) return [];
    const rows = await readVisible(this.manager, messageIds);
    return rows.map((row) => ({
      visitorId: row.visitorId,
      channelId: row.channelId,
      message: this.shown(row),
    }));
  }

  /** Who answered last. */
  async agent(visitorId: string): Promise<VisitorAgent> {
    const [row]: { name: string | null; sha256: string | null }[] = await this.manager.query(
      `SELECT m.sender->>'name' AS name, g.picture->>'sha256' AS sha256 FROM visitors v
       JOIN threads t ON t.channel_id = v.channel_id AND t.conversation = v.id::text
       JOIN messages m ON m.thread_id = t.id AND m.direction = 'outbound' AND m.agent_id IS NOT NULL
       JOIN agents g ON g.id = m.agent_id
       WHERE v.id = $1 ORDER BY m.created_at DESC, m.id DESC LIMIT 1`,
      [visitorId],
    );
    if (!row?.name) return null;
    return { name: row.name.slice(0, 120), picture: signedPicturePath(this.secret, row.sha256) };
  }

  private shown(row: VisibleMessage): VisitorMessage {
    const { id, direction, externalId, name, text, createdAt, via, attachments } = row;
    const own = direction === 'inbound';
    const prefix = `${row.visitorId}:`;
    return {
      id,
      clientId: own && externalId?.startsWith(prefix) ? externalId.slice(prefix.length) : null,
      from: own ? 'visitor' : 'agent',
      name: own ? null : (name?.slice(0, 120) ?? null),
      picture: own ? null : signedPicturePath(this.secret, row.pictureSha256),
      text: text.slice(0, 200_000),
      attachments: attachments.slice(0, 50).map((file) => ({
        id: file.id,
        name: file.name.slice(0, visitorLimits.fileName),
        mediaType: file.mediaType.slice(0, 255),
        size: Number(file.size),
        url: signedFileUrl(this.secret, file.id, file.name, this.clock.now()),
      })),
      at: createdAt.toISOString(),
      state: stateOf(row),
      via,
    };
  }
}

function stateOf(message: VisibleMessage): VisitorMessageState {
  const { direction, state, createdAt, deliveredAt, readAt } = message;
  const reached = (mark: Date | null): boolean => mark !== null && mark >= createdAt;
  if (direction === 'inbound') return reached(readAt) ? 'read' : reached(deliveredAt) ? 'delivered' : 'sent';
  return state === 'delivered' || state === 'read' ? state : 'sent';
}

function positionOf(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor) ?? [];
  const time = typeof at === 'string' ? new Date(at) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime()) || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id))
    throw new AppError('invalid', 'invalid', 'that is no cursor of ours');
  return { at: time, id };
}
