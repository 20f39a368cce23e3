import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { jobContracts, type JobData, type JobName } from '@loket/contracts/jobs.js';

export const QUEUE = 'loket';

export type JobHandler<N extends JobName> = (data: JobData<N>) => Promise<void>;

/**
 * Background work (DESIGN §8), on PostgreSQL or Redis. What must not be lost is a row in the database first; a job only
 * says that it is time to look at it. So a job that fails is not repeated: a sweep over the rows makes the next one.
 */
@Injectable()
export class JobQueue {
  private readonly handlers = new Map<JobName, (data: unknown) => Promise<void>>();

  constructor(@InjectQueue(QUEUE) private readonly queue: Queue) {}

  /** One handler per name; call it in `onModuleInit`. */
  handle<N extends JobName>(name: N, handler: JobHandler<N>): void {
    if (this.handlers.has(name)) throw new Error(`job ${name} has two handlers`);
    this.handlers.set(name, (data) => handler(jobContracts[name].parse(data) as JobData<N>));
  }

  handlerOf(name: string): ((data: unknown) => Promise<void>) | undefined {
    return this.handlers.get(name as JobName);
  }

  /** Never enqueue one by one on the way in of messages: PostgreSQL's NOTIFY serialises commits. */
  async add<N extends JobName>(
    name: N,
    data: JobData<N>,
    /** a job with this id that waits or runs already is not added again */
    id?: string,
  ): Promise<void> {
    await this.queue.add(name, data, {
      removeOnComplete: true,
      removeOnFail: true,
      ...(id === undefined ? {} : { jobId: id }),
    });
  }

  /** Runs a job again and again, once for all processes together. */
  async every<N extends JobName>(name: N, data: JobData<N>, intervalMs: number): Promise<void> {
    await this.queue.upsertJobScheduler(
      name,
      { every: intervalMs },
      { name, data, opts: { removeOnComplete: true, removeOnFail: true } },
    );
  }
}
