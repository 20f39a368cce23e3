import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { Operation } from '@loket/contracts/operations.js';
import { decodeCursor, encodeCursor, type Page } from '@loket/contracts/primitives.js';
import { listOperationIds, operationsById } from './operations.queries.js';

/** Reading the ledger. */
@Injectable()
export class OperationsService {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** Newest first; of one case or customer, or of the whole desk. */
  async list(query: {
    case?: string | undefined;
    customer?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<Operation>> {
    const before = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const found = await listOperationIds(this.manager, query, query.limit + 1, before);
    const shown = found.slice(0, query.limit);
    const last = shown.at(-1);
    const items = await operationsById(
      this.manager,
      shown.map(({ id }) => id),
    );
    return { items, nextCursor: found.length > query.limit && last ? encodeCursor([last.position]) : null };
  }

  /** @throws AppError `not_found` `operation_not_found` */
  async get(id: string): Promise<Operation> {
    const [found] = await operationsById(this.manager, [id]);
    if (!found) throw operationNotFound();
    return found;
  }
}

export function operationNotFound(): AppError {
  return new AppError('not_found', 'operation_not_found', 'there is no such operation');
}

function readCursor(cursor: string): string {
  const [position] = decodeCursor(cursor) ?? [];
  if (typeof position !== 'string' || !/^\d{1,18}$/.test(position)) {
    throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  }
  return position;
}
