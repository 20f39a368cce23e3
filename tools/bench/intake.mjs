import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '@loket/core/entities.js';
import { EventLog } from '@loket/core/events/event-log.js';
import { IntakeService } from '@loket/core/intake/intake.service.js';
import { Clock } from '@loket/platform/clock.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { rawLoop } from './raw-loop.mjs';
import { inParallel, median, normalisedMessages } from './workload.mjs';

/** Deliveries under way at once, as from several mailboxes and web hooks. */
const width = 256;

/**
 * Intake beside the raw loop on the same database, in turns, so that both meet the same noise.
 *
 * @returns {{intakePerSecond: number, rawPerSecond: number, ratio: number}} medians over the rounds
 */
export async function compareIntake(url, channelId, { rounds, perRound }) {
  const database = await new DataSource(
    dataSourceOptions({ url, entities, migrations: [], poolSize: 8 }),
  ).initialize();
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const channel = {
    id: channelId,
    kind: 'email',
    conversational: false,
    defaultRegion: 'ID',
    reopenWithinHours: 72,
  };
  const refuse = (request) => {
    throw new Error(`a message was not taken in: ${request.reason}`);
  };
  const intake = new IntakeService(
    database,
    createLogger('warn'),
    'a secret for the benchmark, long enough',
    { find: () => Promise.resolve(channel) },
    new EventLog(),
    { add: refuse },
    new Clock(),
  );
  try {
    const [ours, theirs] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const seconds = await inParallel(normalisedMessages(channelId, perRound, round), width, (m) =>
        intake.receive(m),
      );
      const raw = await rawLoop(pool, normalisedMessages(channelId, perRound, 1000 + round));
      if (round === 0) continue; // warms up plans, caches and the compiler
      ours.push(perRound / seconds);
      theirs.push(raw);
    }
    const ratios = ours.map((o, i) => o / theirs[i]);
    return { intakePerSecond: median(ours), rawPerSecond: median(theirs), ratio: median(ratios) };
  } finally {
    await intake.onApplicationShutdown();
    await pool.end();
    await database.destroy();
  }
}
