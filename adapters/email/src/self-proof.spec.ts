import { describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { dkimSigned, ed25519Pair, rsaPair, zone, type Signing } from '../../../test/support/dkim.js';
import type { ProofOfSender } from './authentication.js';
import { parseMail, type MailSettings } from './parse-mail.js';
import { proveItself } from './self-proof.js';
import { TxtRecords } from './txt-records.js';

const now = Date.parse('2026-03-11T00:00:00Z');
const settings: MailSettings = {
  ownAddresses: ['cs@toko.example', 'toko.cs@gmail.com'],
  trustedAuthservIds: [],
  checkDkim: true,
  now,
};
type Records = Parameters<typeof zone>[0];

async function prove(
  mail: string,
  records: Records,
  changes: Partial<MailSettings> = {},
): Promise<ProofOfSender> {
  const { selfProof, sender } = await parseMail(Buffer.from(mail, 'latin1'), { ...settings, ...changes });
  const { proof, evidence } = sender;
  return selfProof
    ? proveItself(selfProof, new TxtRecords({ resolver: zone(records) }))
    : { proof, evidence };
}

const [rsa, ed, stranger] = [rsaPair(), ed25519Pair(), rsaPair()];
const dns: Records = {
  's1._domainkey.bank.co.id': rsa.record,
  's2._domainkey.bank.co.id': ed.record,
  's1._domainkey.surat.bank.co.id': rsa.record,
  's1._domainkey.penipu.example': stranger.record,
};
const rejecting = { '_dmarc.bank.co.id': 'v=DMARC1; p=reject' };
const message = [
  'From: Budi <budi@bank.co.id>',
  'To: CS <cs@toko.example>',
  'Subject: Saldo  saya',
  'Date: Tue, 10 Mar 2026 10:00:00 +0700',
  'Message-ID: <1@bank.co.id>',
  '',
  'Saldo saya  hilang.\t',
  '',
  '',
].join('\r\n');
const author: Signing = { domain: 'bank.co.id', key: rsa.privateKey };
const other: Signing = { domain: 'penipu.example', key: stranger.privateKey };
const good = dkimSigned(message, author);

describe('proveItself', () => {
  it.each<[string, string]>([
    ['relaxed/relaxed', good],
    ['simple/simple', dkimSigned(message, { ...author, mode: 'simple/simple' })],
    ['relaxed/simple', dkimSigned(message, { ...author, mode: 'relaxed/simple' })],
    ['Ed25519', dkimSigned(message, { ...author, selector: 's2', key: ed.privateKey })],
    [
      'simple/simple, stored with LF',
      dkimSigned(message, { ...author, mode: 'simple/simple' }).replaceAll('\r\n', '\n'),
    ],
    [
      'spaces changed on the way',
      good.replace('Saldo  saya', 'Saldo\r\n saya').replace('saya  hilang', 'saya hilang'),
    ],
    [
      'fields added on the way',
      `Received: from a by b; Tue, 10 Mar 2026 03:00:01 +0000\r\nX-Spam: no\r\n${good}`,
    ],
    ['an untrusted server says otherwise', `Authentication-Results: mx.toko.example; dkim=fail\r\n${good}`],
    ['l= names the whole body', dkimSigned(message, { ...author, tags: { l: '20' } })],
    [
      'x= lies ahead',
      dkimSigned(message, { ...author, tags: { t: '1773100000', x: String(now / 1000 + 60) } }),
    ],
    ['to one of us among others', dkimSigned(message.replace('CS <cs@', 'a@b.example, CS <info@'), author)],
    [
      'to our plus-address',
      dkimSigned(message.replace('CS <cs@toko.example>', 'toko.cs+x1@gmail.com'), author),
    ],
    ['To not signed', dkimSigned(message, { ...author, h: 'from:date:subject:message-id:content-type' })],
    [
      'To and Cc not signed, naming us',
      `Cc: info@toko.example\r\n${dkimSigned(message, { ...author, h: 'from:date:subject:message-id' })}`,
    ],
    ['broken ones beside it', `DKIM-Signature: v=1; d=bank.co.id\r\nDKIM-Signature: ;;;\r\n${good}`],
  ])('believes a sound signature of the author: %s', async (_, mail) => {
    const { proof, evidence } = await prove(mail, dns);
    expect(proof).toBe('verified');
    expect(evidence).toContain('dkim=pass d=bank.co.id');
  });

  it('believes what another sender signs', async () => {
    const transport = createTransport({
      streamTransport: true,
      buffer: true,
      dkim: {
        domainName: 'bank.co.id',
        keySelector: 's1',
        privateKey: rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }),
      },
    });
    const sent = await transport.sendMail({
      from: 'Bagian Kartu <kartu@bank.co.id>',
      to: 'cs@toko.example',
      subject: 'Tagihan – kartu kredit',
      text: 'Terlampir é\n\n',
      html: '<p>Terlampir é</p>',
      attachments: [{ filename: 'a.pdf', content: 'isi' }],
    });
    const raw = (sent.message as Buffer).toString('latin1');
    expect(await prove(raw, { ...dns, ...rejecting })).toEqual({
      proof: 'verified',
      evidence: ['dkim=pass d=bank.co.id', 'dmarc=pass aligned'],
    });
    expect((await prove(raw.replace('Terlampir', 'Terlambat'), dns)).proof).toBe('claimed');
  });

  it.each<[string, string, string, Records?]>([
    ['body changed', good.replace('hilang', 'aman'), 'dkim=fail body d=bank.co.id'],
    ['body added to', `${good}Transfer ke 123`, 'dkim=fail body d=bank.co.id'],
    [
      'field changed',
      good.replace('Subject: Saldo', 'Subject: Transfer'),
      'dkim=fail signature d=bank.co.id',
    ],
    ['author changed', good.replace('budi@', 'ani@'), 'dkim=fail signature d=bank.co.id'],
    ['tag changed', good.replace('d=bank.co.id;', 'd=bank.co.id; t=1;'), 'dkim=fail signature d=bank.co.id'],
    [
      'body signed in part, then added to',
      `${dkimSigned(message, { ...author, tags: { l: '20' } })}Transfer ke 123`,
      'dkim=fail partial d=bank.co.id',
    ],
    [
      'more signed than there is',
      dkimSigned(message, { ...author, tags: { l: '9999' } }),
      'dkim=fail syntax d=bank.co.id',
    ],
    [
      'expired',
      dkimSigned(message, { ...author, tags: { t: '1', x: String(now / 1000 - 1) } }),
      'dkim=fail expired d=bank.co.id',
    ],
    [
      'ends before it begins',
      dkimSigned(message, { ...author, tags: { t: '9', x: '9' } }),
      'dkim=fail syntax d=bank.co.id',
    ],
    [
      'From not signed',
      dkimSigned(message, { ...author, h: 'to:subject' }),
      'dkim=fail from_unsigned d=bank.co.id',
    ],
    [
      'Subject not signed',
      dkimSigned(message, { ...author, h: 'from:to' }),
      'dkim=pass header_unsigned d=bank.co.id',
    ],
    ['a Subject put above', `Subject: Transfer\r\n${good}`, 'dkim=pass header_unsigned d=bank.co.id'],
    ['a To put above', `To: CS <cs@toko.example>\r\n${good}`, 'dkim=pass header_unsigned d=bank.co.id'],
    [
      'a Cc put in where none is signed',
      `Cc: a@penipu.example\r\n${dkimSigned(message, { ...author, h: 'from:date:subject:message-id' })}`,
      'dkim=pass header_unsigned d=bank.co.id',
    ],
    [
      'a stranger put into a To that is not signed',
      dkimSigned(message, { ...author, h: 'from:date:subject:message-id' }).replace(
        'To: ',
        'To: a@penipu.example, ',
      ),
      'dkim=pass header_unsigned d=bank.co.id',
    ],
    [
      'neither Message-ID nor Content-Type signed',
      dkimSigned(message, { ...author, h: 'from:to:subject' }),
      'dkim=pass header_unsigned d=bank.co.id',
    ],
    ['a line in the head that is no field', `X-A: b\r\nTransfer\r\n${good}`, 'dkim=fail syntax d=bank.co.id'],
    ['a head that ends in two ways', `X-A: b\r\r\nTransfer: c\r\n${good}`, 'dkim=fail syntax d=bank.co.id'],
    ['no end of the head', good.replace(/\r\n\r\n[^]*/, '\r\n'), 'dkim=fail syntax d=bank.co.id'],
    [
      'a Reply-To put in',
      `Reply-To: a@penipu.example\r\n${dkimSigned(message, { ...author, h: 'from:to:subject:date:message-id' })}`,
      'dkim=pass header_unsigned d=bank.co.id',
    ],
    [
      'a Reply-To put in although sealed',
      `Reply-To: a@penipu.example\r\n${good}`,
      'dkim=fail signature d=bank.co.id',
    ],
    [
      'sent again to us',
      dkimSigned(message.replace('cs@toko.example', 'penipu@lain.example'), author),
      'dkim=pass other_recipient d=bank.co.id',
    ],
    [
      'sent again to us, a neighbour at a public provider',
      dkimSigned(message.replace('cs@toko.example', 'penipu@gmail.com'), author),
      'dkim=pass other_recipient d=bank.co.id',
    ],
    [
      'sent again to us, with us put into Cc',
      `Cc: cs@toko.example\r\n${dkimSigned(message.replace('cs@toko.example', 'penipu@lain.example'), author)}`,
      'dkim=pass other_recipient d=bank.co.id',
    ],
    [
      'rsa-sha1',
      dkimSigned(message, { ...author, tags: { a: 'rsa-sha1' } }),
      'dkim=fail algorithm d=bank.co.id',
    ],
    [
      'algorithm of another key',
      dkimSigned(message, { ...author, tags: { a: 'ed25519-sha256' } }),
      'dkim=fail bad_key d=bank.co.id',
    ],
    [
      'i= elsewhere',
      dkimSigned(message, { ...author, tags: { i: '@penipu.example' } }),
      'dkim=fail syntax d=bank.co.id',
    ],
    ['a tag twice', good.replace('v=1;', 'v=1; d=penipu.example;'), 'dkim=fail syntax'],
    ['a domain that is none', dkimSigned(message, { ...author, domain: 'bank.co.id/x' }), 'dkim=fail syntax'],
    ['key unknown', good, 'dkim=fail no_key d=bank.co.id', {}],
    [
      'key of another',
      good,
      'dkim=fail signature d=bank.co.id',
      { 's1._domainkey.bank.co.id': stranger.record },
    ],
    ['key withdrawn', good, 'dkim=fail revoked d=bank.co.id', { 's1._domainkey.bank.co.id': 'v=DKIM1; p=' }],
    [
      'key unreadable',
      good,
      'dkim=fail bad_key d=bank.co.id',
      { 's1._domainkey.bank.co.id': 'v=DKIM1; p=AAAA' },
    ],
    ['no key record', good, 'dkim=fail no_key d=bank.co.id', { 's1._domainkey.bank.co.id': 'v=spf1 -all' }],
    [
      'key for other things',
      good,
      'dkim=fail bad_key d=bank.co.id',
      { 's1._domainkey.bank.co.id': `${rsa.record}; s=tlsrpt` },
    ],
    [
      'key for other hashes',
      good,
      'dkim=fail bad_key d=bank.co.id',
      { 's1._domainkey.bank.co.id': `${rsa.record}; h=sha1` },
    ],
    [
      'key on trial',
      good,
      'dkim=none test_key d=bank.co.id',
      { 's1._domainkey.bank.co.id': `${rsa.record}; t=y:s` },
    ],
    ['DNS silent', good, 'dkim=temperror d=bank.co.id', { 's1._domainkey.bank.co.id': { code: 'ETIMEOUT' } }],
    [
      'DNS broken',
      good,
      'dkim=temperror d=bank.co.id',
      { 's1._domainkey.bank.co.id': { code: 'ESERVFAIL' } },
    ],
  ])('leaves it at a claim: %s', async (_, mail, expected, records = dns) => {
    // Whatever the policy is: it may have been one of the author's mails, or ours to break.
    const { proof, evidence } = await prove(mail, { ...records, ...rejecting });
    expect({ proof, evidence }).toEqual({ proof: 'claimed', evidence: [expected] });
  });

  it('takes no key of fewer than 1024 bits', async () => {
    const weak = rsaPair(768);
    const records = { 's1._domainkey.bank.co.id': weak.record };
    expect(await prove(dkimSigned(message, { ...author, key: weak.privateKey }), records)).toEqual({
      proof: 'claimed',
      evidence: ['dkim=fail weak_key d=bank.co.id'],
    });
  });

  it('lets a key say that it does not speak for domains below', async () => {
    const below = dkimSigned(message, { ...author, tags: { i: '@x.bank.co.id' } });
    const strict = { 's1._domainkey.bank.co.id': `${rsa.record}; t=s` };
    expect((await prove(below, dns)).proof).toBe('verified');
    expect((await prove(below, strict)).proof).toBe('claimed');
    expect((await prove(good, strict)).proof).toBe('verified');
  });

  it.each<[string, string]>([
    ['two From fields', `From: budi@bank.co.id\r\n${good}`],
    ['From with several people', dkimSigned(message.replace('From: ', 'From: ani@lain.example, '), author)],
    ['no From', dkimSigned(message.replace('From: Budi', 'Sender: Budi'), { ...author, h: 'from:sender' })],
  ])('proves nobody by %s', async (_, mail) => {
    expect(await prove(mail, dns)).toEqual({ proof: 'claimed', evidence: [] });
  });

  describe('alignment', () => {
    const below = dkimSigned(message, { ...author, domain: 'surat.bank.co.id' });
    const from = (domain: string): string => message.replace('budi@bank.co.id', `budi@${domain}`);
    it.each<[string, string, Records, ProofOfSender['proof'], string[]]>([
      ['same organisation, no policy', below, {}, 'verified', ['dkim=pass d=surat.bank.co.id']],
      [
        'same organisation, relaxed',
        below,
        rejecting,
        'verified',
        ['dkim=pass d=surat.bank.co.id', 'dmarc=pass aligned'],
      ],
      [
        'same organisation, strict',
        below,
        { '_dmarc.bank.co.id': 'v=DMARC1; p=reject; adkim=s' },
        'claimed',
        ['dkim=pass other_domain d=surat.bank.co.id'],
      ],
      [
        'same organisation, policy unknown',
        below,
        { '_dmarc.bank.co.id': { code: 'ESERVFAIL' } },
        'claimed',
        ['dkim=pass d=surat.bank.co.id', 'dmarc=temperror'],
      ],
      [
        'same domain, policy unknown',
        good,
        { '_dmarc.bank.co.id': { code: 'ESERVFAIL' } },
        'verified',
        ['dkim=pass d=bank.co.id'],
      ],
      [
        'case and dots',
        dkimSigned(from('BANK.co.id'), { ...author, domain: 'Bank.CO.ID.' }),
        {},
        'verified',
        ['dkim=pass d=bank.co.id'],
      ],
      [
        'policy of the organisation, for a domain below',
        dkimSigned(from('cabang.bank.co.id'), author),
        { '_dmarc.bank.co.id': 'v=DMARC1; p=reject; adkim=s' },
        'claimed',
        ['dkim=pass other_domain d=bank.co.id'],
      ],
      [
        'a public suffix in common',
        dkimSigned(from('lain.co.id'), author),
        {},
        'claimed',
        ['dkim=pass other_domain d=bank.co.id'],
      ],
      [
        'a name that only looks alike',
        dkimSigned(from('xbank.co.id'), author),
        {},
        'claimed',
        ['dkim=pass other_domain d=bank.co.id'],
      ],
    ])('%s', async (_, mail, records, proof, evidence) => {
      expect(await prove(mail, { ...dns, ...records })).toEqual({ proof, evidence });
    });
  });

  describe('a sound signature of another domain', () => {
    const spoofed = dkimSigned(message, other);
    const from = 'Return-Path: <x@penipu.example>\r\n';
    const disowned = ['dkim=pass other_domain d=penipu.example', 'dmarc=fail reject'];
    it('is a forgery when the author neither signed nor sent, and asks to refuse such mail', async () => {
      expect(await prove(from + spoofed, { ...dns, ...rejecting })).toEqual({
        proof: 'failed',
        evidence: disowned,
      });
      const quarantined = { '_dmarc.bank.co.id': 'v=DMARC1; p=quarantine' };
      expect((await prove(from + spoofed, { ...dns, ...quarantined })).proof).toBe('failed');
    });

    it.each<[string, string, Records?]>([
      ['the author asks for nothing', from + spoofed, { '_dmarc.bank.co.id': 'v=DMARC1; p=none' }],
      ['the author has no policy', from + spoofed, {}],
      ['the policy is not known now', from + spoofed, { '_dmarc.bank.co.id': { code: 'ETIMEOUT' } }],
      ['the policy is on trial', from + spoofed, { '_dmarc.bank.co.id': 'v=DMARC1; p=reject; pct=0' }],
      ['nobody knows who sent it', spoofed],
      ['the envelope is empty', `Return-Path: <>\r\n${spoofed}`],
      ['the envelope is the author’s', `Return-Path: <bounce@kirim.bank.co.id>\r\n${spoofed}`],
      ['a forwarder sent it on', `Return-Path: <SRS0=abcd=T2=bank.co.id=budi@forward.example>\r\n${spoofed}`],
      ['Gmail sent it on', `Return-Path: <ani+caf_=cs=toko.example@gmail.com>\r\n${spoofed}`],
      ['we sent it on ourselves', `Return-Path: <cs@mail.toko.example>\r\n${spoofed}`],
      ['it came by a list', `${from}List-Id: <warga.lists.example>\r\n${spoofed}`],
      ['somebody passed it on', `${from}Resent-From: ani@lain.example\r\n${spoofed}`],
      ['the author signed too, broken on the way', from + dkimSigned(good.replace('hilang', 'aman'), other)],
      ['a further signature cannot be read', `${from}DKIM-Signature: v=1\r\n${spoofed}`],
      ['the other signature is broken too', from + spoofed.replace('hilang', 'aman')],
    ])('is none when %s', async (_, mail, records = rejecting) => {
      expect((await prove(mail, { ...dns, ...records })).proof).toBe('claimed');
    });
  });

  it('looks at five signatures, the author’s first, and asks DNS for no more', async () => {
    const resolver = zone(dns);
    const many = Array.from({ length: 40 }, (_, i) => `DKIM-Signature: v=1; d=a${String(i)}.example\r\n`);
    const mail = [...many.slice(0, 15), good].join('');
    const { selfProof } = await parseMail(Buffer.from(mail, 'latin1'), settings);
    expect(selfProof?.signatures).toHaveLength(5);
    expect(selfProof && (await proveItself(selfProof, new TxtRecords({ resolver })))).toMatchObject({
      proof: 'verified',
    });
    expect(resolver.asked).toHaveLength(2);
  });

  it('asks nobody about a mail without a signature', async () => {
    const resolver = zone(dns);
    const { selfProof } = await parseMail(Buffer.from(message, 'latin1'), settings);
    expect(selfProof && (await proveItself(selfProof, new TxtRecords({ resolver })))).toEqual({
      proof: 'claimed',
      evidence: [],
    });
    expect(resolver.asked).toEqual([]);
  });

  it('is left out when the settings say so', async () => {
    expect(await prove(good, dns, { checkDkim: false })).toEqual({ proof: 'claimed', evidence: [] });
  });

  describe('beside our own mail servers', () => {
    const trusted = { trustedAuthservIds: ['mx.toko.example'] };
    const result = (text: string, mail: string): string =>
      `Authentication-Results: mx.toko.example; ${text}\r\n${mail}`;
    const forged = good.replace('hilang', 'aman');
    it.each<[string, string, ProofOfSender['proof'], string[]]>([
      ['dmarc=fail header.from=bank.co.id', good, 'failed', ['dmarc=fail by mx.toko.example']],
      ['dmarc=pass header.from=bank.co.id', forged, 'verified', ['dmarc=pass by mx.toko.example']],
      ['dkim=fail header.d=bank.co.id', good, 'claimed', []],
      ['dkim=none', good, 'claimed', []],
      ['spf=pass', good, 'verified', ['dkim=pass d=bank.co.id']],
      ['dkim=temperror header.d=bank.co.id', good, 'verified', ['dkim=pass d=bank.co.id']],
      ['dkim=temperror header.d=bank.co.id', forged, 'claimed', ['dkim=fail body d=bank.co.id']],
      ['dmarc=pass header.from=lain.example', forged, 'claimed', ['dkim=fail body d=bank.co.id']],
    ])('%s', async (text, mail, proof, evidence) => {
      expect(await prove(result(text, mail), dns, trusted)).toEqual({ proof, evidence });
      expect((await prove(result(text, good), dns)).proof).toBe('verified');
    });
  });

  // RFC 8463 appendix A: one mail, signed by both kinds of key.
  it('verifies the example of RFC 8463', async () => {
    const example = [
      'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
      ' d=football.example.com; i=@football.example.com;',
      ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
      ' subject : date : message-id : from : subject : date;',
      ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
      ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
      ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
      'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
      ' d=football.example.com; i=@football.example.com;',
      ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
      ' date : message-id : from : subject : date;',
      ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
      ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
      ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
      ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
      'From: Joe SixPack <joe@football.example.com>',
      'To: Suzie Q <suzie@shopping.example.net>',
      'Subject: Is dinner ready?',
      'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
      'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
      '',
      'Hi.',
      '',
      'We lost the game.  Are you hungry yet?',
      '',
      'Joe.',
      '',
    ].join('\r\n');
    const ed25519 = 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
    const test =
      'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB';
    const brisbane = 'brisbane._domainkey.football.example.com';
    const ownAddresses = ['suzie@shopping.example.net'];
    const both = { [brisbane]: ed25519, 'test._domainkey.football.example.com': test };
    for (const [name, record] of Object.entries(both)) {
      const proven = await prove(example, { [name]: record }, { ownAddresses });
      expect(proven.proof).toBe('verified');
      expect(proven.evidence).toEqual(
        expect.arrayContaining([
          'dkim=pass d=football.example.com',
          'dkim=fail no_key d=football.example.com',
        ]),
      );
    }
    expect((await prove(example.replace('hungry', 'angry'), both, { ownAddresses })).proof).toBe('claimed');
  });
});
