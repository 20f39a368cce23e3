import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Suggestion as SuggestionView } from '@loket/contracts/suggestions.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { Channel } from '../channels/channel.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { Event } from '../events/event.entity.js';
import { SuggestionFinder } from './suggestion-finder.js';
import { Suggestion } from './suggestion.entity.js';

let core: TestCore;
let finder: SuggestionFinder;
let mail: string;
let chat: string;
beforeAll(async () => {
  core = await startCore();
  finder = core.get(SuggestionFinder);
  mail = await core.addChannel();
  chat = newId();
  await core.database
    .getRepository(Channel)
    .insert({ id: chat, kind: 'whatsapp', name: 'WA', address: '+62 811-1000-200', config: {} });
});
afterAll(() => core.close());

type Received = Awaited<ReturnType<TestCore['receive']>>;
const now = (): string => core.clock.now().toISOString();
const byMail = (
  from: string,
  name: string | null,
  text: string,
  quoted: string | null = null,
): Promise<Received> =>
  core.receive(
    message(mail, {
      from,
      sender: { name, proof: 'verified' },
      subject: 'Halo',
      text,
      quoted,
      sentAt: now(),
    }),
  );
const byChat = (number: string, name: string | null, text: string): Promise<Received> =>
  core.receive(
    message(chat, {
      sender: { kind: 'whatsapp', value: number, name, proof: 'verified' },
      thread: { conversation: number },
      subject: null,
      text,
      sentAt: now(),
    }),
  );
const about = (kind: SuggestionView['kind'], ...ids: string[]): Promise<Suggestion[]> =>
  core.database
    .getRepository(Suggestion)
    .createQueryBuilder('s')
    .where(
      `s.kind = :kind AND s.${kind === 'customer' ? 'customer_ids' : 'case_ids'} && ARRAY[:...ids]::uuid[]`,
      {
        kind,
        ids,
      },
    )
    .getMany();
const identities = (customerId: string): Promise<Identity[]> =>
  core.database.getRepository(Identity).find({ where: { customerId }, order: { createdAt: 'ASC' } });
const customer = (id: string): Promise<Customer> =>
  core.database.getRepository(Customer).findOneByOrFail({ id });

describe('the finder', () => {
  it('suggests customer and case when a mail gives the number of a chat in its signature', async () => {
    const one = await byMail(
      'budi.santoso88@gmail.com',
      'Budi Santoso',
      'Selamat siang, pesanan INV-20418 belum sampai padahal sudah seminggu. Mohon dicek ya.',
      '-- \nBudi Santoso\nHP: 0812-8841-2207',
    );
    const two = await byChat('6281288412207', 'budi s.', 'min pesanan saya INV-20418 kok blm sampai ya?');
    await finder.settle();
    const claim = (await identities(one.customerId)).find((i) => !i.resolves);
    expect(claim).toMatchObject({ value: '+6281288412207', proof: 'claimed', source: 'signature' });
    expect(claim?.evidence).toEqual([`message ${one.messageId}`]);
    const [people, ...others] = await about('customer', one.customerId);
    expect(others).toEqual([]);
    expect(people?.customerIds.sort()).toEqual([one.customerId, two.customerId].sort());
    expect(people?.evidence.map((e) => e.code)).toContain('same_number');
    const [work] = await about('case', one.caseId);
    expect(work).toMatchObject({ caseIds: [two.caseId, one.caseId], state: 'waiting' });
    expect(work?.evidence.map((e) => e.code)).toEqual(
      expect.arrayContaining(['same_entity', 'customers_alike']),
    );
  });
});
