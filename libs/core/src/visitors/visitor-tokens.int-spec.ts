import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { TestClock } from '../../../../test/support/intake.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { Channel } from '../channels/channel.entity.js';
import { entities } from '../entities.js';
import { VisitorToken } from './visitor-token.entity.js';
import { VisitorTokens } from './visitor-tokens.service.js';
import { Visitor } from './visitor.entity.js';

let database: TestDatabase;
let source: DataSource;
let clock: TestClock;
let tokens: VisitorTokens;
const channelId = newId();
const place = { channelId, origin: 'https://toko.example' };
beforeAll(async () => {
  database = await freshDatabase();
  source = await new DataSource(
    dataSourceOptions({ url: database.url, entities, migrations: [], poolSize: 5 }),
  ).initialize();
  await source.getRepository(Channel).insert({ id: channelId, kind: 'webchat', name: 'Toko', config: {} });
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

async function visitor(): Promise<string> {
  clock = new TestClock();
  tokens = new VisitorTokens(source.manager, clock);
  const id = newId();
  await source.getRepository(Visitor).insert({ id, channelId });
  return id;
}
const refused = (token: string, forExchange = false) =>
  expect(tokens.authenticate(token, place, forExchange)).rejects.toMatchObject({ code: 'token' });

describe('tokens of visitors', () => {
  it('open for a day, and are exchanged for half a year', async () => {
    const { token } = await tokensOf(await visitor());
    clock.advanceHours(23);
    await tokens.authenticate(token, place);
    clock.advanceHours(2);
    await refused(token);
    await tokens.authenticate(token, place, true);
    clock.advanceHours(179 * 24);
    await tokens.authenticate(token, place, true);
    clock.advanceHours(181 * 24);
    await refused(token, true);
  });

  it('stay good until the next one is used, and a minute longer', async () => {
    const id = await visitor();
    const first = await tokensOf(id);
    const second = await tokens.issue(id, place.origin, first.tokenId);
    clock.advanceHours(1);
    await tokens.authenticate(first.token, place);
    await tokens.authenticate(second.token, place);
    clock.advanceHours(50 / 3600);
    await tokens.authenticate(first.token, place);
    const { tokenId } = await tokens.authenticate(second.token, place);
    expect(await tokens.ended([first.tokenId, tokenId])).toEqual(new Set());
    clock.advanceHours(20 / 3600);
    expect(await tokens.ended([first.tokenId, tokenId])).toEqual(new Set([first.tokenId]));
  });

  it('that come too late take all others of that visitor along, and nobody else’s', async () => {
    const id = await visitor();
    const first = await tokensOf(id);
    const second = await tokens.issue(id, place.origin, first.tokenId);
    const other = await tokensOf(await visitor());
    await tokens.authenticate(second.token, place);
    clock.advanceHours(61 / 3600);
    await refused(first.token, true);
    await refused(second.token);
    await refused(second.token, true);
    await tokens.authenticate(other.token, place);
  });

  it('lost on the way can be asked for again', async () => {
    const id = await visitor();
    const first = await tokensOf(id);
    await tokens.issue(id, place.origin, first.tokenId);
    clock.advanceHours(30);
    const again = await tokens.issue(
      id,
      place.origin,
      (await tokens.authenticate(first.token, place, true)).tokenId,
    );
    expect((await tokens.authenticate(again.token, place)).visitorId).toBe(id);
  });

  it('are stored as hashes, and go when nobody can come with them any more', async () => {
    const id = await visitor();
    const { token } = await tokensOf(id);
    const rows = await source.getRepository(VisitorToken).findBy({ visitorId: id });
    expect(JSON.stringify(rows)).not.toContain(token);
    await tokens.prune();
    expect(await source.getRepository(Visitor).existsBy({ id })).toBe(true);
    clock.advanceHours(181 * 24);
    await tokens.prune();
    expect(await source.getRepository(Visitor).existsBy({ id })).toBe(false);
  });

  async function tokensOf(visitorId: string): Promise<{ token: string; tokenId: string }> {
    const { token } = await tokens.issue(visitorId, place.origin, null);
    const { tokenId } = await tokens.authenticate(token, place);
    return { token, tokenId };
  }
});
