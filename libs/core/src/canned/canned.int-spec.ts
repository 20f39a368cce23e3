import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCannedAnswerSchema } from '@loket/contracts/canned-answers.js';
import { createSavedViewSchema } from '@loket/contracts/saved-views.js';
import { createTeamSchema } from '@loket/contracts/teams.js';
import { startCore, type TestCore } from '../../../../test/support/core.js';
import { TeamsService } from '../teams/teams.service.js';
import { SavedViews } from '../views/saved-views.service.js';
import { CannedAnswersService } from './canned-answers.service.js';

let core: TestCore;
let canned: CannedAnswersService;
let views: SavedViews;
let rina: { id: string; supervises: boolean };
let budi: { id: string; supervises: boolean };
let boss: { id: string; supervises: boolean };
beforeAll(async () => {
  core = await startCore({ background: false });
  [canned, views] = [core.get(CannedAnswersService), core.get(SavedViews)];
  const person = async (name: string, supervises: boolean) => ({
    id: (await core.addAgent(name)).id,
    supervises,
  });
  [rina, budi, boss] = [await person('Rina', false), await person('Budi', false), await person('Sri', true)];
});
afterAll(() => core.close());

const answer = (shortcut: string, more: object = {}) =>
  createCannedAnswerSchema.parse({ shortcut, title: shortcut, texts: { id: `Halo ${shortcut}` }, ...more });
const seen = async (who: { id: string }): Promise<string[]> =>
  (await canned.list(who.id)).map((c) => c.shortcut);

describe('canned answers', () => {
  it('are one’s own, a team’s, or everybody’s', async () => {
    const team = await core
      .get(TeamsService)
      .create(boss.id, createTeamSchema.parse({ name: 'Gudang', memberIds: [budi.id] }));
    await canned.create(rina, answer('rina'));
    await canned.create(boss, answer('semua', { scope: 'all' }));
    await canned.create(boss, answer('gudang', { scope: 'team', teamId: team.id }));
    expect(await seen(rina)).toEqual(['rina', 'semua']);
    expect(await seen(budi)).toEqual(['gudang', 'semua']);
    // whoever looks after a team's answers need not be in it
    expect((await canned.list(boss.id, 'all')).map((c) => c.shortcut)).toEqual(['gudang', 'semua']);
    expect(await seen(boss)).toEqual(['semua']);
    await expect(canned.create(rina, answer('x', { scope: 'all' }))).rejects.toMatchObject({
      code: 'supervisor_needed',
    });
  });

  it('have one shortcut each among those of one scope', async () => {
    const [mine] = [await canned.create(rina, answer('dua'))];
    await expect(canned.create(rina, answer('DUA'))).rejects.toMatchObject({ code: 'shortcut_taken' });
    await canned.create(budi, answer('dua'));
    await canned.create(boss, answer('dua', { scope: 'all' }));
    const other = await canned.create(rina, answer('tiga'));
    await expect(canned.update(rina, other.id, { shortcut: 'dua' })).rejects.toMatchObject({
      code: 'shortcut_taken',
    });
    expect(await canned.update(rina, mine.id, { title: 'Baru', version: 1 })).toMatchObject({
      title: 'Baru',
      version: 2,
    });
    await expect(canned.update(rina, mine.id, { title: 'x', version: 1 })).rejects.toMatchObject({
      code: 'version_conflict',
      data: { title: 'Baru' },
    });
    await expect(canned.update(budi, mine.id, { title: 'x' })).rejects.toMatchObject({
      code: 'canned_not_found',
    });
    await canned.remove(rina, mine.id);
    await expect(canned.remove(rina, mine.id)).rejects.toMatchObject({ code: 'canned_not_found' });
  });
});

