import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '@loket/core/entities.js';
import { EventLog } from '@loket/core/events/event-log.js';
import { IntakeService } from '@loket/core/intake/intake.service.js';
import { defaultMatching, limitsOf } from '@loket/core/matching/settings.js';
import { builtInLexicon } from '@loket/core/matching/text/lexicon.js';
import { SuggestionWriter } from '@loket/core/suggestions/suggestion-writer.js';
import { Clock } from '@loket/platform/clock.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { rawLoop } from './raw-loop.mjs';
import { inParallel, median, normalisedMessages } from './workload.mjs';

/** Deliveries under way at once, as from several mailboxes and web hooks. */
const width = 256;

/**
 * Intake beside the raw loop, and beside itself with the comparing of texts switched off, on the same database and in
 * turns, so that all meet the same noise.
 *
 * @param senders so many people write
 * @returns {{intakePerSecond: number, plainPerSecond: number, rawPerSecond: number, ratio: number,
 *   matchingRatio: number}} medians over the rounds; `ratio` to the raw loop, `matchingRatio` to intake without matching
 */
export async function compareIntake(url, channelId, { rounds, perRound, senders }) {
  const database = await new DataSource(
    dataSourceOptions({ url, entities, migrations: [], poolSize: 8 }),
  ).initialize();
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const channel = {
    id: channelId,
    kind: 'email',
    conversational: false,
    defaultRegion: 'ID',
    trustCallerId: true,
    reopenWithinHours: 72,
  };
  const refuse = (request) => {
    throw new Error(`a message was not taken in: ${request.reason}`);
  };
  const events = new EventLog();
  const intakeWith = (preset) => {
    const matching = { ...limitsOf({ ...defaultMatching, preset }), lexicon: builtInLexicon };
    return new IntakeService(
      database,
      createLogger('warn'),
      'a secret for the benchmark, long enough',
      { find: () => Promise.resolve(channel) },
      events,
      { add: refuse },
      new Clock(),
      { current: () => matching },
      new SuggestionWriter(events),
    );
  };
  const intake = intakeWith('balanced');
  const plain = intakeWith('off');
  const { rows } = await pool.query('SELECT max(number) AS newest FROM cases');
  const perSecond = async (service, seed) => {
    // Agents work meanwhile: a customer has a case or two open, not dozens.
    await pool.query(`UPDATE cases SET status = 'resolved' WHERE number > $1 AND status <> 'resolved'`, [
      rows[0].newest,
    ]);
    const seconds = await inParallel(normalisedMessages(channelId, perRound, seed, senders), width, (m) =>
      service.receive(m),
    );
    return perRound / seconds;
  };
  try {
    const [ours, plains, theirs] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      const [withMatching, without] =
        round % 2 === 0
          ? [await perSecond(intake, 2 * round), await perSecond(plain, 2 * round + 1)]
          : [await perSecond(plain, 2 * round + 1), await perSecond(intake, 2 * round)].reverse();
      const raw = await rawLoop(pool, normalisedMessages(channelId, perRound, 1000 + round, senders));
      if (round === 0) continue; // warms up plans, caches and the compiler
      ours.push(withMatching);
      plains.push(without);
      theirs.push(raw);
    }
    return {
      intakePerSecond: median(ours),
      plainPerSecond: median(plains),
      rawPerSecond: median(theirs),
      ratio: median(ours.map((o, i) => o / theirs[i])),
      matchingRatio: median(ours.map((o, i) => o / plains[i])),
    };
  } finally {
    await intake.onApplicationShutdown();
    await plain.onApplicationShutdown();
    await pool.end();
    await database.destroy();
  }
}
