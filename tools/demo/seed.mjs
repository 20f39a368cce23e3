import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, IsNull } from 'typeorm';
import { BulkChanges } from '@loket/core/bulk/bulk.service.js';
import { Case } from '@loket/core/cases/case.entity.js';
import { IncidentsService } from '@loket/core/incidents/incidents.service.js';
import { NotesService } from '@loket/core/messages/notes.service.js';
import { NoticeWriter } from '@loket/core/notices/notice-writer.js';
import { NoticesService } from '@loket/core/notices/notices.service.js';
import { SuggestionFinder } from '@loket/core/suggestions/suggestion-finder.js';
import { Availabilities } from '@loket/core/teams/availability.service.js';
import { entities } from '@loket/core/entities.js';
import { migrations } from '@loket/core/migrations/index.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { startPostgres } from '@loket/platform/postgres/launcher.js';
import { readSecret } from '@loket/platform/secret.js';
import { day, hour } from './calendar.mjs';
import { Desk } from './desk.mjs';
import { furnish } from './house.mjs';
import { plan } from './plan.mjs';
import { Play } from './play.mjs';
import { admin, agents } from './shop.mjs';

/** Notices and suggestions are found for what happened since then; older ones nobody would look at. */
const rememberedDays = 2;

/**
 * Fills a new data folder with sixty days of work.
 *
 * Nothing is written past the services of core: people, teams and channels by theirs, what customers say by intake, answers
 * by the outbox, the rest as the console does it. Only the clock is not the real one. So every case has the versions,
 * events and counters that it would have had.
 */
export async function seed({ dataDir, cases, seed: number, now = Date.now(), tell = () => undefined }) {
  mkdirSync(join(dataDir, 'blobs'), { recursive: true, mode: 0o700 });
  // Should it be cut off, it begins anew: nothing of it has to survive a loss of power.
  const postgres = await startPostgres({
    dir: join(dataDir, 'postgres'),
    settings: { synchronous_commit: 'off' },
  });
  try {
    await migrate(postgres.url);
    const place = { dataDir, secret: readSecret(dataDir) };
    const { talks, steps } = plan({ seed: number, cases, now });
    const lately = steps.findIndex(({ at }) => at > now - rememberedDays * day);
    const past = await Desk.open(postgres.url, place);
    past.now = now - 62 * day;
    const house = await furnish(past);
    await new Play(past, house, talks).take(steps.slice(0, lately), (done) => tell(done / steps.length));
    await past.database.query('ANALYZE');
    await past.close();
    const present = await Desk.open(postgres.url, { ...place, remembers: true });
    const rest = new Play(present, house, talks);
    await rest.take(steps.slice(lately), (done) => tell((lately + done) / steps.length));
    await finish(present, house, talks, now);
    await present.close();
    return { steps: steps.length };
  } finally {
    await postgres.stop('fast');
  }
}

async function migrate(url) {
  const source = await new DataSource(dataSourceOptions({ url, entities, migrations })).initialize();
  await source.runMigrations();
  await source.destroy();
}

/** What people made of it: incidents, what they follow, and who is there now. */
async function finish(desk, house, talks, now) {
  desk.now = now;
  const incidents = desk.get(IncidentsService);
  const hit = talks.filter(({ incident, caseId }) => incident && caseId).map(({ caseId }) => caseId);
  await incidents.create({ title: 'QRIS gagal, kode E-4102', caseIds: [...new Set(hit)] }, house.admin);
  const lost = talks.filter(({ known, caseId, recent }) => caseId && !recent && known?.courier === 'Lintas Pos').slice(-24, -6); // prettier-ignore
  const { id } = await incidents.create({ title: 'Gudang Lintas Pos Cikarang tutup', caseIds: [...new Set(lost.map(({ caseId }) => caseId))] }, house.admin); // prettier-ignore
  await incidents.update(id, { status: 'resolved', resolveCases: false }, house.admin);
  await occupyAdmin(desk, house);
  await desk.get(NoticeWriter).settle();
  await desk.get(SuggestionFinder).settle();
  const here = agents.filter((one) => one.here).map(({ email }) => house.agents.get(email).id);
  desk.now = Date.now();
  await desk.get(Availabilities).active(here);
}

/** Whoever looks at the demo first signs in as the admin: some work is hers, some she follows, and she is asked. */
async function occupyAdmin(desk, house) {
  const open = await desk.database.getRepository(Case).find({
    where: { status: 'open', mergedIntoId: IsNull(), snoozedUntil: IsNull() },
    order: { lastMessageAt: 'DESC' },
    take: 40,
  });
  const ids = open.filter(({ assigneeId }) => assigneeId === null).map(({ id }) => id);
  const mine = new Map(ids.slice(0, 4).map((id) => [id, { agentId: house.admin }]));
  const boss = house.agents.get(agents[0].email);
  if (mine.size > 0) await desk.get(BulkChanges).apply(mine, undefined, { id: boss.id, supervises: true });
  const assigned = open.filter(({ id, assigneeId }) => assigneeId !== null && !mine.has(id));
  // Late in the evening hardly anything is open; something sleeps all the same.
  const asleep = assigned.slice(-Math.min(4, Math.max(1, assigned.length - 7)));
  for (const [n, { id }] of asleep.entries()) {
    const snoozedUntil = new Date(Number(desk.now) + (n + 1) * 20 * hour).toISOString();
    await desk
      .get(BulkChanges)
      .apply(new Map([[id, { snoozedUntil }]]), undefined, { id: boss.id, supervises: true });
  }
  const awake = assigned.slice(0, -asleep.length);
  for (const { id } of awake.slice(0, 6)) await desk.get(NoticesService).follow(house.admin, id);
  for (const { id, assigneeId } of awake.slice(0, 3)) {
    const text = `@${admin.name} boleh diberi pengecualian? Pelanggan lama.`;
    await desk.get(NotesService).create(id, { text, attachments: [], mentions: [house.admin] }, assigneeId);
  }
}
