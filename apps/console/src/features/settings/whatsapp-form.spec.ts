import { describe, expect, it } from '@jest/globals';
import { whatsappConfigSchema } from '@loket/contracts/channels.js';
import {
  cloudSecrets,
  configOf,
  formOf,
  hasStored,
  nameOf,
  newVerifyToken,
  problemsIn,
  type WhatsappForm,
} from './whatsapp-form.js';

const secrets = { accessToken: 'EAAB token', appSecret: 'a1b2c3', verifyToken: 'kata-kunci' };

function cloud(part: Partial<WhatsappForm['cloud']> = {}, rest: Partial<WhatsappForm> = {}): WhatsappForm {
  const form = formOf(undefined);
  const ids = { phoneNumberId: '1067 8900 1122', businessAccountId: '1029384756' };
  return { ...form, name: 'Toko', ...rest, cloud: { ...form.cloud, ...ids, ...secrets, ...part } };
}

/** As the server keeps and shows it: checked by the schema, secrets masked. */
function stored(form: WhatsappForm) {
  const config = whatsappConfigSchema.parse(configOf(form));
  if (!config.cloud) return config;
  const { accessToken, appSecret, verifyToken, ...open } = config.cloud;
  const masks = {
    ...(accessToken && { hasAccessToken: true }),
    ...(appSecret && { hasAppSecret: true }),
    ...(verifyToken && { hasVerifyToken: true }),
  };
  return { ...config, cloud: { ...open, ...masks } };
}

describe('configOf', () => {
  it('is taken by the server, and cleans what was pasted', () => {
    const config = whatsappConfigSchema.parse(configOf(cloud({ accessToken: ' EAAB \n' })));
    expect(config).toMatchObject({
      cloud: { phoneNumberId: '106789001122', accessToken: 'EAAB', markRead: true, groups: false },
    });
    expect(config).not.toHaveProperty('web');
  });

  it('never holds more than the way that was chosen', () => {
    const web = configOf(cloud({}, { way: 'web', web: { groups: true, takeoverOnConflict: true } }));
    expect(web).toMatchObject({ web: { groups: true, takeoverOnConflict: true } });
    expect(JSON.stringify(web)).not.toContain('EAAB');
    const fed = configOf(cloud({}, { way: 'none' }));
    expect(fed).not.toHaveProperty('web');
    expect(fed).not.toHaveProperty('cloud');
  });
});

describe('formOf', () => {
  it.each<[string, WhatsappForm]>([
    ['the Cloud API', cloud()],
    ['the Cloud API, everything turned', cloud({ groups: true, markRead: false }, { address: '+62811' })],
    ['a linked phone', cloud({}, { way: 'web', web: { groups: true, takeoverOnConflict: false } })],
    ['fed by others', cloud({}, { way: 'none', reopenWithinHours: 0, trustCallerId: false })],
  ])('opens and saves unchanged, without any secret: %s', (_, form) => {
    const before = stored(form);
    const opened = formOf({ name: 'Toko', config: before });
    expect(opened.way).toBe(form.way);
    expect([...problemsIn(opened, before).keys()]).toEqual([]);
    expect(stored({ ...opened, cloud: { ...opened.cloud, ...secrets } })).toEqual(before);
    for (const key of cloudSecrets) expect(JSON.stringify(configOf(opened))).not.toContain(secrets[key]);
  });
});

describe('problemsIn', () => {
  it('names what a new number on the Cloud API still needs', () => {
    expect(Object.fromEntries(problemsIn(formOf(undefined)))).toEqual({
      name: 'missing',
      'cloud.phoneNumberId': 'missing',
      'cloud.accessToken': 'missing',
      'cloud.appSecret': 'missing',
      'cloud.verifyToken': 'missing',
    });
  });

  it.each<[Partial<WhatsappForm['cloud']>, string]>([
    [{ phoneNumberId: '+62 811' }, 'cloud.phoneNumberId'],
    [{ businessAccountId: 'toko' }, 'cloud.businessAccountId'],
    [{ verifyToken: 'pendek' }, 'cloud.verifyToken'],
  ])('refuses %p', (part, field) => {
    expect(Object.fromEntries(problemsIn(cloud(part)))).toEqual({ [field]: 'wrong' });
  });

  it('asks a linked phone for a name alone', () => {
    expect([...problemsIn({ ...formOf(undefined), way: 'web' }).keys()]).toEqual(['name']);
    expect(problemsIn({ ...formOf(undefined), way: 'web', address: '0811' }).size).toBe(0);
    expect(nameOf({ ...formOf(undefined), address: ' 0811 ' })).toBe('0811');
  });

  it('keeps to the secrets that are stored, one by one', () => {
    const before = { cloud: { phoneNumberId: '1', hasAccessToken: true, hasAppSecret: true } };
    const opened = formOf({ name: 'Toko', config: before });
    expect([...problemsIn(opened, before).keys()]).toEqual(['cloud.verifyToken']);
    expect(cloudSecrets.map((key) => hasStored(before, key))).toEqual([true, true, false]);
  });
});

describe('newVerifyToken', () => {
  it('is long, new each time, and needs no escaping', () => {
    const tokens = Array.from({ length: 50 }, newVerifyToken);
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{32}$/);
  });
});
