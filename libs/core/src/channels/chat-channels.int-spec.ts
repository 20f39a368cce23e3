import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel as ChannelView, UpdateChannel } from '@loket/contracts/channels.js';
import { createChannelSchema } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { Template } from '@loket/contracts/templates.js';
import { startCore, type TestCore } from '../../../../test/support/core.js';
import type { Principal } from '../access/principal.js';
import { ChannelDirectory } from './channel-directory.js';
import { ChannelTemplates } from './channel-templates.js';
import { Channel } from './channel.entity.js';
import { ChannelsService } from './channels.service.js';

const secrets = { accessToken: 'EAAB-rahasia', appSecret: 'rahasia-app', verifyToken: 'rahasia-kata' };
const cloud = { phoneNumberId: '1065', businessAccountId: '77', ...secrets };
const template: Template = {
  name: 'hello',
  language: 'id',
  category: 'UTILITY',
  header: null,
  body: 'Halo.',
  footer: null,
  buttons: [],
  blanks: [],
};

let core: TestCore;
let channels: ChannelsService;
let directory: ChannelDirectory;
let admin: Principal;
const tested: Record<string, unknown>[] = [];
beforeAll(async () => {
  core = await startCore();
  channels = core.get(ChannelsService);
  directory = core.get(ChannelDirectory);
  const ani = await core.addAgent('Ani');
  admin = {
    agent: { ...ani, role: 'admin', locale: 'id' },
    via: { kind: 'session', sessionId: ani.id },
  };
  core.bus.handle('channel.test', ({ config }) => {
    tested.push(config);
    return Promise.resolve({ ok: true, steps: [] });
  });
});
afterAll(() => core.close());
beforeEach(() => {
  core.templatesAsked.length = 0;
  core.templates.answer = () => [template];
});

const create = (config: Record<string, unknown>): Promise<ChannelView> =>
  channels.create(admin, createChannelSchema.parse({ kind: 'whatsapp', name: 'WA', config }));
const update = (id: string, change: UpdateChannel): Promise<ChannelView> =>
  channels.update(admin, id, change);
const stored = async (id: string): Promise<Record<string, unknown>> => (await directory.ref(id)).config;

describe('a number on an official line', () => {
  it('never gives its secrets back, and keeps them through changes', async () => {
    const channel = await create({ address: '+6281100', cloud });
    const masked = { hasAccessToken: true, hasAppSecret: true, hasVerifyToken: true };
    expect(channel.config).toMatchObject({ cloud: { phoneNumberId: '1065', ...masked } });
    const rows: unknown = await core.database.query('SELECT * FROM channels, events');
    expect(JSON.stringify([channel, rows])).not.toMatch(/rahasia/);
    const { config } = channel;
    const moved = await update(channel.id, {
      config: { ...config, cloud: { ...(config['cloud'] as object), phoneNumberId: '2' } },
    });
    expect(moved.config).toMatchObject({ cloud: { phoneNumberId: '2', ...masked } });
    expect(await stored(channel.id)).toMatchObject({ cloud: { ...cloud, phoneNumberId: '2' } });
  });

  it('shows what it lacks, and is ready when nothing is missing', async () => {
    const channel = await create({ cloud });
    const ready = { status: 'ingress_only', statusCode: null };
    expect(channel).toMatchObject(ready);
    // What a host says of a channel that it has nothing to connect for.
    await core.bus.request('channels.status', { channelId: channel.id, status: 'ingress_only' });
    for (const secret of Object.keys(secrets)) {
      const without = await update(channel.id, { config: { cloud: { ...cloud, [secret]: '' } } });
      expect(without).toMatchObject({ status: 'paused', statusCode: 'secrets_missing' });
      expect(without.config['cloud']).not.toHaveProperty(
        `has${secret.charAt(0).toUpperCase()}${secret.slice(1)}`,
      );
    }
    expect(await update(channel.id, { config: { cloud } })).toMatchObject(ready);
    const off = await update(channel.id, { enabled: false, config: { cloud: { phoneNumberId: '1' } } });
    expect(off).toMatchObject({ status: 'disabled', statusCode: null });
  });

  it('lends its secrets to a test', async () => {
    const { id } = await create({ cloud });
    const probe = { kind: 'whatsapp' as const, channelId: id };
    const { accessToken, appSecret, verifyToken, ...open } = cloud;
    expect([accessToken, appSecret, verifyToken]).toEqual(Object.values(secrets));
    await channels.test({
      ...probe,
      config: { cloud: { ...open, phoneNumberId: '3', accessToken: 'baru' } },
    });
    expect(tested.at(-1)).toMatchObject({ cloud: { ...cloud, phoneNumberId: '3', accessToken: 'baru' } });
    // The settings that are tried decide whether they can be, not those that are stored.
    await expect(channels.test({ ...probe, config: {} })).rejects.toMatchObject({
      code: 'channel_test_unsupported',
    });
  });

  it('is not a linked phone too', async () => {
    expect(() =>
      createChannelSchema.parse({ kind: 'whatsapp', name: 'x', config: { cloud, web: {} } }),
    ).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ path: ['config', 'web'] })] }));
    const { id } = await create({ cloud });
    await expect(update(id, { config: { cloud, web: {} } })).rejects.toMatchObject({
      code: 'validation_failed',
      data: { issues: [{ path: 'config.web' }] },
    });
  });
});

