import { describe, expect, it } from '@jest/globals';
import {
  contact,
  message,
  status,
  textMessage,
  wamid,
  webhookBody,
  type WebhookValue,
} from '../../../../test/support/graph-webhooks.js';
import { messageKey } from '../message-key.js';
import { whatsappEventSchema, type MessageEvent } from '../whatsapp-event.js';
import { readWebhook, type WebhookContents } from './webhook-events.js';

const number = { phoneNumberId: '1065', displayNumber: '62811', businessAccountId: '1022' };
const ours = { phoneNumberId: number.phoneNumberId, groups: true };
const budi = { waId: '6281234567890', name: 'Budi' };
const at = 1_767_607_200;
const now = Date.UTC(2026, 0, 5, 12);

function read(...values: WebhookValue[]): WebhookContents {
  const contents = readWebhook(webhookBody(number, values), ours, now);
  const events = [...contents.messages, ...contents.others, ...contents.receipts.map(({ event }) => event)];
  for (const event of events) whatsappEventSchema.parse(JSON.parse(JSON.stringify(event)));
  return contents;
}

/** One message of Budi's, whatever it is. */
function one(type: string, content: unknown, rest: Record<string, unknown> = {}): MessageEvent {
  const value = { contacts: [contact(budi)], messages: [message(budi, wamid('x'), at, type, content, rest)] };
  const [event] = read(value).messages;
  if (!event) throw new Error('no message');
  return event;
}

