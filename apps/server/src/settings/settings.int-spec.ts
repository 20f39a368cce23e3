import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import {
  hoursSettingsSchema,
  type MatchingSettings,
  matchingSettingsSchema,
  tagSettingsSchema,
  workspaceSettingsSchema,
} from '@loket/contracts/settings.js';
import { MatchingSettingsStore } from '@loket/core/matching/settings-store.js';
import { startApp, startBareApp, type TestApp } from '../../../../test/support/app.js';
import { ApiError } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';
import { until } from '../../../../test/support/until.js';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

const read = (): Promise<MatchingSettings> => server.admin.get('/settings/matching', matchingSettingsSchema);
const change = (body: object): Promise<MatchingSettings> =>
  server.admin.patch('/settings/matching', body, matchingSettingsSchema);
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) =>
      error instanceof ApiError ? [error.status, error.problem.code, error.problem.data] : error,
  );
const inForce = (): ReturnType<MatchingSettingsStore['current']> =>
  server.app.get(MatchingSettingsStore, { strict: false }).current();

describe('matching settings', () => {
  it('are balanced while nobody has set them up', async () => {
    expect(await read()).toEqual({
      preset: 'balanced',
      joinAt: null,
      suggestAt: null,
      products: [],
      version: 0,
    });
    expect(inForce()).toMatchObject({ enabled: true });
    expect(inForce().joinAt).toBeGreaterThan(inForce().suggestAt);
  });

  it('change what is named, leave the rest, and are in force at once', async () => {
    const before = inForce();
    const first = await change({ products: ['Paket Hemat'], version: 0 });
    expect(first).toMatchObject({ preset: 'balanced', products: ['Paket Hemat'], version: 1 });
    expect(inForce().lexicon.products).toEqual(['Paket Hemat']);
    const second = await change({ preset: 'careful' });
    expect(second).toEqual({ ...first, preset: 'careful', version: 2 });
    expect(inForce().joinAt).toBeGreaterThan(before.joinAt);
    expect(await read()).toEqual(second);
  });

  it.each([
    ['suggest_only', { joinAt: Infinity, enabled: true }],
    ['off', { joinAt: Infinity, suggestAt: Infinity, enabled: false }],
  ])('%s joins nothing', async (preset, expected) => {
    await change({ preset, joinAt: null, suggestAt: null });
    expect(inForce()).toMatchObject(expected);
    await change({ preset: 'balanced' });
  });

  it('take thresholds of their own, and refuse to join what would not even be suggested', async () => {
    await change({ preset: 'balanced', joinAt: 0.9, suggestAt: 0.4 });
    expect(inForce()).toMatchObject({ joinAt: 0.9, suggestAt: 0.4 });
    expect(await code(change({ joinAt: 0.35 }))).toEqual([
      422,
      'thresholds_crossed',
      { joinAt: 0.35, suggestAt: 0.4 },
    ]);
    expect(await code(change({ joinAt: null, suggestAt: 0.99 }))).toMatchObject([
      422,
      'thresholds_crossed',
      {},
    ]);
    expect(inForce()).toMatchObject({ joinAt: 0.9, suggestAt: 0.4 });
    await change({ joinAt: null, suggestAt: null });
  });

  it('tell two admins at once apart', async () => {
    const { version } = await read();
    const answers = await Promise.all([
      code(change({ preset: 'eager', version })),
      code(change({ preset: 'careful', version })),
    ]);
    const now = await read();
    expect(now.version).toBe(version + 1);
    expect(answers.filter((a) => a === 'no error')).toHaveLength(1);
    expect(answers).toContainEqual([409, 'version_conflict', now]);
    await change({ preset: 'balanced' });
  });

  it('are for admins', async () => {
    const agent = await signIn(server, 'agent');
    expect(await code(agent.get('/settings/matching', matchingSettingsSchema))).toEqual([
      403,
      'role_missing',
      undefined,
    ]);
    expect(await code(agent.patch('/settings/matching', {}, matchingSettingsSchema))).toEqual([
      403,
      'role_missing',
      undefined,
    ]);
  });

  it('reach other processes within seconds', async () => {
    const other = await startBareApp(server.databaseUrl, {}, null);
    try {
      const there = other.app.get(MatchingSettingsStore, { strict: false });
      await change({ preset: 'off' });
      await until(() => !there.current().enabled, Boolean, 5_000);
      await change({ preset: 'balanced' });
      await until(() => there.current().enabled, Boolean, 5_000);
    } finally {
      await other.close();
    }
  });
});

describe('the workspace, its hours, its rules for tags', () => {
  it.each([
    [
      'workspace',
      workspaceSettingsSchema,
      { name: 'Loket', timeZone: 'Asia/Jakarta', locale: 'id', customerLanguages: ['id', 'en'] },
      { name: 'Toko Senja', timeZone: 'Asia/Makassar' },
    ],
    [
      'hours',
      hoursSettingsSchema,
      { week: null, holidays: [] },
      { holidays: [{ date: '2027-03-10', name: 'Idulfitri' }] },
    ],
    ['tags', tagSettingsSchema, { free: true }, { free: false }],
  ] as const)(
    '%s stands as it should, changes in part, and tells two at once apart',
    async (key, schema, usual, next) => {
      const path = `/settings/${key}`;
      expect(await server.admin.get(path, schema)).toEqual({ ...usual, version: 0 });
      const changed = await server.admin.patch(path, { ...next, version: 0 }, schema);
      expect(changed).toEqual({ ...usual, ...next, version: 1 });
      expect(await code(server.admin.patch(path, { ...usual, version: 0 }, schema))).toEqual([
        409,
        'version_conflict',
        changed,
      ]);
      const agent = await signIn(server, 'agent');
      expect(await agent.get(path, schema)).toEqual(changed);
      expect(await code(agent.patch(path, usual, schema))).toMatchObject([403, 'role_missing']);
      expect(await server.admin.patch(path, usual, schema)).toEqual({ ...usual, version: 2 });
    },
  );

  it('knows which time zones there are, and gives its own to people who are new', async () => {
    const set = (timeZone: string) =>
      server.admin.patch('/settings/workspace', { timeZone }, workspaceSettingsSchema);
    expect(await code(set('Asia/Konoha'))).toMatchObject([400, 'validation_failed']);
    await set('Asia/Jayapura');
    const agent = await signIn(server, 'agent');
    expect(await agent.get('/me', agentSchema)).toMatchObject({ timeZone: 'Asia/Jayapura' });
  });
});
