import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CallRecord, callRecordSchema } from '@loket/contracts/calls.js';
import type { IntakeResult, NormalizedMessage } from '@loket/contracts/inbound.js';
import { newId } from '@loket/platform/ids.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { message, startIntake, type TestIntake } from '../../../../test/support/intake.js';
import { Case } from '../cases/case.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { builtInLexicon } from '../matching/text/lexicon.js';
import { Suggestion } from '../suggestions/suggestion.entity.js';

let url: TestDatabase;
let t: TestIntake;
let mailbox: string;
let whatsapp: string;
let phone: string;
let chat: string;

beforeAll(async () => {
  url = await freshDatabase();
  t = await startIntake(url.url);
  mailbox = await t.addChannel();
  whatsapp = await t.addChannel('whatsapp');
  phone = await t.addChannel('phone');
  chat = await t.addChannel('webchat');
});
afterAll(async () => {
  await t.close();
  await url.drop();
});

let person = 0;
interface Person {
  mail: string;
  number: string;
}
const somebody = (): Person => {
  person += 1;
  return { mail: `orang${String(person)}@mail.example`, number: `+62812${String(10_000_000 + person)}` };
};
/** Somebody of whom an agent knows that both addresses are his. */
async function linkedPerson(): Promise<Person & { id: string }> {
  const who = somebody();
  const id = newId();
  await t.database.getRepository(Customer).insert({ id, name: null });
  for (const [kind, value] of [
    ['email', who.mail],
    ['whatsapp', who.number],
  ] as const) {
    await t.database.getRepository(Identity).insert({
      id: newId(),
      customerId: id,
      kind,
      value,
      verbatim: value,
      proof: 'verified',
      source: 'agent',
    });
  }
  return { ...who, id };
}

const now = (): string => t.clock.now().toISOString();
type Said = Parameters<typeof message>[1];
const mailFrom = (who: { mail: string }, said: Said = {}): NormalizedMessage =>
  message(mailbox, {
    from: who.mail,
    sentAt: now(),
    ...said,
    sender: { proof: 'verified', ...said.sender },
  });
const waFrom = (who: { number: string }, text: string, said: Said = {}): NormalizedMessage =>
  message(whatsapp, {
    sentAt: now(),
    subject: null,
    text,
    ...said,
    sender: { kind: 'whatsapp', value: who.number, proof: 'verified', ...said.sender },
  });
const callFrom = (who: { number: string }, text: string, said: Said = {}): NormalizedMessage =>
  message(phone, {
    sentAt: now(),
    subject: null,
    text,
    thread: { conversation: newId() },
    ...said,
    sender: { kind: 'phone', value: who.number, proof: 'claimed', ...said.sender },
  });
const receive = (m: NormalizedMessage): Promise<IntakeResult> => t.intake.receive(m);
const callOf = ({ number }: { number: string }): CallRecord =>
  callRecordSchema.parse({
    callId: newId(),
    direction: 'inbound',
    number,
    startedAt: now(),
    outcome: 'answered',
  });
const broken = {
  subject: 'Paket ORD-88213 rusak',
  text: 'Selamat pagi, paket pesanan ORD-88213 saya datang dalam keadaan pecah. Mohon diganti. Terima kasih.',
};

