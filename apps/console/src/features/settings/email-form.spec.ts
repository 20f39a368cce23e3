import { describe, expect, it } from '@jest/globals';
import { emailConfigSchema } from '@loket/contracts/channels.js';
import { mailPresets, presetForAddress } from '@loket/contracts/mail-presets.js';
import {
  configOf,
  emptyForm,
  fieldOf,
  formOf,
  keepsPassword,
  missingIn,
  withPreset,
  type EmailForm,
} from './email-form.js';

/** A filled-in form for halo@gmail.com. */
function gmail(part: Partial<EmailForm> = {}): EmailForm {
  const preset = presetForAddress('halo@gmail.com');
  if (!preset) throw new Error('no preset for gmail.com');
  const form = withPreset({ ...emptyForm(), address: ' halo@gmail.com ' }, preset);
  return { ...form, imap: { ...form.imap, password: 'abcd efgh' }, ...part };
}

/** As the server keeps and shows a config: checked by the schema, passwords masked. */
function stored(form: EmailForm) {
  const config = emailConfigSchema.parse(configOf(form));
  const mask = <T extends { password?: string | undefined }>({ password, ...rest }: T) => ({
    ...rest,
    ...(password && { hasPassword: true }),
  });
  return {
    ...config,
    ...(config.imap && { imap: mask(config.imap) }),
    ...(config.smtp && { smtp: mask(config.smtp) }),
  };
}

describe('configOf', () => {
  it.each(mailPresets.map((preset) => [preset.id, preset] as const))(
    'is taken by the server for %s',
    (_, preset) => {
      const form = withPreset(gmail({ address: 'halo@toko.co.id' }), preset);
      const config = emailConfigSchema.parse(configOf(form));
      expect(config.imap).toMatchObject({ host: expect.not.stringContaining('{'), port: preset.imap.port });
      expect(config.smtp).toMatchObject({ security: preset.smtp.security, password: 'abcd efgh' });
    },
  );

  it('signs in to SMTP as to IMAP, by its own, or not at all', () => {
    const own = { ...gmail().smtp, user: 'relay', password: 'other' };
    expect(configOf(gmail())).toMatchObject({ smtp: { user: 'halo@gmail.com', password: 'abcd efgh' } });
    expect(configOf(gmail({ smtpLogin: 'own', smtp: own }))).toMatchObject({
      smtp: { user: 'relay', password: 'other' },
    });
    // an empty password takes the stored one away
    expect(configOf(gmail({ smtpLogin: 'none' })).smtp).toMatchObject({ password: '' });
    expect(configOf(gmail({ smtpLogin: 'none' })).smtp).not.toHaveProperty('user');
  });

  it('leaves out what is switched off, and passwords that stay', () => {
    expect(configOf(gmail({ receive: false }))).not.toHaveProperty('imap');
    expect(configOf(gmail({ send: false }))).not.toHaveProperty('smtp');
    const kept = configOf(gmail({ imap: { ...gmail().imap, password: '' } }));
    expect(kept.imap).not.toHaveProperty('password');
    expect(kept.smtp).not.toHaveProperty('password');
  });
});

describe('formOf', () => {
  const forms: [string, EmailForm][] = [
    ['a usual mailbox', gmail()],
    ['one that only receives', gmail({ send: false })],
    [
      'one that is fed',
      gmail({ receive: false, smtpLogin: 'own', smtp: { ...gmail().smtp, user: 'a', password: 'b' } }),
    ],
    ['no sign-in to SMTP', gmail({ smtpLogin: 'none' })],
    [
      'everything set',
      gmail({
        displayName: 'Toko Senja',
        plusAddressing: true,
        aliases: ['cs@toko.co.id'],
        trustedAuthservIds: ['mx.google.com'],
        maxMegabytes: 12.5,
        imap: {
          ...gmail().imap,
          mailboxes: ['INBOX', 'Spam'],
          afterStore: 'move',
          moveTo: 'Arsip',
          importExisting: true,
          allowInvalidCertificate: true,
        },
      }),
    ],
  ];
  it.each(forms)('opens and saves unchanged: %s', (_, form) => {
    const before = stored(form);
    const opened = formOf({ name: 'Toko', config: before });
    expect(missingIn(opened, before)).toEqual([]);
    const { imap, smtp, ...rest } = configOf(opened);
    const { imap: imapBefore, smtp: smtpBefore, ...restBefore } = configOf(form);
    expect(rest).toEqual(restBefore);
    expect(imap).toEqual(withoutPassword(imapBefore));
    expect(withoutPassword(smtp)).toEqual(withoutPassword(smtpBefore));
  });
});

function withoutPassword(section: unknown) {
  if (section === undefined) return undefined;
  const { password: _, ...rest } = section as Record<string, unknown>;
  return rest;
}

describe('passwords', () => {
  const before = stored(gmail());
  const opened = formOf({ name: 'Toko', config: before });

  it('stay for the same server only, as core decides it', () => {
    expect(keepsPassword(opened.imap, before.imap)).toBe(true);
    const changes = [
      { host: 'imap.evil.example' },
      { port: 143 },
      { security: 'none' as const },
      { allowInvalidCertificate: true },
    ];
    for (const change of changes) {
      expect(keepsPassword({ ...opened.imap, ...change }, before.imap)).toBe(false);
    }
    expect(keepsPassword({ ...opened.imap, user: 'other@gmail.com' }, before.imap)).toBe(true);
  });

  it('are asked for again when a server changed', () => {
    const moved = { ...opened, smtp: { ...opened.smtp, host: 'smtp.toko.co.id' } };
    // one password for both: it is typed where the reader stands
    expect(missingIn(moved, before)).toEqual(['imap.password']);
    expect(missingIn({ ...moved, smtpLogin: 'own' }, before)).toEqual(['smtp.password']);
    expect(missingIn({ ...moved, smtpLogin: 'none' }, before)).toEqual([]);
  });
});

describe('missingIn', () => {
  it('names every empty field of a new mailbox', () => {
    expect(missingIn(emptyForm())).toEqual([
      'name',
      'address',
      'imap.host',
      'imap.user',
      'smtp.host',
      'imap.password',
    ]);
  });

  it.each(['halo', 'halo@', 'halo@toko', 'ha lo@toko.id', '@toko.id'])(
    'refuses %s as an address',
    (address) => {
      expect(missingIn(gmail({ address }))).toContain('address');
    },
  );
});

describe('fieldOf', () => {
  it.each([
    ['config.imap.host', 'imap.host'],
    ['config.aliases.2', 'aliases'],
    ['config.address', 'address'],
    ['name', 'name'],
    // SMTP shares the sign-in of IMAP, and has no fields of its own
    ['config.smtp.password', 'imap.password'],
    ['config.smtp.host', 'smtp.host'],
  ])('%s stands at %s', (path, field) => {
    expect(fieldOf(path, gmail())).toBe(field);
  });

  it('keeps to SMTP when it has its own sign-in', () => {
    expect(fieldOf('config.smtp.password', gmail({ smtpLogin: 'own' }))).toBe('smtp.password');
  });
});
