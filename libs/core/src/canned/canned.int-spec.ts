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
});