describe('a linked phone', () => {
  it('has a connection to wait for', async () => {
    expect(await create({ web: {} })).toMatchObject({
      status: 'connecting',
      capabilities: { sendNeeds: 'web', session: true, webhook: null },
    });
  });

  it('is what its settings make of it', async () => {
    const { id } = await create({});
    expect((await channels.get(id)).status).toBe('ingress_only');
    expect(await update(id, { config: { web: {} } })).toMatchObject({
      status: 'connecting',
      capabilities: { session: true },
    });
    expect(await update(id, { config: { cloud } })).toMatchObject({
      status: 'ingress_only',
      capabilities: { session: false, webhook: { secret: 'appSecret' } },
    });
  });
});

describe('templates', () => {
  const list = (id: string): Promise<Template[]> => core.get(ChannelTemplates).list(id);

  it('are asked for once in five minutes, however many want them at once', async () => {
    const { id } = await create({ cloud });
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    core.templates.answer = async () => {
      await held;
      return [template];
    };
    const asking = Promise.all([list(id), list(id), list(id)]);
    answer();
    expect(await asking).toEqual([[template], [template], [template]]);
    expect(await list(id)).toEqual([template]);
    expect(core.templatesAsked).toEqual([id]);
    core.clock.advanceHours(5.1 / 60);
    core.templates.answer = () => [];
    expect(await list(id)).toEqual([]);
    expect(core.templatesAsked).toEqual([id, id]);
  });

  it('are asked for anew when the settings changed', async () => {
    const { id } = await create({ cloud });
    await list(id);
    await update(id, { config: { cloud: { ...cloud, businessAccountId: '78' } } });
    await list(id);
    expect(core.templatesAsked).toEqual([id, id]);
  });

  it('that cannot be told are not taken for none', async () => {
    const { id } = await create({ cloud });
    core.templates.answer = () => {
      throw new AppError('unavailable', 'whatsapp_unreachable', 'away');
    };
    const both = await Promise.allSettled([list(id), list(id)]);
    for (const one of both)
      expect(one).toMatchObject({ reason: { kind: 'unavailable', code: 'whatsapp_unreachable' } });
    core.templates.answer = () => [template];
    expect(await list(id)).toEqual([template]);
    const chosen = { name: 'hello', values: {} };
    const templates = core.get(ChannelTemplates);
    expect(await templates.find(id, { ...chosen, language: 'id' })).toEqual(template);
    await expect(templates.find(id, { ...chosen, language: 'en' })).rejects.toMatchObject({
      code: 'template_not_found',
    });
  });

  it('are there only where the settings bring them', async () => {
    const { id } = await create({ web: {} });
    await expect(list(id)).rejects.toMatchObject({ kind: 'unprocessable', code: 'templates_unsupported' });
    await expect(list(id.replace(/^./, '9'))).rejects.toMatchObject({ code: 'channel_not_found' });
    expect(core.templatesAsked).toEqual([]);
    expect(await core.database.getRepository(Channel).existsBy({ id })).toBe(true);
  });
});