describe('saved views', () => {
  it('are one’s own until a supervisor shares them', async () => {
    const create = createSavedViewSchema.parse({
      name: 'Mendesak',
      filter: { priority: 'high,urgent', assignee: 'me' },
    });
    const mine = await views.create(rina, create);
    expect(mine.filter).toMatchObject({
      view: 'all',
      status: 'all',
      sort: 'newest',
      priority: 'high,urgent',
    });
    expect(await views.list(budi.id)).toEqual([]);
    await expect(views.update(budi, mine.id, { name: 'x' })).rejects.toMatchObject({
      code: 'view_not_found',
    });
    await expect(views.update(rina, mine.id, { shared: true })).rejects.toMatchObject({
      code: 'supervisor_needed',
    });
    const shared = await views.create(boss, { ...create, name: 'Bersama', shared: true });
    expect((await views.list(rina.id)).map(({ name }) => name)).toEqual(['Mendesak', 'Bersama']);
    await expect(views.remove(rina, shared.id)).rejects.toMatchObject({ code: 'supervisor_needed' });
    await views.remove(boss, shared.id);
    expect((await views.list(rina.id)).map(({ name }) => name)).toEqual(['Mendesak']);
  });

  it('stand in the order that their owner gave them, new ones last, and others’ stay as they are', async () => {
    const someone = { id: (await core.addAgent('Wati')).id, supervises: false };
    const save = async (actor: typeof someone, name: string): Promise<string> =>
      (await views.create(actor, createSavedViewSchema.parse({ name, filter: {} }))).id;
    const names = async (): Promise<string[]> => (await views.list(someone.id)).map(({ name }) => name);
    const [a, b, c] = [await save(someone, 'a'), await save(someone, 'b'), await save(someone, 'c')];
    const budis = await save(budi, 'milik Budi');
    await views.order(someone.id, [c, budis, a]);
    expect(await names()).toEqual(['c', 'a', 'b']);
    await save(someone, 'd');
    expect(await names()).toEqual(['c', 'a', 'b', 'd']);
    await views.order(someone.id, [b]);
    expect(await names()).toEqual(['b', 'c', 'a', 'd']);
    await views.order(budi.id, [a]);
    expect(await names()).toEqual(['b', 'c', 'a', 'd']);
    await views.remove(budi, budis);
  });
});

describe('who hears of a change', () => {
  const told = async (work: () => Promise<unknown>): Promise<unknown[]> => {
    const last = 'SELECT coalesce(max(id), 0) AS id FROM events';
    const [before]: { id: string }[] = await core.database.query(last);
    await work();
    const rows: { type: string; onlyFor: string | null }[] = await core.database.query(
      `SELECT type, data->>'onlyFor' AS "onlyFor" FROM events WHERE id > $1 ORDER BY id`,
      [before?.id],
    );
    return rows.map(({ type, onlyFor }) => [type, onlyFor]);
  };

  it('of a canned answer: whoever can use it, or could until now', async () => {
    let id = '';
    const type = 'canned_answer.updated';
    expect(await told(async () => (id = (await canned.create(boss, answer('kabar'))).id))).toEqual([
      [type, boss.id],
    ]);
    expect(await told(() => canned.update(boss, id, { scope: 'all' }))).toEqual([[type, null]]);
    expect(await told(() => canned.update(boss, id, { title: 'Kabar baik' }))).toEqual([[type, null]]);
    expect(await told(() => canned.update(boss, id, { scope: 'mine' }))).toEqual([[type, null]]);
    expect(await told(() => canned.remove(boss, id))).toEqual([[type, boss.id]]);
    const stale = () => canned.remove(boss, id).catch(() => undefined);
    expect(await told(stale)).toEqual([]);
  });

  it('of a saved view: its owner, or everybody when it is or was shared', async () => {
    let id = '';
    const type = 'view.updated';
    const create = createSavedViewSchema.parse({ name: 'Kabar', filter: {} });
    expect(await told(async () => (id = (await views.create(boss, create)).id))).toEqual([[type, boss.id]]);
    expect(await told(() => views.order(boss.id, [id]))).toEqual([[type, boss.id]]);
    expect(await told(() => views.update(boss, id, { shared: true }))).toEqual([[type, null]]);
    expect(await told(() => views.update(boss, id, { shared: false }))).toEqual([[type, null]]);
    expect(await told(() => views.update(boss, id, { name: 'Lain' }))).toEqual([[type, boss.id]]);
    expect(await told(() => views.remove(boss, id))).toEqual([[type, boss.id]]);
  });
});
