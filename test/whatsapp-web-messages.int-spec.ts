import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messageKey } from '../adapters/whatsapp/src/message-key.js';
import { until } from './support/until.js';
import { WhatsAppDesk } from './support/whatsapp-web.js';
import type { StubMessage } from './support/whatsapp-web-stub/types.js';

// What goes in and out of one session: the real whatsapp-web.js in a real Chromium, on a page that stands in for the
// service.

const siti = '6281234567890@c.us';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('messages of a WhatsApp session', () => {
  let desk: WhatsAppDesk;
  beforeAll(async () => {
    desk = await WhatsAppDesk.open({ maxMediaBytes: 200_000, sendMs: 2000 });
    await desk.connect();
    await desk.pair();
  });
  afterAll(async () => {
    expect(await desk.stub.call('missing')).toEqual([]);
    await desk.close();
  });

  const receive = (message: Partial<StubMessage>): string => desk.stub.receive({ from: siti, ...message });
  const refOf = (serialised: string, account = desk.stub.account): string =>
    messageKey({
      account,
      id: serialised.split('_')[2] ?? '',
      fromMe: serialised.startsWith('true'),
      participant: null,
    });

  it('takes in words, with sender, instant and chat', async () => {
    const id = receive({ body: 'Halo, pesanan saya belum sampai', pushname: 'Siti', t: 1_767_225_600 });
    const { event } = await desk.told('Halo, pesanan saya belum sampai');
    expect(event).toMatchObject({
      chat: siti,
      kind: 'text',
      at: '2026-01-01T00:00:00.000Z',
      from: { kind: 'whatsapp', value: '6281234567890', name: 'Siti', also: [] },
      group: null,
    });
    expect(messageKey(event.ref)).toBe(refOf(id));
    expect(desk.host.messages.at(-1)).toMatchObject({
      externalId: refOf(id),
      sender: { proof: 'verified', evidence: ['whatsapp=web'] },
    });
  });

  it('takes in once what is delivered again', async () => {
    const id = receive({ body: 'only once' });
    await desk.told('only once');
    await desk.stub.call('redeliver', id);
    await desk.stub.call('redeliver', id);
    receive({ body: 'after the repeats' });
    await desk.told('after the repeats');
    expect(desk.messages.filter(({ text }) => text === 'only once')).toHaveLength(1);
  });

  it('knows a lid and its phone for one person with one chat', async () => {
    await desk.stub.link('6281299990000@c.us', '777001@lid');
    desk.stub.receive({ from: '777001@lid', body: 'by lid' });
    const byLid = await desk.told('by lid');
    desk.stub.receive({ from: '6281299990000@c.us', body: 'by phone' });
    const byPhone = await desk.told('by phone');
    expect(byLid.event.from).toMatchObject({
      kind: 'whatsapp',
      value: '6281299990000',
      also: [{ kind: 'lid', value: '777001' }],
    });
    expect(byPhone.event.from).toEqual(byLid.event.from);
    expect(byPhone.event.chat).toBe(byLid.event.chat);
  });

  it('takes in a lid whose phone WhatsApp does not tell', async () => {
    desk.stub.receive({ from: '888002@lid', body: 'who am I' });
    const { event } = await desk.told('who am I');
    expect(event.from).toMatchObject({ kind: 'lid', value: '888002', also: [] });
  });

  it('leaves out status updates, broadcasts, channels, groups and notices', async () => {
    for (const from of ['status@broadcast', '123@broadcast', '120363@newsletter', '0@c.us']) {
      desk.stub.receive({ from, body: 'not for us' });
    }
    desk.stub.receive({ from: '1203630@g.us', author: siti, body: 'not for us' });
    for (const type of ['e2e_notification', 'call_log', 'protocol']) receive({ type, body: 'not for us' });
    receive({ body: 'for us' });
    await desk.told('for us');
    expect(desk.events.filter((event) => JSON.stringify(event).includes('not for us'))).toEqual([]);
  });

  it('takes in a picture with its words', async () => {
    const base64 = png.toString('base64');
    receive({ type: 'image', caption: 'ini fotonya', media: { base64, mimetype: 'image/png' } });
    const { media, event } = await desk.told('ini fotonya');
    expect(event.kind).toBe('image');
    expect(media).toMatchObject({ size: png.length, mediaType: 'image/png' });
    const sha256 = (media as { sha256: string }).sha256;
    expect(await desk.host.blobs.read(sha256)).toEqual(png);
  });

  it.each<[string, NonNullable<StubMessage['media']>, string]>([
    [
      'too large',
      { base64: randomBytes(210_000).toString('base64'), mimetype: 'video/mp4' },
      'media_too_large',
    ],
    [
      'too large, though it says otherwise',
      { base64: randomBytes(220_000).toString('base64'), mimetype: 'video/mp4', claimedSize: 10 },
      'media_too_large',
    ],
    [
      'gone',
      { base64: randomBytes(100).toString('base64'), mimetype: 'audio/ogg', expired: true },
      'media_expired',
    ],
  ])('says so when a file is %s', async (name, media, why) => {
    receive({ type: 'video', caption: name, media });
    expect((await desk.told(name)).media).toBe(why);
    expect(desk.host.messages.at(-1)?.warnings).toContain(why);
  });

  it('keeps the order of a chat over slow files', async () => {
    const media = { base64: randomBytes(150_000).toString('base64'), mimetype: 'application/pdf' };
    receive({ body: 'order 1' });
    receive({ type: 'document', caption: 'order 2', media: { ...media, filename: 'a.pdf' } });
    receive({ body: 'order 3' });
    await desk.told('order 3');
    const words = desk.messages.map(({ text }) => text).filter((text) => text?.startsWith('order'));
    expect(words).toEqual(['order 1', 'order 2', 'order 3']);
  });

  it('reads a place, a contact, and what it does not know', async () => {
    receive({
      type: 'location',
      body: '/9j/thumbnail',
      raw: { lat: -6.2, lng: 106.8, loc: 'Monas\nJakarta Pusat' },
    });
    const place = await desk.event('message', ({ kind }) => kind === 'location');
    expect(place).toMatchObject({ text: null, location: { latitude: -6.2, name: 'Monas' } });
    receive({ type: 'vcard', body: 'BEGIN:VCARD\nFN:Budi\nitem1.TEL;waid=62811:+62 811\nEND:VCARD' });
    const card = await desk.event('message', ({ kind }) => kind === 'contacts');
    expect(card.contacts).toEqual([{ name: 'Budi', phones: ['+62 811'], emails: [], organization: null }]);
    receive({ type: 'order', raw: { orderId: '4711' } });
    await desk.event('message', ({ unsupported }) => unsupported === 'order');
    const raw = desk.deliveries.at(-1)?.raw;
    expect((await desk.host.blobs.read(raw?.sha256 ?? '')).toString()).toContain('4711');
  });

  it('tells edits, reactions and revokes of the very message', async () => {
    const id = receive({ body: 'harganya 10.000' });
    await desk.told('harganya 10.000');
    await desk.stub.call('edit', id, 'harganya 100.000');
    const edit = await desk.event('edit');
    expect([edit.text, messageKey(edit.ref)]).toEqual(['harganya 100.000', refOf(id)]);
    await desk.stub.call('react', id, '👍', siti);
    const reaction = await desk.event('reaction');
    expect(reaction).toMatchObject({ emoji: '👍', by: { value: '6281234567890' } });
    expect(Math.abs(Date.parse(reaction.at) - Date.now())).toBeLessThan(60_000);
    await desk.stub.call('react', id, '', siti);
    await desk.event('reaction', ({ emoji }) => emoji === null);
    await desk.stub.call('revoke', id);
    const revoke = await desk.event('revoke');
    expect(messageKey(revoke.ref)).toBe(refOf(id));
  });

  it('takes in late what could not be read at first', async () => {
    const id = receive({ type: 'ciphertext' });
    receive({ body: 'legible' });
    await desk.told('legible');
    expect(desk.keys()).not.toContain(refOf(id));
    await desk.stub.call('decrypt', id, { type: 'chat', body: 'legible at last' });
    expect(messageKey((await desk.told('legible at last')).event.ref)).toBe(refOf(id));
  });

  it('takes what was written on the phone for our side', async () => {
    receive({ fromMe: true, body: 'dari HP' });
    const { event } = await desk.told('dari HP');
    expect(event).toMatchObject({ chat: siti, ref: { fromMe: true }, from: { value: desk.stub.account } });
    expect(desk.host.messages.some(({ text }) => text === 'dari HP')).toBe(false);
  });

  it('sends words once, hears of them, and does not take the echo for a message', async () => {
    const message = desk.outbound('Baik, kami cek', '+62 812-3456-7890');
    const result = await desk.send(message);
    expect(result).toMatchObject({ conversation: siti, references: [result.externalId] });
    const sent = await until(() => desk.stub.sent().find(({ body }) => body === message.text));
    expect(refOf(sent?.id ?? '')).toBe(result.externalId);
    expect(sent).toMatchObject({ to: siti, body: 'Baik, kami cek', type: 'chat' });
    await desk.event(
      'receipt',
      ({ ref, state }) => messageKey(ref) === result.externalId && state === 'delivered',
    );
    await desk.stub.call('ack', sent?.id ?? '', 3);
    await desk.event(
      'receipt',
      ({ ref, state }) => messageKey(ref) === result.externalId && state === 'read',
    );
    await desk.stub.call('ack', sent?.id ?? '', 2);
    receive({ body: 'after the acks' });
    await desk.told('after the acks');
    const states = desk.events.flatMap((event) =>
      event.type === 'receipt' && messageKey(event.ref) === result.externalId ? [event.state] : [],
    );
    expect(states).toEqual(['sent', 'delivered', 'read']);
    expect(desk.keys()).not.toContain(result.externalId);

    const before = desk.stub.sent().length;
    expect(await desk.send({ ...message, attempt: 2 })).toEqual(result);
    expect(desk.stub.sent()).toHaveLength(before);
    expect(desk.stub.outbox.filter(({ kind }) => kind === 'seen')).toEqual([]);
  });

  it('sends a picture with words, in answer to a message', async () => {
    const id = receive({ body: 'bisa kirim bukti?' });
    await desk.told('bisa kirim bukti?');
    const blob = await desk.host.blobs.put(png, 'image/png');
    await desk.send(
      desk.outbound('Ini buktinya', '6281234567890', {
        attachments: [{ ...blob, name: 'bukti.png', inline: false }],
        thread: { conversation: siti, inReplyTo: refOf(id), references: [] },
      }),
    );
    const sent = await until(() => desk.stub.sent().find(({ type }) => type === 'image'));
    expect(sent?.fields).toMatchObject({
      type: 'image',
      caption: 'Ini buktinya',
      size: png.length,
      quotedStanzaID: id.split('_')[2],
    });
  });

  it('fails a message to a number that is not on WhatsApp, with that reason', async () => {
    await desk.stub.notOnWa('628999@c.us');
    await expect(desk.send(desk.outbound('halo?', '628999'))).rejects.toMatchObject({
      code: 'rejected',
      reason: 'whatsapp_not_on_whatsapp',
    });
  });

  it('says that it may be tried again when WhatsApp did not take it, and then it is sent once', async () => {
    await desk.stub.call('plan', 'send');
    const message = desk.outbound('coba lagi', '6281234567890');
    await expect(desk.send(message)).rejects.toMatchObject({ code: 'temporary' });
    await desk.send({ ...message, attempt: 2 });
    await desk.send(desk.outbound('dan lagi', '6281234567890'));
    await until(() => desk.stub.sent().some(({ body }) => body === 'dan lagi'));
    expect(desk.stub.sent().filter(({ body }) => body === 'coba lagi')).toHaveLength(1);
  });

  it('hands over again what could not be stored, in its order', async () => {
    desk.refuse = new Error('the database is away');
    receive({ body: 'stalled 1' });
    receive({ body: 'stalled 2' });
    await until(() => desk.stub.call('messages'));
    desk.refuse = null;
    await desk.told('stalled 2');
    const words = desk.messages.map(({ text }) => text).filter((text) => text?.startsWith('stalled'));
    expect(words).toEqual(['stalled 1', 'stalled 2']);
  });

  it('does not know what became of a message when the session dies, and learns it from the echo', async () => {
    await desk.stub.call('plan', 'hang');
    const message = desk.outbound('hilang?', '6281234567890');
    await expect(desk.send(message)).rejects.toMatchObject({
      code: 'ambiguous',
      reason: 'whatsapp_send_timeout',
    });
    const { loads } = desk.stub;
    const [[doubted] = []] = Object.entries(
      desk.host.savedCursors.get(desk.channel.id)?.['web:doubts'] ?? {},
    );
    // It did go out: the phone shows it after the restart.
    desk.killProcess();
    desk.stub.receive({ from: siti, fromMe: true, id: String(doubted), body: 'hilang?' });
    await until(() => desk.stub.loads > loads);
    const receipt = await desk.event('receipt', ({ ref }) => ref.id === doubted);
    expect(receipt).toMatchObject({ state: 'sent', messageId: message.messageId });
    expect(desk.messages.some(({ text }) => text === 'hilang?')).toBe(false);
  });
});
