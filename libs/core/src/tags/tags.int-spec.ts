import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSavedViewSchema } from '@loket/contracts/saved-views.js';
import { createTagSchema } from '@loket/contracts/tags.js';
import { message, nobody, startCore, type TestCore } from '../../../../test/support/core.js';
import { BulkChanges } from '../bulk/bulk.service.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { Event } from '../events/event.entity.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { AgentWorkService } from '../teams/agent-work.service.js';
import { SavedViews } from '../views/saved-views.service.js';
import { TagReplacements } from './tag-replacements.js';
import { TagsService } from './tags.service.js';

let core: TestCore;
let tags: TagsService;
let sri: string;
let channelId: string;
beforeAll(async () => {
  core = await startCore({ background: false });
  tags = core.get(TagsService);
  sri = (await core.addAgent('Sri')).id;
  channelId = await core.addChannel();
});
afterAll(() => core.close());

const create = (name: string, more: object = {}) =>
  tags.create(sri, createTagSchema.parse({ name, ...more }));
let people = 0;
const caseWith = async (...words: string[]): Promise<string> => {
  const { caseId } = await core.receive(
    message(channelId, { from: `p${String(people++)}@pelanggan.example` }),
  );
  if (words.length > 0) await core.get(CaseChanges).update(caseId, { tags: words }, sri);
  return caseId;
};
const tagsOf = async (caseId: string): Promise<string[]> => (await core.get(CasesService).get(caseId)).tags;
const usageOf = async (name: string) => (await tags.usage()).find((one) => one.name === name);

