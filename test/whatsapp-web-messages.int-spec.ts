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
    expect(await desk.told('Halo, pesanan saya belum sampai')).toMatchObject({
      externalId: refOf(id),
      thread: { conversation: siti },
      sentAt: '2026-01-01T00:00:00.000Z',
      quote: null,
      sender: {
        kind: 'whatsapp',
        value: '6281234567890',
        name: 'Siti',
        also: [],
        proof: 'verified',
        evidence: ['whatsapp=web'],
      },
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
    expect(byLid.sender).toMatchObject({
      kind: 'whatsapp',
      value: '6281299990000',
      also: [{ kind: 'lid', value: '777001' }],
    });
    expect(byPhone.sender).toEqual(byLid.sender);
    expect(byPhone.thread.conversation).toBe(byLid.thread.conversation);
  });

  it('takes in a lid whose phone WhatsApp does not tell', async () => {
    desk.stub.receive({ from: '888002@lid', body: 'who am I' });
    const { sender } = await desk.told('who am I');
    expect(sender).toMatchObject({ kind: 'lid', value: '888002', also: [] });
  });

  it('leaves out status updates, broadcasts, channels, groups and notices', async () => {
    for (const from of ['status@broadcast', '123@broadcast', '120363@newsletter', '0@c.us']) {
      desk.stub.receive({ from, body: 'not for us' });
    }
    desk.stub.receive({ from: '1203630@g.us', author: siti, body: 'not for us' });
    for (const type of ['e2e_notification', 'call_log', 'protocol']) receive({ type, body: 'not for us' });
    receive({ body: 'for us' });
    await desk.told('for us');
    expect(JSON.stringify([desk.messages, desk.host.events])).not.toContain('not for us');
  });

  it('takes in a picture with its words', async () => {
    const base64 = png.toString('base64');
    receive({ type: 'image', caption: 'ini fotonya', media: { base64, mimetype: 'image/png' } });
    const { attachments } = await desk.told('ini fotonya');
    expect(attachments).toMatchObject([{ name: 'image.png', size: png.length, mediaType: 'image/png' }]);
    expect(await desk.host.blobs.read(attachments[0]?.sha256 ?? '')).toEqual(png);
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
    const { attachments, warnings, text } = await desk.message((message) => message.text.endsWith(name));
    expect([attachments, warnings]).toEqual([[], [why]]);
    expect(text).toBe(`[video]\n${name}`);
  });

  it('keeps the order of a chat over slow files', async () => {
    const media = { base64: randomBytes(150_000).toString('base64'), mimetype: 'application/pdf' };
    receive({ body: 'order 1' });
    receive({ type: 'document', caption: 'order 2', media: { ...media, filename: 'a.pdf' } });
    receive({ body: 'order 3' });
    await desk.told('order 3');
    const words = desk.messages.map(({ text }) => text).filter((text) => text.startsWith('order'));
    expect(words).toEqual(['order 1', 'order 2', 'order 3']);
  });

  it('reads a place, a contact, and what it does not know', async () => {
    receive({
      type: 'location',
      body: '/9j/thumbnail',
      raw: { lat: -6.2, lng: 106.8, loc: 'Monas\nJakarta Pusat' },
    });
    const place = await desk.message(({ text }) => text.startsWith('📍'));
    expect(place.text).toBe('📍 Monas\nJakarta Pusat\nhttps://maps.google.com/?q=-6.2,106.8');
    receive({ type: 'vcard', body: 'BEGIN:VCARD\nFN:Budi\nitem1.TEL;waid=62811:+62 811\nEND:VCARD' });
    await desk.told('👤 Budi: +62 811');
    receive({ type: 'order', raw: { orderId: '4711' } });
    const { raw } = await desk.message(({ warnings }) => warnings.includes('unsupported_message'));
    expect((await desk.host.blobs.read(raw?.sha256 ?? '')).toString()).toContain('4711');
  });

  it('tells edits, reactions and revokes of the very message', async () => {
    const id = receive({ body: 'harganya 10.000' });
    await desk.told('harganya 10.000');
    await desk.stub.call('edit', id, 'harganya 100.000');
    const by = { kind: 'whatsapp', value: '6281234567890', proof: 'verified' };
    expect(await desk.event('edited')).toMatchObject({ externalId: refOf(id), text: 'harganya 100.000', by });
    await desk.stub.call('react', id, '👍', siti);
    const reaction = await desk.event('reacted');
    expect(reaction).toMatchObject({ externalId: refOf(id), emoji: '👍', by });
    expect(Math.abs(Date.parse(reaction.at) - Date.now())).toBeLessThan(60_000);
    await desk.stub.call('react', id, '', siti);
    await desk.event('reacted', ({ emoji }) => emoji === null);
    await desk.stub.call('react', id, '🙏', `${desk.stub.account}@c.us`);
    const own = await desk.event('reacted', ({ emoji }) => emoji === '🙏');
    expect(own.by).toMatchObject({ kind: 'whatsapp', value: desk.stub.account });
    await desk.stub.call('revoke', id);
    expect(await desk.event('revoked')).toMatchObject({ externalId: refOf(id), by });
  });

  it('tells which message is quoted, of either side', async () => {
    const id = receive({ body: 'yang mana?' });
    await desk.told('yang mana?');
    const { externalId } = await desk.send(desk.outbound('yang biru', '6281234567890'));
    const sent = await until(() => desk.stub.sent().find(({ body }) => body === 'yang biru'));
    receive({ body: 'ini maksud saya', quoted: id });
    receive({
      body: 'ya, itu',
      quoted: sent?.id ?? '',
      raw: { quotedParticipant: `${desk.stub.account}@c.us` },
    });
    expect((await desk.told('ini maksud saya')).quote).toBe(refOf(id));
    expect(await desk.told('ya, itu')).toMatchObject({
      quote: externalId,
      thread: { inReplyTo: externalId, references: [externalId] },
    });
  });

  it('takes in late what could not be read at first', async () => {
    const id = receive({ type: 'ciphertext' });
    receive({ body: 'legible' });
    await desk.told('legible');
    expect(desk.keys()).not.toContain(refOf(id));
    await desk.stub.call('decrypt', id, { type: 'chat', body: 'legible at last' });
    expect((await desk.told('legible at last')).externalId).toBe(refOf(id));
  });

  it('takes what was written on the phone for our side', async () => {
    const id = receive({ fromMe: true, body: 'dari HP' });
    const isIt = ({ message }: { message: { text: string } }): boolean => message.text === 'dari HP';
    expect(await desk.event('sent_elsewhere', isIt)).toMatchObject({
      message: {
        externalId: refOf(id),
        thread: { conversation: siti },
        sender: { kind: 'whatsapp', value: desk.stub.account },
      },
      to: { kind: 'whatsapp', value: '6281234567890', proof: 'verified' },
    });
    expect(desk.messages.some(({ text }) => text === 'dari HP')).toBe(false);
    await desk.stub.call('edit', id, 'dari HP kantor');
    const edit = await desk.event('edited', ({ externalId }) => externalId === refOf(id));
    expect(edit).toMatchObject({ text: 'dari HP kantor', by: { value: desk.stub.account } });
  });

  it('sends words once, hears of them, and does not take the echo for a message', async () => {
    const message = desk.outbound('Baik, kami cek', '+62 812-3456-7890');
    const result = await desk.send(message);
    expect(result).toMatchObject({ conversation: siti, references: [result.externalId] });
    const sent = await until(() => desk.stub.sent().find(({ body }) => body === message.text));
    expect(refOf(sent?.id ?? '')).toBe(result.externalId);
    expect(sent).toMatchObject({ to: siti, body: 'Baik, kami cek', type: 'chat' });
    await desk.receipt(result.externalId, 'delivered');
    await desk.stub.call('ack', sent?.id ?? '', 3);
    expect((await desk.receipt(result.externalId, 'read')).messageId).toBe(message.messageId);
    await desk.stub.call('ack', sent?.id ?? '', 2);
    receive({ body: 'after the acks' });
    await desk.told('after the acks');
    const told = desk.host.receipts.filter(({ externalId }) => externalId === result.externalId);
    expect(told.map(({ state }) => state)).toEqual(['sent', 'delivered', 'read']);
    expect(JSON.stringify([desk.messages, desk.host.events])).not.toContain(message.text);

    const before = desk.stub.sent().length;
    expect(await desk.send({ ...message, attempt: 2 })).toEqual(result);
    expect(desk.stub.sent()).toHaveLength(before);
    expect(desk.stub.outbox.filter(({ kind }) => kind === 'seen')).toEqual([]);
  });

  it('sends a picture with words, quoting a message', async () => {
    const id = receive({ body: 'bisa kirim bukti?' });
    await desk.told('bisa kirim bukti?');
    const blob = await desk.host.blobs.put(png, 'image/png');
    await desk.send(
      desk.outbound('Ini buktinya', '6281234567890', {
        attachments: [{ ...blob, name: 'bukti.png', inline: false }],
        quote: refOf(id),
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

  it('quotes only what an agent chose, and goes without what the phone does not have any more', async () => {
    const thread = { conversation: siti, inReplyTo: refOf(receive({ body: 'terakhir' })), references: [] };
    await desk.told('terakhir');
    const plain = await desk.send(desk.outbound('tanpa kutipan', '6281234567890', { thread }));
    const quote = `${desk.stub.account}:i:3A00000000000000000000`;
    const gone = await desk.send(desk.outbound('kutipan hilang', '6281234567890', { quote }));
    expect([plain.detail, gone.detail]).toEqual([null, 'whatsapp_quote_missing']);
    await until(() => desk.stub.sent().some(({ body }) => body === 'kutipan hilang'));
    const sent = desk.stub.sent().filter(({ body }) => body?.includes('kutipan'));
    expect(sent.map(({ fields }) => fields?.['quotedStanzaID'] ?? null)).toEqual([null, null]);
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
    desk.host.failWith();
    const id = receive({ body: 'stalled 1' });
    await until(() => desk.stub.call('messages'));
    await desk.stub.call('edit', id, 'stalled once');
    receive({ body: 'stalled 2' });
    const { attempts } = desk.host;
    await until(() => desk.host.attempts > attempts + 1);
    desk.host.recover();
    await desk.told('stalled 2');
    const words = desk.messages.map(({ text }) => text).filter((text) => text.startsWith('stalled'));
    expect(words).toEqual(['stalled 1', 'stalled 2']);
    await desk.event('edited', ({ text }) => text === 'stalled once');
    expect(desk.host.quarantined).toEqual([]);
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
    // It did go out: the phone shows it once the session, which nothing could follow, has begun anew.
    desk.stub.receive({ from: siti, fromMe: true, id: String(doubted), body: 'hilang?' });
    await until(() => desk.stub.loads > loads);
    const receipt = await desk.receipt(`${desk.stub.account}:o:${String(doubted)}`, 'sent');
    expect(receipt.messageId).toBe(message.messageId);
    expect(JSON.stringify([desk.messages, desk.host.events])).not.toContain('hilang?');
  });
});