describe('messages of a webhook call', () => {
  it('are read from every entry and change, each once', () => {
    const call = (id: string): WebhookValue => ({ messages: [textMessage(budi, wamid(id), id, at)] });
    const { messages } = read(call('a'), { statuses: [] }, call('b'), call('a'), {
      messages: [textMessage(budi, wamid('c'), 'c', at), textMessage(budi, wamid('d'), 'd', at)],
    });
    expect(messages.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each<[string, unknown, Partial<MessageEvent>]>([
    ['text', { body: 'Halo' }, { kind: 'text', text: 'Halo' }],
    [
      'image',
      { id: '11', mime_type: 'image/jpeg', caption: 'Rusak', sha256: 'x', new_field: 1 },
      {
        kind: 'image',
        text: 'Rusak',
        media: { reference: '11', mediaType: 'image/jpeg', size: null, fileName: null },
      },
    ],
    [
      'audio',
      { id: '12', mime_type: 'audio/ogg; codecs=opus', voice: true },
      { kind: 'voice', media: { reference: '12', mediaType: 'audio/ogg', size: null, fileName: null } },
    ],
    [
      'document',
      { id: '13', mime_type: 'application/pdf', filename: 'faktur.pdf' },
      {
        kind: 'document',
        media: { reference: '13', mediaType: 'application/pdf', size: null, fileName: 'faktur.pdf' },
      },
    ],
    ['sticker', { id: '14', mime_type: 'image/webp', animated: true }, { kind: 'sticker' }],
    [
      'location',
      { latitude: -6.2, longitude: 106.8, name: 'Monas' },
      { location: { latitude: -6.2, longitude: 106.8, name: 'Monas', address: null, live: false } },
    ],
    [
      'contacts',
      [
        {
          name: { formatted_name: 'Siti', first_name: 'Siti' },
          phones: [{ phone: '+62 812', wa_id: '62812' }],
        },
      ],
      { contacts: [{ name: 'Siti', phones: ['+62 812'], emails: [], organization: null }] },
    ],
    ['button', { text: 'Ya', payload: 'yes' }, { kind: 'text', text: 'Ya' }],
    ['interactive', { type: 'button_reply', button_reply: { id: '1', title: 'Lacak' } }, { text: 'Lacak' }],
    [
      'interactive',
      { type: 'list_reply', list_reply: { id: '1', title: 'Retur', description: 'dalam 7 hari' } },
      { text: 'Retur\ndalam 7 hari' },
    ],
    [
      'interactive',
      {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', response_json: '{"flow_token":"t","kota":"Bandung"}' },
      },
      { text: 'kota: Bandung' },
    ],
    [
      'order',
      {
        catalog_id: '1',
        text: 'cepat ya',
        product_items: [{ product_retailer_id: 'SKU-1', quantity: 2, item_price: 15000, currency: 'IDR' }],
      },
      { text: 'cepat ya\n🛒 2 × SKU-1 @ IDR 15000' },
    ],
    ['hologram', { beam: true }, { kind: 'unsupported', unsupported: 'hologram' }],
    ['constructor', { beam: true }, { kind: 'unsupported', unsupported: 'constructor' }],
    ['text', { body: { nested: true } }, { kind: 'unsupported', unsupported: 'text' }],
    ['location', { latitude: 91, longitude: 0 }, { kind: 'unsupported', unsupported: 'location' }],
    [
      'system',
      { body: 'Budi changed from 62812 to 62813', type: 'user_changed_number', wa_id: '62813' },
      { kind: 'unsupported', unsupported: 'user_changed_number', text: 'Budi changed from 62812 to 62813' },
    ],
  ])('%s', (type, content, expected) => {
    expect(one(type, content)).toMatchObject(expected);
  });

  it('say what WhatsApp could not hand over', () => {
    const errors = [{ code: 131051, title: 'Message type is not currently supported' }];
    expect(one('unsupported', undefined, { errors }).unsupported).toBe(
      'Message type is not currently supported',
    );
  });

  it('carry what they answer, whether they were passed on, and the advertisement', () => {
    const context = { from: '62811', id: wamid('q'), forwarded: true };
    const referral = { headline: 'Promo', source_url: 'https://fb.me/1' };
    const event = one('text', { body: 'Halo' }, { context, referral });
    expect(event.quoted && messageKey(event.quoted)).toBe(`1065:c:${wamid('q')}`);
    expect([event.forwarded, event.text]).toEqual([true, '↪ Promo https://fb.me/1\nHalo']);
  });

  it('survive a time or a part that makes no sense, and keep their neighbours', () => {
    const odd = {
      id: wamid('odd'),
      from: budi.waId,
      timestamp: 'kemarin',
      type: 'text',
      text: { body: 'x' },
    };
    const { messages, unreadable } = read({
      messages: [odd, null, 5, { type: 'text' }, textMessage(budi, wamid('ok'), 'ok', at)],
      contacts: [7, { profile: 'x' }],
    });
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['unsupported', null],
      ['text', 'ok'],
    ]);
    expect([messages[0]?.at, unreadable]).toEqual(['2026-01-05T12:00:00.000Z', 3]);
  });

  it('take no address or id that a database would not', () => {
    const { messages, unreadable } = read({
      messages: [
        textMessage({ waId: '62\u0000812' }, wamid('a'), 'x', at),
        textMessage(budi, 'wamid.\ud800', 'x', at),
        textMessage({ waId: '628\n12', userId: 'ID.1' }, wamid('b'), 'x', at),
      ],
    });
    expect(messages.map(({ kind, from }) => [kind, from.value])).toEqual([['unsupported', 'ID.1']]);
    expect(unreadable).toBe(2);
  });

  it('are told apart from those of other numbers', () => {
    const other = webhookBody({ ...number, phoneNumberId: '999' }, [
      { messages: [textMessage(budi, wamid('a'), 'x', at)], statuses: [status(wamid('b'), 'sent', at)] },
    ]);
    expect(readWebhook(other, ours, now)).toMatchObject({ messages: [], receipts: [], foreign: 1 });
  });

  it('of groups are left out, with all that happens in them, where groups are not wanted', () => {
    const group_id = 'Y2FwaV9ncm91';
    const react = { message_id: wamid('m'), emoji: '👍' };
    const body = webhookBody(number, [
      {
        messages: [
          message(budi, wamid('a'), at, 'text', { body: 'x' }, { group_id }),
          message(budi, wamid('b'), at, 'reaction', react, { group_id }),
        ],
      },
    ]);
    const contents = readWebhook(body, { ...ours, groups: false }, now);
    expect(contents).toMatchObject({ messages: [], others: [], unreadable: 0 });
    expect(readWebhook(body, ours, now).others).toHaveLength(1);
  });

  it('of a group name it', () => {
    const event = one('text', { body: 'x' }, { group_id: 'Y2FwaV9ncm91' });
    expect([event.chat, event.group]).toEqual(['Y2FwaV9ncm91', { id: 'Y2FwaV9ncm91', name: null }]);
  });
});

describe('who sent it', () => {
  const userId = 'ID.13491208655302741918';
  it.each<[string, Parameters<typeof textMessage>[0], WebhookValue['contacts'], Partial<MessageEvent>]>([
    [
      'by phone alone',
      { waId: '62812' },
      [],
      { chat: '62812', from: { kind: 'whatsapp', value: '62812', name: null, also: [] } },
    ],
    [
      'by phone and business-scoped id',
      { waId: '62812', userId },
      [contact({ waId: '62812', userId, name: 'Budi' })],
      {
        chat: userId,
        from: { kind: 'whatsapp', value: '62812', name: 'Budi', also: [{ kind: 'bsuid', value: userId }] },
      },
    ],
    [
      'without a phone',
      { userId },
      [{ user_id: userId, profile: { name: ' ', username: 'budi.s' } }],
      { chat: userId, from: { kind: 'bsuid', value: userId, name: 'budi.s', also: [] } },
    ],
    [
      'with a business-scoped id in the place of the phone',
      { waId: userId },
      [],
      { chat: userId, from: { kind: 'bsuid', value: userId, name: null, also: [] } },
    ],
    [
      'of a linked portfolio',
      { userId: 'US.ENT.11815799212886844830' },
      [],
      { from: { kind: 'bsuid', value: 'US.ENT.11815799212886844830', name: null, also: [] } },
    ],
    [
      'with another wa_id than the number written to (Brazil’s 9)',
      { waId: '5516992318222' },
      [contact({ waId: '5516992318222' })],
      { chat: '5516992318222' },
    ],
    [
      'among the contacts of a batch',
      { waId: '62812' },
      [contact({ waId: '62899', name: 'Siti' }), contact({ waId: '62812', name: 'Budi' })],
      { from: { kind: 'whatsapp', value: '62812', name: 'Budi', also: [] } },
    ],
  ])('%s', (_name, person, contacts, expected) => {
    const [event] = read({
      contacts: contacts ?? [],
      messages: [textMessage(person, wamid('a'), 'x', at)],
    }).messages;
    expect(event).toMatchObject(expected);
  });
});

describe('what is not a message of a customer', () => {
  it('edits, revokes and reactions are about one', () => {
    const { messages, others } = read({
      messages: [
        message(budi, wamid('1'), at, 'reaction', { message_id: wamid('m'), emoji: '👍' }),
        message(budi, wamid('2'), at, 'reaction', { message_id: wamid('m') }),
        message(budi, wamid('3'), at, 'revoke', { original_message_id: wamid('m') }),
        message(budi, wamid('4'), at, 'edit', {
          original_message_id: wamid('m'),
          message: { type: 'text', text: { body: 'maksud saya besok' } },
        }),
        message(budi, wamid('5'), at, 'edit', {
          original_message_id: wamid('m'),
          message: { type: 'image', image: { id: '1' } },
        }),
      ],
    });
    expect(messages).toEqual([]);
    expect(others.map((event) => messageKey(event.ref))).toEqual(Array(5).fill(`1065:c:${wamid('m')}`));
    expect(others).toMatchObject([
      { type: 'reaction', emoji: '👍', by: { value: budi.waId } },
      { type: 'reaction', emoji: null },
      { type: 'revoke' },
      { type: 'edit', text: 'maksud saya besok' },
      { type: 'edit', text: '' },
    ]);
  });

  it('what was sent on the own phone is of our side', () => {
    const echo = {
      from: '62811',
      to: '62812',
      id: wamid('e'),
      timestamp: String(at),
      type: 'text',
      text: { body: 'Siap' },
    };
    const body = webhookBody(number, [{ message_echoes: [echo] }], 'smb_message_echoes');
    const { messages, others } = readWebhook(body, ours, now);
    expect(messages).toEqual([]);
    expect(others).toMatchObject([
      { type: 'message', ref: { fromMe: true }, chat: '62812', text: 'Siap', to: { value: '62812' } },
    ]);
  });

  it('what was done on the own phone is done by our account', () => {
    const echo = (id: string, type: string, content: unknown): unknown => ({
      ...(message({ waId: '62811' }, wamid(id), at, type, content) as object),
      to: '62812',
    });
    const reaction = echo('r', 'reaction', { message_id: wamid('m'), emoji: '👍' });
    const revoke = echo('v', 'revoke', { original_message_id: wamid('e') });
    const { others } = read({ message_echoes: [reaction, revoke] });
    expect(others).toMatchObject([
      { type: 'reaction', chat: '62812', by: { kind: 'whatsapp', value: '62811' } },
      { type: 'revoke', chat: '62812', by: { kind: 'whatsapp', value: '62811' } },
    ]);
  });

  it('statuses are receipts, in whatever order, with what we sent along', () => {
    const tag = '018f0000-0000-7000-8000-000000000001';
    const { receipts } = read({
      statuses: [
        status(wamid('a'), 'read', at + 2, { tag }),
        status(wamid('a'), 'sent', at, { tag: `${tag}#2` }),
        status(wamid('b'), 'failed', at, { errorCode: 131026, tag: 'campaign-7' }),
        status(wamid('b'), 'failed', at, { errorCode: 131047 }),
        status(wamid('c'), 'played', at),
        status(wamid('c'), 'warning', at),
        { id: wamid('c'), status: 'sent' },
      ],
    });
    expect(
      receipts.map(({ event: { state, reason, messageId }, tag: t }) => [state, reason, messageId, t?.part]),
    ).toEqual([
      ['read', null, tag, 0],
      ['sent', null, tag, 2],
      ['failed', 'whatsapp_not_on_whatsapp', null, undefined],
      ['failed', 'whatsapp_window_closed', null, undefined],
      ['read', null, null, undefined],
    ]);
  });

  it('trouble with the account is kept; fields that we do not read are let go', () => {
    const { problems } = read({ errors: [{ code: 131031, title: 'locked' }, { code: 'x' }] });
    expect(problems.map(({ code }) => code)).toEqual([131031]);
    const other = webhookBody(
      number,
      [{ messages: [textMessage(budi, wamid('a'), 'x', at)] }],
      'account_update',
    );
    expect(readWebhook(other, ours, now).messages).toEqual([]);
  });
});

describe('what is no webhook call', () => {
  it.each([
    '',
    'x',
    '[]',
    'null',
    '{}',
    '{"object":"page","entry":[]}',
    '{"object":"whatsapp_business_account"}',
  ])('%p', (text) => {
    expect(() => readWebhook(Buffer.from(text), ours, now)).toThrow(
      expect.objectContaining({ code: 'not_a_webhook' }),
    );
  });
});
