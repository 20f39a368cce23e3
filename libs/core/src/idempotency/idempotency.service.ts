import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { SECRET } from '@loket/platform/secret.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** How long an answer can be had again. */
export const keepMs = 48 * 60 * 60 * 1000;
/** After this time a first request that has not answered is taken for dead; no statement runs longer. */
export const leaseMs = 90_000;

export interface RepeatableRequest {
  /** agent or token */
  ownerId: string;
  key: string;
  method: string;
  path: string;
  body: unknown;
}
export interface StoredAnswer {
  status: number;
  body: unknown;
}

/** Repeating a write under its Idempotency-Key repeats the answer, not the write. */
@Injectable()
export class IdempotencyService {
  constructor(
    @InjectRepository(IdempotencyKey) private readonly keys: Repository<IdempotencyKey>,
    private readonly clock: Clock,
    @Inject(SECRET) private readonly secret: string,
  ) {}

  /**
   * @returns the answer of the first request, or null when this is the first: then it must end in `complete` or `abandon`
   * @throws AppError conflict `idempotency_key_reused` for another request under the key, `idempotency_in_progress` while
   *   the first is under way
   */
  async begin(request: RepeatableRequest): Promise<StoredAnswer | null> {
    const { ownerId, key } = request;
    const requestHash = this.hash(request);
    const now = this.clock.now();
    const dead = new Date(now.getTime() - leaseMs);
    const old = new Date(now.getTime() - keepMs);
    // Takes the key when it is free, too old, or left behind by a process that died.
    const taken = await this.keys.query<unknown[]>(
      `INSERT INTO idempotency_keys (owner_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (owner_id, key) DO UPDATE
         SET request_hash = excluded.request_hash, status = NULL, body = NULL, created_at = excluded.created_at
         WHERE idempotency_keys.created_at < $6
            OR (idempotency_keys.status IS NULL AND idempotency_keys.created_at < $5
                AND idempotency_keys.request_hash = excluded.request_hash)
       RETURNING key`,
      [ownerId, key, requestHash, now, dead, old],
    );
    if (taken.length > 0) return null;

    const row = await this.keys.findOneBy({ ownerId, key });
    if (row && row.requestHash !== requestHash)
      throw new AppError('conflict', 'idempotency_key_reused', 'this key was used for another request');
    if (row?.status == null) {
      throw new AppError(
        'conflict',
        'idempotency_in_progress',
        'the first request with this key is under way',
        {
          data: { retryAfterSeconds: 1 },
        },
      );
    }
    return { status: row.status, body: row.body };
  }

  async complete({ ownerId, key }: RepeatableRequest, { status, body }: StoredAnswer): Promise<void> {
    await this.keys.query(
      `UPDATE idempotency_keys SET status = $3, body = $4::jsonb WHERE owner_id = $1 AND key = $2`,
      [ownerId, key, status, body === undefined ? null : JSON.stringify(body)],
    );
  }

  /** The request failed and changed nothing, so that it may be tried again under the same key. */
  async abandon({ ownerId, key }: RepeatableRequest): Promise<void> {
    await this.keys.query(
      `DELETE FROM idempotency_keys WHERE owner_id = $1 AND key = $2 AND status IS NULL`,
      [ownerId, key],
    );
  }

  /** Forgets answers that nobody will ask for any more. */
  async prune(): Promise<void> {
    await this.keys.delete({ createdAt: LessThan(new Date(this.clock.now().getTime() - keepMs)) });
  }

  /** Keyed, because bodies may hold passwords, and a plain hash of a short secret can be guessed. */
  private hash({ method, path, body }: RepeatableRequest): string {
    return createHmac('sha256', this.secret)
      .update(`${method} ${path}\n${JSON.stringify(body ?? null)}`)
      .digest('hex');
  }
}
