import { Readable } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { BusRequest } from '@loket/contracts/bus.js';
import type {
  CallImport,
  CallImportPreview,
  CallImportProblem as Told,
  CallImportSettings,
} from '@loket/contracts/call-imports.js';
import { callJsonMediaType } from '@loket/contracts/call-views.js';
import { AppError } from '@loket/contracts/errors.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { CallImportRow } from './call-import.entity.js';

const sweepMs = 30_000;
/** Work that has told nothing for so long is taken up by whoever finds it; that it is done twice harms nothing. */
const staleMs = 60_000;
/** Problems that are kept of one file; who has more has mapped the wrong columns. */
const mostProblems = 100_000;
const nothing = { bytes: 0, rows: 0, imported: 0, known: 0, failed: 0 };

/**
 * Files of calls. The rows are the truth: a file whose work was cut off is begun anew, and what is here already is known
 * by its ids.
 */
@Injectable()
export class CallImports implements OnModuleInit, OnApplicationBootstrap {
  private readonly running = new Set<string>();

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    private readonly directory: ChannelDirectory,
    private readonly blobs: BlobStore,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.bus.handle('imports.report', (report) => this.report(report));
    // Does not wait for it: a long file must not keep a process from ending.
    this.jobs.handle('run-call-imports', () => this.takeUp());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('run-call-imports', {}, sweepMs);
  }

  /** @throws AppError `unprocessable` `channel_takes_no_calls`, `invalid` `empty_body`, `not_found` */
  async upload(
    channelId: string,
    file: { bytes: Readable; name: string; mediaType: string },
    agentId: string,
  ): Promise<CallImport> {
    const { kind, config } = await this.directory.ref(channelId);
    const { rawMediaTypes } = await this.directory.capabilities(kind, config);
    if (!rawMediaTypes.includes(callJsonMediaType))
      throw new AppError('unprocessable', 'channel_takes_no_calls', 'this channel is no telephone line');
    const { sha256, size, mediaType } = await this.blobs.put(file.bytes, file.mediaType);
    if (size === 0) throw new AppError('invalid', 'empty_body', 'the file is empty');
    const now = this.clock.now();
    const id = newId();
    const blob = { sha256, size, mediaType, name: file.name.slice(0, 255) };
    await this.manager.insert(CallImportRow, {
      ...{ id, channelId, agentId, ...blob, progress: nothing, touchedAt: now, createdAt: now },
    });
    return this.get(channelId, id);
  }

  async list(channelId: string): Promise<CallImport[]> {
    const rows = await this.manager.find(CallImportRow, {
      where: { channelId },
      order: { createdAt: 'DESC' },
      take: 20,
    });
    return Promise.all(rows.map((row) => this.view(row)));
  }

  /** @throws AppError `not_found` `import_not_found` */
  async get(channelId: string, id: string): Promise<CallImport> {
    return this.view(await this.find(channelId, id));
  }

  /** How the file would be read, by itself or as somebody has set it. @throws AppError `unprocessable` */
  async preview(channelId: string, id: string, settings?: CallImportSettings): Promise<CallImportPreview> {
    const row = await this.find(channelId, id);
    const channel = await this.directory.ref(channelId);
    const request = { channel, file: blobOf(row), ...(settings && { settings }) };
    return this.bus.request('channel.previewImport', request);
  }

  /** Begins, also again: what is here already is known. @throws AppError `conflict` `import_running` */
  async start(channelId: string, id: string, settings: CallImportSettings): Promise<CallImport> {
    await this.find(channelId, id);
    const [, started]: [unknown, number] = await this.manager.query(
      `UPDATE call_imports SET state = 'running', settings = $2, reason = NULL, progress = $3, finished_at = NULL,
         touched_at = to_timestamp(0)
       WHERE id = $1 AND state <> 'running'`,
      [id, JSON.stringify(settings), JSON.stringify(nothing)],
    );
    if (started === 0) throw new AppError('conflict', 'import_running', 'this file is being read already');
    await this.manager.query('DELETE FROM call_import_problems WHERE import_id = $1', [id]);
    await this.jobs.add('run-call-imports', {});
    return this.get(channelId, id);
  }

  /** What was wrong, as CSV, a part at a time. */
  async problems(channelId: string, id: string): Promise<Readable> {
    await this.find(channelId, id);
    return Readable.from(this.problemLines(id));
  }

  private async *problemLines(id: string): AsyncGenerator<string> {
    yield 'line,column,field,severity,code,value\r\n';
    for (let line = 0, place = ''; ;) {
      const rows: { line: number; place: string; problem: Told }[] = await this.manager.query(
        `SELECT line, place, problem FROM call_import_problems
         WHERE import_id = $1 AND (line, place) > ($2, $3) ORDER BY line, place LIMIT 1000`,
        [id, line, place],
      );
      const last = rows.at(-1);
      if (!last) return;
      ({ line, place } = last);
      yield rows.map(({ problem }) => `${csvLine(problem)}\r\n`).join('');
    }
  }

  private async takeUp(): Promise<void> {
    const stale = new Date(this.clock.now().getTime() - staleMs);
    const [rows]: [{ id: string }[], number] = await this.manager.query(
      `UPDATE call_imports SET touched_at = $2 WHERE id IN (
         SELECT id FROM call_imports WHERE state = 'running' AND touched_at < $1 ORDER BY created_at LIMIT 2
         FOR UPDATE SKIP LOCKED) RETURNING id`,
      [stale, this.clock.now()],
    );
    for (const { id } of rows) if (!this.running.has(id)) void this.run(id);
  }

  /** Never throws: what cannot be done now is taken up again by the sweep. */
  private async run(id: string): Promise<void> {
    this.running.add(id);
    try {
      const row = await this.manager.findOneByOrFail(CallImportRow, { id });
      const channel = await this.directory.ref(row.channelId);
      if (!row.settings)
        throw new AppError('unprocessable', 'import_unreadable', 'nobody said how to read it');
      const { settings } = row;
      const progress = await this.bus.request('channel.runImport', {
        ...{ importId: id, channel, file: blobOf(row), settings },
      });
      await this.finish(id, 'done', null);
      this.logger.info({ importId: id, ...progress }, 'calls imported');
    } catch (err) {
      const passes = !(err instanceof AppError) || err.kind === 'unavailable';
      this.logger.warn({ err, importId: id }, passes ? 'import waits for the next try' : 'import failed');
      if (!passes) await this.finish(id, 'failed', err.code).catch(() => undefined);
    } finally {
      this.running.delete(id);
    }
  }

  private async finish(id: string, state: 'done' | 'failed', reason: string | null): Promise<void> {
    await this.manager.update(CallImportRow, { id }, { state, reason, finishedAt: this.clock.now() });
  }

  private async report({
    importId,
    progress,
    problems,
  }: BusRequest<'imports.report'>): Promise<Record<string, never>> {
    await this.manager.update(CallImportRow, { id: importId }, { progress, touchedAt: this.clock.now() });
    if (problems.length > 0)
      await this.manager.query(
        `INSERT INTO call_import_problems (id, import_id, line, place, problem)
         SELECT n.id, $1, n.line, n.place, n.problem
         FROM unnest($2::uuid[], $3::int[], $4::text[], $5::jsonb[]) AS n(id, line, place, problem)
         WHERE (SELECT count(*) FROM call_import_problems WHERE import_id = $1) < $6
         ON CONFLICT DO NOTHING`,
        [
          importId,
          problems.map(() => newId()),
          problems.map(({ line }) => line),
          problems.map(({ column, field, code }) => `${String(column)}:${String(field)}:${code}`),
          problems.map((problem) => JSON.stringify(problem)),
          mostProblems,
        ],
      );
    return {};
  }

  private async find(channelId: string, id: string): Promise<CallImportRow> {
    const row = await this.manager.findOneBy(CallImportRow, { id, channelId });
    if (!row) throw new AppError('not_found', 'import_not_found', 'there is no such import');
    return row;
  }

  private async view(row: CallImportRow): Promise<CallImport> {
    const [{ n }]: [{ n: number }] = await this.manager.query(
      'SELECT count(*)::int AS n FROM call_import_problems WHERE import_id = $1',
      [row.id],
    );
    const { id, channelId, name, size, sha256, state, reason, progress, createdAt, finishedAt } = row;
    return {
      ...{ id, channelId, name, size, sha256, state, reason, progress, problems: n },
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  }
}

function blobOf({ sha256, size, mediaType }: CallImportRow): BlobRef {
  return { sha256, size, mediaType };
}

/** A cell that a spreadsheet would take for a formula is shown as text (CWE-1236). */
function csvLine({ line, column, field, severity, code, value }: Told): string {
  const cells = [line, column === null ? '' : column + 1, field ?? '', severity, code, value];
  return cells
    .map((cell) => (/^[=+\-@\t\r]/.test(String(cell)) ? `'${String(cell)}` : String(cell)))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}