describe('tags', () => {
  it('have one name each, whatever the case of its letters', async () => {
    const refund = await create('Refund', { colour: 'blue', description: 'Uang kembali' });
    expect(refund).toMatchObject({ name: 'Refund', archived: false, updating: false, version: 1 });
    await expect(create('refund')).rejects.toMatchObject({ code: 'tag_name_taken', data: { id: refund.id } });
    const other = await create('Ongkir');
    await expect(tags.update(sri, other.id, { name: 'REFUND' })).rejects.toMatchObject({
      code: 'tag_name_taken',
    });
    expect(await tags.update(sri, refund.id, { name: 'refund', version: 1 })).toMatchObject({ version: 2 });
    await expect(tags.update(sri, refund.id, { archived: true, version: 1 })).rejects.toMatchObject({
      code: 'version_conflict',
      data: { name: 'refund' },
    });
    await expect(tags.update(sri, nobody, { archived: true })).rejects.toMatchObject({
      code: 'tag_not_found',
    });
  });

  it('tell how many cases have them, free words too', async () => {
    const [a] = [await caseWith('Hitung', 'kata bebas'), await caseWith('Hitung')];
    await core.get(CaseChanges).update(a, { status: 'resolved' }, sri);
    expect(await usageOf('Hitung')).toEqual({ name: 'Hitung', cases: 2, open: 1 });
    expect(await usageOf('kata bebas')).toMatchObject({ cases: 1 });
  });

  it('bring a new name to all cases, saved views and skills, in batches and only once', async () => {
    const tag = await create('komplain');
    const cases = [await caseWith('a', 'komplain', 'z'), await caseWith('Keluhan', 'komplain')];
    const untouched = await caseWith('komplain lain');
    // more than one batch
    await core.database.query(
      `INSERT INTO cases (id, subject, customer_id, tags, last_message_at)
       SELECT gen_random_uuid(), 'x', c.customer_id, '{komplain}', now()
       FROM cases c, generate_series(1, 700) WHERE c.id = $1`,
      [untouched],
    );
    await core.get(AgentWorkService).update(sri, sri, { skills: ['komplain', 'grosir'] });
    const view = await core
      .get(SavedViews)
      .create(
        { id: sri, supervises: true },
        createSavedViewSchema.parse({ name: 'Komplain', filter: { tag: 'komplain' } }),
      );
    const { version } = await core.get(CasesService).get(cases[0]!);

    expect(await tags.update(sri, tag.id, { name: 'Keluhan' })).toMatchObject({ updating: true });
    await core.get(TagReplacements).run();
    expect(await Promise.all(cases.map(tagsOf))).toEqual([['a', 'Keluhan', 'z'], ['Keluhan']]);
    expect(await tagsOf(untouched)).toEqual(['komplain lain']);
    expect(await usageOf('komplain')).toBeUndefined();
    expect(await usageOf('Keluhan')).toMatchObject({ cases: 702 });
    expect((await tags.list()).find(({ id }) => id === tag.id)).toMatchObject({ updating: false });
    expect((await core.get(AgentWorkService).get(sri)).skills.sort()).toEqual(['grosir', 'keluhan']);
    expect((await core.get(SavedViews).list(sri)).find(({ id }) => id === view.id)?.filter.tag).toBe(
      'Keluhan',
    );
    const told = await core.database
      .getRepository(Event)
      .find({ where: { caseId: cases[0]!, type: 'case.updated' }, order: { id: 'DESC' } });
    expect(told[0]).toMatchObject({
      actorId: sri,
      version: version + 1,
      data: { tags: { from: ['a', 'komplain', 'z'], to: ['a', 'Keluhan', 'z'] } },
    });
    const before = told.length;
    await core.get(TagReplacements).run();
    expect(
      await core.database.getRepository(Event).countBy({ caseId: cases[0]!, type: 'case.updated' }),
    ).toBe(before);
  });

  it('go the whole way when they are renamed again before the first is done', async () => {
    const tag = await create('satu');
    const one = await caseWith('satu');
    await tags.update(sri, tag.id, { name: 'dua' });
    await tags.update(sri, tag.id, { name: 'tiga' });
    await core.get(TagReplacements).run();
    expect(await tagsOf(one)).toEqual(['tiga']);
  });

  it('merge: cases that have both keep one', async () => {
    const [from, into] = [await create('kirim'), await create('Pengiriman')];
    const both = await caseWith('Pengiriman', 'kirim');
    const first = await caseWith('kirim');
    await expect(tags.merge(sri, from.id, from.id)).rejects.toMatchObject({ code: 'tag_into_itself' });
    await expect(tags.merge(sri, from.id, nobody)).rejects.toMatchObject({ code: 'tag_not_found' });
    expect(await tags.merge(sri, from.id, into.id)).toMatchObject({ id: into.id });
    await core.get(TagReplacements).run();
    expect([await tagsOf(both), await tagsOf(first)]).toEqual([['Pengiriman'], ['Pengiriman']]);
    expect((await tags.list()).some(({ id }) => id === from.id)).toBe(false);
  });

  it('are the only words that may be added where free ones are off; what is there stays', async () => {
    const settings = core.get(WorkspaceSettingsService);
    const tag = await create('sepakat');
    const old = await create('lama');
    await tags.update(sri, old.id, { archived: true });
    const one = await caseWith('bebas', 'lama');
    await settings.update('tags', { free: false, version: 0 }, sri);
    const put = (words: string[]) => core.get(CaseChanges).update(one, { tags: words }, sri);
    expect((await put(['bebas', 'lama', tag.name])).tags).toEqual(['bebas', 'lama', 'sepakat']);
    await expect(put(['bebas', 'baru'])).rejects.toMatchObject({
      code: 'tag_unknown',
      data: { tags: ['baru'] },
    });
    await put([]);
    await expect(put(['lama'])).rejects.toMatchObject({ code: 'tag_unknown' });
    const actor = { id: sri, supervises: false };
    await expect(
      core.get(BulkChanges).apply(new Map([[one, { addTags: ['baru'] }]]), undefined, actor),
    ).rejects.toMatchObject({ code: 'tag_unknown' });
    await core.get(BulkChanges).apply(new Map([[one, { addTags: ['sepakat'] }]]), undefined, actor);
    expect(await tagsOf(one)).toEqual(['sepakat']);
    await expect(settings.update('tags', { free: true, version: 0 }, sri)).rejects.toMatchObject({
      code: 'version_conflict',
      data: { free: false, version: 1 },
    });
    await settings.update('tags', { free: true }, sri);
    expect((await put(['baru'])).tags).toEqual(['baru']);
  });
});