describe('one customer on several channels', () => {
  it('has one case: mail, WhatsApp, telephone', async () => {
    const who = await linkedPerson();
    const mail = await receive(mailFrom(who, broken));
    const wa = await receive(waFrom(who, 'min paket ORD-88213 ku pecah pas nyampe, gimana ya?'));
    const call = await receive(callFrom(who, 'Menanyakan penggantian paket ORD-88213 yang pecah'));
    expect([mail.customerId, wa.customerId, call.customerId]).toEqual([who.id, who.id, who.id]);
    expect([wa.caseId, call.caseId]).toEqual([mail.caseId, mail.caseId]);
    expect(wa.match).toMatchObject({ rule: 'duplicate_text' });
    expect(wa.match?.evidence.map((e) => e.code)).toContain('same_entity');
    const opened = await t.database.getRepository(Case).findOneByOrFail({ id: mail.caseId ?? '' });
    expect(opened).toMatchObject({ messageCount: 3, channelKinds: ['email', 'whatsapp', 'phone'] });
    // the next message in that chat goes on there, whatever it says
    expect((await receive(waFrom(who, 'ok ditunggu'))).caseId).toBe(mail.caseId);
  });

  it('has two for two matters', async () => {
    const who = await linkedPerson();
    const mail = await receive(mailFrom(who, broken));
    const wa = await receive(waFrom(who, 'halo kak mau tanya, ada promo ongkir ke Bandung bulan ini?'));
    expect(wa.customerId).toBe(who.id);
    expect(wa.caseId).not.toBe(mail.caseId);
  });

  it('has two for two orders', async () => {
    const who = await linkedPerson();
    const mail = await receive(mailFrom(who, broken));
    const other = await receive(
      mailFrom(who, {
        subject: 'Paket ORD-90577 rusak',
        text: broken.text.replaceAll('ORD-88213', 'ORD-90577'),
      }),
    );
    expect(other.caseId).not.toBe(mail.caseId);
  });

  it('is only suggested when the workspace wants it so', async () => {
    const who = await linkedPerson();
    t.matching = { enabled: true, joinAt: Infinity, suggestAt: 0.5, lexicon: builtInLexicon };
    try {
      const mail = await receive(mailFrom(who, broken));
      const wa = await receive(waFrom(who, 'paket ORD-88213 saya pecah, tolong diganti'));
      expect(wa.caseId).not.toBe(mail.caseId);
      expect(wa.match?.evidence.map((e) => e.code)).toContain('perhaps_same_as');
      const found = await t.database.getRepository(Suggestion).findBy({ kind: 'case' });
      expect(found.filter((s) => s.caseIds.includes(wa.caseId ?? ''))).toMatchObject([
        { state: 'waiting', caseIds: [wa.caseId, mail.caseId] },
      ]);
      t.matching = { ...t.matching, enabled: false };
      const third = await receive(mailFrom(who, broken));
      expect(third.match?.evidence).toEqual([{ code: 'nothing_earlier' }]);
    } finally {
      t.matching = { enabled: true, joinAt: 0.82, suggestAt: 0.3, lexicon: builtInLexicon };
    }
  });

  it('opens one case for two messages of one millisecond, two hundred times over', async () => {
    const other = await startIntake(url.url);
    try {
      const people = await Promise.all(Array.from({ length: 200 }, linkedPerson));
      const before = await t.database.getRepository(Case).count();
      const results = await Promise.all(
        people.flatMap((who, n) => {
          const text = `Internet di rumah mati sejak pagi, nomor pelanggan ${String(770_000 + n)}`;
          const mail = mailFrom(who, { subject: 'Internet mati', text });
          const wa = waFrom(who, text);
          return n % 2
            ? [t.intake.receive(mail), other.intake.receive(wa)]
            : [other.intake.receive(wa), t.intake.receive(mail)];
        }),
      );
      expect(new Set(results.map((r) => r.status))).toEqual(new Set(['accepted']));
      expect(await t.database.getRepository(Case).count()).toBe(before + 200);
      expect(new Set(results.map((r) => r.caseId)).size).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('opens one case for a burst of ten pictures', async () => {
    const who = somebody();
    const pictures = Array.from({ length: 10 }, (_, n) =>
      waFrom(who, '', {
        attachments: [
          {
            sha256: String(n).repeat(64),
            size: 90_000,
            mediaType: 'image/jpeg',
            name: 'foto.jpg',
            inline: false,
          },
        ],
      }),
    );
    const results = await Promise.all(pictures.map(receive));
    expect(new Set(results.map((r) => r.caseId)).size).toBe(1);
    expect(results.every((r) => r.status === 'accepted')).toBe(true);
  });
});

describe('a telephone number', () => {
  it('finds who has proven it on WhatsApp, and is his from then on', async () => {
    const who = somebody();
    const wa = await receive(
      waFrom(who, 'halo, resi JX1234567890 kok belum sampai?', { sender: { name: 'Budi' } }),
    );
    const call = await receive(callFrom(who, 'Tanya resi JX1234567890 belum sampai'));
    expect([call.customerId, call.caseId]).toEqual([wa.customerId, wa.caseId]);
    const identities = await t.database.getRepository(Identity).findBy({ customerId: wa.customerId ?? '' });
    expect(identities.map((i) => [i.kind, i.value, i.proof, i.resolves]).sort()).toEqual([
      ['phone', who.number, 'claimed', true],
      ['whatsapp', who.number, 'verified', true],
    ]);
  });

  it('that one of us confirmed leads a call to the only open case, and another matter to a case of its own', async () => {
    const who = await linkedPerson();
    await t.database.getRepository(Identity).insert({
      ...{ id: newId(), customerId: who.id, kind: 'phone', value: who.number, verbatim: who.number },
      ...{ proof: 'verified', source: 'agent' },
    });
    const mail = await receive(mailFrom(who, broken));
    const silent = await receive(callFrom(who, 'Panggilan masuk, dijawab', { call: callOf(who) }));
    expect([silent.customerId, silent.caseId]).toEqual([who.id, mail.caseId]);
    expect(silent.match).toMatchObject({ rule: 'duplicate_text' });
    const other = { ...callOf(who), notes: 'Beda lagi: tagihan INV-2026-777 belum dibayar' };
    const apart = await receive(callFrom(who, other.notes, { call: other }));
    expect(apart.customerId).toBe(who.id);
    expect(apart.caseId).not.toBe(mail.caseId);
  });

  it('that called first is his who then writes from it', async () => {
    const who = somebody();
    const call = await receive(callFrom(who, 'Mesin cuci error E18, minta teknisi'));
    const wa = await receive(waFrom(who, 'tadi saya telepon soal mesin cuci error E18'));
    expect([wa.customerId, wa.caseId]).toEqual([call.customerId, call.caseId]);
  });

  it('of two people at once makes one customer of them', async () => {
    for (let n = 0; n < 20; n += 1) {
      const who = somebody();
      const [call, wa] = await Promise.all([
        receive(callFrom(who, 'Token listrik tidak masuk')),
        receive(waFrom(who, 'token listrik gak masuk')),
      ]);
      expect(call.customerId).toBe(wa.customerId);
    }
  });

  it('of a family tells its people apart by their names', async () => {
    const who = somebody();
    const joko = await receive(callFrom(who, 'Tagihan salah', { sender: { name: 'Joko Prasetyo' } }));
    const siti = await receive(callFrom(who, 'Tagihan salah', { sender: { name: 'Siti Aminah' } }));
    const again = await receive(
      callFrom(who, 'Tagihan masih salah', { sender: { name: 'Ibu Siti Aminah' } }),
    );
    expect(siti.customerId).not.toBe(joko.customerId);
    expect(siti.caseId).not.toBe(joko.caseId);
    expect(again.customerId).toBe(siti.customerId);
  });
});

describe('further addresses of a sender', () => {
  it('that the channel vouches for lead to their owner: a hidden WhatsApp id and its number are one', async () => {
    const who = somebody();
    const wa = await receive(waFrom(who, 'paket belum datang'));
    const hidden = await receive(
      waFrom(who, 'halo?', {
        sender: {
          kind: 'lid',
          value: `${newId()}@lid`,
          also: [{ kind: 'whatsapp', value: who.number, proof: 'verified', source: 'lid_mapping' }],
        },
      }),
    );
    expect(hidden.customerId).toBe(wa.customerId);
  });

  it('that are another profile already are suggested to be one person', async () => {
    const who = somebody();
    const value = `${newId()}@lid`;
    const hidden = await receive(waFrom(who, 'halo', { sender: { kind: 'lid', value } }));
    const wa = await receive(waFrom(who, 'paket belum datang'));
    expect(wa.customerId).not.toBe(hidden.customerId);
    const also = [
      { kind: 'whatsapp' as const, value: who.number, proof: 'verified' as const, source: 'lid_mapping' },
    ];
    await receive(waFrom(who, 'halo?', { sender: { kind: 'lid', value, also } }));
    const found = await t.database.getRepository(Suggestion).findBy({ kind: 'customer' });
    expect(found).toMatchObject([{ customerIds: [hidden.customerId, wa.customerId], score: 0.99 }]);
  });

  it('that were only typed are kept as claims and open nothing', async () => {
    const victim = somebody();
    const mail = await receive(mailFrom(victim, broken));
    const visitor = await receive(
      message(chat, {
        sentAt: now(),
        text: broken.text,
        sender: {
          kind: 'visitor',
          value: newId(),
          also: [
            { kind: 'email', value: victim.mail, proof: 'claimed', source: 'form' },
            { kind: 'phone', value: victim.number, proof: 'claimed', source: 'form' },
          ],
        },
      }),
    );
    expect(visitor.customerId).not.toBe(mail.customerId);
    expect(visitor.caseId).not.toBe(mail.caseId);
    const claims = await t.database.getRepository(Identity).findBy({ customerId: visitor.customerId ?? '' });
    expect(claims.filter((i) => i.source === 'form').map((i) => [i.proof, i.resolves])).toEqual([
      ['claimed', false],
      ['claimed', false],
    ]);
    // and the true owner of that number is not led to the stranger either
    const owner = await receive(waFrom(victim, broken.text));
    expect(owner.customerId).not.toBe(visitor.customerId);
  });
});

describe('nobody gets into another’s history', () => {
  const proven = async (): Promise<Person & { first: IntakeResult }> => {
    const who = somebody();
    return { ...who, first: await receive(mailFrom(who, broken)) };
  };

  it('with a From that its domain disowns', async () => {
    const { first, ...victim } = await proven();
    const spoofed = await receive(mailFrom(victim, { ...broken, sender: { proof: 'failed' } }));
    expect(spoofed.customerId).not.toBe(first.customerId);
    expect(spoofed.caseId).not.toBe(first.caseId);
    const reference = await receive(
      mailFrom(victim, {
        ...broken,
        thread: { references: ['ours@desk.example'] },
        sender: { proof: 'failed' },
      }),
    );
    expect(reference.caseId).not.toBe(first.caseId);
    expect((await receive(mailFrom(victim, broken))).customerId).toBe(first.customerId);
  });

  it('with a From that used to be proven and now is not: only suggested', async () => {
    const { first, ...victim } = await proven();
    const unproven = await receive(mailFrom(victim, { ...broken, sender: { proof: 'claimed' } }));
    expect(unproven.caseId).not.toBe(first.caseId);
    const found = await t.database.getRepository(Suggestion).findBy({ kind: 'case' });
    expect(found.some((s) => s.caseIds.includes(unproven.caseId ?? ''))).toBe(true);
  });

  it('with the victim as Reply-To', async () => {
    const { first, ...victim } = await proven();
    const tricked = await receive(
      mailFrom(somebody(), {
        ...broken,
        recipients: [{ role: 'reply_to', kind: 'email', value: victim.mail }],
      }),
    );
    expect(tricked.customerId).not.toBe(first.customerId);
    expect(tricked.caseId).not.toBe(first.caseId);
  });

  it('with an own address that he once had as Reply-To in a proven mail of another', async () => {
    const attacker = somebody();
    const victim = somebody();
    const first = await receive(
      mailFrom(victim, {
        ...broken,
        recipients: [{ role: 'reply_to', kind: 'email', value: attacker.mail }],
      }),
    );
    const subject = `Re: [#${String(first.caseNumber)}] ${broken.subject}`;
    expect((await receive(mailFrom(attacker, { ...broken, subject }))).caseId).not.toBe(first.caseId);
  });

  it('with the number of a case', async () => {
    const { first } = await proven();
    const subject = `Re: [#${String(first.caseNumber)}] ${broken.subject}`;
    const stranger = await receive(mailFrom(somebody(), { ...broken, subject }));
    expect(stranger.caseId).not.toBe(first.caseId);
    expect(stranger.match?.evidence.map((e) => e.code)).toContain('number_of_strangers_case');
  });

  it('with the victim’s number in a signature', async () => {
    const who = somebody();
    const wa = await receive(waFrom(who, 'paket ORD-88213 pecah'));
    const mail = await receive(
      mailFrom(somebody(), {
        ...broken,
        quoted: `Salam,\nBudi\nHP ${who.number}`,
        text: `${broken.text}\nHP ${who.number}`,
      }),
    );
    expect(mail.customerId).not.toBe(wa.customerId);
    expect(mail.caseId).not.toBe(wa.caseId);
  });
});
