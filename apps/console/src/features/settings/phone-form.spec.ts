import { describe, expect, it } from '@jest/globals';
import { phoneChannelConfigSchema } from '@loket/contracts/channels.js';
import { hasStoredSecret, phoneFormOf, toPhoneConfig } from './phone-form.js';

describe('the settings of a telephone line', () => {
  it('come back as they were, but for the secret, which stays where it is', () => {
    const stored = {
      webhook: { format: 'twilio', hasSecret: true },
      masterCsv: { path: '/var/log/asterisk/Master.csv', timeZone: 'UTC', importExisting: true },
      ...{ language: 'en', recordings: 'admin', trustCallerId: false },
      dispositions: ['Selesai', 'Telepon lagi'],
    };
    const config = toPhoneConfig(phoneFormOf(stored), stored);
    expect(config).toEqual({ ...stored, webhook: { format: 'twilio' } });
    expect(hasStoredSecret(stored)).toBe(true);
    expect(phoneChannelConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toMatchObject(config);
  });

  it('are none where nothing is set', () => {
    const config = toPhoneConfig(phoneFormOf(undefined), undefined);
    expect(phoneChannelConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toEqual({
      ...{
        defaultRegion: 'ID',
        reopenWithinHours: 72,
        trustCallerId: true,
        language: 'id',
        recordings: 'agent',
      },
    });
    expect(hasStoredSecret({})).toBe(false);
  });

  it('take a new secret along', () => {
    const form = { ...phoneFormOf({}), format: '3cx' as const, secret: 'rahasia' };
    expect(toPhoneConfig(form, {})).toMatchObject({ webhook: { format: '3cx', secret: 'rahasia' } });
  });
});
